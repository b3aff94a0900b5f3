// Every scenario through the built package in one page of the demo, under that page's content security policy:
// as expected, and the very answer that Node gives.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { createEngine, packs } from "../built.mjs";
import { chromium } from "../chromium.mjs";
import { compare, scenarios } from "../compare.mjs";
import { packetCases } from "../packets.mjs";

const browser = await chromium();
after(() => browser.close());

/** Runs in the page: each answer as text, with details and without, and each packet. */
async function answersInThePage({ codes, cases, packetCases }) {
  const { createEngine } = await import("/pkg/index.js");
  const engine = await createEngine({ packs: codes.map((code) => `/packs/${code}.json`) });
  return {
    answers: cases.map(({ household, date }) => [{ date, steps: true, cells: true }, { date }].map((how) => JSON.stringify(engine.evaluate(household, how)))),
    made: packetCases.map(({ household, options }) => JSON.stringify(engine.packet(household, options))),
  };
}

const visit = await browser.visit(process.env.HUISUAN_URL);
const cases = scenarios.map(({ household, date }) => ({ household, date }));
const { answers: inThePage, made } = await visit.page.evaluate(answersInThePage, { codes: [...packs.keys()], cases, packetCases });
const inNode = await createEngine({ packs: [...packs.values()] });

for (const [index, { file, name, household, date, expect }] of scenarios.entries()) {
  test(`${file}: ${name}`, () => {
    const [full, short] = inThePage[index].map((text) => JSON.parse(text));
    assert.deepEqual(compare(expect, full), [], JSON.stringify(full, null, 1).slice(0, 4_000));
    assert.deepEqual(compare(expect, short), []);
    assert.deepEqual(full, inNode.evaluate(household, { date, steps: true, cells: true }));
    assert.deepEqual(short, inNode.evaluate(household, { date }));
  });
}

test("the packets of the page are those of Node, byte for byte", () => {
  assert.deepEqual(made, packetCases.map(({ household, options }) => JSON.stringify(inNode.packet(household, options))));
});

test("nothing went wrong in the page, and nothing was asked of anyone else", () => {
  assert.deepEqual(visit.troubles, []);
  assert.deepEqual(visit.requests.filter((address) => !address.startsWith(process.env.HUISUAN_URL) && !address.startsWith("blob:")), []);
});
