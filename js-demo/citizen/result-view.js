// The answer: what comes to how much, for whom, why, and what is still open.

import { benefitCard, needButton } from "./benefit-card.js";
import { h, plainPath } from "./dom.js";
import { has, t } from "./messages.js";
import { personName } from "./people.js";
import { amountText, errorText, figure } from "./wording.js";

const ORDER = ["eligible", "discretionary", "undetermined", "noTable", "ineligible"];
const PER = { cashPerMonth: "month", cashPerYear: "year", cashOnce: "once", perMeal: "meal", perDay: "day" };

/** Set `areas`, `documents` and `onask(path)`, then call one of the `show` functions. */
export class ResultView extends HTMLElement {
  areas = [];
  documents = {};
  onask = () => {};

  /** A result and the household it is for. */
  showResult(result, household) {
    const context = this.#context(household.members ?? []);
    this.#replace(
      this.#notices(result, context), totals(result), this.#next(result, context),
      ...groups(result, context), this.#needs(result, context), this.#basis(result));
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

  #replace(...content) {
    const open = new Set([...this.querySelectorAll("details[open]")].map((fold) => fold.getAttribute("data-fold")));
    this.replaceChildren(...content.flat(Infinity).filter(Boolean));
    for (const fold of this.querySelectorAll("details")) if (open.has(fold.getAttribute("data-fold"))) fold.open = true;
  }

  #context(people) {
    const find = (code) => this.areas.find((area) => area.area === code);
    return {
      people, documents: this.documents, ask: this.onask,
      areaName: (code) => find(code)?.names[0] ?? nameFromChild(this.areas, code) ?? code ?? "",
      isSynthetic: (code) => find(code)?.synthetic === true,
      personAt: (path) => {
        const member = /^members\/(\d+)\//.exec(plainPath(path));
        return member && people.length > 1 ? personName(people, people[Number(member[1])]?.id) : "";
      },
    };
  }

  #notices(result, { isSynthetic }) {
    const synthetic = (result.packs ?? []).some((pack) => isSynthetic(pack.area))
      && (result.benefits ?? []).some((entry) => isSynthetic(entry.area));
    return [
      synthetic && h("p", { class: "notice synthetic", "data-synthetic": true }, t("ui.synthetic.long")),
      (result.issues ?? []).map((issue) => h("p", { class: "notice", "data-issue": issue.code }, errorText(issue))),
    ];
  }

  #next(result, context) {
    if (!result.next) return null;
    return h("div", { class: "next" }, h("p", {}, t("ui.next")), needButton(result.next, context));
  }

  #needs(result, context) {
    const list = (result.needs ?? []).map((need) => need.path ?? need);
    if (list.length === 0) return null;
    return h("details", { class: "all-needs", "data-fold": "needs" }, h("summary", {}, t("ui.needs", { count: list.length })),
      h("ul", { class: "needs" }, list.map((path) => h("li", {}, needButton(path, context)))));
  }

  #basis(result) {
    return h("footer", { class: "basis" },
      h("p", { class: "disclaimer" }, t("ui.disclaimer")),
      h("p", {}, t("ui.decided-for", { date: result.date })),
      result.receipt?.digest && h("p", { "data-receipt": result.receipt.digest }, t("ui.receipt", { digest: result.receipt.digest, engine: result.engine })));
  }
}

customElements.define("result-view", ResultView);

/** The totals as the engine gives them; nothing is added up here. */
function totals(result) {
  const shown = Object.entries(result.totals ?? {}).filter(([name, amount]) => has(`total.${name}`) && amount);
  return h("section", { class: "totals", "aria-label": t("ui.totals") }, shown.map(([name, amount]) =>
    h("p", { "data-total": name, "data-amount": figure(amount), "data-amount-kind": amount.kind },
      h("span", { class: "total-name" }, t(`total.${name}`)),
      h("strong", {}, totalText(name, amount)))));
}

function totalText(name, amount) {
  return amountText({ per: PER[name] ?? "month", ...amount });
}

/** One line for the bar at the bottom and for screen readers. */
export function summary(result) {
  const cash = result.totals?.cashPerMonth;
  const open = (result.needs ?? []).length;
  return [cash ? totalText("cashPerMonth", cash) : "", open > 0 ? t("ui.needs", { count: open }) : ""].filter(Boolean).join(" · ");
}

// The household first, then person by person; what can be had first, what cannot in a fold at the end.
function groups(result, context) {
  const members = [null, ...context.people.map((person) => person.id)];
  return members.map((member) => {
    const entries = (result.benefits ?? []).filter((entry) => (entry.member ?? null) === member);
    if (entries.length === 0) return null;
    const sorted = ORDER.flatMap((outcome) => entries.filter((entry) => entry.outcome === outcome));
    const shown = sorted.filter((entry) => !isNoNews(entry));
    const title = member === null ? t("ui.whole-household") : personName(context.people, member);
    return h("section", { class: "group", "data-for": member ?? "household" },
      h("h3", {}, title),
      shown.map((entry) => benefitCard(entry, context)),
      folded("ui.no-rate", sorted.filter((entry) => isNoNews(entry) && entry.outcome === "noTable"), member, context),
      folded("ui.not-now", sorted.filter((entry) => entry.outcome === "ineligible"), member, context));
  });
}

// What cannot be had now, or of which we know nothing at all, need not stand between the rest.
function isNoNews({ outcome, qualifies, missing = [] }) {
  return outcome === "ineligible" || (outcome === "noTable" && qualifies !== true && !missing.some((cell) => cell.lastKnown));
}

function folded(title, entries, member, context) {
  if (entries.length === 0) return null;
  const names = entries.map((entry) => t(`benefit.${entry.benefit}`)).join(t("ui.list-separator"));
  return h("details", { class: "folded", "data-fold": `${title}/${member ?? ""}` },
    h("summary", {}, t(title, { count: entries.length, names })), entries.map((entry) => benefitCard(entry, context)));
}

// A city or province that has no pack of its own is named through the districts below it.
function nameFromChild(areas, code) {
  if (!code) return undefined;
  if (code === "000000") return t("ui.nation");
  const prefix = code.replace(/(00)+$/, "");
  const child = areas.find((area) => area.area !== code && area.area.startsWith(prefix));
  return child?.names[prefix.length === 2 ? child.names.length - 1 : 1];
}
