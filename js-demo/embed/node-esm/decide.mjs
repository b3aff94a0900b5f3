// `node decide.mjs PACKS < QUESTIONS`: a line of JSON `{ date, household }` in, a line with the answer out.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { createEngine } from "huisuan";

const areas = ["370683", "370211", "990101"];
const engine = await createEngine({ packs: areas.map((area) => readFileSync(`${process.argv[2]}/${area}.json`)) });

for await (const line of createInterface({ input: process.stdin })) {
  const { date, household } = JSON.parse(line);
  console.log(JSON.stringify(engine.evaluate(household, { date })));
}
