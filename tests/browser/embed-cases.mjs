// Twenty scenarios that the three packs of the embedding pages can answer, spread over the areas.

import { compare, scenarios } from "./compare.mjs";

/** The areas whose packs every page of `js-demo/embed/` loads. */
export const areas = ["370683", "370211", "990101"];

const chains = new Set(areas);
const named = (value) => [...JSON.stringify(value).matchAll(/rea":"(\d{6})"/g)].map(([, code]) => code);
const fitting = scenarios.filter(({ household }) => named(household).length > 0 && named(household).every((code) => chains.has(code)));
const step = Math.max(1, Math.floor(fitting.length / 20));

export const cases = fitting.filter((_, index) => index % step === 0).slice(0, 20);

/** What an answer to each case lacks; nothing if all is well. */
export function differences(answers) {
  return answers.flatMap((answer, index) => compare(cases[index].expect, answer).map((difference) => `${cases[index].file}: ${difference}`));
}
