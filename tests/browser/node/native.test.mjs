// The command line and the built package agree byte for byte: same packs, same households, same answers, receipts included.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { createEngine, packs, root } from "../built.mjs";
import { scenarios } from "../compare.mjs";
import { packetCases } from "../packets.mjs";

const engine = await createEngine({ packs: [...packs.values()] });
const path = (relative) => fileURLToPath(new URL(relative, root));
const packFiles = [...packs.keys()].flatMap((code) => ["--pack", path(`target/packs/${code}.json`)]);

/** What the command line prints for these cases: a line for each. */
function native(cases, ...flags) {
  const input = cases.map(({ date, household }) => `${JSON.stringify({ date, household })}\n`).join("");
  const { stdout, error } = spawnSync(path("target/debug/huisuan"), ["decide", ...packFiles, ...flags], { input, encoding: "utf8", maxBuffer: 1e9 });
  assert.ifError(error);
  const lines = stdout.split("\n").filter((line) => line !== "");
  assert.equal(lines.length, cases.length);
  return lines;
}

const short = native(scenarios);
const full = native(scenarios, "--steps", "--cells");

for (const [index, { file, name, household, date }] of scenarios.entries()) {
  test(`${file}: ${name}`, () => {
    for (const [line, details] of [[short[index], {}], [full[index], { steps: true, cells: true }]]) {
      const answer = engine.evaluate(household, { date, ...details });
      assert.match(answer.receipt.digest, /^[0-9a-f]{64}$/);
      assert.deepEqual(answer, JSON.parse(line));
      assert.equal(JSON.stringify(answer), line);
    }
  });
}

test("mistakes are told in the same words", () => {
  const mistaken = [
    { schemaVersion: 1, members: [{ id: "a", brithDate: "1950-05-01" }, { id: "a", relation: "sibbling", incomes: [{ gross: 2400 }] }] },
    { schemaVersion: 2, members: [{ id: "惠", birthDate: "1950-02-30", registeredArea: [{ area: "370299" }], parentIds: ["b"] }] },
    { members: [] },
  ];
  const date = "2024-04-15";
  for (const [index, line] of native(mistaken.map((household) => ({ date, household }))).entries()) {
    assert.deepEqual(engine.evaluate(mistaken[index], { date }).errors, JSON.parse(line).errors);
  }
});

test("packets are the same bytes", () => {
  const made = packetCases.map((one) => ({ ...one, made: engine.packet(one.household, one.options) })).filter(({ made }) => made.packet);
  assert.ok(made.length >= 50, `only ${made.length} packets`);
  // One process for each, so not for all.
  for (const { file, household, options, made: { packet } } of made.filter((_, index) => index % 5 === 0)) {
    const asked = ["--date", options.date, "--valid-until", options.validUntil, "--link", options.link, ...options.benefits.flatMap((id) => ["--benefit", id])];
    const { stdout, error } = spawnSync(path("target/debug/huisuan"), ["packet", "make", ...packFiles, ...asked], { input: JSON.stringify(household), encoding: "utf8", maxBuffer: 1e9 });
    assert.ifError(error);
    assert.equal(stdout, `${packet}\n`, file);
  }
});
