// What cannot be had together: what counts, what does not and what another choice would cost. Nothing is worked out here.

import { h } from "./dom.js";

/** The section of a decision about benefits of which not all may be drawn; nothing where there are none. */
export function drawCombination({ benefits, combination }, context) {
  // What nobody is known to get yet bars nothing that matters yet.
  const has = (member) => (benefit) => benefits.some((entry) => entry.benefit === benefit && (entry.member == null || member == null || entry.member === member) && entry.qualifies === true);
  const choices = combination.choices.filter(({ member, options }) => options.some(({ kept, drawnAlready }) => drawnAlready.length > 0 || kept.some(has(member))));
  const adjusted = combination.adjusted.filter((one) => isDrawn(one) || one.by.some(has(one.member)));
  if (choices.length + adjusted.length === 0) return null;
  return h("section", { class: "group", "data-group": "combination" }, h("h3", {}, context.words.t("ui.combination")),
    choices.map((choice) => choiceCard(choice, context)), adjusted.map((one) => adjustedCard(one, context)));
}

function choiceCard({ member, relations, options: [first, ...others], settledBy, open }, context) {
  const { words, who } = context;
  const certain = first.kept.filter((name) => !first.undecided.includes(name));
  const isOpen = certain.length === 0;
  const dropped = isOpen ? [...first.kept, ...first.dropped] : first.dropped;
  const parts = { who: who({ member }), kept: names(certain, words), dropped: names(dropped, words) };
  return h("article", { class: "card", part: "card", "data-choice": first.kept.join(" "), "data-settled-by": settledBy },
    h("h4", {}, words.t(isOpen ? "combination.kept.none" : "combination.kept", parts)),
    !isOpen && first.undecided.length > 0 && h("p", {}, words.t("combination.undecided", { names: names(first.undecided, words) })),
    h("p", {}, words.t(`combination.settled.${settledBy}`)),
    first.drawnAlready.length > 0 && h("p", {}, words.t("combination.drawn-already", { names: names(first.drawnAlready, words) })),
    open && h("p", { class: "notice" }, words.t("combination.open")),
    h("ul", {}, others.map((option) => h("li", { "data-option": option.kept.join(" "), "data-costs": option.costs }, optionText(option, words)))),
    h("details", {}, h("summary", {}, words.t("ui.clauses")),
      h("ul", { class: "reasons" }, relations.map((one) => h("li", {},
        h("span", {}, words.t(`combination.relation.${one.relation}`, { names: names(one.of, words) })), cite(one.clause, context))))));
}

function optionText({ kept, cash, costs }, words) {
  if (cash.kind !== "exact") return words.t("combination.option.unknown", { kept: names(kept, words) });
  return words.t(costs === "0.00" ? "combination.option.same" : "combination.option", { kept: names(kept, words), costs });
}

function adjustedCard({ benefit, member, relation, by, cash, clause }, context) {
  const { words, who, members } = context;
  // What is left of the household's benefit once one of several people has another is not settled.
  const isOpen = member == null && members.length > 1 && cash.max !== "0.00";
  const parts = { who: who({ member }), benefit: names([benefit], words), by: names(by, words), amount: words.total("cashOverTwelveMonths", cash) };
  return h("article", { class: "card", part: "card", "data-adjusted": benefit }, h("p", {}, words.t(`combination.adjusted.${isOpen ? "open" : isDrawn({ member, relation }) ? "drawn" : relation}`, parts)), cite(clause, context));
}

// The household's benefit is drawn already, and a member's own is not had beside it.
const isDrawn = ({ member, relation }) => member != null && !["replaces", "tops-up"].includes(relation);

function cite(clause, { words, documents }) {
  const text = words.clause(clause, documents);
  return text && h("cite", { lang: "zh-CN" }, words.t("ui.basis", { clause: text }));
}

// What is decided here has a name of its own; what is only drawn is called as in the question about it.
function names(benefits, words) {
  return words.list(benefits.map((benefit) => words.firstOf([`benefit.${benefit}`, `choice.receiving.${benefit}`])));
}
