// The answer: what comes to how much, for whom, why, and what is still open.

import { benefitCard, needButton } from "./benefit-card.js";
import { h, plainPath } from "./dom.js";
import { shortName, t } from "./messages.js";
import { personName } from "./people.js";
import { terseList } from "./terse-list.js";
import { errorText, figure, totalText } from "./wording.js";

/** Set `areas`, `documents` and `onask(path)`, then call one of the `show` functions. */
export class ResultView extends HTMLElement {
  areas = [];
  documents = {};
  onask = () => {};
  #shown = 0;

  /** A result and the household it is for. */
  showResult(result, household) {
    const context = this.#context(household);
    this.#replace(notices(result, context), totals(result), next(result, context), sections(result, context),
      openQuestions(result, context), notUsed(result), basis(result));
  }

  /** Mistakes that keep us from an answer. */
  showErrors(errors) {
    this.#replace(h("div", { class: "notice error", "data-errors": errors.length },
      h("p", {}, t("ui.errors")),
      h("ul", {}, errors.map((error) => h("li", { "data-error": error.code, "data-error-path": error.path }, errorText(error))))));
  }

  /** A sentence in place of a result. */
  showNotice(sentence) {
    this.#replace(h("p", { class: "notice" }, sentence));
  }

  // Folds stay as they were; the counter tells that an answer has been replaced by another.
  #replace(...content) {
    const folds = new Map([...this.querySelectorAll("details")].map((fold) => [fold.getAttribute("data-fold"), fold.open]));
    this.replaceChildren(...content.flat(Infinity).filter(Boolean));
    for (const fold of this.querySelectorAll("details")) fold.open = folds.get(fold.getAttribute("data-fold")) ?? fold.open;
    this.#shown += 1;
    this.setAttribute("data-shown", String(this.#shown));
  }

  #context({ members = [], bills = [] }) {
    const find = (code) => this.areas.find((area) => area.area === code);
    return {
      documents: this.documents, ask: this.onask,
      areaName: (code) => find(code)?.names[0] ?? nameFromChild(this.areas, code) ?? code ?? "",
      isSynthetic: (code) => find(code)?.synthetic === true,
      who: ({ member, bill }) => {
        const name = member == null ? t("ui.whole-household") : personName(members, member);
        const meal = bill && bills?.[Number(/\d+/.exec(bill)?.[0])];
        return meal?.date && meal.meal ? `${name} · ${t("ui.meal-of", { date: meal.date, meal: t(`choice.meal.${meal.meal}`) })}` : name;
      },
      personAt: (path) => {
        const member = /^members\/(\d+)\//.exec(plainPath(path));
        return member && members.length > 1 ? personName(members, members[Number(member[1])]?.id) : "";
      },
    };
  }
}

customElements.define("result-view", ResultView);

/** One line for the bar at the bottom and for screen readers. */
export function summary(result) {
  const open = (result.needs ?? []).length;
  const cash = `${t("total.cashPerMonth")}${t("ui.colon")}${totalText("cashPerMonth", result.totals.cashPerMonth)}`;
  return [cash, open > 0 ? t("ui.needs", { count: open }) : ""].filter(Boolean).join(" · ");
}

function notices({ benefits, issues }, { isSynthetic }) {
  return [
    benefits.some((entry) => isSynthetic(entry.area)) && h("p", { class: "notice synthetic", "data-synthetic": true }, t("ui.synthetic.long")),
    issues.filter((issue) => issue.code !== "fact-not-used").map((issue) => h("p", { class: "notice", "data-issue": issue.code }, errorText(issue))),
  ];
}

/** The totals as the engine gives them; nothing is added up here. */
function totals({ totals: { cashPerMonth, meals }, benefits }) {
  const hasMeals = benefits.some((entry) => entry.bill != null);
  return h("section", { class: "totals", "aria-label": t("ui.totals") }, total("cashPerMonth", cashPerMonth), hasMeals && total("meals", meals),
    h("p", { class: "disclaimer" }, t("ui.disclaimer")));
}

function total(name, amount) {
  const leftOut = (amount.leftOut ?? []).map((benefit) => t(`benefit.${benefit}`)).join(t("ui.list-separator"));
  return h("div", { class: "total", "data-total": name, "data-amount": figure(amount), "data-amount-kind": amount.kind, "data-amount-min": amount.min },
    h("p", { class: "total-name" }, t(`total.${name}`)), h("p", { class: "total-amount" }, totalText(name, amount)),
    leftOut && h("p", { class: "left-out", "data-left-out": amount.leftOut.join(" ") }, t("statement.left-out", { names: leftOut })));
}

function next(result, context) {
  return result.next && h("div", { class: "next" }, h("p", {}, t("ui.next")), needButton(result.next, context));
}

// What can be had comes first, then what is open, then what cannot be had; the household before its people.
function sections({ benefits }, context) {
  const by = (...outcomes) => outcomes.flatMap((outcome) => benefits.filter((entry) => entry.outcome === outcome));
  const have = by("eligible", "discretionary");
  const open = by("undetermined", "noTable").filter((entry) => !isNoNews(entry));
  const unknown = benefits.filter(isNoNews);
  const not = by("ineligible");
  const cards = (entries) => entries.map((entry) => benefitCard(entry, context));
  return [
    section("have", have.length > 0 && cards(have)),
    section("open", open.length + unknown.length > 0 && [cards(open), terseList("ui.no-rate", unknown, context, open.length === 0)]),
    section("not-now", not.length > 0 && terseList("ui.not-now", not, context, have.length + open.length === 0)),
  ];
}

function section(name, content) {
  return content && h("section", { class: "group", "data-group": name }, h("h3", {}, t(`ui.group.${name}`)), content);
}

// A benefit of which we have neither a number now nor an old one need not stand between the rest.
function isNoNews({ outcome, qualifies, missing = [] }) {
  return outcome === "noTable" && qualifies !== true && !missing.some((cell) => cell.lastKnown);
}

function openQuestions({ needs }, context) {
  return needs.length > 1 && h("details", { class: "all-needs", "data-fold": "needs" }, h("summary", {}, t("ui.needs", { count: needs.length })),
    h("ul", { class: "needs" }, needs.map(({ path }) => h("li", {}, needButton(path, context)))));
}

/** Answers no rule looked at, by kind: no reproach, and no list of paths. */
function notUsed({ issues }) {
  const names = [...new Set(issues.filter((issue) => issue.code === "fact-not-used").map((issue) => shortName(issue.path)))];
  return names.length > 0 && h("details", { "data-fold": "not-used", "data-issue": "fact-not-used" },
    h("summary", {}, t("ui.not-used", { count: names.length })),
    h("p", {}, t("error.fact-not-used", { names: names.join(t("ui.list-separator")) })));
}

function basis({ date, receipt, engine }) {
  return h("footer", { class: "basis" }, h("p", {}, t("ui.decided-for", { date })),
    h("p", { "data-receipt": receipt.digest }, t("ui.receipt", { digest: receipt.digest, engine })));
}

// A city or province that has no pack of its own is named through the districts below it.
function nameFromChild(areas, code) {
  if (!code) return undefined;
  if (code === "000000") return t("ui.nation");
  const prefix = code.replace(/(00)+$/, "");
  const child = areas.find((area) => area.area !== code && area.area.startsWith(prefix));
  return child?.names[prefix.length === 2 ? child.names.length - 1 : 1];
}
