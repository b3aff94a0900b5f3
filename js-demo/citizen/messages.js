// Wording: every sentence the page shows comes from /messages/<language>.json.

import { plainPath } from "./dom.js";

const catalogues = new Map();
let language = "zh-CN";

/** Loads a catalogue once and makes it the current one. */
export async function useLanguage(wanted) {
  if (!catalogues.has(wanted)) {
    const response = await fetch(`/messages/${wanted}.json`);
    if (!response.ok) throw new Error(`no messages for ${wanted}`);
    catalogues.set(wanted, new Map(Object.entries(await response.json())));
  }
  language = wanted;
  document.documentElement.lang = wanted;
}

export function currentLanguage() {
  return language;
}

export function has(code) {
  return catalogues.get(language)?.has(code) ?? false;
}

/** The sentence for `code`; a code without a sentence shows as itself, so that it is noticed. */
export function t(code, parameters = {}) {
  const sentence = catalogues.get(language)?.get(code);
  if (sentence === undefined) return code;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

/** The first of `codes` that has a sentence. */
export function firstOf(codes, parameters) {
  const code = codes.find(has);
  return code === undefined ? t(codes[0], parameters) : t(code, parameters);
}

/** The sentence `code`, or `code + ".plain"` where one of its parameters is not known. */
export function withNumbers(code, parameters) {
  const sentence = t(code, parameters);
  return /\{\w+\}/.test(sentence) && has(`${code}.plain`) ? t(`${code}.plain`, parameters) : sentence;
}

/** The question that asks for a fact, from its path; a part without its own question takes that of the whole. */
export function question(path) {
  return t(questionCode(path), { path: plainPath(path) });
}

/** Where to find the answer, or nothing. */
export function help(path) {
  const code = `${questionCode(path)}.help`;
  return has(code) ? t(code) : "";
}

/** A word or two for a fact, for naming several in one line. */
export function shortName(path) {
  return t(nearest("short", path));
}

function questionCode(path) {
  return nearest("fact", path);
}

// The code of a path or of the nearest thing around it: `fact.members[].incomes` for `members/0/incomes/1`.
function nearest(kind, path) {
  const parts = plainPath(path).split("/").map((part) => (/^\d+$/.test(part) ? "[]" : part));
  while (parts.length > 0) {
    const code = `${kind}.${parts.join(".").replaceAll(".[]", "[]")}`;
    if (has(code)) return code;
    // One question for `receiving.<any benefit>.monthly`.
    const any = code.replace(/receiving\.[a-z-]+/, "receiving[]");
    if (has(any)) return any;
    parts.pop();
  }
  return `${kind}.other`;
}
