// Wording: the catalogues of the citizen page and of the staff, in two languages.

const texts = new Map();
const catalogues = new Map();
let language = "zh-CN";

async function load(wanted) {
  if (catalogues.has(wanted)) return;
  const both = await Promise.all([`/messages/${wanted}.json`, `/messages/staff/${wanted}.json`].map(async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`no messages for ${wanted}`);
    return answer.json();
  }));
  const merged = Object.assign({}, ...both);
  catalogues.set(wanted, merged);
  texts.set(wanted, JSON.stringify(merged));
}

/** Loads both catalogues and makes one the current. */
export async function useLanguage(wanted) {
  await Promise.all(["zh-CN", "en"].map(load));
  language = wanted;
  document.documentElement.lang = wanted;
}

export const currentLanguage = () => language;

/** The catalogues as texts, the current one first. */
export const catalogueTexts = () => [language, language === "en" ? "zh-CN" : "en"].map((name) => texts.get(name));

export const has = (code) => catalogues.get(language)?.[code] !== undefined;

/** The sentence for `code`; a code without a sentence shows as itself, so that it is noticed. */
export function t(code, parameters = {}) {
  return (catalogues.get(language)?.[code] ?? code).replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
}

export const firstOf = (codes, parameters) => t(codes.find(has) ?? codes[0], parameters);

/** “每月 807.00 元”; nothing where nothing is known. */
export function amountText(amount) {
  if (!amount || (amount.max == null && amount.min === "0.00")) return "";
  const { kind, per = "month", value, min, max } = amount;
  if (kind === "exact" && value === "0.00") return t("amount.nothing");
  return t(`amount.${kind}.${per}`, { value, min, max });
}

/** What an answer of the comparison says. */
export function answerText(answer) {
  if (!answer) return t("cli.compare.not-there");
  const amount = amountText(answer.amount);
  // Beside an answer that is not settled an amount is only how far it could go.
  const isSettled = answer.outcome === "eligible" || answer.outcome === "discretionary";
  return [t(`answer.${answer.outcome}`), amount && !isSettled ? t("amount.soFar", { amount }) : amount].filter(Boolean).join(t("statement.comma"));
}

/** Whom an answer is about, where a household has several people: “第 2 个人 · 孩子（c）”. */
export function whoText({ member }, { members }) {
  const at = members.findIndex(({ id }) => id === member);
  if (at < 0 || members.length < 2) return "";
  const { relation } = members[at];
  return t("statement.person", { number: at + 1, name: relation ? t(`choice.relation.${relation}`) : member, id: member });
}

/** Why a condition holds, fails or is open. */
export function reasonText({ code, holds, open, measured, limit, margin }) {
  const end = holds === true ? "holds" : holds === false ? "fails" : "unknown";
  const known = [code, "not-excluded", "other"].flatMap((name) => [open && `reason.${name}.${end}.${open}`, `reason.${name}.${end}`]).find((name) => name && has(name));
  const given = Object.fromEntries(Object.entries({ measured, limit, margin: margin && String(margin).replace(/^-/, "") }).filter(([, value]) => value != null));
  const sentence = t(known ?? code, given);
  return sentence.includes("{") && has(`${known}.plain`) ? t(`${known}.plain`) : sentence;
}

export const benefitName = (benefit) => firstOf([`benefit.${benefit}`, `parameter.${benefit}`]);
export const errorText = (error) => firstOf([`error.${error.code}`, "error.other"], error);
export const bookErrorText = (error) => firstOf([`bookError.${error.code}`, "bookError.other"], { ...error, expected: expectedText(error.expected) });
export const tableErrorText = (error) => firstOf([`tableError.${error.code}`, "tableError.other"], { ...error, expected: expectedText(error.expected) });

const BEGINNINGS = ["something like", "another day than row", "after", "not after", "a list of"];

/** What would have been accepted in a table: a whole phrase of the checks, or one that begins with such a phrase. */
function expectedText(phrase) {
  if (typeof phrase !== "string") return phrase;
  if (has(`tableExpected.${phrase}`)) return t(`tableExpected.${phrase}`);
  if (phrase.endsWith("?")) return t("tableExpected.did-you-mean", { value: phrase.slice(0, -1) });
  const levels = phrase.split(", ").map((part) => `level.${part}`);
  if (levels.every(has)) return levels.map((level) => t(level)).join(t("statement.comma"));
  const beginning = BEGINNINGS.find((one) => phrase.startsWith(`${one} `));
  return beginning ? t(`tableExpected.${beginning}`, { value: phrase.slice(beginning.length + 1) }) : phrase;
}

/** “2024-01-01，72 岁，农村” */
export function personText({ date, traits }) {
  const said = traits.map(({ dimension, value }) =>
    firstOf([`dimension.${dimension}`, "dimension.other"], { dimension, value: value.split(" ").map((part) => (has(`value.${part}`) ? t(`value.${part}`) : part)).join(" ") }));
  return [date, ...said].join(t("statement.comma"));
}
