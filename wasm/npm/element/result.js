// The answer on one page: what comes to how much, for whom, why, what to do next, and what it rests on.

import { benefitCard, firstFailure, furtherFailures, hooks, isBeside, missing, needButton, reasonItem, reasonList, saidOf } from "./card.js";
import { drawCombination } from "./combination.js";
import { h } from "./dom.js";
import { totalKind } from "./words.js";

/** Draws a decision. `context`: words, documents, members, areaName, keyOf, send, open (screens still open). */
export function drawResult(decision, context) {
  const { words } = context;
  return h("section", { class: "result", part: "result", "data-result": decision.receipt.digest },
    h("h2", { class: "title", part: "title", tabindex: "-1" }, words.t("ui.result")),
    h("p", { class: "disclaimer" }, words.t("ui.disclaimer")),
    notices(decision, context), totals(decision, context), drawCombination(decision, context), sections(decision, context), openQuestions(context),
    todo(decision, context), changes(decision, context), basis(decision, context));
}

/** While questions are asked: where each benefit in question stands, and between what its amount must lie by now; and whether that is news. */
export function standings({ benefits }, { words, who, inQuestion, members }) {
  const lines = benefits.filter(({ benefit }) => inQuestion(benefit)).map((entry) => {
    const { outcome, gives } = entry;
    const beside = isBeside(entry);
    const amount = gives === "status" || beside ? "" : words.amount(entry.amount);
    const name = words.t(`benefit.${entry.benefit}`);
    const whose = entry.bill != null || (entry.member != null && members.length > 1) ? `${who(entry)} · ${name}` : name;
    const state = amount && outcome === "undetermined" ? words.t("amount.ifEligible", { amount }) : outcome === "eligible" && amount ? amount
      : words.t(outcome === "undetermined" && !beside ? "ui.range.open" : `${saidOf(entry)}.short`);
    return [outcome, `${whose}${words.t("ui.colon")}${state}`, ["eligible", "discretionary"].includes(outcome) || (outcome === "undetermined" && amount !== "")];
  });
  const rank = ["eligible", "discretionary", "undetermined", "noTable", "ineligible"];
  return lines.sort(([a], [b]) => rank.indexOf(a) - rank.indexOf(b));
}

function notices({ benefits, issues }, { words }) {
  return [
    benefits.some((entry) => entry.area?.startsWith("99")) && h("p", { class: "notice synthetic", "data-synthetic": true }, words.t("ui.synthetic.long")),
    issues.filter((issue) => issue.code !== "fact-not-used").map((issue) => h("p", { class: "notice", "data-issue": issue.code }, words.error(issue))),
  ];
}

// The totals as the engine gives them; nothing is added up here.
function totals({ totals: { cashPerMonth, cashOverTwelveMonths, apart, meals }, benefits }, { words, who, inQuestion }) {
  const total = (name, amount, title = words.t(`total.${name}`)) => h("div", { class: "total", part: "total", "data-total": name, "data-amount-min": amount.min, "data-amount-kind": amount.kind },
    h("p", { class: "total-name" }, title), h("p", { class: "total-amount" }, words.total(name, amount)),
    amount.leftOut?.length > 0 && h("p", { class: "left-out" }, words.t("statement.left-out", { names: words.list(amount.leftOut.map((benefit) => words.t(`benefit.${benefit}`))) })));
  const have = benefits.filter((entry) => entry.outcome === "eligible" && entry.gives !== "status" && !isBeside(entry));
  // That nothing can be told yet is said once.
  const says = (amount) => totalKind(amount) !== "unknown";
  return h("section", { class: "totals", "aria-label": words.t("ui.totals") }, total("cashPerMonth", cashPerMonth),
    apart.some(({ gives }) => gives === "cash") && says(cashOverTwelveMonths) && total("cashOverTwelveMonths", cashOverTwelveMonths),
    apart.filter(says).map((one) => total("apart", one, words.t("total.apart", { gives: words.t(`gives.${one.gives}`), per: words.t(`per.${one.per}`) }))),
    benefits.some((entry) => entry.bill != null) && total("meals", meals),
    benefits.some(({ benefit, outcome }) => outcome === "undetermined" && !inQuestion(benefit)) && h("p", { class: "left-out" }, words.t("ui.total.aside")),
    have.length > 0 && h("ul", { class: "per-person" }, have.map((entry) => h("li", {}, h("span", {}, who(entry)), h("span", {}, words.t(`benefit.${entry.benefit}`)), h("strong", {}, words.amount(entry.amount) || words.t(`gives.${entry.gives}`))))));
}

// What can be had comes first, then what is open, then what cannot be had; the household before its people.
function sections({ benefits }, context) {
  const { inQuestion, words } = context;
  const by = (...outcomes) => outcomes.flatMap((outcome) => benefits.filter((entry) => groupOf(entry) === outcome));
  const have = by("eligible", "discretionary");
  const aside = by("undetermined").filter(({ benefit }) => !inQuestion(benefit));
  const open = by("undetermined", "noTable").filter((entry) => !isNoNews(entry) && !aside.includes(entry));
  const unknown = by("noTable").filter(isNoNews);
  const not = by("ineligible");
  const cards = (entries) => entries.map((entry) => benefitCard(entry, context));
  return [
    section("have", have.length > 0 && cards(have), context),
    section("open", open.length + unknown.length > 0 && [cards(open), terse("ui.no-rate", unknown, context, open.length === 0)], context),
    aside.length > 0 && h("p", { class: "aside", "data-aside": aside.length }, words.t("ui.not-asked", { names: words.list(aside.map(({ benefit }) => words.t(`benefit.${benefit}`))) })),
    section("not-now", not.length > 0 && terse("ui.not-now", not, context, have.length + open.length === 0), context),
  ];
}

const section = (name, content, { words }) => content && h("section", { class: "group", "data-group": name }, h("h3", {}, words.t(`ui.group.${name}`)), content);

// What certainly has something else in its place is not to be had, whatever its own answer.
const groupOf = ({ combined, outcome }) => (combined === "replaced" ? "ineligible" : outcome);

// A benefit of which we have neither a number now nor an old one need not stand between the rest.
function isNoNews({ outcome, qualifies, missing = [] }) {
  return outcome === "noTable" && qualifies !== true && !missing.some((cell) => cell.lastKnown);
}

/** A fold with a line for each benefit: the first reason in sight with what to do next, the rest behind it. */
function terse(title, entries, context, open) {
  const { words, who } = context;
  return entries.length > 0 && h("details", { class: "folded", open }, h("summary", {}, words.t(title, { count: entries.length })),
    h("ul", { class: "terse" }, entries.map((entry) => {
      const failure = firstFailure(entry);
      const rest = (entry.reasons ?? []).filter((reason) => reason !== failure);
      const more = furtherFailures(entry);
      return h("li", {}, h("article", hooks(entry), h("h4", {}, words.t(`benefit.${entry.benefit}`)), h("p", { class: "who" }, words.t("benefit.for", { who: who(entry) })),
        failure ? h("ul", { class: "reasons" }, reasonItem(failure, context)) : !isBeside(entry) && missing(entry, context),
        groupOf(entry) === "ineligible" && h("p", { class: "what-next" }, words.t(saidOf(entry))),
        rest.length > 0 && h("details", {}, h("summary", {}, more > 0 ? words.t("ui.more-fails", { count: more }) : words.t("ui.other-reasons")), reasonList(rest, context))));
    })));
}

function openQuestions(context) {
  const { words, open, send } = context;
  return open.length > 0 && h("section", { class: "open-questions" }, h("h3", {}, words.t("ui.needs", { count: open.length })),
    h("p", {}, words.t("ui.open-questions.help")),
    h("button", { type: "button", class: "primary", part: "button primary", "data-continue": true, onclick: () => send({ type: "resume", topics: [] }) }, words.t("ui.ask-on")),
    h("details", {}, h("summary", {}, words.t("ui.which-questions")), h("ul", { class: "needs" }, open.map((path) => h("li", {}, needButton(path, context))))));
}

// Where to go with it, whom to ask, and what can be done against a refusal.
function todo({ benefits, crossings = [] }, { words, areaName, members, inQuestion }) {
  const have = benefits.filter(({ outcome }) => outcome === "eligible" || outcome === "discretionary");
  const elsewhere = [...new Set(have.map(({ decidedBy }) => decidedBy).filter(Boolean))];
  // Where nothing is settled yet they are the papers of what can still be had.
  const wanted = have.length > 0 ? have : benefits.filter(({ benefit, outcome }) => outcome !== "ineligible" && inQuestion(benefit));
  const online = new Map(wanted.flatMap((entry) => entry.papers ?? []).map(({ paper, checkedOnline }) => [paper, checkedOnline]));
  const papers = [...new Set([...online.keys(), ...crossings.flatMap((crossing) => crossing.papers)])];
  const named = (code) => `${words.t(`paper.${code}`)}${online.get(code) ? words.t("ui.todo.bring.online") : ""}`;
  // What the notice on windows everywhere is cited for.
  const anywhere = have.filter(({ reasons = [] }) => reasons.some(({ clause }) => clause?.document === "mca-office-2021-2"));
  const lives = members[0]?.usualResidence?.[0]?.area;
  // Whoever has not said where they live may be far from there.
  const away = elsewhere.some((code) => !lives || (!lives.startsWith(code.replace(/(00)+$/, "")) && !code.startsWith(lives)));
  return h("section", { class: "todo" }, h("h3", {}, words.t("ui.todo")),
    h("ul", {},
      h("li", {}, words.t(papers.length > 0 ? "ui.todo.bring.listed" : "ui.todo.bring"), papers.length > 0 && h("ul", {}, papers.map((code) => h("li", { "data-paper": code }, named(code))))),
      h("li", {}, elsewhere.length > 0 ? words.t("ui.todo.where", { area: words.list(elsewhere.map(areaName)) }) : words.t("ui.todo.where.any")),
      away && anywhere.length > 0 && h("li", { "data-anywhere": true }, words.t("ui.todo.anywhere", { names: words.list(anywhere.map(({ benefit }) => words.t(`benefit.${benefit}`))) })),
      away && anywhere.length < have.length && h("li", {}, words.t("ui.todo.away", { area: words.list(elsewhere.map(areaName)) })),
      h("li", {}, words.t("ui.todo.ask")),
      h("li", {}, words.t("ui.todo.remedy")),
      h("li", {}, words.t("ui.todo.change"))));
}

/** What will change within a year though nobody tells anything new: birthdays, rows that end, dates that come. */
function changes({ date, benefits }, { words, who, areaName, inQuestion, timeline }) {
  const kinds = new Map(benefits.map(({ benefit, gives, basis }) => [benefit, { gives, basis }]));
  const found = (timeline?.(date) ?? []).filter(({ benefit, after }) => inQuestion(benefit) && after);
  const cause = ({ code, member, years, row, missing, path }) => words.firstOf([row && !/^\d/.test(row.value) && `timeline.cause.${code}.word`, `timeline.cause.${code}`].filter(Boolean), {
    member: member && who({ member }), years, path: path && words.short(path), area: areaName((row ?? missing)?.area),
    parameter: (row ?? missing) && words.firstOf([`parameter.${(row ?? missing).parameter}`, "parameter.other"]), value: row?.value,
  });
  return found.length > 0 && h("section", { class: "changes" }, h("h3", {}, words.t("ui.changes")), h("ul", {}, found.map((change) => h("li", { "data-change": change.day },
    h("strong", {}, words.day(change.day)), ` ${who(change)} · ${words.t(`benefit.${change.benefit}`)}${words.t("ui.colon")}${words.amount(change.after.amount) || words.t(`${saidOf({ ...kinds.get(change.benefit), ...change.after })}.short`)}`,
    h("p", { class: "who" }, words.list(change.causes.filter(isWorthSaying).map(cause).filter((text) => !text.startsWith("timeline."))))))));
}

// A number that ends because the next is not out yet has not been abolished.
const isWorthSaying = ({ code, row }, place, all) => code !== "row-ends" || !all.some((other) => other.code === "row-missing" && other.missing?.parameter === row?.parameter);

function basis({ date, receipt, engine, issues, assumed }, { words, documents, cited }) {
  const notUsed = [...new Set(issues.filter((issue) => issue.code === "fact-not-used").map((issue) => words.short(issue.path)))];
  return h("footer", { class: "basis" },
    notUsed.length > 0 && h("details", { "data-issue": "fact-not-used" }, h("summary", {}, words.t("ui.not-used", { count: notUsed.length })), h("p", {}, words.t("error.fact-not-used", { names: words.list(notUsed) }))),
    cited.length > 0 && h("details", {}, h("summary", {}, words.t("ui.sources", { count: cited.length })),
      h("ul", { class: "sources", lang: "zh-CN" }, cited.map((id) => h("li", {}, words.clause({ document: id }, documents), documents[id]?.issuer && ` · ${documents[id].issuer}`)))),
    assumed.length > 0 && h("p", { "data-assumed": assumed.join(" ") }, words.t("statement.assumed", { paths: words.list([...new Set(assumed.map((path) => words.short(path)))]) })),
    h("p", {}, words.t("ui.decided-for", { date })),
    h("p", { class: "receipt", "data-receipt": receipt.digest }, words.t("ui.receipt", { digest: receipt.digest, engine })));
}
