// The other way: a household from a file or an example, back into answers on the page.

import { areasIn } from "./engine.js";
import { emptyForm, emptyPerson, householdFrom } from "./household.js";

// Facts from a file that no question of the page asks are kept beside the answers.
const ASKED = ["schemaVersion", "application", "standing", "assessments", "assets", "expenses", "bills", "members"];
const ASKED_OF_MEMBERS = [
  "id", "relation", "birthDate", "registeredArea", "registeredSettlement", "usualResidence", "incomes", "transfersPaid", "disabilities",
  "disabilityCard", "longTermCareNeed", "serviceInjuryCard", "receiving", "ability", "employment", "groups",
];

/**
 * The form that stands for `household`, or null if the page has no question for some part of it;
 * then the household is shown as it is and not edited.
 */
export function formFrom(household, date) {
  // Which of its places was the one chosen on the page is not written down: the first that gives the same household back.
  const first = household?.members?.[0]?.registeredArea?.[0]?.area;
  for (const area of new Set([first ?? "", ...areasIn(household).sort(), ""])) {
    try {
      const form = readForm(household, date, area);
      if (sameJson(householdFrom(form), household)) return form;
    } catch {
      // Not of the shape the page writes.
    }
  }
  return null;
}

function readForm(household, date, area) {
  return {
    ...emptyForm(area, date),
    appliedOn: given(household.application, (application) => application.appliedOn),
    standing: given(household.standing, (list) => (list.length === 0 ? "none" : list[0].status)),
    standingFrom: household.standing?.[0]?.from ?? "",
    assetsWithinLimit: given(household.assessments, (list) => answer(list[0].holds)),
    savings: given(household.assets, (assets) => answer(assets.financial)),
    expenses: given(household.expenses, (list) => list.map((row) => ({ ...row }))),
    bills: given(household.bills, (list) => list.map((bill) => ({
      member: answer(bill.member), meal: answer(bill.meal), date: answer(bill.date),
      listPrice: answer(bill.listPrice), listed: answer(bill.listedProvider),
    }))),
    people: household.members.map((member) => readPerson(member, area)),
    unasked: without(household, ASKED),
  };
}

function readPerson(member, area) {
  const person = emptyPerson(member.id, answer(member.relation));
  person.birthDate = answer(member.birthDate);
  [person.registered, person.registeredArea] = place(member.registeredArea, area);
  person.settlement = answer(member.registeredSettlement);
  [person.residence, person.residenceArea] = place(member.usualResidence, area);
  person.incomes = given(member.incomes, (list) => list.map(({ kind, gross, costs }) => ({
    kind: answer(kind), gross: answer(gross), costs: answer(costs),
  })));
  person.transfers = given(member.transfersPaid, (list) => list.map((row) => ({ ...row })));
  person.disabilities = given(member.disabilities, (list) => list.map((row) => ({
    kind: answer(row.kind), grade: text(row.grade),
  })));
  person.card = given(member.disabilityCard, (card) => card.state);
  person.cardUntil = answer(member.disabilityCard?.expiresOn);
  person.care = given(member.longTermCareNeed, (care) => answer(care.needed));
  person.serviceGrade = given(member.serviceInjuryCard, (card) => (card.kind === "soldier" ? text(card.grade) : card.kind));
  person.ability = given(member.ability, (ability) => answer(ability.level));
  person.refused = given(member.employment, (work) => given(work.refusedOn, (days) => days.map((date) => ({ date }))));
  for (const [key, belongs] of Object.entries(member.groups ?? {})) {
    if (key === "noOther") person.noOtherGroup = belongs;
    else person.groups[key] = answer(belongs);
  }
  person.unasked = without(member, ASKED_OF_MEMBERS);
  for (const [key, entry] of Object.entries(member.receiving ?? {})) {
    if (key === "noOther") person.noOther = entry;
    else person.receiving[key] = { paying: true, monthly: answer(entry.monthly), full: answer(entry.full) };
  }
  return person;
}

function without(all, asked) {
  return Object.fromEntries(Object.entries(all).filter(([key]) => !asked.includes(key)));
}

function place(list, here) {
  if (list === undefined) return ["", ""];
  if (list === null) return [null, ""];
  return list[0].area === here ? ["here", ""] : ["elsewhere", list[0].area];
}

function given(value, read) {
  return value === undefined ? "" : value === null ? null : read(value);
}

function answer(value) {
  return value === undefined ? "" : value === true ? "yes" : value === false ? "no" : value;
}

function text(value) {
  return typeof value === "number" ? String(value) : answer(value);
}

/** Equal as JSON, whatever the order of the keys. */
function sameJson(left, right) {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
