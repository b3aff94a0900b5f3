// Conditions and their clauses: the first that fails in plain sight, the rest behind it.

import { h } from "./dom.js";
import { t } from "./messages.js";
import { clauseText, reasonText } from "./wording.js";

// What fails only because something before it failed is no further reproach: without a disability there is no certificate.
const FOLLOWING = {
  "registered-in-area": ["age-and-group-in-table", "household-category-fits"],
  "has-disability": ["disability-card-valid", "disability-grade-fits", "long-term-care-needed"],
  "of-age": ["age-and-group-in-table"],
};

/** The first condition that fails; it comes before those that follow from it. */
export function firstFailure(entry) {
  return (entry.reasons ?? []).find((reason) => reason.holds === false);
}

/** How many conditions fail besides the first and what follows from it. */
export function furtherFailures(entry) {
  const first = firstFailure(entry);
  const following = FOLLOWING[first?.code] ?? [];
  return (entry.reasons ?? []).filter((reason) => reason.holds === false && reason !== first && !following.includes(reason.code)).length;
}

/** Conditions as a list: what fails first, then what is open, then what holds. */
export function reasonList(reasons, context) {
  const sorted = [false, null, true].flatMap((holds) => reasons.filter((reason) => reason.holds === holds));
  return h("ul", { class: "reasons" }, sorted.map((reason) => reasonItem(reason, context)));
}

export function reasonItem(reason, { documents }) {
  const state = reason.holds === true ? "holds" : reason.holds === false ? "fails" : "unknown";
  return h("li", { class: state, "data-reason": reason.code, "data-holds": String(reason.holds), "data-open-for": reason.open },
    h("span", {}, reasonText(reason)), cite(reason.clause, documents));
}

/** Where something is written, under the sentence it supports. */
export function cite(clause, documents) {
  const text = clauseText(clause, documents);
  return text && h("cite", { lang: "zh-CN" }, t("ui.basis", { clause: text }));
}
