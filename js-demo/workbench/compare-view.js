// Current against proposed: which cells changed, who gains, who loses, what it costs.

import { ask, compareLines } from "./bench.js";
import { cliff, distribution } from "./charts.js";
import { fileButton, h, labelled, save, select, textTable } from "./dom.js";
import { cases } from "./draft.js";
import { answerText, benefitName, bookErrorText, errorText, personText, t, tableErrorText, whoText } from "./words.js";

/** Households shown one by one. */
const SHOWN = 100;

/** The last comparison, for the page that is printed. */
export let latest = null;

export function compareView(page) {
  const element = h("div", { class: "view" });
  const result = h("div", { class: "result" });
  const bar = h("progress", { max: 1, value: 0, "aria-label": t("bench.compare.progress"), hidden: true });
  let source = "people";
  let list = null;
  let running = null;
  let day = "";
  let carried = true;

  async function draw() {
    const edits = await ask("edits");
    // A change shows only on a day on which its row holds: on the first that is certain, of the row that begins first.
    const from = edits.map((edit) => edit.from.slice(-10)).filter(Boolean).sort();
    day ||= from[0] ?? new Date().toISOString().slice(0, 10);
    const dayInput = h("input", { type: "text", id: "compare-day", value: day, onchange: ({ target }) => { day = target.value.trim(); } });
    const carriedBox = h("input", { type: "checkbox", id: "carried", checked: carried, onchange: ({ target }) => { carried = target.checked; } });
    element.replaceChildren(
      h("h2", {}, t("bench.tab.compare")),
      h("h3", {}, t("bench.compare.changes", { count: edits.length })),
      edits.length > 0 ? editTable(edits) : h("p", {}, t("bench.compare.nothing")),
      h("div", { class: "choose" },
        labelled(t("bench.compare.with"), select([["people", t("bench.compare.people")], ["scenarios", t("bench.compare.scenarios")], ["list", t("bench.compare.list")]], source, (value) => { source = value; draw(); })),
        source !== "scenarios" && labelled(t("bench.compare.day"), dayInput),
        h("div", { class: "tick" }, carriedBox, h("label", { for: "carried" }, t("bench.compare.carried"))),
        source === "list" && fileButton(list ? t("bench.compare.list.chosen", { name: list.name, count: list.lines.length }) : t("bench.compare.list.open"), ".csv,.xlsx", openList, { id: "people-file" }),
        h("div", { class: "buttons" },
          h("button", { type: "button", id: "compare", class: "primary", disabled: edits.length === 0 || running !== null, onclick: compare }, t("bench.compare.start")),
          h("button", { type: "button", id: "stop", disabled: running === null, onclick: () => running?.stop() }, t("bench.compare.stop"))),
        bar),
      h("p", {}, source === "list" ? t("bench.compare.list.columns") : ""),
      result);
  }

  async function openList(file) {
    const read = await ask("households", file.name, new Uint8Array(await file.arrayBuffer()), day);
    list = { name: file.name, lines: read.lines };
    page.say(read.errors.length > 0 ? t("bench.compare.list.errors", { count: read.errors.length }) : t("bench.compare.list.read", { count: read.lines.length }));
    await draw();
    result.replaceChildren(h("ul", {}, read.errors.slice(0, SHOWN).map((error) => h("li", { class: "error" }, h("strong", {}, `${error.sheet} ${error.cell}`), " ", bookErrorText(error)))));
  }

  /** The households as lines of NDJSON. */
  async function lines() {
    if (source === "list") return list?.lines ?? [];
    if (source === "scenarios") {
      const frozen = await (await fetch("/workbench-data/scenarios.json")).json();
      const own = cases.map(({ date, household }) => JSON.stringify({ date, household: JSON.parse(household) }));
      return [...frozen.filter(({ expect }) => !expect.errors).map(({ date, household }) => JSON.stringify({ date, household })), ...own];
    }
    return populated(await (await fetch("/workbench-data/people.ndjson")).text());
  }

  /** The made-up households, each moved to one of the places that the changes are about and decided for the day. */
  async function populated(text) {
    const changed = [...new Set((await ask("edits")).map(({ area }) => area))];
    const places = await placesWithin(changed);
    return text.trim().split("\n").map((line, at) => {
      const { household } = JSON.parse(line);
      const own = household.members?.[0]?.registeredArea?.[0]?.area;
      const moved = own && places.length > 0 ? JSON.stringify(household).replaceAll(`"${own}"`, `"${places[at % places.length]}"`) : JSON.stringify(household);
      return `{"date":"${day}","household":${moved}}`;
    });
  }

  async function compare() {
    page.say(t("bench.compare.loading"));
    const begun = await ask("compare", carried);
    if (begun.errors) {
      result.replaceChildren(h("p", { class: "error" }, t("bench.compare.broken")), h("ul", {}, begun.errors.map((error) => h("li", {}, `${error.file} ${tableErrorText(error)}`))));
      page.say(t("bench.compare.broken"));
      return;
    }
    const all = await lines();
    bar.hidden = false;
    running = compareLines({ lines: all, day, carried }, ({ done, of }) => {
      bar.value = done / of;
      page.say(t("bench.compare.running", { done, of }));
    });
    await draw();
    try {
      const found = await running.answer;
      const concerned = found.stopped !== null ? [] : await ask("concerned");
      latest = { ...found, changes: begun.changes, edits: await ask("edits"), concerned, all: all.length, source, day, carried };
      result.replaceChildren(...report(latest, all));
      page.say(found.stopped !== null ? t("bench.compare.stopped", { done: found.stopped, of: all.length }) : t("bench.compare.done", { count: all.length, seconds: found.seconds.toFixed(1) }));
    } catch (problem) {
      console.error(problem);
      page.say(t("bench.failed"));
    } finally {
      running = null;
      bar.hidden = true;
      await draw();
    }
  }

  function report(found, all) {
    const { tally, changes } = found;
    const changed = found.found.filter(({ entries }) => entries.length > 0);
    const refused = found.found.filter(({ errors }) => errors.length > 0);
    const pers = [...new Set(tally.byDifference.map(({ per }) => per))];
    return [
      h("h3", {}, t("bench.compare.result")),
      tallyList(tally),
      h("p", { class: "statement", id: "statement" }, statement(found)),
      sumTable(tally),
      ...pers.map((per) => distribution(tally.byDifference, per)).filter(Boolean),
      concernedTable(page, found),
      h("h3", {}, t("bench.compare.one-by-one", { count: changed.length })),
      h("div", { class: "buttons" },
        h("button", { type: "button", onclick: () => save("comparison.json", `${JSON.stringify({ changes, households: found.found, tally })}\n`, "application/json") }, t("bench.compare.save.result")),
        h("button", { type: "button", id: "save-people", onclick: () => save("households.ndjson", `${all.join("\n")}\n`, "application/x-ndjson") }, t("bench.compare.save.people"))),
      textTable(t("bench.compare.one-by-one", { count: changed.length }), [t("bench.compare.household"), t("column.date"), t("bench.benefit"), t("bench.before"), t("bench.after"), t("bench.chart.difference"), t("bench.change-number"), t("bench.chart.cliff")],
        changed.slice(0, SHOWN).flatMap(({ line, date, entries }) => entries.map((entry) => [String(line), date, [benefitName(entry.benefit), whoText(entry, householdOf(all[line - 1]))].filter(Boolean).join(" · "), answerText(entry.before), answerText(entry.after), entry.difference ?? "", entry.because.map((at) => at + 1).join(t("ui.list-separator")),
          h("button", { type: "button", class: "small", "aria-label": `${t("bench.chart.show")} ${line}`, onclick: () => showCurve(all[line - 1]) }, t("bench.chart.show"))])), { id: "changed-households" }),
      changed.length > SHOWN && h("p", {}, t("bench.compare.more", { count: changed.length - SHOWN })),
      refused.length > 0 && h("details", {}, h("summary", {}, t("bench.compare.refused", { count: refused.length })), h("ul", {}, refused.slice(0, SHOWN).map(({ line, errors }) => h("li", {}, `${line}: ${errors.map(errorText).join(" ")}`)))),
      h("div", { id: "curve" }),
    ].filter(Boolean);
  }

  async function showCurve(line) {
    const { household, date } = JSON.parse(line);
    const drawn = cliff(await ask("curve", JSON.stringify(household), date ?? day, 0, "6000.00"));
    document.querySelector("#curve").replaceChildren(drawn ?? h("p", {}, t("bench.chart.nothing")));
    document.querySelector("#curve").scrollIntoView({ block: "nearest" });
  }

  return { element, shown: draw, changed: async (what) => { if (what !== "tables") return; day = ""; result.replaceChildren(); latest = null; if (!element.closest("[hidden]")) await draw(); } };
}

/** Every place in which somebody may be registered for whom these areas' tables decide. */
async function placesWithin(areas) {
  const tables = await (await fetch("/workbench-data/tables.json")).json();
  const register = JSON.parse(tables["areas.json"]).areas;
  const parents = new Set(register.map(({ parent }) => parent));
  const zeros = (code) => code.replace(/(00)+$/, "");
  const counties = register.filter(({ code, successor }) => !parents.has(code) && !successor && areas.some((area) => area === "000000" || code.startsWith(zeros(area))));
  return counties.map(({ code }) => code);
}

/** Every changed cell with its document. */
export function editTable(edits) {
  const line = ({ area, place, table, row, period, who, title, before, after, document, kind }) =>
    [`${area} ${place}`, table, row ? t("bench.row-number", { row }) : t("bench.head"), period, row ? who : "", title, before ?? t(`bench.kind.${kind}`), after ?? t(`bench.kind.${kind}`), document];
  return textTable(t("bench.compare.cells"), [t("bench.area"), t("bench.table"), t("bench.row"), t("bench.period"), t("bench.who"), t("bench.field"), t("bench.before"), t("bench.after"), t("column.document")], edits.map(line), { id: "edits" });
}

export function tallyList(tally) {
  return h("dl", { class: "tally" }, ["households", "changed", "gaining", "losing"].flatMap((name) => [h("dt", {}, t(`bench.tally.${name}`)), h("dd", { "data-tally": name }, String(tally[name]))]));
}

export function sumTable(tally) {
  if (tally.sums.length === 0) return h("p", {}, t("bench.compare.no-sums"));
  return textTable(t("bench.compare.sums"), [t("bench.paid"), t("bench.more"), t("bench.less"), t("bench.net-a-year")], tally.sums.map(({ per, more, less, netAYear }) => [t(`per.${per}`), more, less, netAYear ?? "–"]), { id: "sums" });
}

/** That nobody else changes: it is only said where each change that was found has its cells. */
export function statement({ tally, found, changes, stopped, carried }) {
  if (stopped !== null) return t("bench.statement.stopped", { done: stopped });
  const unexplained = found.filter(({ entries }) => entries.some(({ because }) => because.length === 0)).length;
  if (unexplained > 0) return t("bench.statement.unexplained", { count: unexplained });
  const refused = found.filter(({ errors }) => errors.length > 0).length;
  return (carried ? t("bench.statement.carried") : "") + t("bench.statement", { all: tally.households, changed: tally.changed, changes: changes.length, same: tally.households - tally.changed })
    + (refused > 0 ? t("bench.statement.refused", { count: refused }) : "");
}

/** The household of a line, alone or with a day beside it. */
function householdOf(line) {
  const read = JSON.parse(line);
  return read.household ?? read;
}

/** For each change somebody whom it concerns. */
export function concernedTable(page, { concerned, tally, changes, edits }) {
  const row = ({ change, person, household, entries }) => {
    const own = entries.filter(({ because }) => because.includes(change));
    const shown = own.length > 0 ? own : entries;
    return [
      String(change + 1), changeText(page, changes[change], edits), personText(person),
      shown.length > 0 ? shown.map((entry) => `${benefitName(entry.benefit)}${t("ui.colon")}${answerText(entry.before)} → ${answerText(entry.after)}`).join(t("bench.semicolon")) : t("bench.concerned.nobody"),
      String(tally.byChange[change] ?? 0),
      page.go && h("button", { type: "button", class: "small", "aria-label": `${t("bench.to-case")} ${change + 1}`, onclick: () => page.go("cases", (view) => view.fromPerson({ ...person, household }, "")) }, t("bench.to-case")),
    ];
  };
  return textTable(t("bench.concerned"), [t("bench.change-number"), t("bench.change"), t("bench.person.example"), t("bench.concerned.outcome"), t("bench.concerned.count"), t("bench.actions")], concerned.map(row), { id: "concerned" });
}

/** A change of the tables in words: place and number, and of a row from when to when and for whom. */
function changeText(page, change, edits) {
  const table = page.tables.find(({ area, parameter }) => area === change.area && parameter === change.parameter);
  const name = table ? `${table.place} ${table.title}` : `${change.area} ${change.parameter}`;
  const own = change.after ?? change.before;
  const cells = own ? edits.filter(({ file, row, kind }) => file === table?.file && row === own.row + 1 && kind === change.change) : [];
  const value = cells.find(({ field }) => field === "value");
  const seen = (row, side) => row && t(cells.length > 0 ? "bench.change.row" : "cli.compare.row", {
    row: row.row + 1, from: row.from, value: value?.[side] ?? row.value,
    ...(cells.length > 0 && { who: cells[0].who, period: row.from === own.from ? cells[0].period : t("bench.period.from", { from: row.from }) }),
  });
  return t(`cli.compare.${change.change}`, { area: name, parameter: "", before: seen(change.before, "before"), after: seen(change.after, "after") }).replace(/\s+[：:]/, t("ui.colon"));
}
