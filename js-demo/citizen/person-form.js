// The questions about one person. The few that decide most come first; the rest lie in folds.

import { areaField } from "./area-chooser.js";
import { amount, choices, chooseOne, day, pick, several, tick, yesNo } from "./controls.js";
import { h } from "./dom.js";
import { help, question, t } from "./messages.js";

const RELATIONS = ["self", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "other"];
const INCOMES = [
  "wages", "business", "property", "pension", "resident-pension", "maintenance", "unemployment-benefit", "survivors-benefit",
  "compensation", "gift", "preferential-pension", "scholarship", "other",
];
const DISABILITIES = ["vision", "hearing", "speech", "limb", "intellectual", "mental"];
const ABILITIES = ["intact", "mild", "moderate", "severe", "complete"];
const TRANSFERS = ["social-insurance", "tax", "maintenance", "other"];

/** The card of person number `index`; `changed` after every answer, `removed` if they are taken out. */
export function personForm(person, index, { areas, changed, redraw, removed }) {
  const at = (path) => `members/${index}/${path}`;
  const number = index + 1;
  const title = person.relation ? t("ui.person.named", { number, name: t(`choice.relation.${person.relation}`) }) : t("ui.person", { number });
  return h("section", { class: "person", "data-person": person.id, "aria-label": title },
    h("header", {}, h("h3", {}, title),
      removed && h("button", { type: "button", class: "quiet", "data-remove-person": person.id, onclick: removed }, t("ui.person.remove"))),
    basics(person, at, { areas, changed, redraw }),
    fold("ui.fold.health", health(person, at, changed)),
    fold("ui.fold.receiving", receiving(person, at, changed)),
    fold("ui.fold.more", more(person, at, { areas, changed, redraw })));
}

function fold(title, content) {
  return h("details", {}, h("summary", {}, t(title)), h("div", { class: "fold" }, content));
}

function basics(person, at, { areas, changed, redraw }) {
  return [
    pick(person, "relation", { path: at("relation"), options: choices("relation", RELATIONS), changed: () => { redraw(); changed(); } }),
    day(person, "birthDate", { path: at("birthDate"), example: "1950-05-01", changed }),
    ...place(person, "registered", "registeredArea", at("registeredArea"), "ui.registered.here", { areas, changed, redraw }),
    chooseOne(person, "settlement", { path: at("registeredSettlement"), options: choices("settlement", ["urban", "rural"]), changed }),
    several(person, "incomes", {
      path: at("incomes"), none: t("ui.income.none"), some: t("ui.income.some"), add: t("ui.income.add"), changed,
      blank: () => ({ kind: "wages", gross: "", costs: "0.00" }),
      row: (income, row) => [
        pick(income, "kind", { path: at(`incomes/${row}/kind`), options: choices("income", INCOMES), changed }),
        amount(income, "gross", { path: at(`incomes/${row}/gross`), changed }),
        amount(income, "costs", { path: at(`incomes/${row}/costs`), changed }),
      ],
    }),
  ];
}

function health(person, at, changed) {
  return [
    several(person, "disabilities", {
      path: at("disabilities"), none: t("ui.none"), some: t("ui.some"), add: t("ui.disability.add"), changed,
      blank: () => ({ kind: "", grade: "" }),
      row: (disability, row) => [
        pick(disability, "kind", { path: at(`disabilities/${row}/kind`), options: choices("disability", DISABILITIES), changed }),
        pick(disability, "grade", { path: at(`disabilities/${row}/grade`), options: choices("grade", ["1", "2", "3", "4"]), changed }),
      ],
    }),
    chooseOne(person, "card", { path: at("disabilityCard/state"), label: question(at("disabilityCard")), hint: help(at("disabilityCard")),
      options: choices("card", ["valid", "expired", "none"]), changed }),
    day(person, "cardUntil", { path: at("disabilityCard/expiresOn"), changed, unknown: false }),
    chooseOne(person, "care", { path: at("longTermCareNeed/needed"), hint: help(at("longTermCareNeed")), options: yesNo(), changed }),
    pick(person, "ability", { path: at("ability/level"), label: question(at("ability")), hint: help(at("ability")),
      options: choices("ability", ABILITIES), changed }),
    pick(person, "serviceGrade", { path: at("serviceInjuryCard"), changed,
      options: [["none", t("ui.none")], ...["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"].map((number) => [number, t("ui.grade", { number })])] }),
  ];
}

function receiving(person, at, changed) {
  const path = at("receiving");
  const boxes = Object.entries(person.receiving).map(([key, entry]) => {
    const details = h("div", { class: "rows", hidden: !entry.paying },
      amount(entry, "monthly", { path: `${path}/${key}/monthly`, changed, label: question(at("receiving/any/monthly")), hint: "" }),
      key.endsWith("child-allowance") && chooseOne(entry, "full", { path: `${path}/${key}/full`, label: question(at("receiving/any/full")),
        options: [["yes", t("ui.full")], ["no", t("ui.top-up")]], changed }));
    return [
      tick(entry, "paying", { path: `${path}/${key}`, label: t(`choice.receiving.${key}`), changed: () => { details.hidden = !entry.paying; changed(); } }),
      details,
    ];
  });
  return h("fieldset", { class: "field", "data-path": path },
    h("legend", {}, question(path)), h("p", { class: "hint" }, help(path)), boxes,
    tick(person, "noOther", { path: `${path}/noOther`, label: t("ui.receiving.no-other"), changed }));
}

function more(person, at, { areas, changed, redraw }) {
  return [
    ...place(person, "residence", "residenceArea", at("usualResidence"), "ui.residence.here", { areas, changed, redraw }),
    several(person, "transfers", {
      path: at("transfersPaid"), none: t("ui.none"), some: t("ui.some"), add: t("ui.add"), changed,
      blank: () => ({ kind: "social-insurance", amount: "" }),
      row: (transfer, row) => [
        pick(transfer, "kind", { path: at(`transfersPaid/${row}/kind`), options: choices("transfer", TRANSFERS), changed }),
        amount(transfer, "amount", { path: at(`transfersPaid/${row}/amount`), changed }),
      ],
    }),
    several(person, "refused", {
      path: at("employment/refusedOn"), none: t("ui.none"), some: t("ui.some"), add: t("ui.add"), changed,
      blank: () => ({ date: "" }),
      row: (refusal, row) => day(refusal, "date", { path: at(`employment/refusedOn/${row}`), changed, label: t("ui.which-day"), hint: "" }),
    }),
    groups(person, at("groups"), changed),
  ];
}

function groups(person, path, changed) {
  const boxes = Object.keys(person.groups).map((key) => {
    const box = { ticked: person.groups[key] === "yes" };
    return tick(box, "ticked", { path: `${path}/${key}`, label: t(`choice.group.${key}`),
      changed: () => { person.groups[key] = box.ticked ? "yes" : ""; changed(); } });
  });
  return h("fieldset", { class: "field", "data-path": path },
    h("legend", {}, question(path)), boxes,
    tick(person, "noOtherGroup", { path: `${path}/noOther`, label: t("ui.groups.no-other"), changed }));
}

function place(person, where, elsewhere, path, here, { areas, changed, redraw }) {
  const field = chooseOne(person, where, { path, changed: () => { redraw(); changed(); },
    options: [["here", t(here)], ["elsewhere", t("ui.elsewhere")]] });
  if (person[where] !== "elsewhere") return [field];
  return [field, areaField(areas, person[elsewhere], { path: `${path}/0/area`, label: question(`${path}/0/area`),
    onchosen: (code) => { person[elsewhere] = code; changed(); } })];
}
