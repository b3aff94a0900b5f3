// One cold start, in a process of its own: prints the milliseconds from import to the first answer.

const begun = performance.now();
const { createEngine, packs } = await import("./built.mjs");
const { area, date, household } = await import("./four.mjs");
const engine = await createEngine({ packs: [packs.get(area)] });
engine.evaluate(household, { date });
console.log(performance.now() - begun);
