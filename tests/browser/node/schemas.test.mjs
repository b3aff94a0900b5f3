// What goes into the built package and what comes out is as the published JSON Schemas say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { createEngine, packs, root, syntheticPacks } from "../built.mjs";
import { scenarios } from "../compare.mjs";

const { default: Ajv } = createRequire(new URL("xtask/node/package.json", root))("ajv/dist/2020.js");
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });

const read = (name) => JSON.parse(readFileSync(new URL(`schema/${name}.json`, root), "utf8"));

/** A schema that names every part: what comes out has no part that it does not know. */
function closed(schema) {
  if (schema === null || typeof schema !== "object") return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return schema.type === "object" && schema.properties ? { ...inner, additionalProperties: false } : inner;
}

const household = ajv.compile(read("household"));
const [decision, description, factError, tableError] =
  ["decision", "description", "fact-error", "table-error"].map((name) => ajv.compile(closed(read(name))));

/** Each of these named values is as its schema says. */
function assertEach(validate, values) {
  for (const [name, value] of values) assert.ok(validate(value), `${name}: ${ajv.errorsText(validate.errors)}`);
  assert.ok(values.length > 0);
}

const engine = await createEngine({ packs: [...packs.values()] });

test("every household of the scenarios is one", () => assertEach(household, scenarios.map((scenario) => [scenario.file, scenario.household])));

for (const details of [{}, { steps: true, cells: true }]) {
  test(`every answer is a decision, asked with ${JSON.stringify(details)}`, () =>
    assertEach(decision, scenarios.map(({ file, household, date }) => [file, engine.evaluate(household, { date, ...details })])));
}

test("a description is one", () => assertEach(description, [["all packs", engine.describe()]]));

/** Households that are wrong in one place each. */
const mistaken = {
  "a name that does not exist": { schemaVersion: 1, members: [{ id: "a", brithDate: "1950-05-01" }] },
  "a member without an id": { schemaVersion: 1, members: [{ birthDate: "1950-05-01" }] },
  "nobody": { schemaVersion: 1, members: [] },
  "no members at all": { schemaVersion: 1 },
  "no version": { members: [{ id: "a" }] },
  "another version": { schemaVersion: 2, members: [{ id: "a" }] },
  "money as a number": { schemaVersion: 1, members: [{ id: "a", incomes: [{ gross: 2400 }] }] },
  "money with three decimals": { schemaVersion: 1, members: [{ id: "a", incomes: [{ gross: "2400.005" }] }] },
  "a choice there is not": { schemaVersion: 1, members: [{ id: "a", relation: "uncle" }] },
  "a benefit there is not": { schemaVersion: 1, members: [{ id: "a", receiving: { lottery: { state: "paying" } } }] },
  "an area of five digits": { schemaVersion: 1, members: [{ id: "a", registeredArea: [{ area: "99010" }] }] },
  "a day without zeros": { schemaVersion: 1, members: [{ id: "a", birthDate: "1950-5-1" }] },
  "too large a grade": { schemaVersion: 1, members: [{ id: "a", disabilities: [{ kind: "limb", grade: 5 }] }] },
  "a row that is null": { schemaVersion: 1, members: [{ id: "a", incomes: [null] }] },
  "too many members": { schemaVersion: 1, members: Array.from({ length: 17 }, (_, index) => ({ id: `m${index}` })) },
};

for (const [what, wrong] of Object.entries(mistaken)) {
  test(`the schema and the engine both refuse ${what}`, () => {
    assert.equal(household(wrong), false);
    const { errors = [] } = engine.evaluate(wrong, { date: "2024-04-15" });
    assertEach(factError, errors.map((error) => [error.code, error]));
  });
}

test("the schema and the engine both take null for what was asked and is not known", () => {
  const place = { registeredArea: null, usualResidence: [{ area: null, from: null }] };
  const receiving = { "minimum-living-allowance": null, "orphan-allowance": { state: null } };
  const member = { id: "a", relation: null, incomes: null, parentIds: [null], selfCare: null, employment: { refusedOn: [null] }, receiving, ...place };
  const unknown = { schemaVersion: 1, members: [member], land: null, choices: { living: null }, assets: { financial: null, vehicles: null } };
  assertEach(household, [["unknown", unknown]]);
  assertEach(decision, [["unknown", engine.evaluate(unknown, { date: "2024-04-15" })]]);
});

test("what is wrong with a pack is told as the schema says", async () => {
  const broken = new TextEncoder().encode("{}");
  const { errors } = await createEngine({ packs: [broken, ...syntheticPacks] }).catch((error) => error);
  assertEach(tableError, errors.map((error) => [error.code, error]));
});
