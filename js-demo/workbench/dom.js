// The few helpers that build the page. No framework: an element is an element.

import { h, svg } from "../dom.js";

export { h, svg };

let lastId = 0;

/** A new id for binding a label to its input. */
export function newId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** A label with its control. */
export function labelled(text, control, more = {}) {
  control.id ||= newId("field");
  return h("div", { class: "field", ...more }, h("label", { for: control.id }, text), control);
}

/** A control to choose from `[value, text]`. */
export function select(options, value, onchange) {
  const made = h("select", { onchange: () => onchange(made.value) }, options.map(([own, text]) => h("option", { value: own, selected: own === value }, text)));
  return made;
}

/** A table of texts with a caption and a head; scrolls by itself where it is wide, and by keyboard. */
export function textTable(caption, head, rows, attributes = {}) {
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", attributes, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
}

/** Hands a text or bytes to the person as a file; nothing leaves the machine. */
export function save(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A button that opens a file. */
export function fileButton(text, accept, onfile, attributes = {}) {
  const input = h("input", { type: "file", accept, ...attributes, onchange: async () => { const [file] = input.files; input.value = ""; if (file) await onfile(file); } });
  return h("label", { class: "button" }, h("span", {}, text), input);
}
