// `node decide.cjs PACKS < QUESTIONS`: a line of JSON `{ date, household }` in, a line with the answer out.

const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");

const { createEngine } = require("huisuan");

const areas = ["370683", "370211", "990101"];
const packs = areas.map((area) => readFileSync(`${process.argv[2]}/${area}.json`));

createEngine({ packs }).then((engine) => {
  createInterface({ input: process.stdin }).on("line", (line) => {
    const { date, household } = JSON.parse(line);
    console.log(JSON.stringify(engine.evaluate(household, { date })));
  });
});
