// The editor of one table: only the rows in sight are on the page, so that 2,000 are as quick as 20.

import { h, labelled, newId } from "./dom.js";
import { bookErrorText, t } from "./words.js";

const ROW_HEIGHT = 40;
const SPARE_ROWS = 8;
/** A moment after the last key, so that fast typing stays fast. */
const PAUSE = 500;

export function grid(sheet, { onedit }) {
  const lists = new Map(sheet.columns.filter(({ choices }) => choices.length > 0).map(({ field }) => [field, newId("choices")]));
  const dataLists = sheet.columns.filter(({ field }) => lists.has(field)).map(({ field, choices }) => h("datalist", { id: lists.get(field) }, choices.map((choice) => h("option", { value: choice }))));
  let marks = new Map();
  let timer;

  const body = h("tbody");
  const rows = h("table", { class: "sheet", "aria-rowcount": sheet.rows.length + 1 },
    h("thead", {}, h("tr", { "aria-rowindex": 1 }, h("th", { scope: "col" }, t("bench.row")), sheet.columns.map(({ field, title }) => h("th", { scope: "col", title: field }, title)), h("th", { scope: "col" }, t("bench.actions")))),
    body);
  const scroller = h("div", { class: "scroll sheet-scroll", tabindex: "0", role: "region", "aria-label": sheet.title, onscroll: () => requestAnimationFrame(draw) }, rows);
  let drawn = "";

  function draw(force = false) {
    const height = scroller.clientHeight || 480;
    const top = scroller.scrollTop;
    const from = Math.max(0, Math.floor(top / ROW_HEIGHT) - SPARE_ROWS);
    const to = Math.min(sheet.rows.length, from + Math.ceil(height / ROW_HEIGHT) + 2 * SPARE_ROWS);
    const key = `${from} ${to}`;
    if (key === drawn && force !== true) return;
    const focus = body.contains(document.activeElement) ? document.activeElement.dataset : null;
    drawn = key;
    const spacer = (count) => count > 0 && h("tr", { class: "spacer", "aria-hidden": "true" }, h("td", { colspan: sheet.columns.length + 2, "data-height": count * ROW_HEIGHT }));
    body.replaceChildren(...[spacer(from), ...sheet.rows.slice(from, to).map((row, at) => line(row, from + at)), spacer(sheet.rows.length - to)].filter(Boolean));
    for (const cell of body.querySelectorAll("[data-height]")) cell.style.height = `${cell.dataset.height}px`;
    // While the rows were away there was nothing to scroll.
    scroller.scrollTop = top;
    if (focus) body.querySelector(`[data-row="${focus.row}"][data-field="${focus.field}"]`)?.focus({ preventScroll: true });
  }

  function line(row, at) {
    return h("tr", { "aria-rowindex": at + 2 },
      h("th", { scope: "row" }, String(at + 1)),
      sheet.columns.map(({ field, title }, column) => h("td", {}, cell(row, at, column, field, title))),
      h("td", { class: "row-actions" },
        h("button", { type: "button", class: "small", "aria-label": t("bench.row.copy", { row: at + 1 }), title: t("bench.row.copy", { row: at + 1 }), onclick: () => { sheet.rows.splice(at, 0, [...row]); all(); } }, "+"),
        h("button", { type: "button", class: "small", "aria-label": t("bench.row.delete", { row: at + 1 }), title: t("bench.row.delete", { row: at + 1 }), onclick: () => { sheet.rows.splice(at, 1); all(); } }, "×")));
  }

  function cell(row, at, column, field, title) {
    const error = marks.get(`${at} ${column}`);
    return h("input", {
      type: "text", value: row[column] ?? "", list: lists.get(field), "data-row": at, "data-field": field,
      "aria-label": t("bench.cell", { row: at + 1, title }), "aria-invalid": error ? "true" : false, title: error ? bookErrorText(error) : false, autocomplete: "off",
      oninput: ({ target }) => { row[column] = target.value; later(); },
      onchange: () => soon(),
      onkeydown: (event) => walk(event, at, field),
    });
  }

  /** Up and down, and Enter for down, as in a spreadsheet. */
  function walk(event, at, field) {
    const move = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (!move || event.altKey || (event.key !== "Enter" && event.target.hasAttribute("list") && event.target.value === "")) return;
    event.preventDefault();
    reveal(Math.min(sheet.rows.length, Math.max(1, at + 1 + move)), field);
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(send, PAUSE); };
  const soon = () => { clearTimeout(timer); timer = setTimeout(send, 0); };
  const send = () => { timer = undefined; onedit(sheet); };

  /** After rows have come or gone. */
  function all() {
    rows.setAttribute("aria-rowcount", sheet.rows.length + 1);
    marks = new Map();
    draw(true);
    soon();
  }

  function reveal(row, field) {
    const at = row - 1;
    const top = at * ROW_HEIGHT;
    if (top < scroller.scrollTop || top > scroller.scrollTop + scroller.clientHeight - 3 * ROW_HEIGHT) scroller.scrollTop = Math.max(0, top - 2 * ROW_HEIGHT);
    draw();
    const own = field?.replace(/^when$/, "when.") ?? "value";
    const target = body.querySelector(`[data-row="${at}"][data-field="${CSS.escape(own)}"]`) ?? body.querySelector(`[data-row="${at}"][data-field^="${CSS.escape(own)}"]`) ?? body.querySelector(`[data-row="${at}"][data-field="value"]`);
    target?.focus();
    target?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The newest rows once more, for a new day and a new document: the usual yearly notice. */
  function nextYear() {
    // Without a day of their own they would begin on the day of those they are copied from.
    wrong.textContent = day.value.trim() ? "" : t("bench.next.day");
    if (!day.value.trim()) return day.focus();
    const at = (field) => sheet.columns.findIndex((column) => column.field === field);
    const newest = sheet.rows[0]?.[at("from")];
    const group = sheet.rows.filter((row) => row[at("from")] === newest).map((row) => [...row]);
    for (const row of group) {
      row[at("from")] = day.value.trim();
      if (document_.value.trim()) row[at("document")] = document_.value.trim();
      for (const field of ["until", "published", "paidFrom", "article", "quote", "note"]) if (at(field) >= 0) row[at(field)] = "";
    }
    sheet.rows.unshift(...group);
    const count = sheet.head.find(({ field }) => field === "rowCount");
    if (count) { count.text = String(Number(count.text) + group.length); head.querySelector("[data-head=rowCount]").value = count.text; }
    scroller.scrollTop = 0;
    all();
  }

  const wrong = h("p", { class: "error", role: "alert", id: newId("next-wrong") });
  const day = h("input", { type: "text", id: "next-day", placeholder: "2025-01-01", "aria-describedby": wrong.id });
  const document_ = h("input", { type: "text", placeholder: "qingdao-2025-draft" });
  const head = h("details", { class: "head" }, h("summary", {}, t("bench.head")),
    h("div", { class: "fields" }, sheet.head.map((one) => labelled(one.title, h("input", { type: "text", value: one.text, "data-head": one.field, readonly: ["parameter", "area"].includes(one.field), oninput: ({ target }) => { one.text = target.value; later(); } })))));
  const element = h("div", {}, ...dataLists,
    h("h2", {}, sheet.title),
    head,
    h("details", { class: "next" }, h("summary", {}, t("bench.next")), h("div", { class: "fields" }, labelled(t("column.from"), day), labelled(t("column.document"), document_)), wrong, h("button", { type: "button", id: "next-add", onclick: nextYear }, t("bench.next.add"))),
    scroller);
  // Heights are known once the element stands on the page.
  requestAnimationFrame(() => draw(true));
  draw(true);

  return {
    element, sheet, reveal,
    /** Marks the cells that were not understood: their addresses count the head and the line of titles. */
    mark(errors) {
      const above = sheet.head.length + 1;
      marks = new Map();
      for (const error of errors) {
        const [, letters, number] = /^([A-Z]+)(\d+)$/.exec(error.cell) ?? [];
        if (!letters) continue;
        const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
        marks.set(`${Number(number) - 1 - above} ${column}`, error);
      }
      for (const input of body.querySelectorAll("input")) {
        const column = sheet.columns.findIndex(({ field }) => field === input.dataset.field);
        const error = marks.get(`${input.dataset.row} ${column}`);
        input.toggleAttribute("aria-invalid", false);
        if (error) input.setAttribute("aria-invalid", "true");
        input.title = error ? bookErrorText(error) : "";
      }
    },
  };
}
