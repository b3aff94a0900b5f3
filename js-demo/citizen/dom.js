// The few helpers that build and read the page. No framework: an element is an element.

let lastId = 0;

/** A new id for binding a label to its input. */
export function newId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/**
 * An element with attributes, listeners (`onclick: …`) and children.
 * `false`, `null` and `undefined` attributes and children are left out; text is always text, never markup.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === false || child === null || child === undefined) continue;
    element.append(child);
  }
}

/** `members[0].incomes` and `/members/0/incomes` both become `members/0/incomes`. */
export function plainPath(path) {
  return String(path ?? "").replace(/\[(\d+)\]/g, "/$1").replace(/\./g, "/").replace(/^\/+/, "").replace(/\/+/g, "/");
}

/** The field on the page that asks for `path`, or for the nearest thing around it. */
export function fieldFor(root, path) {
  const parts = plainPath(path).split("/");
  while (parts.length > 0) {
    const field = root.querySelector(`[data-path="${CSS.escape(parts.join("/"))}"]`);
    if (field) return field;
    parts.pop();
  }
  return null;
}

/** Opens every fold around `element`, brings it into view and puts the cursor into its first control. */
export function reveal(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  element.scrollIntoView({ block: "center" });
  const control = element.querySelector("input:checked, input:not([type=radio]), select, input, button");
  control?.focus({ preventScroll: true });
}
