// Choosing a place by its name, its pinyin or its six digits: a text box with a list below it.

import { h, newId } from "./dom.js";
import { t } from "./messages.js";

const MOST_SHOWN = 40;

/** `areas` from the packs' index; `value` is the chosen code; `onchosen(code)` tells of a new one. */
export class AreaChooser extends HTMLElement {
  areas = [];
  value = "";
  label = "";
  onchosen = () => {};
  #found = [];
  #active = -1;

  connectedCallback() {
    if (this.input) return;
    const id = newId("area");
    const listId = newId("areas");
    this.list = h("ul", { id: listId, role: "listbox", "aria-label": this.label, hidden: true });
    this.input = h("input", {
      id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "data-area-search": true,
      "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", placeholder: t("ui.area.placeholder"),
      value: this.#nameOf(this.value),
      onfocus: () => this.input.select(),
      onclick: () => this.#search(""),
      oninput: () => this.#search(this.input.value),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#close(),
    });
    this.append(h("label", { for: id }, this.label), h("p", { class: "hint" }, t("ui.area.hint")), this.input, this.list);
  }

  #nameOf(code) {
    const area = this.areas.find((entry) => entry.area === code);
    return area ? `${area.names[0]} ${code}` : code;
  }

  #search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.#found = this.areas.filter((area) => words.every((word) => matches(area, word))).slice(0, MOST_SHOWN);
    this.#active = this.#found.length > 0 ? 0 : -1;
    this.#draw();
  }

  #draw() {
    const items = this.#found.map((area, index) => h("li", {
      id: `${this.list.id}-${index}`, role: "option", "aria-selected": String(index === this.#active), "data-area": area.area,
      // Before the box loses the focus and the list goes away.
      onmousedown: (event) => { event.preventDefault(); this.#choose(index); },
    },
    h("strong", {}, area.names[0]), area.synthetic && h("span", { class: "mark synthetic" }, t("ui.synthetic.short")),
    h("small", {}, [...area.names.slice(1), area.area].join(" · "))));
    this.list.replaceChildren(...(items.length > 0 ? items : [h("li", { class: "none" }, t("ui.area.none"))]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    if (this.#active >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (this.list.hidden) return this.#search("");
      const count = this.#found.length;
      if (count > 0) this.#active = (this.#active + moves[event.key] + count) % count;
      this.#draw();
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (this.#active >= 0) this.#choose(this.#active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.#close();
    }
  }

  #choose(index) {
    this.value = this.#found[index].area;
    this.#close();
    this.onchosen(this.value);
  }

  #close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.input.value = this.#nameOf(this.value);
  }
}

customElements.define("area-chooser", AreaChooser);

/** An area chooser as a field of the form. */
export function areaField(areas, value, { label, path, onchosen }) {
  const chooser = document.createElement("area-chooser");
  Object.assign(chooser, { areas, value, label, onchosen });
  return h("div", { class: "field area", "data-path": path }, chooser);
}

function matches(area, word) {
  const pinyin = (area.pinyin ?? "").toLowerCase();
  return area.area.startsWith(word) || area.names.some((name) => name.includes(word))
    || pinyin.includes(word) || pinyin.replace(/[\s'-]/g, "").includes(word) || initials(pinyin).includes(word);
}

function initials(pinyin) {
  return pinyin.split(/[\s'-]+/).map((syllable) => syllable[0] ?? "").join("");
}
