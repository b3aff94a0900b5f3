// Cases by tick: made in a form, from a finding, or from the fewest people a table should be tried with; looked at with
// their reasons, ticked, frozen.

import { ask } from "./bench.js";
import { h, labelled, save, select } from "./dom.js";
import { addCase, addCases, cases, removeCase } from "./draft.js";
import { amountText, benefitName, errorText, personText, reasonText, t } from "./words.js";

const FIELDS = [
  ["birthDate", "1950-05-01"], ["sex", "男|女"], ["settlement", "城镇|农村"], ["standing", "没有|低保|低保边缘|特困"], ["monthlyIncome", "0"], ["disabilityKind", "没有|视力|听力|言语|肢体|智力|精神"], ["disabilityGrade", "|1|2|3|4"], ["careNeeded", "否|是"],
];

export function casesView(page) {
  const element = h("div", { class: "view" });
  const answer = h("div", { class: "answer" });
  const offered = h("div", { class: "offered" });
  let current = null;

  function form() {
    const inputs = Object.fromEntries(FIELDS.map(([name, given]) => [name, given.includes("|") ? select(given.split("|").map((one) => [one, one || t("ui.not-answered")]), given.split("|")[0], () => {}) : h("input", { type: "text", value: given })]));
    const day = h("input", { type: "text", id: "case-day", value: current?.date ?? new Date().toISOString().slice(0, 10) });
    const area = h("input", { type: "text", id: "case-area", value: page.area.endsWith("00") ? `${page.area.slice(0, 4)}02` : page.area });
    const look = async () => {
      const titles = ["area", ...FIELDS.map(([name]) => name)];
      const values = [area.value, ...FIELDS.map(([name]) => (name === "standing" && inputs[name].value === "没有" ? "none" : name === "disabilityKind" && inputs[name].value === "没有" ? "none" : inputs[name].value))];
      const csv = [titles, values].map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
      const read = await ask("households", "case.csv", new TextEncoder().encode(csv), day.value);
      if (read.errors.length > 0) return page.say(t("bookError.person-cell", { got: read.errors[0].got, expected: read.errors[0].expected }));
      const { household } = JSON.parse(read.lines[0]);
      await show(await ask("completed", JSON.stringify(household), day.value), day.value, t("bench.case.by-hand"));
    };
    return h("details", { class: "case-form" }, h("summary", {}, t("bench.case.new")),
      h("div", { class: "fields" }, labelled(t("column.date"), day), labelled(t("bench.case.area"), area), FIELDS.map(([name]) => labelled(t(`bench.case.${name}`), inputs[name]))),
      h("button", { type: "button", id: "case-look", onclick: look }, t("bench.case.look")));
  }

  /** Shows what the proposed tables say of a household, with a box to tick for each benefit. */
  async function show(household, date, source) {
    current = { household, date, source };
    const decision = await ask("decide", household, date, true);
    if (decision.errors) {
      answer.replaceChildren(h("h3", {}, t("bench.case.result")), h("ul", {}, decision.errors.map((error) => h("li", { class: "error" }, errorText(error)))));
      return;
    }
    const settled = (entry) => ["eligible", "discretionary"].includes(entry.outcome);
    const sorted = [...decision.benefits].sort((a, b) => Number(settled(b)) - Number(settled(a)));
    const ticks = new Map();
    const name = h("input", { type: "text", id: "case-name", value: `${t("bench.case")} ${cases.length + 1} ${source}`.trim() });
    const line = (entry) => {
      const box = h("input", { type: "checkbox", id: `tick-${entry.benefit}-${entry.member ?? ""}` });
      ticks.set(entry, box);
      return h("li", { "data-benefit": entry.benefit, "data-outcome": entry.outcome },
        h("div", { class: "tick" }, box, h("label", { for: box.id }, h("strong", {}, benefitName(entry.benefit)), " ", t(`answer.${entry.outcome}`), " ", amountText(entry.amount))),
        h("details", {}, h("summary", {}, t("bench.case.why")), h("ul", { class: "reasons" }, (entry.reasons ?? []).map((reason) => h("li", {}, reasonText(reason))))));
    };
    answer.replaceChildren(
      h("h3", { tabindex: "-1" }, t("bench.case.result")),
      h("p", {}, t("bench.case.completed")),
      h("ul", { class: "entries" }, sorted.filter(settled).map(line)),
      h("details", {}, h("summary", {}, t("bench.case.others", { count: sorted.filter((entry) => !settled(entry)).length })), h("ul", { class: "entries" }, sorted.filter((entry) => !settled(entry)).map(line))),
      labelled(t("column.name"), name),
      h("button", { type: "button", id: "freeze", class: "primary", onclick: async () => {
        const ticked = sorted.filter((entry) => ticks.get(entry).checked);
        if (ticked.length === 0) return page.say(t("bench.case.tick-first"));
        await addCase(frozen(name.value, date, household, ticked, source));
        page.say(t("bench.case.frozen", { count: cases.length }));
      } }, t("bench.case.freeze")));
  }

  /** The fewest people for the chosen table, with a box each. */
  async function offer() {
    page.say(t("bench.case.looking"));
    const found = await ask("cases", page.file);
    if (!found || found.errors) return offered.replaceChildren(h("p", {}, t("bench.compare.broken")));
    const boxes = [];
    const answers = [];
    for (const one of found.cases) {
      const decision = await ask("decide", one.person.household, String(one.person.date), true);
      const parameter = page.file.split("/")[1].replace(/\.json$/, "");
      const entries = decision.benefits ?? [];
      const own = entries.find(({ benefit, member }) => parameter.startsWith(benefit) && (member ?? "a") === "a") ?? entries.find((entry) => entry.cells?.some((cell) => cell.parameter === parameter)) ?? entries[0];
      answers.push({ one, own });
    }
    const row = ({ one, own }, at) => {
      const box = h("input", { type: "checkbox", id: `offer-${at}` });
      boxes.push(box);
      return [
        h("span", { class: "tick" }, box, h("label", { for: box.id }, String(at + 1))), personText(one.person),
        one.rows.map((row) => row + 1).join(t("ui.list-separator")) || t("bench.case.outside"), one.edges.map((edge) => t(`column.when.${edge}`)).join(t("ui.list-separator")),
        own ? `${benefitName(own.benefit)}${t("ui.colon")}${t(`answer.${own.outcome}`)} ${amountText(own.amount)}` : "",
        h("button", { type: "button", class: "small", "aria-label": `${t("bench.case.look")} ${at + 1}`, onclick: () => show(one.person.household, String(one.person.date), personText(one.person)) }, t("bench.case.look"))];
    };
    const rows = answers.map(row);
    const bare = found.rows.flatMap((count, at) => (count === 0 ? [at + 1] : []));
    offered.replaceChildren(
      h("p", { id: "coverage" }, t("bench.case.coverage", { cases: found.cases.length, rows: found.rows.length - bare.length, all: found.rows.length }), bare.length > 0 ? ` ${t("bench.case.bare", { rows: bare.join(t("ui.list-separator")) })}` : "", found.cut ? ` ${t("bench.case.cut")}` : ""),
      textTableOf(t("bench.case.offered"), [t("bench.case"), t("bench.person.example"), t("bench.case.rows"), t("bench.case.edges"), t("bench.case.result"), t("bench.actions")], rows),
      h("button", { type: "button", id: "freeze-offered", onclick: async () => {
        const chosen = answers.filter((_, at) => boxes[at].checked && answers[at].own);
        await addCases(chosen.map(({ one, own }) => frozen(personText(one.person), String(one.person.date), one.person.household, [own], page.file)));
        page.say(t("bench.case.frozen", { count: cases.length }));
      } }, t("bench.case.freeze-ticked")),
      h("details", {}, h("summary", {}, t("bench.case.per-row")), textTableOf(t("bench.case.per-row"), [t("bench.row"), t("bench.case.count")], found.rows.map((count, at) => [String(at + 1), String(count)]))));
    page.say(t("bench.case.found", { count: found.cases.length }));
  }

  const textTableOf = (caption, head, rows) => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));

  function frozenList() {
    return h("div", {}, h("h3", {}, t("bench.case.list", { count: cases.length })),
      cases.length === 0 ? h("p", {}, t("bench.case.list.none")) : h("ul", { id: "frozen" }, cases.map((one, at) => h("li", {}, h("strong", {}, one.name), ` ${one.date} `,
        h("button", { type: "button", class: "small", "aria-label": `${t("bench.case.look")} ${one.name}`, onclick: () => show(one.household, one.date, one.source) }, t("bench.case.look")),
        h("button", { type: "button", class: "small", "aria-label": `${t("bench.case.save")} ${one.name}`, onclick: () => save(`${slug(one, at)}.json`, scenario(one), "application/json") }, t("bench.case.save")),
        h("button", { type: "button", class: "small", "aria-label": `${t("ui.remove")} ${one.name}`, onclick: () => removeCase(at) }, t("ui.remove"))))));
  }

  function draw() {
    element.replaceChildren(h("h2", {}, t("bench.tab.cases")), form(),
      h("div", { class: "buttons" }, h("button", { type: "button", id: "offer", onclick: offer }, t("bench.case.offer"))), offered, answer, frozenList());
  }

  return {
    element, shown: draw, changed: draw,
    async fromPerson(person, source) {
      await show(await ask("completed", person.household, String(person.date)), String(person.date), source || personText(person));
      answer.querySelector("h3")?.focus();
    },
  };
}

/** A case as a record of texts: a line of the workbook's sheet, and what a scenario is made of. */
function frozen(name, date, household, ticked, source) {
  const benefits = ticked.map(({ benefit, member, outcome, amount, reasons = [] }) => ({
    benefit, ...(member ? { member } : {}), outcome,
    ...(amount?.kind === "exact" && outcome === "eligible" ? { amount: amount.value, per: amount.per } : {}),
    because: reasons.filter(({ holds }) => holds === (outcome !== "ineligible")).map(({ code, holds }) => ({ code, holds })),
  }));
  return { name, date, household, expect: JSON.stringify({ benefits }), source: source || "workbench" };
}

/** A case as the file of a scenario. */
export const scenario = ({ name, date, household, expect, source }) => `${JSON.stringify({ name, source, date, household: JSON.parse(household), expect: JSON.parse(expect) }, null, 2)}\n`;

const slug = ({ date }, at) => `case-${date}-${at + 1}`;
