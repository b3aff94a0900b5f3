// The answers on the page, and the household they stand for.
//
// An answer is "" while it has not been given (the fact stays absent), null when the person does not know,
// and otherwise a text, a choice or a list. Money and dates stay text all the way: nothing is calculated here.

/** What may already be paid to a person and matter for something else. */
export const RECEIVING = [
  "work-injury-nursing", "orphan-allowance", "unattended-child-allowance", "key-difficulty-child-allowance",
  "retired-cadre-nursing", "institutional-care-subsidy", "welfare-living-subsidy", "welfare-nursing-subsidy",
  "elderly-nursing-subsidy",
];

/** Groups a person may belong to, each a yes or no of its own. */
export const GROUPS = ["familyPlanningSpecial", "preferentialTreatment", "livesAlone", "povertyAlleviated", "retiredCadre", "publicEmployee"];

/** A form nobody has filled in. */
export function emptyForm(area, date) {
  return {
    area, date, appliedOn: "", standing: "", standingFrom: "", assetsWithinLimit: "", savings: "",
    expenses: "", bills: "", people: [emptyPerson("a", "self")], unasked: {},
  };
}

export function emptyPerson(id, relation = "") {
  return {
    id, relation, birthDate: "", registered: "here", registeredArea: "", settlement: "",
    residence: "", residenceArea: "", incomes: "", transfers: "", disabilities: "", card: "", cardUntil: "",
    care: "", serviceGrade: "", ability: "", refused: "",
    receiving: Object.fromEntries(RECEIVING.map((key) => [key, { paying: false, monthly: "", full: "" }])),
    noOther: false,
    groups: Object.fromEntries(GROUPS.map((key) => [key, ""])), noOtherGroup: false,
    unasked: {},
  };
}

/** An id no person in the form has yet: a, b, c … */
export function freeId(people) {
  const taken = new Set(people.map((person) => person.id));
  for (let number = 0; ; number += 1) {
    const id = number < 26 ? String.fromCharCode(97 + number) : `p${number}`;
    if (!taken.has(id)) return id;
  }
}

/** The household JSON for the answers given so far. */
export function householdFrom(form) {
  return facts({
    schemaVersion: 1,
    application: form.appliedOn === "" ? "" : { appliedOn: form.appliedOn },
    standing: standingFrom(form),
    assessments: form.assetsWithinLimit === "" ? "" : [{ test: "assets-within-limit", holds: yesNo(form.assetsWithinLimit) }],
    assets: form.savings === "" ? "" : { financial: form.savings },
    expenses: each(form.expenses, facts),
    bills: each(form.bills, (bill) => facts({
      category: "meal", member: bill.member, meal: bill.meal, date: bill.date, listPrice: bill.listPrice,
      area: form.area, listedProvider: yesNo(bill.listed),
    })),
    members: form.people.map((person) => memberFrom(person, form.area)),
    ...form.unasked,
  });
}

function standingFrom(form) {
  if (form.standing === "" || form.standing === null) return form.standing;
  if (form.standing === "none") return [];
  return [facts({ status: form.standing, area: form.area, from: form.standingFrom })];
}

function memberFrom(person, area) {
  return facts({
    id: person.id,
    relation: person.relation,
    birthDate: person.birthDate,
    registeredArea: placeFrom(person.registered, person.registeredArea, area),
    registeredSettlement: person.settlement,
    usualResidence: placeFrom(person.residence, person.residenceArea, area),
    incomes: each(person.incomes, (income) => facts({ ...income, months: 1 })),
    transfersPaid: each(person.transfers, facts),
    disabilities: each(person.disabilities, (row) => facts({ kind: row.kind, grade: grade(row.grade) })),
    disabilityCard: cardFrom(person),
    longTermCareNeed: person.care === "" ? "" : { needed: yesNo(person.care) },
    serviceInjuryCard: serviceCardFrom(person.serviceGrade),
    receiving: receivingFrom(person),
    ability: person.ability === "" ? "" : { scale: "gbt-42195-2022", level: person.ability },
    employment: person.refused === "" ? "" : { refusedOn: each(person.refused, (row) => row.date) },
    groups: groupsFrom(person),
    ...person.unasked,
  });
}

function placeFrom(where, elsewhere, here) {
  if (where === "" || where === null) return where;
  const area = where === "here" ? here : elsewhere;
  return area === "" ? "" : [{ area }];
}

function cardFrom(person) {
  if (person.card === "") return "";
  return facts({ state: person.card, expiresOn: person.card === "none" ? "" : person.cardUntil });
}

function serviceCardFrom(answer) {
  if (answer === "") return "";
  if (answer === "none" || answer === null) return { kind: answer };
  return { kind: "soldier", grade: Number(answer) };
}

function receivingFrom(person) {
  const paid = {};
  for (const [key, entry] of Object.entries(person.receiving)) {
    if (entry.paying) paid[key] = facts({ state: "paying", monthly: entry.monthly, full: yesNo(entry.full) });
  }
  if (person.noOther) paid.noOther = true;
  return Object.keys(paid).length === 0 ? "" : paid;
}

function groupsFrom(person) {
  const groups = facts(Object.fromEntries(Object.entries(person.groups).map(([key, belongs]) => [key, yesNo(belongs)])));
  if (person.noOtherGroup) groups.noOther = true;
  return Object.keys(groups).length === 0 ? "" : groups;
}

/** Leaves out what was not answered. */
function facts(all) {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== "" && value !== undefined));
}

function each(list, row) {
  return Array.isArray(list) ? list.map(row) : list;
}

function yesNo(answer) {
  return answer === "yes" ? true : answer === "no" ? false : answer;
}

function grade(answer) {
  return answer === "" || answer === null ? answer : Number(answer);
}
