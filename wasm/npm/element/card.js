// One benefit for one person or household: the answer first, then why, what is missing and how it was worked out.

import { h } from "./dom.js";

// What fails only because something before it failed is no further reproach: without a disability there is no certificate.
const FOLLOWING = {
  "registered-in-area": ["age-and-group-in-table", "household-category-fits"],
  "has-disability": ["disability-card-valid", "disability-grade-fits", "long-term-care-needed"],
  "of-age": ["age-and-group-in-table"],
};

/** The first condition that fails; it comes before those that follow from it. */
export const firstFailure = (entry) => (entry.reasons ?? []).find((reason) => reason.holds === false);

export function benefitCard(entry, context) {
  return h("article", { class: `card ${entry.outcome}`, part: `card ${entry.outcome}`, ...hooks(entry) },
    heading(entry, context), answer(entry, context), marks(entry, context), needs(entry, context), lacking(entry, context),
    alternatives(entry, context), places(entry, context), why(entry, context), family(entry, context), steps(entry, context));
}

/** What an entry says, as attributes of its element: for styles, tests and anyone who reads the page by program. */
export function hooks({ benefit, member, bill, outcome, qualifies, amount, firstMonth, stated, unconfirmed }) {
  return {
    "data-benefit": benefit, "data-member": member, "data-bill": bill, "data-outcome": outcome, "data-qualifies": String(qualifies),
    "data-amount": amount?.value ?? amount?.min, "data-amount-kind": amount?.kind, "data-amount-max": amount?.max, "data-per": amount?.per,
    "data-first-month": firstMonth, "data-stated": stated || null, "data-unconfirmed": unconfirmed || null,
  };
}

function heading(entry, { words, who }) {
  const about = `benefit.${entry.benefit}.about`;
  return [h("h4", {}, words.t(`benefit.${entry.benefit}`)), h("p", { class: "who" }, words.t("benefit.for", { who: who(entry) })),
    entry.localName && h("p", { class: "about" }, words.t("statement.local-name", { name: entry.localName })),
    words.has(about) && h("p", { class: "about" }, words.t(about))];
}

/** The code of what an outcome comes to: for a status, for what is drawn where it is needed, for what has something else beside it. */
export function saidOf(entry) {
  const { outcome, gives, basis, combined } = entry;
  if (combined === "replaced") return "combined.replaced";
  if (outcome !== "eligible") return `outcome.${outcome}`;
  if (combined === "dropped") return "outcome.eligible.dropped";
  if (gives === "status") return "outcome.eligible.status";
  return ["incidentArea", "serviceArea"].includes(basis) ? `outcome.eligible.${basis}` : "outcome.eligible";
}

/** Whether something else is drawn in its place: for certain, whatever its own answer, or for the sake of the other. */
export const isBeside = (entry) => saidOf(entry).includes(entry.combined);

function answer(entry, { words, areaName }) {
  const { outcome, gives, qualifies, firstMonth, firstAmount, decidedBy, decidedAt, paidBy, extras = [], deadlines = [] } = entry;
  const said = saidOf(entry);
  const answered = outcome === "eligible" || outcome === "discretionary";
  // Whoever has something else in its place need not know when and by whom this is paid.
  const settled = answered && !isBeside(entry);
  const amounts = gives === "status" ? [] : [entry.amount, ...extras].map((amount) => words.amount(amount)).filter(Boolean);
  const decides = decidedBy && words.t(`statement.decides${["status", "discount"].includes(gives) ? ".status" : decidedBy === paidBy ? ".same" : ""}`, { decides: areaName(decidedBy), pays: areaName(paidBy) });
  return [
    h("p", { class: "badge" }, words.t(`${said}.short`)),
    amounts.map((amount) => h("p", { class: "amount" }, answered ? amount : words.t("amount.ifEligible", { amount }))),
    answered && gives !== "cash" && gives !== "status" && h("p", {}, words.t(`gives.${gives}`)),
    outcome === "noTable" && qualifies === true && h("p", {}, words.t("outcome.noTable.qualifies")),
    settled && deadlines.map(({ kind, workingDays, by }) => h("p", { "data-deadline": kind }, words.t(by ? `deadline.${kind}.by` : `deadline.${kind}`, { days: workingDays, by: by && words.day(by) }))),
    settled && firstMonth && h("p", {}, words.t("ui.first-month", { month: words.month(firstMonth) }), firstAmount && ` ${words.amount(firstAmount) || words.t("amount.unknown")}`),
    h("p", { class: "what-next" }, words.t(said)),
    settled && decides && h("p", { class: "what-next" }, decides, decidedAt && ` ${words.t(`statement.decided-at.${decidedAt}`)}`),
  ];
}

function marks({ decidedBy, area, unconfirmed, stated, combined }, { words }) {
  const found = [
    (decidedBy ?? area)?.startsWith("99") && h("li", { class: "mark synthetic" }, words.t("ui.synthetic")),
    combined && h("li", { class: "mark combined", "data-combined": combined }, words.t(`combined.${combined}`)),
    unconfirmed && h("li", { class: "mark unconfirmed" }, words.t("ui.unconfirmed")),
    stated && h("li", { class: "mark" }, words.t("ui.stated")),
  ].filter(Boolean);
  return found.length > 0 && h("ul", { class: "marks" }, found);
}

/** What the tables lack, each number once, and whom to ask. */
export function missing({ missing: list = [] }, { words, areaName, documents }) {
  if (list.length === 0) return null;
  const places = list.filter((cell) => cell.area !== "000000").map((cell) => areaName(cell.area));
  return h("div", { class: "missing" },
    list.map((cell) => h("div", { "data-missing": cell.parameter, "data-cause": cell.cause, "data-last-known": cell.lastKnown?.value },
      words.missing(cell).map((sentence) => h("p", {}, sentence)), cell.lastKnown && cite({ document: cell.lastKnown.document }, words, documents))),
    h("p", {}, words.t(places.length > 0 ? "missing.ask" : "missing.ask.nation", { area: words.list(places) })));
}

// Where a question is open what the tables lack comes after it; several benefits mostly lack the same.
function lacking(entry, context) {
  const list = missing(entry, context);
  return list && entry.outcome === "undetermined" ? h("details", {}, h("summary", {}, context.words.t("outcome.noTable.short")), list) : list;
}

function needs(entry, context) {
  const list = entry.outcome === "undetermined" ? [...new Set((entry.needs ?? []).map(context.keyOf))] : [];
  return list.length > 0 && h("details", {}, h("summary", {}, context.words.t("ui.which-questions")), h("ul", { class: "needs" }, list.map((path) => h("li", {}, needButton(path, context)))));
}

/** A question that is still open, as a button that leads to it. */
export function needButton(path, { words, send, members }) {
  const [, index] = /^members\/(\d+)\//.exec(path) ?? [];
  const who = index !== undefined && members.length > 1 && words.t("ui.about-person", { who: words.person(members, Number(index)) });
  return h("button", { type: "button", class: "need", part: "button", "data-need": path, onclick: () => send({ type: "go", path }) }, who && h("strong", {}, who), path.endsWith("/absence") ? words.t("ui.ask.absence") : words.question(path));
}

function alternatives({ alternatives: list = [] }, { words, documents }) {
  return list.length > 0 && h("div", { class: "alternatives" }, h("p", {}, words.t("ui.alternatives")), h("ul", {}, list.map((other) => {
    const amount = other.amount ?? words.t("statement.unknown");
    return h("li", { "data-alternative": other.code }, words.firstOf([`alternative.${other.code}`, "alternative.other"], { ...other, amount }), cite(other.clause, words, documents));
  })));
}

/** Every place where the household may apply, if there are several, each with its answer. */
function places({ candidates: list = [] }, { words, areaName }) {
  return list.length > 0 && h("div", { class: "places" }, h("p", {}, words.t("ui.places")), h("ul", {}, list.map(({ area, rule, holds, outcome, amount }) => {
    const answer = [words.t(`outcome.${outcome}.short`), outcome === "eligible" && words.amount(amount), holds === null && words.t("places.open")];
    return h("li", { "data-place": area }, words.t("places.answer", { area: areaName(area), rule: words.t(`places.${rule}`), answer: answer.filter(Boolean).join(words.t("statement.comma")) }));
  })));
}

/** Who counts as family and on which grounds, where that is a question. */
function family({ people = [], outcome }, { words, who, members }) {
  if (people.length === 0 || members.length < 2 || outcome === "ineligible") return null;
  const named = ({ member, counted, because }) => {
    // Of who does not count, what leaves them out comes last.
    const why = words.list((counted === false ? because.slice(-1) : because).map(({ code }) => words.t(`person.${code}`)));
    return why ? words.t("people.one", { who: who({ member }), why }) : who({ member });
  };
  const unpaid = ({ counted, paid }) => counted === true && paid === false;
  const groups = { counted: (one) => one.counted === true && !unpaid(one), unpaid, "left-out": ({ counted }) => counted === false, open: ({ counted }) => counted === null };
  return h("details", { "data-family": true }, h("summary", {}, words.t("ui.people")), Object.entries(groups).map(([code, fits]) => {
    const found = people.filter(fits);
    return found.length > 0 && h("p", { "data-people": code }, words.t(`people.${code}`, { names: words.list(found.map(named)) }));
  }));
}

function why({ reasons = [] }, context) {
  return reasons.length > 0 && h("details", {}, h("summary", {}, context.words.t("ui.why")), reasonList(reasons, context));
}

/** Conditions as a list: what fails first, then what is open, then what holds. */
export function reasonList(reasons, context) {
  const sorted = [false, null, true].flatMap((holds) => reasons.filter((reason) => reason.holds === holds));
  return h("ul", { class: "reasons" }, sorted.map((reason) => reasonItem(reason, context)));
}

export function reasonItem(reason, { words, documents }) {
  const state = reason.holds === true ? "holds" : reason.holds === false ? "fails" : "unknown";
  return h("li", { class: state, "data-reason": reason.code, "data-holds": String(reason.holds) }, h("span", {}, words.reason(reason)), cite(reason.clause, words, documents));
}

/** How many conditions fail besides the first and what follows from it. */
export function furtherFailures(entry) {
  const first = firstFailure(entry);
  return (entry.reasons ?? []).filter((reason) => reason.holds === false && reason !== first && !(FOLLOWING[first?.code] ?? []).includes(reason.code)).length;
}

/** Where something is written, under the sentence it supports. */
function cite(clause, words, documents) {
  const text = words.clause(clause, documents);
  return text && h("cite", { lang: "zh-CN" }, words.t("ui.basis", { clause: text }));
}

// A step whose number is not known yet says nothing.
function steps({ steps: list = [], outcome }, { words }) {
  const known = list.filter((step) => step.value != null);
  return known.length > 0 && outcome !== "noTable" && h("details", {}, h("summary", {}, words.t("ui.steps")),
    h("ol", { class: "steps" }, known.map((step) => h("li", { "data-step": step.code }, words.step(step)))));
}
