// What the checks find: each with its cell, in plain words, with the person it concerns.

import { ask } from "./bench.js";
import { h } from "./dom.js";
import { personText, t, tableErrorText } from "./words.js";

/** Findings shown at once; who mends these sees the next. */
const SHOWN = 100;

/** Findings and mistakes as a list; each leads to its cell, and to a case where there is a person. */
export function findingList(page, { errors, findings }) {
  const all = [...errors.map((error) => ({ ...error, isError: true })), ...findings];
  if (all.length === 0) return h("p", { class: "good" }, t("bench.findings.none"));
  const more = all.length > SHOWN && h("li", { class: "finding" }, t("bench.findings.more", { count: all.length - SHOWN }));
  return h("ul", { class: "finding-list" }, all.slice(0, SHOWN).map((one) => h("li", { class: one.isError ? "error" : "finding", "data-code": one.code, "data-row": one.row ?? 0 },
    h("p", {}, h("strong", {}, place(page, one)), " ", tableErrorText(one)),
    one.person && h("p", { class: "person" }, t("bench.person", { who: personText(one.person) })),
    h("div", { class: "buttons" },
      one.file.includes("/") && h("button", { type: "button", class: "small", onclick: () => page.go("tables", (view) => view.open(one.file, one.row, one.field)) }, t("bench.to-cell")),
      one.person && h("button", { type: "button", class: "small", onclick: () => page.go("cases", (view) => view.fromPerson(one.person, tableErrorText(one))) }, t("bench.to-case"))))), more);
}

/** “370200 青岛市 低保线 第 3 行 数值” */
function place(page, { file, row, field }) {
  const table = page.tables.find((table) => table.file === file);
  const name = table ? `${table.area} ${table.place} ${table.title}` : file;
  return [name, row && t("bench.row-number", { row }), field && (t(`column.${field}`) === `column.${field}` ? field : t(`column.${field}`))].filter(Boolean).join(" ");
}

export function findingsView(page) {
  const element = h("div", { class: "view" });
  async function draw() {
    element.replaceChildren(h("p", {}, t("bench.checking")));
    const changed = await ask("changed");
    const found = await ask("check");
    element.replaceChildren(
      h("h2", {}, t("bench.tab.findings")),
      h("p", {}, changed.length > 0 ? t("bench.findings.changed", { count: changed.length }) : t("bench.findings.all")),
      findingList(page, found));
  }
  return { element, shown: draw };
}
