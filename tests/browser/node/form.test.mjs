// The questionnaire without a face: the same events give the same state, and with an engine it asks until nothing is open.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { createForm, parseAmount, parseCount, parseDay } from "../../../wasm/npm/dist/form.js";
import { createEngine, packs } from "../built.mjs";

const date = "2024-04-15";
const engine = await createEngine({ packs: [packs.get("370683")] });
const form = createForm(engine.describe().facts);
const decide = (state) => {
  const answer = engine.evaluate(state.household, { date });
  return form.step(state, answer.errors ? { type: "refused", errors: answer.errors } : { type: "decided", decision: answer });
};
const say = (state, value, more = {}) => decide(form.step(state, { type: "answer", value, ...more }));

/** A couple in Laizhou, up to the first question that the engine chooses. */
function couple() {
  let state = form.start({ date });
  state = say(state, "370683");
  state = say(state, ["social-assistance"]);
  return say(state, [{ id: "a", relation: "self", birthDate: "1976年3月12日" }, { id: "b", relation: "spouse", birthDate: "1978/8/1" }]);
}

const freeze = (value) => {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};

test("amounts are understood as people write them, exactly", () => {
  const right = {
    "2400": "2400.00", "２，４００元": "2400.00", "2,400.5": "2400.50", "1.2万": "12000.00", "１．２３４５６万元": "12345.60", "3千": "3000.00",
    "¥ 99": "99.00", "0": "0.00", "007": "7.00", "0.6万": "6000.00", "12块": "12.00", "2400。50": "2400.50", "0.00": "0.00",
  };
  for (const [text, value] of Object.entries(right)) assert.deepEqual(parseAmount(text), { value }, text);
  for (const [text, value] of Object.entries({ "12块5": "12.50", "3元5角": "3.50", "1,200,000.5": "1200000.50", "5块": "5.00", "零": "0.00" })) assert.deepEqual(parseAmount(text), { value }, text);
  const wrong = { "": "empty", abc: "not-a-number", "-5": "negative", "1.234": "too-many-decimals", "9999999999": "money-too-large", "1-2": "not-a-number", ".": "not-a-number", "万": "not-a-number", "2,4": "not-a-number", "1，5": "not-a-number", "100元50": "not-a-number", "1元2元": "not-a-number", "2400元/月": "not-a-number" };
  for (const [text, problem] of Object.entries(wrong)) assert.deepEqual(parseAmount(text), { problem }, text);
});

test("amounts are read here as in the sheets of tables: numerals only where they are written out", () => {
  const { read, refused } = JSON.parse(readFileSync(new URL("../../amounts.json", import.meta.url), "utf8"));
  for (const [text, value] of Object.entries(read)) assert.deepEqual(parseAmount(text), { value }, text);
  for (const text of refused) assert.deepEqual(parseAmount(text), { problem: "not-a-number" }, text);
});

test("whoever has an income and does not know how much says so of that one: the answer is open, and not as if there were none", () => {
  const open = (incomes) => {
    const key = "members/0/incomes";
    let state = form.step(couple(), { type: "go", path: key });
    assert.deepEqual(form.question(state).fields.map(({ name, unsure }) => [name, unsure]), [["kind", undefined], ["gross", true], ["costs", undefined]]);
    state = form.step(state, { type: "answer", value: incomes });
    assert.deepEqual(state.problems, {});
    return state;
  };
  const [wages, pension] = [{ kind: "wages", gross: "1000", costs: "0" }, { kind: "pension", gross: null, costs: "0" }];
  const state = open([wages, pension]);
  assert.deepEqual(state.household.members[0].incomes.map(({ gross }) => gross), ["1000.00", null]);
  // It is shown again as it was said, and left blank it is still a question.
  assert.equal(form.question(form.step(state, { type: "go", path: "members/0/incomes" })).value[1].gross, null);
  const blank = form.step(form.step(couple(), { type: "go", path: "members/0/incomes" }), { type: "answer", value: [{ ...pension, gross: "" }] });
  assert.deepEqual(blank.problems, { "0/gross": "empty" });
  const allowance = (incomes) => {
    const { household } = open(incomes);
    const told = { ...household, assessments: [{ test: "assets-within-limit", holds: true }], members: household.members.map((member, index) => (index === 0 ? member : { ...member, incomes: [] })) };
    return engine.evaluate(told, { date }).benefits.find(({ benefit }) => benefit === "minimum-living-allowance");
  };
  const [known, unknown] = [allowance([wages]), allowance([wages, pension])];
  // Two people in Laizhou: 2 × 1069 or 872 less 1000. With a pension of whatever height it can be that or less, down to nothing at all.
  assert.notEqual(unknown.outcome, "eligible");
  assert.equal(unknown.outcome, "undetermined");
  assert.equal(unknown.amount.max, known.amount.max);
  assert.equal(unknown.amount.min, "0.00");
});

test("days are understood as people write them, and never guessed", () => {
  for (const text of ["1950-05-01", "1950-5-1", "1950.5.1", "1950/05/01", "1950年5月1日", "1950 年 5 月 1 号", "19500501", "１９５０．５．１"]) {
    assert.deepEqual(parseDay(text, date), { value: "1950-05-01" }, text);
  }
  for (const text of ["1950 5 1", "1950 05 01", "一九五〇年五月一日", "一九五零年五月一号", "1950年五月1日", "1950.5.1.", "1950年5月1日生", "公历1950年5月1日出生"]) {
    assert.deepEqual(parseDay(text, date), { value: "1950-05-01" }, text);
  }
  for (const [text, value] of Object.entries({ "二〇〇一年十二月三十一日": "2001-12-31", "一九六二年十月二十日": "1962-10-20", "一九六二年十一月十日": "1962-11-10" })) assert.deepEqual(parseDay(text, date), { value }, text);
  assert.deepEqual(["一九五〇年五月", "一九四九年正月初一", "五十年五月一日", "十九五〇年五月一日", "一九五〇年二月三十日"].map((text) => parseDay(text, date).problem), ["incomplete-date", "lunar-date", "malformed-date", "malformed-date", "no-such-day"]);
  assert.deepEqual(parseDay("今天", date), { value: date });
  const wrong = { "": "empty", "1950年5月": "incomplete-date", "1950": "incomplete-date", "1950-02-30": "no-such-day", "农历三月初五": "lunar-date", "5/1/1950": "malformed-date", "50-5-1": "malformed-date", "1950-13-01": "no-such-day", "0050-05-01": "malformed-date" };
  for (const [text, problem] of Object.entries(wrong)) assert.deepEqual(parseDay(text, date), { problem }, text);
  assert.deepEqual([parseCount("３ 次"), parseCount("两次"), parseCount("十二个月"), parseCount("x"), parseCount("三四次")], [{ value: 3 }, { value: 2 }, { value: 12 }, { problem: "not-a-number" }, { problem: "not-a-number" }]);
});

test("who is taken away takes their answers along, and nobody else's", () => {
  const person = (id, relation) => ({ id, relation, birthDate: "1980-01-01", registeredArea: [{ area: "370683" }] });
  let state = form.start({ date, household: { members: [person("a", "self"), person("b", "spouse"), person("c", "child")] } });
  state = form.step(state, { type: "go", path: "members/1/disabilities" });
  state = form.step(state, { type: "answer", value: [] });
  assert.ok(state.asked["members/1/disabilities"]);
  state = form.step(state, { type: "go", path: "members" });
  state = form.step(state, { type: "answer", value: [{ id: "a", relation: "self" }, { id: "c", relation: "child" }] });
  assert.equal(state.asked["members/1/disabilities"], undefined);
  assert.deepEqual(state.household.members.map(({ id }) => id), ["a", "c"]);
});

test("a day that is left blank was not told, and what else is left blank is not known", () => {
  let state = form.start({ date, household: { members: [{ id: "a", relation: "self", registeredArea: [{ area: "370683" }] }] } });
  state = form.step(state, { type: "go", path: "members/0/disabilityCard/state" });
  state = form.step(state, { type: "answer", value: { state: "valid", expiresOn: "" } });
  assert.deepEqual(state.household.members[0].disabilityCard, { state: "valid" });
});

test("a choice between benefits is one of them", () => {
  let state = form.start({ date, household: { members: [{ id: "a", relation: "self", registeredArea: [{ area: "370683" }] }] } });
  state = form.step({ ...state, needs: [{ path: "choices", benefits: ["orphan-allowance"] }] }, { type: "go", path: "choices" });
  const { kind, fields: [{ choices }] } = form.question(state);
  assert.deepEqual([kind, choices.includes("orphan-allowance"), choices.includes("destitute-support")], ["choice", true, true]);
  state = form.step(state, { type: "answer", value: "orphan-allowance" });
  assert.deepEqual(state.household.choices, { own: "orphan-allowance" });
});

test("a step changes nothing it was given, and the same events give the same state", () => {
  const first = freeze(couple());
  const answer = freeze({ type: "unknown" });
  const [one, other] = [form.step(first, answer), form.step(first, answer)];
  assert.deepEqual(one, other);
  assert.deepEqual(JSON.parse(JSON.stringify(one)), one, "a state is plain data");
  assert.notEqual(one, first);
});

test("the place is everybody's until somebody says otherwise", () => {
  const state = couple();
  assert.deepEqual(state.household.members.map(({ registeredArea }) => registeredArea), [[{ area: "370683" }], [{ area: "370683" }]]);
  assert.equal(state.household.members[1].birthDate, "1978-08-01");
});

test("a mistake stays on its screen, beside its field, and changes no fact", () => {
  let state = form.start({ date });
  state = say(state, "370683");
  state = say(state, []);
  const wrong = form.step(state, { type: "answer", value: [{ id: "a", relation: "self", birthDate: "2030-01-01" }, { id: "b", relation: "", birthDate: "1950-02-30" }] });
  assert.equal(wrong.at, "members");
  assert.deepEqual(wrong.problems, { "0/birthDate": "born-in-future", "1/relation": "empty", "1/birthDate": "no-such-day" });
  const twice = form.step(state, { type: "answer", value: ["a", "b", "c"].map((id) => ({ id, relation: "self", birthDate: "" })) });
  assert.deepEqual(twice.problems, { "1/relation": "second-applicant", "2/relation": "second-applicant" });
  const placeless = (value) => form.step(form.start({ date }), { type: "answer", value }).problems;
  assert.deepEqual([placeless(""), placeless("莱州")], [{ "": "no-place" }, { "": "place-not-found" }]);
  assert.equal(wrong.household, state.household);
});

test("don't know is an answer: the question is not asked again, and the fact stays open", () => {
  const state = couple();
  const next = decide(form.step(state, { type: "unknown" }));
  assert.notEqual(next.at, state.at);
  assert.equal(next.asked[state.at], "unknown");
});

test("whoever answers don't know to everything still comes to an end", () => {
  for (const topics of [[], ["elderly"], ["meals"], ["disability", "children"]]) {
    let state = form.start({ date });
    state = say(say(state, "370683"), topics);
    let asked = 0;
    while (state.at !== null) {
      asked += 1;
      assert.ok(asked < 200, `no end with ${topics.join()}: ${state.at}`);
      const known = form.question(state);
      state = known.unknown ? decide(form.step(state, { type: "unknown", others: true })) : say(state, known.value);
    }
    assert.ok(state.settled);
  }
});

test("what is asked first is what the wanted benefits wait for, and who has no disability is soon through", () => {
  let state = say(form.start({ date }), "370683");
  state = say(say(state, ["disability"]), [{ id: "a", relation: "self", birthDate: "1976-03-12" }]);
  assert.equal(state.at, "members/0/disabilities");
  state = say(state, []);
  assert.deepEqual([state.at, state.settled], [null, true]);
});

test("of money that nobody knows of one is not asked what it is or whether it is still paid", () => {
  let state = couple();
  const asked = [];
  while (state.at !== null) {
    asked.push(state.at);
    state = decide(form.step(state, { type: "unknown", others: true }));
  }
  assert.ok(asked.some((key) => /^members\/\d+\/receiving$/.test(key)), asked.join(" "));
  assert.deepEqual(asked.filter((key) => key.includes("receiving/")), []);
  assert.equal(state.household.members[0].receiving, null);
  // What was said for the others, too, is nobody's open question.
  const open = form.open({ ...state, asked: {} });
  assert.deepEqual(open.filter((key) => Object.keys(state.asked).some((other) => other.replace(/\d+/, "#") === key.replace(/\d+/, "#"))), []);
});

test("who does not know whether there is such a certificate is not asked for its grade", () => {
  const member = { id: "a", relation: "self", registeredArea: [{ area: "370683" }] };
  const needs = [{ path: "members/0/serviceInjuryCard/grade", benefits: ["disability-nursing-subsidy"] }];
  const next = (kind) => {
    const state = form.start({ date, topics: [], household: { members: [{ ...member, serviceInjuryCard: { kind } }] } });
    return form.step(state, { type: "decided", decision: { needs, next: needs[0].path } }).at;
  };
  assert.equal(next("disabled-soldier"), needs[0].path);
  assert.equal(next(null), null);
});

test("one can go back to any answer, see it as it was written, and change it", () => {
  let state = couple();
  const key = "members/0/incomes";
  state = decide(form.step(state, { type: "go", path: `${key}/0/gross` }));
  assert.equal(state.at, key);
  state = say(state, [{ kind: "wages", gross: "2.4千", costs: "0" }]);
  assert.deepEqual(state.household.members[0].incomes, [{ kind: "wages", gross: "2400.00", costs: "0.00", months: 1 }]);
  state = form.step(state, { type: "go", path: key });
  assert.equal(form.question(state).value[0].gross, "2400");
  state = say(state, []);
  assert.deepEqual(state.household.members[0].incomes, []);
  const before = form.step(form.step(state, { type: "go", path: key }), { type: "back" });
  assert.equal(before.at, "members");
});

test("where there is no such screen, person or row, one stays where one is", () => {
  const state = couple();
  const nowhere = [
    "", "nonsense", "members/0", "members/2/incomes", "members/9/absence", "members/0/brithDate", "members/0/incomes/0/startedOn", "members/0/parents/3/since",
    "members/x/incomes", "assets", "application", "date", "members/0/receiving/no-such-money/monthly", undefined,
  ];
  for (const path of nowhere) assert.equal(form.step(state, { type: "go", path }), state, path);
  const somewhere = [
    "place", "topics", "members", "standing", "assessments", "choices", "land", "bills", "assets/financial", "members/1/incomes", "members/1/incomes/0/gross", "members/0/diedOn",
    "members/0/receiving", "members/0/receiving/orphan-allowance/monthly", "members/0/selfCare/eating", "members/0/absence", "members/0/disabilityCard", "members/1/parents",
  ];
  for (const path of somewhere) assert.equal(form.step(state, { type: "go", path }).at, form.keyOf(path), path);
  for (const { path } of state.needs) assert.equal(form.step(state, { type: "go", path }).at, form.keyOf(path), path);
  const faceless = createForm([]);
  const before = faceless.start({ date });
  for (const path of [...nowhere, ...somewhere.slice(3)]) assert.equal(faceless.step(before, { type: "go", path }), before, path);
});

test("a mistake that no screen asks for changes nothing, and of several the first that one does is shown", () => {
  const state = couple();
  const [day, name, amount] = [{ code: "malformed-date", path: "date" }, { code: "unknown-field", path: "members/0/brithDate" }, { code: "money-as-number", path: "members/0/incomes/0/gross" }];
  assert.equal(form.step(state, { type: "refused", errors: [day, name] }), state);
  const { at, problems } = form.step(state, { type: "refused", errors: [day, name, amount] });
  assert.deepEqual([at, problems], ["members/0/incomes", { "": "money-as-number" }]);
});

test("whoever tells of one parent is asked for the other", () => {
  let state = form.step(couple(), { type: "go", path: "members/0/parents" });
  assert.equal(form.question(state).both, true);
  const one = form.step(state, { type: "answer", value: [{ state: "died" }] });
  assert.deepEqual([one.at, one.problems], ["members/0/parents", { "1/state": "empty" }]);
  assert.equal(one.household, state.household);
  state = form.step(one, { type: "answer", value: [{ state: "died" }, { state: "lost-contact" }] });
  assert.deepEqual(state.household.members[0].parents, [{ state: "died" }, { state: "lost-contact" }]);
  assert.deepEqual(form.step(one, { type: "answer", value: [] }).household.members[0].parents, []);
  assert.equal(form.step(one, { type: "unknown" }).household.members[0].parents, null);
});

test("an amount, a day or a row of a list is one's own, and no others are offered it", () => {
  const household = { members: ["a", "b"].map((id) => ({ id, relation: id === "a" ? "self" : "spouse", parents: [{ state: "died" }], incomes: [{ kind: "wages" }] })) };
  const state = form.start({ date, household, area: "370683", topics: [] });
  const others = (path) => form.question(form.step(state, { type: "go", path })).others;
  const own = ["parents/0/since", "incomes/0/startedOn", "imprisoned/until", "receiving/orphan-allowance/monthly", "receiving/orphan-allowance/full", "sex", "selfCare"];
  for (const path of own) assert.equal(others(`members/0/${path}`), 0, path);
  for (const path of ["registeredSettlement", "usualResidence", "disabilities", "receiving", "workAbility"]) assert.equal(others(`members/0/${path}`), 1, path);
});

test("what may follow does not count the question that is asked", () => {
  let state = couple();
  let last;
  while (state.at !== null) {
    last = form.progress(state);
    state = decide(form.step(state, { type: "unknown" }));
  }
  assert.equal(last.open, 0);
});

test("what holds for all is asked once", () => {
  let state = couple();
  state = form.step(state, { type: "go", path: "members/0/transfersPaid" });
  assert.equal(form.question(state).others, 1);
  state = say(state, [], { others: true });
  assert.deepEqual(state.household.members.map(({ transfersPaid }) => transfersPaid), [[], []]);
});

test("what mostly never happened is one question, and a blank says that it has not", () => {
  const rare = engine.describe().facts.filter(({ kind, choices }) => kind === "day" && choices?.includes("none")).map(({ path }) => path.slice("members[].".length));
  for (const name of ["diedOn", "clergySince", "imprisoned.from"]) assert.ok(rare.includes(name), name);
  const { start, step, question } = form;
  const members = ["self", "spouse", "child"].map((relation) => ({ id: relation, relation }));
  const state = step(start({ date, household: { members }, area: "370683", topics: [] }), { type: "go", path: "members/1/imprisoned/from" });
  const asked = question(state);
  assert.deepEqual([asked.key, asked.kind, asked.others, asked.fields.map(({ name }) => name)], ["members/1/absence", "absence", 2, rare.filter((name) => name !== "diedOn")]);
  const blank = step(state, { type: "answer", value: {}, others: true }).household.members;
  for (const member of blank) assert.deepEqual([member.diedOn, member.clergySince, member.imprisoned], ["none", "none", { from: "none" }]);
  const dated = step(state, { type: "answer", value: { clergySince: "2010.5.1" }, others: true }).household.members;
  assert.deepEqual(dated.map(({ clergySince }) => clergySince), [undefined, "2010-05-01", undefined], "a day is one's own");
  assert.deepEqual(step(state, { type: "answer", value: { clergySince: "x" } }).problems, { clergySince: "malformed-date" });
  assert.equal(question(step(step(state, { type: "answer", value: { clergySince: "2010.5.1" } }), { type: "go", path: "members/1/diedOn" })).value.clergySince, "2010-05-01");
});

test("nobody is asked on which day somebody died of whom nobody said so", () => {
  const { start, step, question } = form;
  const alone = step(start({ date, household: { members: [{ id: "a", relation: "self" }] }, area: "370683", topics: [] }), { type: "go", path: "members/0/imprisoned/from" });
  const asked = question(alone).fields.map(({ name }) => name);
  assert.ok(asked.includes("imprisoned.from") && !asked.includes("diedOn") && !asked.includes("declaredMissingOn"), asked.join(" "));
  for (const type of ["answer", "unknown"]) {
    const [{ diedOn, declaredMissingOn, clergySince }] = step(alone, { type, value: {} }).household.members;
    assert.deepEqual([diedOn, declaredMissingOn, clergySince], ["none", "none", type === "answer" ? "none" : null]);
  }
  // What has been told is shown.
  const told = step(start({ date, household: { members: [{ id: "a", relation: "self", diedOn: "2024-01-01" }] }, area: "370683", topics: [] }), { type: "go", path: "members/0/diedOn" });
  assert.ok(question(told).fields.some(({ name }) => name === "diedOn"));
  const family = (diedOn) => start({ date, household: { members: [{ id: "a", relation: "self" }, { id: "b", relation: "spouse", ...diedOn }] }, area: "370683", topics: [] });
  for (const path of ["members/0/imprisoned/from", "members/1/diedOn"]) {
    const two = step(family({}), { type: "go", path });
    const names = question(two).fields.map(({ name }) => name);
    assert.ok(!names.includes("diedOn") && names.includes("declaredMissingOn"), names.join(" "));
    assert.deepEqual(step(two, { type: "answer", value: {}, others: true }).household.members.map(({ diedOn }) => diedOn), ["none", "none"]);
  }
  // Of the wife it was said: she is asked of it again, her husband is not, and his blanks say nothing of her.
  const widower = family({ diedOn: "2024-02-01" });
  assert.ok(question(step(widower, { type: "go", path: "members/1/diedOn" })).fields.some(({ name }) => name === "diedOn"));
  const own = step(step(widower, { type: "go", path: "members/0/imprisoned/from" }), { type: "answer", value: {}, others: true }).household.members;
  assert.deepEqual(own.map(({ diedOn }) => diedOn), ["none", "2024-02-01"]);
});

test("of a relative far away, or dead, one need not know the income; who it is must be said", () => {
  const state = form.step(couple(), { type: "go", path: "obligors" });
  const answer = (value) => form.step(state, { type: "answer", value });
  const { obligors } = answer([{ relation: "parent", state: "died", monthlyIncome: "" }, { relation: "child", state: "present", monthlyIncome: "3千" }]).household;
  assert.deepEqual(obligors.map(({ state: is, monthlyIncome }) => [is, monthlyIncome]), [["died", null], ["present", "3000.00"]]);
  assert.deepEqual(answer([{ relation: "", state: "present", monthlyIncome: "x" }]).problems, { "0/relation": "empty", "0/monthlyIncome": "not-a-number" });
  const { errors } = engine.evaluate({ ...state.household, obligors }, { date });
  assert.equal(errors, undefined);
});

test("what the host page knows is not asked", () => {
  const household = { members: [{ id: "a", relation: "self", birthDate: "1976-03-12", registeredArea: [{ area: "370683" }] }] };
  const state = decide(form.start({ date, household, topics: ["social-assistance"] }));
  assert.ok(!["place", "topics", "members"].includes(state.at), state.at);
});

test("a mistake that only the engine sees leads back to its question", () => {
  const household = { members: [{ id: "a", relation: "self", registeredArea: [{ area: "370683" }], incomes: [{ kind: "wages", gross: 5 }] }] };
  const state = decide(form.start({ date, household, topics: [] }));
  assert.equal(state.at, "members/0/incomes");
  assert.deepEqual(state.problems, { "": "money-as-number" });
});

test("every fact that may be asked has its question, and each of its choices has words", async () => {
  const { readFileSync } = await import("node:fs");
  const { root } = await import("../built.mjs");
  for (const language of ["zh-CN", "en"]) {
    const catalogue = JSON.parse(readFileSync(new URL(`messages/${language}.json`, root), "utf8"));
    const { Words } = await import("../../../wasm/npm/element/words.js");
    const words = new Words(language, catalogue);
    const silent = engine.describe().facts.flatMap(({ path, choices = [] }) => choices.filter((choice) => /\./.test(words.choice(path, choice))).map((choice) => `${path} ${choice}`));
    assert.deepEqual(silent, [], language);
  }
});

test("what is asked of a row of a list is not the question for the list, and yes means what the fact says", async () => {
  const { readFileSync } = await import("node:fs");
  const { root } = await import("../built.mjs");
  const { Words } = await import("../../../wasm/npm/element/words.js");
  const facts = engine.describe().facts;
  const keys = [...new Set(facts.map(({ path }) => form.keyOf(path.replaceAll("[]", "/0").replaceAll(".", "/"))))];
  for (const language of ["zh-CN", "en"]) {
    const words = new Words(language, JSON.parse(readFileSync(new URL(`messages/${language}.json`, root), "utf8")));
    const same = keys.filter((key) => /\/\d+\/[^/]+$/.test(key) && !key.endsWith("/absence") && words.question(key) === words.question(key.replace(/\/\d+\/[^/]+$/, "")));
    assert.deepEqual(same, [], language);
    for (const path of ["obligors/0/assetsWithinLimit", "assessments/0/holds"]) assert.match(words.question(path), /在规定以内|within/, path);
    for (const { path } of facts.filter(({ kind }) => kind === "truth")) {
      assert.doesNotMatch(words.question(path.replace("*", "orphan-allowance").replaceAll("[]", "/0").replaceAll(".", "/")), /还是|有没有超过|\bor only\b/, path);
    }
  }
});

test("a last known number that is by the year is told by the year", async () => {
  const { readFileSync } = await import("node:fs");
  const { root } = await import("../built.mjs");
  const { Words } = await import("../../../wasm/npm/element/words.js");
  const guangdong = await createEngine({ packs: [packs.get("440100")] });
  // In 2019 the number that followed that of 2017 may not have begun; in 2026 there is one, and the older is not told of.
  const disabilities = [{ kind: "limb", grade: 1 }];
  const member = { id: "a", relation: "self", birthDate: "1990-06-01", registeredArea: [{ area: "440106" }], disabilities };
  const { benefits } = guangdong.evaluate({ schemaVersion: 1, members: [member] }, { date: "2019-06-01" });
  const old = benefits.flatMap(({ missing = [] }) => missing).find(({ parameter, lastKnown }) => parameter === "disability-nursing-subsidy" && lastKnown);
  // 2,400 yuan in the year 2017: a tenth of it by the month.
  assert.deepEqual([old.lastKnown.value, old.lastKnown.per], ["2400.00", "year"]);
  for (const language of ["zh-CN", "en"]) {
    const words = new Words(language, JSON.parse(readFileSync(new URL(`messages/${language}.json`, root), "utf8")));
    const said = words.missing(old).join(" ");
    assert.doesNotMatch(said, /每月|month/, language);
    assert.match(said, /每年 2400\.00 元|2400\.00 yuan a year/, language);
  }
});

test("what was taken for granted is called by its name, as something that has no date", async () => {
  const { readFileSync } = await import("node:fs");
  const { root } = await import("../built.mjs");
  const { Words } = await import("../../../wasm/npm/element/words.js");
  const from = "2020-01-01";
  const member = { id: "a", relation: "self", registeredArea: [{ area: "370683" }], imprisoned: { from }, compulsoryRehab: { from }, receiving: { "orphan-allowance": { state: "paying" } } };
  const { assumed } = engine.evaluate({ schemaVersion: 1, members: [member] }, { date });
  assert.ok(["imprisoned/until", "compulsoryRehab/until", "registeredArea/0/from"].every((path) => assumed.includes(`members/0/${path}`)), assumed.join(" "));
  for (const language of ["zh-CN", "en"]) {
    const words = new Words(language, JSON.parse(readFileSync(new URL(`messages/${language}.json`, root), "utf8")));
    assert.deepEqual(assumed.filter((path) => words.short(path) === words.t("short.other")), [], language);
    assert.doesNotMatch(words.t("statement.assumed"), /这些日期|these dates/i);
  }
});
