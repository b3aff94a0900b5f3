// One benefit for one person or household: the answer first, then why, what is missing and how it was worked out.

import { h } from "./dom.js";
import { firstOf, has, question, t } from "./messages.js";
import { cite, reasonList } from "./reasons.js";
import { amountText, clauseText, figure, missingTexts, monthText, stepText } from "./wording.js";

/** `context` has `documents`, `areaName(code)`, `isSynthetic(code)`, `who(entry)`, `personAt(path)` and `ask(path)`. */
export function benefitCard(entry, context) {
  return h("article", { class: `card ${entry.outcome}`, ...hooks(entry) },
    heading(entry, context), answer(entry, context), marks(entry, context), missing(entry, context), needs(entry, context),
    alternatives(entry, context), why(entry, context), steps(entry, context));
}

/** What an entry says, as attributes of its element: for styles, tests and anyone who reads the page by program. */
export function hooks({ benefit, member, bill, outcome, qualifies, amount, firstMonth, stated, unconfirmed }) {
  return {
    "data-benefit": benefit, "data-member": member, "data-bill": bill, "data-outcome": outcome, "data-qualifies": String(qualifies),
    "data-amount": figure(amount), "data-amount-kind": amount?.kind, "data-amount-value": amount?.value, "data-amount-min": amount?.min,
    "data-amount-max": amount?.max, "data-per": amount?.per, "data-first-month": firstMonth,
    "data-stated": stated || null, "data-unconfirmed": unconfirmed || null,
  };
}

/** A name for an entry's folds, so that they stay open when the answer is drawn again. */
export function foldOf({ benefit, member, bill }, part) {
  return [benefit, member ?? "", bill ?? "", part].join("/");
}

function heading(entry, { who }) {
  const about = `benefit.${entry.benefit}.about`;
  return [
    h("h4", {}, t(`benefit.${entry.benefit}`)),
    h("p", { class: "who" }, t("benefit.for", { who: who(entry) })),
    has(about) && h("p", { class: "about" }, t(about)),
  ];
}

function answer(entry, context) {
  const status = entry.gives === "status" && entry.outcome === "eligible" ? ".status" : "";
  const settled = entry.outcome === "eligible" || entry.outcome === "discretionary";
  const amount = entry.gives === "status" ? "" : amountText(entry.amount);
  return [
    h("p", { class: "badge" }, t(`outcome.${entry.outcome}${status}.short`)),
    amount && h("p", { class: "amount" }, settled ? amount : t("amount.soFar", { amount })),
    entry.outcome === "noTable" && entry.qualifies === true && h("p", {}, t("outcome.noTable.qualifies")),
    settled && entry.firstMonth && h("p", {}, t("ui.first-month", { month: monthText(entry.firstMonth) })),
    h("p", { class: "what-next" }, t(`outcome.${entry.outcome}${status}`)),
    settled && entry.decidedBy && h("p", { class: "what-next" }, decides(entry, context)),
  ];
}

function decides({ gives, decidedBy, paidBy }, { areaName }) {
  const code = gives === "status" ? ".status" : decidedBy === paidBy ? ".same" : "";
  return t(`statement.decides${code}`, { decides: areaName(decidedBy), pays: areaName(paidBy) });
}

function marks(entry, { isSynthetic }) {
  const found = [
    isSynthetic(entry.decidedBy ?? entry.area) && h("li", { class: "mark synthetic" }, t("ui.synthetic")),
    entry.unconfirmed && h("li", { class: "mark unconfirmed" }, t("ui.unconfirmed")),
    entry.stated && h("li", { class: "mark" }, t("ui.stated")),
  ].filter(Boolean);
  return found.length > 0 && h("ul", { class: "marks" }, found);
}

/** What the tables lack, each number once, and whom to ask. */
export function missing(entry, { areaName, documents }) {
  const list = entry.missing ?? [];
  if (list.length === 0) return null;
  const areas = [...new Set(list.map((cell) => areaName(cell.area)))];
  return h("div", { class: "missing" },
    list.map((cell) => h("div", { "data-missing": cell.parameter, "data-cause": cell.cause, "data-last-known": cell.lastKnown?.value },
      missingTexts(cell).map((sentence) => h("p", {}, sentence)),
      cell.lastKnown && cite({ document: cell.lastKnown.document }, documents))),
    h("p", {}, t("missing.ask", { area: areas.join(t("ui.list-separator")) })));
}

function why(entry, context) {
  const reasons = entry.reasons ?? [];
  return reasons.length > 0 && h("details", { "data-fold": foldOf(entry, "why") },
    h("summary", {}, t("ui.why")), reasonList(reasons, context));
}

function needs(entry, context) {
  const list = entry.outcome === "undetermined" ? entry.needs ?? [] : [];
  return list.length > 0 && h("ul", { class: "needs" }, list.map((path) => h("li", {}, needButton(path, context))));
}

/** A question that is still open, as a button that leads to it. */
export function needButton(path, { ask, personAt }) {
  const who = personAt(path);
  const words = [who && h("strong", {}, t("ui.about-person", { who })), question(path)];
  // A household from a file has no questions on the page to lead to.
  return ask ? h("button", { type: "button", class: "need", "data-need": path, onclick: () => ask(path) }, words)
    : h("p", { "data-need": path }, words);
}

function alternatives(entry, { documents }) {
  const list = entry.alternatives ?? [];
  return list.length > 0 && h("div", { class: "alternatives" }, h("p", {}, t("ui.alternatives")), h("ul", {}, list.map((other) => {
    const amount = other.amount ?? t("statement.unknown");
    return h("li", { "data-alternative": other.code, "data-amount": other.amount },
      firstOf([`alternative.${other.code}`, "alternative.other"], { ...other, amount }), cite(other.clause, documents));
  })));
}

// A step whose number is not known yet says nothing.
function steps(entry, { documents }) {
  const list = (entry.steps ?? []).filter((step) => step.value != null);
  if (list.length === 0 || entry.outcome === "noTable") return null;
  return h("details", { "data-fold": foldOf(entry, "steps") }, h("summary", {}, t("ui.steps")),
    h("ol", { class: "steps" }, list.map((step) => h("li", { "data-step": step.code }, stepText(step),
      (step.cells ?? []).map((cell) => h("cite", { lang: "zh-CN" }, t("ui.cell", { clause: clauseText(cell.clause, documents), from: cell.from })))))));
}
