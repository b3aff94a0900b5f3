// The tables: choose one, edit it, take it out as a workbook and bring it back.

import { ask } from "./bench.js";
import { fileButton, h, labelled, save, select } from "./dom.js";
import { addCases, cases, step } from "./draft.js";
import { grid } from "./grid.js";
import { findingList } from "./findings-view.js";
import { bookErrorText, t } from "./words.js";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function tablesView(page) {
  const element = h("div", { class: "view" });
  const editor = h("div", { class: "editor" });
  const report = h("div", { class: "report", role: "status" });
  const findings = h("div", { class: "findings" });
  let turn = 0;

  function drawChoice() {
    const areas = new Map(page.tables.map(({ area, place }) => [area, place]));
    const own = page.tables.filter(({ area }) => area === page.area);
    const mark = ({ title, rows, changed }) => `${changed ? "● " : ""}${title}（${rows}）`;
    if (!own.some(({ file }) => file === page.file)) page.file = own[0]?.file;
    return h("div", { class: "choose" },
      labelled(t("bench.area"), select([...areas].sort().map(([code, place]) => [code, `${code} ${place}`]), page.area, (area) => { page.area = area; page.file = undefined; draw(); })),
      labelled(t("bench.table"), select(own.map((table) => [table.file, mark(table)]), page.file, (file) => { page.file = file; draw(); })),
      h("div", { class: "buttons" },
        h("button", { type: "button", id: "export-table", onclick: () => exported([page.file], page.file.replace(/\.json$/, "").replace("/", "-")) }, t("bench.export.table")),
        h("button", { type: "button", id: "export-area", onclick: () => exported(own.map(({ file }) => file), page.area) }, t("bench.export.area")),
        h("button", { type: "button", id: "export-csv", onclick: async () => save(`${page.file.replace(/\.json$/, "").replace("/", "-")}.csv`, await ask("csv", page.file), "text/csv") }, t("bench.export.csv")),
        fileButton(t("bench.import"), ".xlsx,.csv", imported, { id: "import" })));
  }

  async function exported(files, name) {
    const bytes = await ask("workbook", JSON.stringify(files), JSON.stringify(cases));
    save(`${name}.xlsx`, bytes, XLSX);
    page.say(t("bench.exported", { name: `${name}.xlsx` }));
  }

  /** Takes what a file holds, in one step; nothing at all if anything in it is not understood. */
  async function imported(file) {
    page.say(t("bench.reading", { name: file.name }));
    const book = await ask("read", file.name, new Uint8Array(await file.arrayBuffer()));
    const line = (error, kind) => h("li", { class: kind, "data-code": error.code, "data-cell": error.cell },
      h("strong", {}, [error.sheet, error.cell].filter(Boolean).join(" ! ") || file.name), " ", bookErrorText(error));
    const list = [...book.errors.map((error) => line(error, "error")), ...book.notes.map((note) => line(note, "note"))];
    if (book.errors.length > 0) {
      report.replaceChildren(h("p", { class: "error" }, t("bench.import.refused", { count: book.errors.length })), h("ul", {}, list));
      page.say(t("bench.import.refused", { count: book.errors.length }));
      return;
    }
    const files = book.tables.map((table) => table.file);
    const folder = files[0]?.split("/")[0];
    const usual = folder === "national" ? "000000" : (folder ?? page.area);
    const registers = [...new Set(book.documents.map(({ area = usual }) => (area === "000000" ? "documents.json" : `${area}/documents.json`)))];
    const before = new Set(await ask("changed"));
    await step([...files, ...registers], async () => {
      await ask("documents", JSON.stringify(book.documents), usual);
      for (const table of book.tables) await ask("set", table.file, table.text);
    });
    await addCases(book.cases);
    const changed = (await ask("changed")).filter((name) => files.includes(name) || before.has(name));
    if (files[0]) { page.file = changed.find((name) => files.includes(name)) ?? files[0]; page.area = usual; }
    const told = t("bench.import.taken", { tables: files.length, changed: changed.length });
    report.replaceChildren(h("p", { class: "good" }, told), h("ul", {}, list));
    page.say(told);
    await draw();
  }

  /** Fetches the table and shows it, unless another was asked for meanwhile. */
  async function draw() {
    const own = ++turn;
    const sheet = page.file ? await ask("sheet", page.file) : null;
    if (own === turn) await show(sheet);
  }

  async function show(sheet) {
    turn += 1;
    const made = sheet ? grid(sheet, { onedit: edited, onhead: edited }) : h("p", {}, t("bench.no-table"));
    editor.replaceChildren(made.element ?? made);
    editor.grid = made;
    element.replaceChildren(drawChoice(), report, documentForm(page), editor, findings);
    if (sheet) await check();
  }

  /** Takes the sheet as it is now on the page; what is not understood is marked in its cell. */
  async function edited(sheet) {
    const answer = await step([sheet.file], () => ask("write", sheet.file, JSON.stringify({
      head: sheet.head.map(({ field, text }) => [field, text]), fields: sheet.columns.map(({ field }) => field), rows: sheet.rows,
    })));
    editor.grid.mark(answer.errors);
    page.say(answer.errors.length > 0 ? bookErrorText(answer.errors[0]) : t("bench.kept"));
    await check();
  }

  async function check() {
    const found = await ask("check", page.file);
    findings.replaceChildren(h("h2", {}, t("bench.findings")), findingList(page, found));
  }

  /** Puts the cursor into a cell. */
  const reveal = (row, field) => editor.grid?.reveal?.(row, field);

  return {
    element,
    shown: draw,
    changed: async () => {
      // The editor keeps what is being typed; only what came from elsewhere is drawn anew.
      const fresh = page.file ? await ask("sheet", page.file) : null;
      const typed = editor.grid?.sheet;
      const same = fresh && typed && JSON.stringify([fresh.head, fresh.rows]) === JSON.stringify([typed.head, typed.rows]);
      if (!same && !element.contains(document.activeElement?.closest?.(".editor") ?? null)) await show(fresh);
      else element.querySelector(".choose")?.replaceWith(drawChoice());
    },
    reveal,
    async open(file, row, field) {
      page.file = file;
      page.area = page.tables.find((table) => table.file === file)?.area ?? page.area;
      await draw();
      if (row) reveal(row, field);
    },
  };
}

/** A new document for the register of the chosen area. */
function documentForm(page) {
  const fields = ["id", "title", "number", "issuer", "issued", "inForce", "link"];
  const inputs = Object.fromEntries(fields.map((field) => [field, h("input", { type: "text", name: field, placeholder: field === "id" ? "qingdao-2025-draft" : field === "issued" || field === "inForce" ? "2025-01-01" : false })]));
  const add = async () => {
    const record = Object.fromEntries(fields.map((field) => [field, inputs[field].value.trim()]).filter(([, text]) => text));
    if (!/^[a-z0-9-]+$/.test(record.id ?? "") || !record.title) return page.say(t("bench.document.lacks"));
    const file = page.area === "000000" ? "documents.json" : `${page.area}/documents.json`;
    await step([file], () => ask("documents", JSON.stringify([{ area: page.area, ...record }]), page.area));
    page.say(t("bench.document.added", { title: record.title }));
  };
  return h("details", { class: "documents" }, h("summary", {}, t("bench.document.new")),
    h("div", { class: "fields" }, fields.map((field) => labelled(t(`column.${field}`), inputs[field]))),
    h("button", { type: "button", onclick: add }, t("bench.document.add")));
}
