// What leaves the workbench for publication: a change note, the packs with their hashes, one page to sign.

import { ask } from "./bench.js";
import { concernedTable, latest, statement, sumTable, tallyList } from "./compare-view.js";
import { h, labelled, save, textTable } from "./dom.js";
import { cases } from "./draft.js";
import { t } from "./words.js";

/** What is said of a row beside what it decides. */
const ASIDE = new Set(["note", "quote", "article", "transcribed", "confirmed", "rowCount", "unit", "payers"]);

export function publishView(page) {
  const element = h("div", { class: "view" });

  async function draw() {
    const edits = await ask("edits");
    const documents = await titles(await ask("changed"), edits);
    const note = h("textarea", { id: "note", rows: 8, spellcheck: "false" });
    note.value = changeNote(edits, documents);
    const areas = [...new Set(edits.map(({ area }) => area))];
    element.replaceChildren(
      h("h2", {}, t("bench.tab.publish")),
      labelled(t("bench.publish.note"), note),
      h("div", { class: "buttons" },
        h("button", { type: "button", onclick: () => save("change-note.md", note.value, "text/markdown") }, t("bench.publish.note.save")),
        ...(await ask("changed")).map((file) => h("button", { type: "button", onclick: async () => save(file.replace("/", "-"), await ask("text", file), "application/json") }, t("bench.publish.file", { file })))),
      h("h3", {}, t("bench.publish.packs")),
      h("ul", { id: "packs" }, areas.map((area) => packLine(area))),
      h("div", { class: "buttons" }, h("button", { type: "button", id: "print", class: "primary", onclick: () => print() }, t("bench.publish.print"))),
      await sheet(edits, documents, areas));
  }

  function packLine(area) {
    const hash = h("code", { class: "hash" });
    const button = h("button", { type: "button", class: "small", "data-pack": area, onclick: async () => {
      const pack = await ask("pack", area, true).catch((problem) => { page.say(t("bench.compare.broken")); console.warn(problem); });
      if (!pack) return;
      hash.textContent = `SHA-256 ${await sha256(pack)}`;
      save(`${area}.json`, pack, "application/json");
    } }, t("bench.publish.pack", { area }));
    return h("li", {}, button, " ", hash);
  }

  /** The page that is printed and signed. */
  async function sheet(edits, documents, areas) {
    const hashes = await Promise.all(areas.map(async (area) => [area, await ask("pack", area, true).then(sha256, () => t("bench.compare.broken"))]));
    return h("article", { class: "printed", "aria-label": t("bench.publish.sheet") },
      h("h2", {}, t("bench.publish.sheet")),
      h("p", {}, t("bench.publish.made", { day: new Date().toISOString().slice(0, 10) })),
      rowTable(edits, documents),
      latest ? [
        h("p", {}, t(`bench.publish.with.${latest.source}`, { count: latest.all, day: latest.day })),
        tallyList(latest.tally), sumTable(latest.tally), h("p", { class: "statement" }, statement(latest)), concernedTable({ tables: page.tables }, latest),
      ] : h("p", { class: "error" }, t("bench.publish.not-compared")),
      h("p", {}, t("bench.publish.cases", { count: cases.length })),
      h("ul", {}, hashes.map(([area, hash]) => h("li", {}, t("bench.publish.hash", { area, hash })))),
      h("p", { class: "sign" }, t("bench.publish.sign")));
  }

  return { element, shown: draw, changed: async () => { if (!element.closest("[hidden]")) await draw(); } };
}

/** The changed cells of each row together. */
function rowsOf(edits) {
  const groups = new Map();
  for (const edit of edits) {
    const key = `${edit.file} ${edit.kind === "head" ? "head" : edit.row} ${edit.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), edit]);
  }
  return [...groups.values()].map((group) => {
    const [{ area, place, table, kind, document, who, period }] = group;
    const cell = (field) => group.find((edit) => edit.field === field);
    return { group, area, place, table, kind, document, cell, who, period };
  });
}

/** For the page that is signed: one line for each changed row. */
function rowTable(edits, documents) {
  const line = ({ group, area, place, table, kind, document, cell, who, period }) => {
    const isWhole = kind === "row-added" || kind === "row-removed";
    // Of a row that stays every cell that was changed, each under its title but for the number itself.
    const told = isWhole ? [cell("value")].filter(Boolean) : [...group].sort((a, b) => (b.field === "value") - (a.field === "value"));
    const said = (side) => told.map((edit) => (edit.field === "value" ? "" : `${edit.title}${t("ui.colon")}`) + (edit[side] ?? t(isWhole ? `bench.kind.${kind}` : "ui.none"))).join(t("bench.semicolon"));
    return [
      `${place}（${area}）${table}`, period, kind === "head" ? t("bench.head") : who,
      said("before"), said("after"), documents.get(document) ?? document];
  };
  return textTable(t("bench.compare.changes", { count: edits.length }), [t("bench.table"), t("bench.period"), t("bench.who"), t("bench.before"), t("bench.after"), t("column.document")], rowsOf(edits).map(line));
}

/** In the words of the changelog: place, benefit, days, document; a star where somebody's answer changes. */
export function changeNote(edits, documents) {
  const lines = rowsOf(edits).map(({ group, area, place, table, kind, document, cell, who, period }) => {
    const star = group.some(({ field }) => !ASIDE.has(field)) ? "\\* " : "";
    const what = kind === "row-added" ? t("bench.note.added", { from: cell("from")?.after ?? "", who, value: cell("value")?.after ?? "" })
      : kind === "row-removed" ? t("bench.note.removed", { from: cell("from")?.before ?? "", who, value: cell("value")?.before ?? "" })
      : (kind === "head" ? t("bench.head") : t("bench.note.row", { period, who })) + t("ui.colon")
        + group.map(({ title, before, after }) => t("bench.note.changed", { title, before: before ?? t("ui.none"), after: after ?? t("ui.none") })).join(t("bench.semicolon"));
    const source = document && t("bench.note.document", { document: documents.get(document) ?? document });
    return `- ${star}${place}（${area}）${table}${t("ui.colon")}${what}${source || ""}`;
  });
  return lines.join("\n");
}

/** What documents are called, by id. */
async function titles(changed, edits) {
  const found = new Map();
  const files = new Set([...changed, ...edits.map(({ file }) => `${file.split("/")[0]}/documents.json`)]);
  for (const file of [...files].filter((name) => name.endsWith("documents.json"))) {
    const text = await ask("text", file);
    for (const { id, title, number } of text ? JSON.parse(text).documents : []) found.set(id, number ? `${title} ${number}` : title);
  }
  return found;
}

async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
