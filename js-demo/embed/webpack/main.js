// webpack 5 finds the engine's bytes by itself and puts them beside the bundle.

import { createEngine } from "huisuan";

const areas = ["370683", "370211", "990101"];
const [household, date, ask, answer] = ["household", "date", "ask", "answer"].map((id) => document.getElementById(id));

createEngine({ packs: areas.map((area) => fetch(`/packs/${area}.json`)) }).then((engine) => {
  ask.addEventListener("click", () => {
    answer.textContent = JSON.stringify(engine.evaluate(household.value, { date: date.value }), null, 1);
  });
  ask.disabled = false;
});
