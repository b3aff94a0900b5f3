// Plain data read and changed along a path, whose parts are names of fields and numbers of rows.

/** What stands there; `undefined` where nothing does. */
export const at = (data, path) => path.reduce((value, part) => value?.[part], data);

/** The same data with one value changed; nothing that was there is touched. */
export function put(data, [first, ...rest], value) {
  const copy = Array.isArray(data) ? [...data] : { ...data };
  const inner = Object.hasOwn(copy, first) ? copy[first] : undefined;
  copy[first] = rest.length === 0 ? value : put(inner ?? (/^\d+$/.test(rest[0]) ? [] : {}), rest, value);
  return copy;
}
