// Every scenario through the built package.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createEngine, packs } from "../built.mjs";
import { compare, compareOverTime, scenarios } from "../compare.mjs";

const engine = await createEngine({ packs: [...packs.values()] });

for (const { file, name, household, date, expect } of scenarios) {
  test(`${file}: ${name}`, () => {
    const answer = engine.evaluate(household, { date, steps: true, cells: true });
    assert.deepEqual(compare(expect, answer), [], JSON.stringify(answer, null, 1).slice(0, 4_000));
    // Text and objects are one question; details only add to the answer.
    assert.deepEqual(engine.evaluate(JSON.stringify(household), { date, steps: true, cells: true }), answer);
    assert.deepEqual(compare(expect, engine.evaluate(household, { date })), []);
    assert.deepEqual(compareOverTime(engine, { household, expect }), []);
  });
}
