import { createEngine } from "/pkg/index.js";

const areas = ["370683", "370211", "990101"];
const engine = createEngine({ packs: areas.map((area) => fetch(`/packs/${area}.json`)) });

self.addEventListener("message", async ({ data: { household, date } }) => {
  self.postMessage({ answer: (await engine).evaluate(household, { date }) });
});
engine.then(() => self.postMessage({ ready: true }));
