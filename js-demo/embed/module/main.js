// A page without any build step: the package's files lie on the portal's own server, below /pkg/.

import { createEngine } from "/pkg/index.js";

const areas = ["370683", "370211", "990101"];
const engine = await createEngine({ packs: areas.map((area) => fetch(`/packs/${area}.json`)) });

const [household, date, ask, answer] = ["household", "date", "ask", "answer"].map((id) => document.getElementById(id));
ask.addEventListener("click", () => {
  answer.textContent = JSON.stringify(engine.evaluate(household.value, { date: date.value }), null, 1);
});
ask.disabled = false;
