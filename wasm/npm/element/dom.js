// The few helpers that build the element. No framework: an element is an element.

let lastId = 0;

/** A new id for binding a label to its input. */
export function newId() {
  lastId += 1;
  return `h${lastId}`;
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
  for (const child of children.flat(Infinity)) {
    if (child !== false && child !== null && child !== undefined && child !== "") element.append(child);
  }
  return element;
}
