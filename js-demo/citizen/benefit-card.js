// One benefit for one person or household: the answer first, then why, what is missing and how it was worked out.

import { h } from "./dom.js";
import { firstOf, has, question, t } from "./messages.js";
import { amountText, clauseText, dayText, figure, missingTexts, monthText, reasonText, stepText } from "./wording.js";

/** `context` has `documents`, `areaName(code)`, `isSynthetic(code)` and `ask(path)`. */
export function benefitCard(entry, context) {
  const key = [entry.benefit, entry.member ?? "", entry.bill ?? ""].join("/");
  return h("article", {
    class: `card ${entry.outcome}`, "data-benefit": entry.benefit, "data-outcome": entry.outcome, "data-member": entry.member,
    "data-amount": figure(entry.amount), "data-amount-kind": entry.amount?.kind, "data-unconfirmed": entry.unconfirmed || null,
  },
  heading(entry), answer(entry, context), marks(entry, context),
  missing(entry, context), failed(entry, context), needs(entry, context), alternatives(entry, context),
  passed(entry, context, key), steps(entry, context, key));
}

function heading(entry) {
  const about = `benefit.${entry.benefit}.about`;
  return [
    h("h4", {}, t(`benefit.${entry.benefit}`)),
    has(about) && h("p", { class: "about" }, t(about)),
  ];
}

function answer(entry, { areaName }) {
  const status = entry.gives === "status" && entry.outcome === "eligible" ? ".status" : "";
  const settled = entry.outcome === "eligible" || entry.outcome === "discretionary";
  const amount = entry.gives === "status" || entry.outcome === "ineligible" ? "" : amountText(entry.amount);
  return [
    h("p", { class: "badge" }, t(`outcome.${entry.outcome}${status}.short`)),
    amount && h("p", { class: "amount" }, settled ? amount : t("amount.soFar", { amount })),
    h("p", { class: "what-next" }, t(`outcome.${entry.outcome}${status}`)),
    entry.outcome === "noTable" && entry.qualifies === true && h("p", {}, t("outcome.noTable.qualifies")),
    settled && entry.firstMonth && h("p", {}, t("ui.first-month", { month: monthText(entry.firstMonth) })),
    settled && entry.acceptedAt && h("p", {}, entry.acceptedAt === entry.paidBy || !entry.paidBy
      ? t("ui.where", { area: areaName(entry.acceptedAt) })
      : t("ui.where.split", { accepted: areaName(entry.acceptedAt), paid: areaName(entry.paidBy) })),
  ];
}

function marks(entry, { isSynthetic }) {
  const found = [
    isSynthetic(entry.decidedBy ?? entry.area) && h("li", { class: "mark synthetic" }, t("ui.synthetic")),
    entry.unconfirmed && h("li", { class: "mark unconfirmed" }, t("ui.unconfirmed")),
    entry.stated && h("li", { class: "mark" }, t("ui.stated")),
  ].filter(Boolean);
  return found.length > 0 && h("ul", { class: "marks" }, found);
}

function missing(entry, { areaName }) {
  const list = entry.missing ?? [];
  return list.length > 0 && h("div", { class: "missing" },
    list.map((cell) => h("div", { "data-missing": cell.parameter, "data-cause": cell.cause },
      missingTexts(cell, areaName).map((sentence) => h("p", {}, sentence)))));
}

function failed(entry, context) {
  const list = (entry.reasons ?? []).filter((reason) => reason.holds === false);
  return list.length > 0 && h("ul", { class: "reasons fails" }, list.map((reason) => reasonItem(reason, context)));
}

function passed(entry, context, key) {
  const list = (entry.reasons ?? []).filter((reason) => reason.holds !== false);
  return list.length > 0 && h("details", { "data-fold": `${key}/why` }, h("summary", {}, t(entry.outcome === "ineligible" ? "ui.other-reasons" : "ui.why")),
    h("ul", { class: "reasons" }, list.map((reason) => reasonItem(reason, context))));
}

function reasonItem(reason, { documents }) {
  const clause = clauseText(reason.clause, documents);
  const state = reason.holds === true ? "holds" : reason.holds === false ? "fails" : "unknown";
  return h("li", { class: state, "data-reason": reason.code, "data-holds": String(reason.holds) },
    h("span", {}, reasonText(reason)), clause && h("cite", { lang: "zh-CN" }, t("ui.basis", { clause })));
}

function needs(entry, { ask, personAt }) {
  const list = entry.outcome === "undetermined" ? entry.needs ?? [] : [];
  return list.length > 0 && h("ul", { class: "needs" }, list.map((path) => h("li", {}, needButton(path, { ask, personAt }))));
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
  return list.length > 0 && h("ul", { class: "alternatives" }, list.map((other) => {
    const clause = clauseText(other.clause, documents);
    return h("li", {}, firstOf([`alternative.${other.code}`, "alternative.other"], other), clause && h("cite", { lang: "zh-CN" }, t("ui.basis", { clause })));
  }));
}

function steps(entry, { documents }, key) {
  const list = entry.steps ?? [];
  if (list.length === 0 || entry.outcome === "noTable") return null;
  return h("details", { "data-fold": `${key}/steps` }, h("summary", {}, t("ui.steps")),
    h("ol", { class: "steps" }, list.map((step) => {
      const clause = clauseText(step.clause, documents);
      return h("li", { "data-step": step.code }, stepText(step), clause && h("cite", { lang: "zh-CN" }, t("ui.basis", { clause })),
        (step.cells ?? []).filter((cell) => typeof cell === "object").map((cell) => h("cite", { lang: "zh-CN" }, cellText(cell, documents))));
    })));
}

function cellText(cell, documents) {
  return t("ui.cell", { clause: clauseText(cell, documents), from: dayText(cell.from) });
}
