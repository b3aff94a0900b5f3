// What both counters share: words, the engine, and one case in plain sight.

import { currentLanguage, firstOf, h, loadPlaces, placeName, reasonText, t, useLanguage } from "./desk.js";

/** Draws the words of the page itself, and `draw` again, in the language chosen. */
export async function begin(draw) {
  await Promise.all([useLanguage("zh-CN"), loadPlaces()]);
  const words = () => {
    document.title = t(document.querySelector("h1").dataset.text);
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
    for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === currentLanguage()));
  };
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", async () => {
      await useLanguage(button.dataset.lang);
      words();
      draw();
    });
  }
  words();
  draw();
  document.documentElement.dataset.ready = "true";
}

export function field(name, value, change, kind = "text") {
  return h("label", { class: "row" }, h("span", {}, t(`counters.${name}`)),
    h("input", { type: kind, value, "data-field": name, autocomplete: "off", "aria-describedby": `wrong-${name}`, onchange: (event) => change(event.target.value.trim()) }),
    h("span", { class: "wrong", id: `wrong-${name}`, "data-wrong": name, role: "alert" }));
}

/** Says beside each field what is wrong with it: names of fields and sentences; of the others that nothing is. */
export function mark(element, wrong) {
  for (const place of element.querySelectorAll("[data-wrong]")) {
    const sentence = wrong[place.dataset.wrong] ?? "";
    place.textContent = sentence;
    const input = element.querySelector(`input[data-field="${place.dataset.wrong}"]`);
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/** A field for the code of a place, with its name, so that a slip is seen. */
export function placeField(name, value, change) {
  const shown = h("output", { "data-place": value }, placeName(value));
  return h("div", {}, field(name, value, (code) => {
    shown.textContent = placeName(code);
    shown.dataset.place = code;
    change(code);
  }), shown);
}

export function fileButton(name, take, multiple = false) {
  return h("label", { class: "button" }, h("span", {}, t(`counters.${name}`)),
    h("input", { type: "file", accept: ".json,application/json", multiple, "data-file": name, onchange: (event) => take([...event.target.files]) }));
}

/** Hands a text to the person as a file. */
export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** From least to most, in yuan. */
export function range({ min, max }) {
  if (max === min) return t("counters.yuan", { amount: min });
  return max === null || max === undefined ? t("counters.yuan.atLeast", { amount: min }) : t("counters.yuan", { amount: `${min} – ${max}` });
}

/** One benefit: the answer, the amount, and each condition with how it stands. */
export function answerCard({ benefit, outcome, amount, firstMonth, firstAmount, decidedBy, paidBy, reasons }) {
  return h("article", { class: `card ${outcome}`, "data-benefit": benefit, "data-outcome": outcome, "data-amount": amount?.min },
    h("h3", {}, t(`benefit.${benefit}`)),
    h("p", { class: "badge" }, t(`answer.${outcome}`)),
    amount && h("p", { class: "amount" }, range(amount)),
    firstMonth && h("p", { "data-first-month": firstMonth }, t("ui.first-month", { month: firstMonth })),
    firstAmount && h("p", {}, firstMonth, t("ui.colon"), firstAmount.max === null ? t("amount.unknown") : range(firstAmount)),
    decidedBy && h("p", {}, t(`statement.decides${decidedBy === paidBy ? ".same" : ""}`, { decides: placeName(decidedBy), pays: placeName(paidBy) })),
    h("details", {}, h("summary", {}, t("ui.why")), h("ul", { class: "reasons" },
      reasons.map((reason) => h("li", { class: reason.holds === null ? "open" : reason.holds ? "holds" : "fails", "data-reason": reason.code }, reasonText(reason))))));
}

/** Who accepts, decides and pays, by when, with which papers; the same for all benefits of a case. */
export function crossing([first]) {
  if (!first) return [];
  const { acceptedAt, decidedBy, paidBy, clock, papers } = first;
  return [
    h("p", { "data-crossing": `${acceptedAt} ${decidedBy} ${paidBy}` }, t("counters.who", { acceptedAt: placeName(acceptedAt), decidedBy: placeName(decidedBy), paidBy: placeName(paidBy) })),
    clock.length === 0 ? h("p", { "data-clock": "unknown" }, t("crossing.clock.unknown")) : h("table", {}, h("tbody", {}, clock.map(({ step, workingDays, by, calendar }) => h("tr", { "data-step": step, "data-by": by },
      h("th", {}, t(`crossing.step.${step}`)), h("td", {}, t("crossing.by", { days: workingDays, by })), h("td", {}, t(`crossing.calendar.${calendar}`)))))),
    paperList(papers),
  ];
}

/** What to bring where the case is handed in at the place that decides it. */
export const papersOf = (entries) => paperList([...new Set(entries.flatMap(({ papers = [] }) => papers.map(({ paper }) => paper)))]);

const paperList = (papers) => papers.length > 0 && [
  h("h3", {}, t("counters.papers")),
  h("ul", {}, papers.map((paper) => h("li", { "data-paper": paper }, t(`paper.${paper}`)))),
];

/** One side of a difference: a part of an answer as the packet has it or as it comes out now. */
export function told(part, json) {
  if (json === null || json === undefined) return "–";
  const value = JSON.parse(json);
  if (value === null) return t("packet.value.nothing");
  if (part === "amount") return range(value);
  if (part === "outcome") return t(`answer.${value}`);
  if (part.startsWith("reasons/")) return reasonText(value);
  return typeof value === "boolean" ? t(`packet.value.${value}`) : String(value);
}

export function errorList(errors) {
  return h("ul", { class: "notice error", "data-errors": errors.length },
    errors.map((error) => h("li", { "data-error": error.code }, firstOf([`error.${error.code}`, "error.other"], error))));
}
