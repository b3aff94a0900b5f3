// The kinds of question on the page: choose one, pick from a list, write an amount or a day, list several rows.
//
// Every control writes into `answers[key]`: "" not answered, null "don't know", or the answer. `changed` is called then.

import { h, newId } from "./dom.js";
import { help, question, t } from "./messages.js";

const UNKNOWN = "?";
const encode = (answer) => (answer === null ? UNKNOWN : answer);
const decode = (value) => (value === UNKNOWN ? null : value);

/** The two answers every question has besides its own. */
function openAnswers() {
  return [[null, t("ui.dont-know")], ["", t("ui.not-answered")]];
}

export function yesNo() {
  return [["yes", t("ui.yes")], ["no", t("ui.no")]];
}

/** Choices whose names are `choice.<group>.<value>`. */
export function choices(group, values) {
  return values.map((value) => [value, t(`choice.${group}.${value}`)]);
}

/** A question with a few answers as large buttons. `options` are pairs of answer and label. */
export function chooseOne(answers, key, { path, options, changed, label = question(path), hint = help(path) }) {
  const name = newId("choice");
  const hintId = hint && newId("hint");
  const buttons = [...options, ...openAnswers()].map(([answer, text]) => {
    const id = newId("option");
    const input = h("input", {
      type: "radio", id, name, value: encode(answer), checked: answers[key] === answer,
      onchange: () => { answers[key] = answer; changed(); },
    });
    return h("span", { class: answer === "" ? "option blank" : "option" }, input, h("label", { for: id }, text));
  });
  return h("fieldset", { class: "field", "data-path": path, "aria-describedby": hintId || null },
    h("legend", {}, label),
    hint && h("p", { class: "hint", id: hintId }, hint),
    h("div", { class: "options" }, buttons));
}

/** A question with many answers as a drop-down list. */
export function pick(answers, key, { path, options, changed, label = question(path), hint = help(path), open = true }) {
  const id = newId("pick");
  const hintId = hint && newId("hint");
  const list = h("select", { id, "aria-describedby": hintId || null, onchange: () => { answers[key] = decode(list.value); changed(); } },
    [...(open ? [["", t("ui.not-answered")]] : []), ...options, ...(open ? [[null, t("ui.dont-know")]] : [])]
      .map(([answer, text]) => h("option", { value: encode(answer), selected: answers[key] === answer }, text)));
  return h("div", { class: "field", "data-path": path },
    h("label", { for: id }, label), hint && h("p", { class: "hint", id: hintId }, hint), list);
}

/** An amount in yuan, kept as the text it was written in. */
export function amount(answers, key, options) {
  return written(answers, key, { ...options, tidy: tidyAmount, whole: /^(0|[1-9]\d{0,8})(\.\d{1,2})?$/, inputmode: "decimal", suffix: t("ui.yuan") });
}

/** A day; several ways of writing it are understood. */
export function day(answers, key, options) {
  return written(answers, key, { ...options, tidy: tidyDay, whole: /^\d{4}-\d{2}-\d{2}$/, inputmode: "text", placeholder: options.example ?? "2025-03-05" });
}

// While someone types, only a whole answer counts; what is half written counts once they leave the field.
function written(answers, key, { path, changed, tidy, whole, inputmode, suffix, placeholder, label = question(path), hint = help(path), unknown = true }) {
  const id = newId("text");
  const hintId = hint && newId("hint");
  const take = (value) => { if (answers[key] !== value) { answers[key] = value; changed(); } };
  const input = h("input", {
    type: "text", id, inputmode, placeholder, autocomplete: "off", spellcheck: "false",
    "aria-describedby": hintId || null, value: answers[key] ?? "", disabled: answers[key] === null,
    oninput: () => { const value = tidy(input.value); if (value === "" || whole.test(value)) take(value); },
    onchange: () => { input.value = tidy(input.value); take(input.value); },
  });
  const dontKnow = unknown && h("button", {
    type: "button", class: "toggle", "aria-pressed": String(answers[key] === null), "aria-label": `${t("ui.dont-know")}：${label}`,
    onclick: () => {
      const pressed = dontKnow.getAttribute("aria-pressed") !== "true";
      dontKnow.setAttribute("aria-pressed", String(pressed));
      input.disabled = pressed;
      take(pressed ? null : tidy(input.value));
    },
  }, t("ui.dont-know"));
  return h("div", { class: "field", "data-path": path },
    h("label", { for: id }, label), hint && h("p", { class: "hint", id: hintId }, hint),
    h("div", { class: "written" }, input, suffix && h("span", { class: "suffix" }, suffix), dontKnow));
}

/**
 * A question answered by a list: none, some rows, don't know, or not answered.
 * `row(entry, index)` gives the controls of one row and `blank()` a new one; several rows only if `add` names the button.
 */
export function several(answers, key, { path, none, some, add, row, blank, changed, label = question(path), hint = help(path) }) {
  const mode = { value: Array.isArray(answers[key]) ? (answers[key].length > 0 ? "some" : "none") : answers[key] };
  const rows = h("div", { class: "rows" });
  const draw = () => {
    const list = Array.isArray(answers[key]) ? answers[key] : [];
    rows.replaceChildren(...list.map((entry, index) => h("div", { class: "row", role: "group", "aria-label": `${label} ${index + 1}` },
      row(entry, index),
      h("button", { type: "button", class: "quiet", onclick: () => remove(index) }, t("ui.remove")))));
    if (list.length > 0 && add) rows.append(h("button", { type: "button", class: "add", onclick: append }, add));
  };
  const remove = (index) => {
    answers[key].splice(index, 1);
    if (answers[key].length === 0) {
      mode.value = answers[key] = "";
      field.querySelector('input[type="radio"][value=""]').checked = true;
    }
    draw();
    changed();
    (rows.querySelector(".row:last-of-type .quiet") ?? field.querySelector("input")).focus();
  };
  const append = () => {
    answers[key].push(blank());
    draw();
    rows.querySelector(".row:last-of-type :is(input, select)")?.focus();
    changed();
  };
  const field = chooseOne(mode, "value", {
    path, label, hint, options: [["some", some], ["none", none]],
    changed: () => {
      const kept = Array.isArray(answers[key]) && answers[key].length > 0 ? answers[key] : [blank()];
      answers[key] = mode.value === "some" ? kept : mode.value === "none" ? [] : mode.value;
      draw();
      changed();
    },
  });
  draw();
  field.append(rows);
  return field;
}

/** A box to tick. */
export function tick(answers, key, { label, changed, path = null }) {
  const id = newId("tick");
  const input = h("input", { type: "checkbox", id, checked: answers[key], onchange: () => { answers[key] = input.checked; changed(); } });
  return h("div", { class: "tick", "data-path": path }, input, h("label", { for: id }, label));
}

// Full-width digits and signs come from Chinese keyboards.
function narrow(text) {
  return text.replace(/[０-９．－／]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).trim();
}

function tidyAmount(text) {
  return narrow(text).replace(/[,，\s]|元|块/g, "").replace(/。/g, ".");
}

function tidyDay(text) {
  const plain = narrow(text).replace(/[年月./。\s]+/g, "-").replace(/日|-+$/g, "");
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (digits) return digits.slice(1).join("-");
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  return parts ? `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}` : plain;
}
