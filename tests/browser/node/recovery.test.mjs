// A trap must not poison the page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { starve, watching } from "../broken.mjs";
import { createEngine, packs, syntheticPacks } from "../built.mjs";
import { area, date as day, household } from "../four.mjs";

const date = "2024-04-15";
const small = '{"schemaVersion":1,"members":[]}';
// Large enough to need memory that a starved instance does not have. What the engine says about it does not matter here.
const large = JSON.stringify({ schemaVersion: 1, members: [], note: "字".repeat(900_000) });

test("a broken instance is replaced and the question asked again", () =>
  watching(async ({ made }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const expected = engine.evaluate(large, { date });
    assert.equal(made.length, 1);

    const fresh = await createEngine({ packs: syntheticPacks });
    starve(made[1]);
    assert.deepEqual(fresh.evaluate(large, { date }), expected);
    assert.equal(made.length, 3, "one instance more, made for the second attempt");
    assert.throws(() => made[1].exports.__wbindgen_malloc(4_000_000, 1), WebAssembly.RuntimeError, "it was a real trap");
    assert.deepEqual(fresh.evaluate(large, { date }), expected);
    assert.equal(made.length, 3, "and it is kept");
  }));

test("a question that breaks every instance is a typed error, and the next one is answered", () =>
  watching(async ({ made, starveAllToCome }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const expected = engine.evaluate(small, { date });
    starve(made[0]);
    starveAllToCome(true);
    assert.throws(
      () => engine.evaluate(large, { date }),
      (error) => error.name === "HuisuanError" && error.code === "engine-trap" && error.cause instanceof WebAssembly.RuntimeError,
    );
    starveAllToCome(false);
    assert.deepEqual(engine.evaluate(small, { date }), expected);
  }));

test("engines do not share an instance: one breaks, the other goes on", () =>
  watching(async ({ made }) => {
    const [one, other] = [await createEngine({ packs: syntheticPacks }), await createEngine({ packs: syntheticPacks })];
    starve(made[0]);
    one.evaluate(large, { date });
    assert.equal(made.length, 3);
    assert.deepEqual(other.evaluate(small, { date }), one.evaluate(small, { date }));
    assert.equal(made.length, 3);
  }));

/** A small generator of numbers that are the same in each run. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const traps = process.env.HUISUAN_THOROUGH ? 10_000 : 500;

test(`${traps} forced traps, each in another moment, and no wrong answer after any of them`, () =>
  watching(async ({ made, breakAfter }) => {
    const engine = await createEngine({ packs: [packs.get(area)] });
    const questions = [{ steps: true, cells: true }, { steps: true }, {}].map((how) => ({ date: day, ...how }));
    const expected = questions.map((how) => JSON.stringify(engine.evaluate(household, how)));
    const below = numbers(2_024);
    for (let round = 0; round < traps; round += 1) {
      const which = round % questions.length;
      const before = made.length;
      breakAfter(1 + below(600));
      assert.equal(JSON.stringify(engine.evaluate(household, questions[which])), expected[which], `round ${round}`);
      breakAfter(0);
      assert.equal(made.length, before + 1, `round ${round} broke no instance`);
    }
  }));

const many = process.env.HUISUAN_THOROUGH ? 10_000_000 : 200_000;

test(`the same answers ${many} times, and after the first thousand memory does not grow by a page`, () =>
  watching(async ({ made }) => {
    const engine = await createEngine({ packs: syntheticPacks });
    const one = '{"schemaVersion":1,"members":[{"id":"a","relation":"self","registeredArea":[{"area":"990101"}]}]}';
    const questions = [[small, {}], [one, {}], ["{", {}], [small, { steps: true, cells: true }], ['{"schemaVersion":1,"membres":[]}', {}]];
    const ask = (round) => JSON.stringify(engine.evaluate(questions[round % questions.length][0], { date, ...questions[round % questions.length][1] }));
    const expected = questions.map((_, round) => ask(round));
    for (let round = 0; round < 1_000; round += 1) ask(round);
    const { memory } = made[0].exports;
    const before = memory.buffer.byteLength;
    for (let round = 0; round < many; round += 1) engine.evaluate(questions[round % 5][0], { date, ...questions[round % 5][1] });
    assert.equal(memory.buffer.byteLength, before);
    assert.deepEqual(questions.map((_, round) => ask(round)), expected);
    assert.equal(made.length, 1, "and no instance broke");
  }));
