// The controls of a screen. Each gives `{ element, value() }`; nothing is decided here, the text goes on as it was written.

import { findAreas } from "./areas.js";
import { h, newId } from "./dom.js";

const UNIT = { money: "ui.yuan" };
/** How long a press takes, in milliseconds. */
const PRESS = 300;
const EXAMPLE = { day: "1950-05-01", money: "2400", count: "" };

/** What is wrong, next to the field that it is about. */
export function problemLine(words, code, got, id) {
  return code && h("p", { class: "problem", part: "problem", id, "data-problem": code }, words.error({ code, got: got ?? "" }));
}

/** A few answers as large buttons, one of which holds. */
export function choose({ words, label, hint, options, value, problem, legendClass = "label", onchange = () => {} }) {
  const name = newId();
  const [hintId, problemId] = [newId(), newId()];
  const inputs = options.map(([answer, text]) => {
    const id = newId();
    const input = h("input", { type: "radio", id, name, value: answer, checked: value === answer, onchange: () => onchange(answer) });
    return [input, h("span", { class: "option" }, input, h("label", { for: id }, text))];
  });
  const element = h("fieldset", { class: "field", "aria-describedby": [hint && hintId, problem && problemId].filter(Boolean).join(" ") || null },
    h("legend", { class: legendClass }, label), hint && h("p", { class: "hint", id: hintId }, hint),
    h("div", { class: "options" }, inputs.map(([, option]) => option)), problemLine(words, problem, "", problemId));
  return { element, value: () => inputs.find(([input]) => input.checked)?.[0].value ?? "" };
}

/** Boxes to tick, any number of them. */
export function tickAll({ words, label, options, value, hiddenLegend = false }) {
  const inputs = options.map(([answer, text]) => {
    const id = newId();
    const input = h("input", { type: "checkbox", id, value: answer, checked: value.includes(answer) });
    return [input, h("span", { class: "option tick" }, input, h("label", { for: id }, text))];
  });
  const element = h("fieldset", { class: "field" }, h("legend", { class: hiddenLegend ? "sr" : "label" }, label),
    h("div", { class: "options" }, inputs.map(([, option]) => option)));
  return { element, value: () => inputs.filter(([input]) => input.checked).map(([input]) => input.value), words };
}

/** A text in one line: an amount, a day, a number; `null` where it may be said, and is, that one does not know it. */
export function write({ words, label, hint, kind, value, problem, hiddenLabel = false, unsure = false }) {
  const [id, hintId, problemId, unsureId] = [newId(), newId(), newId(), newId()];
  const input = h("input", {
    type: "text", id, inputmode: kind === "money" ? "decimal" : kind === "count" ? "numeric" : null, value: value ?? "", autocomplete: "off", spellcheck: "false",
    placeholder: EXAMPLE[kind], "aria-describedby": [hint && hintId, problem && problemId].filter(Boolean).join(" ") || null, "aria-invalid": problem ? "true" : null,
  });
  const box = h("input", { type: "checkbox", id: unsureId, "data-unsure": true, checked: unsure && value === null, onchange: () => { input.disabled = box.checked; } });
  input.disabled = box.checked;
  const element = h("div", { class: "field" }, h("label", { for: id, class: hiddenLabel ? "sr" : "label" }, label), hint && h("p", { class: "hint", id: hintId }, hint),
    h("div", { class: "written" }, input, UNIT[kind] && h("span", { class: "unit", "aria-hidden": "true" }, words.t(UNIT[kind]))),
    unsure && h("span", { class: "option tick" }, box, h("label", { for: unsureId }, words.t("ui.dont-know"))),
    problemLine(words, problem, value, problemId));
  return { element, value: () => (box.checked ? null : input.value) };
}

/** A place, found by name, pinyin, code or an old name: a text box with a list below it. */
export function place({ words, label, areas, listed, value, problem, hiddenLabel = false }) {
  const [id, listId, hintId, problemId] = [newId(), newId(), newId(), newId()];
  let [chosen, found, active] = [value ?? "", [], -1];
  const nameOf = (code) => (areas.has(code) ? `${[...areas.get(code).names].reverse().join(" ")} ${code}` : code);
  const list = h("ul", { id: listId, role: "listbox", "aria-label": label, hidden: true });
  const status = h("p", { class: "hint", role: "status" });
  const input = h("input", {
    type: "text", id, role: "combobox", autocomplete: "off", spellcheck: "false", "data-area-search": true, value: nameOf(chosen),
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", "aria-describedby": problem ? `${hintId} ${problemId}` : hintId,
    placeholder: words.t("ui.area.placeholder"), onfocus: focus, oninput: () => search(input.value), onkeydown: key, onblur: blur,
  });
  const isChosen = () => input.value === nameOf(chosen);
  function focus() {
    input.select();
    if (!isChosen()) search(input.value);
  }
  // What fits one place alone is that place; what fits none or several stays as it was written.
  function blur() {
    const all = isChosen() ? [] : findAreas(areas, input.value);
    const fitting = all.length === 1 ? all : all.filter(({ code, name }) => [code, name].includes(input.value.trim()));
    if (fitting.length === 1) settle(fitting[0].code);
    else if (!isChosen()) chosen = "";
    // Not at once: what is below moves up then, and a press on it would miss.
    setTimeout(() => input.getRootNode().activeElement !== input && close(), PRESS);
  }
  function search(text) {
    found = text.trim() === "" ? [] : findAreas(areas, text);
    active = found.length > 0 ? 0 : -1;
    draw();
    status.textContent = text.trim() === "" ? "" : found.length > 0 ? words.t("ui.area.found", { count: found.length }) : words.t("ui.area.none");
  }
  function draw() {
    list.replaceChildren(...found.map((area, index) => h("li", {
      id: `${listId}-${index}`, role: "option", "aria-selected": String(index === active), "data-area": area.code,
      // Before the box loses the focus and the list goes away.
      onmousedown: (event) => { event.preventDefault(); take(index); },
    }, h("strong", {}, area.name), " ", h("small", {}, [...area.names.slice(1), ...area.former, area.code, area.synthetic && words.t("ui.synthetic.short")].filter(Boolean).join(" · ")))));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }
  function key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && found.length > 0) {
      event.preventDefault();
      active = (active + move + found.length) % found.length;
      draw();
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape" && !list.hidden) close();
  }
  function take(index) {
    settle(found[index].code);
    close();
    input.focus();
  }
  function settle(code) {
    chosen = code;
    status.textContent = "";
    input.value = nameOf(chosen);
  }
  function close() {
    found = [];
    draw();
  }
  // Whoever typed before the list was there is answered when it comes.
  if (areas.size === 0) listed?.then(() => input.value !== "" && search(input.value), () => {});
  // Whoever is told to choose from the list sees it.
  else if (chosen !== "" && !areas.has(chosen)) {
    found = findAreas(areas, chosen);
    draw();
  }
  const element = h("div", { class: "field" }, h("label", { for: id, class: hiddenLabel ? "sr" : "label" }, label),
    h("p", { class: "hint", id: hintId }, words.t("ui.area.hint")), input, list, status, problemLine(words, problem, value, problemId));
  return { element, value: () => (isChosen() ? chosen : input.value.trim()) };
}

/** The control for a fact, by its kind. */
export function control(field, { words, areas, members, label, hint, value, problem, hiddenLabel = false }) {
  const common = { words, label, hint, value, problem, hiddenLabel, legendClass: hiddenLabel ? "sr" : "label" };
  const choices = field.choices?.map((name) => [name, words.choice(field.path, name)]);
  if (choices) return choose({ ...common, options: choices });
  switch (field.kind) {
    case "truth":
      return choose({ ...common, options: [["yes", words.t("ui.yes")], ["no", words.t("ui.no")]] });
    case "member":
      return choose({ ...common, options: members.map(({ id }, index) => [id, words.person(members, index)]) });
    case "area":
      return place({ ...common, areas });
    default:
      return write({ ...common, kind: field.kind, unsure: field.unsure });
  }
}
