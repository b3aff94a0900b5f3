// Every scenario through the built package, compared as `tests/suite/scenarios.rs` compares them natively:
// what a scenario states must be so, what it leaves out may be anything.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { createEngine, packs, root } from "../built.mjs";

const folder = new URL("tests/scenarios/", root);
const files = readdirSync(folder, { recursive: true }).filter((path) => /^[^/]+\/[^/]+\.json$/.test(path)).sort();
const engine = await createEngine({ packs: [...packs.values()] });

for (const file of files) {
  const { name, household, date, expect } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  test(`${file}: ${name}`, () => {
    const answer = engine.evaluate(household, { date, steps: true, cells: true });
    const differences = compare(expect, answer);
    assert.deepEqual(differences, [], JSON.stringify(answer, null, 1).slice(0, 4_000));
    // Text and objects are one question; details only add to the answer.
    assert.deepEqual(engine.evaluate(JSON.stringify(household), { date, steps: true, cells: true }), answer);
    assert.deepEqual(compare(expect, engine.evaluate(household, { date })), []);
  });
}

function compare({ benefits, totals = {} }, answer) {
  if (answer.errors) return [`input refused: ${JSON.stringify(answer.errors)}`];
  const differences = [];
  for (const [name, least] of Object.entries(totals)) {
    if (answer.totals[name]?.min !== least) differences.push(`${name} is ${answer.totals[name]?.min}, expected ${least}`);
  }
  for (const expected of benefits) {
    const same = (name, entry) => expected[name] === undefined || entry[name] === expected[name];
    const entry = answer.benefits.find((found) => ["benefit", "member", "bill"].every((name) => same(name, found)));
    if (!entry || !isAsExpected(expected, entry)) {
      differences.push(`expected ${JSON.stringify(expected)}, got ${entry ? JSON.stringify(shortened(entry)) : "no such entry"}`);
    }
  }
  return differences;
}

function isAsExpected({ because = [], amount, amountMin, amountMax, per, missing = [], lastKnown, ...rest }, entry) {
  const stated = { value: amount, min: amountMin, max: amountMax, per };
  return (
    contains(rest, entry) &&
    Object.entries(stated).every(([key, value]) => value === undefined || entry.amount?.[key] === value) &&
    because.every((reason) => entry.reasons.some((found) => contains(reason, found))) &&
    missing.every((parameter) => entry.missing.some((cell) => cell.parameter === parameter)) &&
    (lastKnown === undefined || entry.missing.some((cell) => cell.lastKnown?.value === lastKnown))
  );
}

/** Whether everything in `part` is in `whole`; each of a list's items in some item, in any order. */
function contains(part, whole) {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((item) => whole.some((found) => contains(item, found)));
  if (part === null || typeof part !== "object") return part === whole;
  return whole !== null && typeof whole === "object" && Object.entries(part).every(([key, value]) => contains(value, whole[key]));
}

const shortened = ({ outcome, qualifies, amount, reasons, missing }) => ({
  outcome, qualifies, amount, because: reasons?.map(({ code, holds }) => `${code} ${holds}`), missing: missing?.map(({ parameter }) => parameter),
});
