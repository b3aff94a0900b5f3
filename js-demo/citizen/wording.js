// Sentences for the parts of a result: amounts, reasons, clauses, what is missing. Numbers are shown as they come.

import { currentLanguage, firstOf, has, t, withNumbers } from "./messages.js";

/** “每月 807.00 元”, “每月至少 80.00 元”…; nothing where the range says nothing. */
export function amountText(amount) {
  if (!amount) return "";
  const { kind, per = "month", value, min, max } = amount;
  if (max == null && isNothing(min)) return "";
  if (kind === "exact" && isNothing(value)) return t(per === "meal" ? "amount.nothing.meal" : "amount.nothing");
  return t(`amount.${kind}.${per}`, { value, min, max });
}

/** A total in words, by how exactly it is known and whether something had to be left out of it. */
export function totalText(name, { kind, min, max, leftOut = [] }) {
  return t(`total.${name}.${totalKind({ kind, min, leftOut })}`, { min, max });
}

function totalKind({ kind, min, leftOut }) {
  const more = leftOut.length > 0;
  if (isNothing(min)) {
    if (kind === "between") return "upTo";
    return kind === "atLeast" || more ? "unknown" : "none";
  }
  return kind === "exact" && more ? "part" : kind;
}

function isNothing(yuan) {
  return yuan === "0.00";
}

/** The one figure that stands for an amount where only one can: for sorting out results in tests. */
export function figure(amount) {
  if (!amount) return null;
  if (amount.kind === "exact") return amount.value ?? amount.min;
  if (amount.kind === "atLeast") return amount.min ?? amount.value;
  if (amount.kind === "upTo") return amount.max ?? amount.value;
  return `${amount.min}–${amount.max ?? ""}`;
}

/** Why a condition holds, fails or is not settled, with the distance in plain figures. */
export function reasonText(reason) {
  const known = ["", "not-excluded", "other"].flatMap((general) => codesOf(reason, general)).find(has);
  const numbers = Object.fromEntries(["measured", "limit"].filter((name) => reason[name] != null).map((name) => [name, reason[name]]));
  if (reason.margin != null) numbers.margin = String(reason.margin).replace(/^-/, "");
  return withNumbers(known, numbers);
}

// A question of facts asks for them; a number that is missing, or a choice of the office, is not the person's to fill in.
function codesOf({ code, holds, open }, general) {
  if (general === "not-excluded" && !code.startsWith(general)) return [];
  const name = `reason.${general || code}`;
  if (holds === true) return [`${name}.holds`];
  if (holds === false) return [`${name}.fails`];
  return [open === "tables" || open === "office" ? `${name}.unknown.${open}` : `${name}.unknown`];
}

/** “最低生活保障审核确认办法（民发〔2021〕57号） 第 13 条” */
export function clauseText(clause, documents) {
  if (!clause) return "";
  const document = documents[clause.document];
  const title = document?.title ?? clause.document;
  return [
    document?.number ? t("ui.document", { title, number: document.number }) : title,
    part("article", clause.article), part("paragraph", clause.paragraph), part("item", clause.item),
  ].filter(Boolean).join(" ");
}

function part(name, number) {
  if (number == null || number === "") return "";
  return /^\d+$/.test(number) ? t(`ui.${name}`, { number }) : String(number);
}

/** What we have no number for and the last one known, as separate sentences. */
export function missingTexts({ parameter, cause, lastKnown }) {
  const name = firstOf([`parameter.${parameter}`, "parameter.other"]);
  return [firstOf([`missing.${cause}`, "missing.no-table"], { parameter: name }), lastKnown && lastKnownText(parameter, lastKnown)].filter(Boolean);
}

function lastKnownText(parameter, { value, from }) {
  if (!/^\d+\.\d{2}$/.test(value)) return t("missing.lastKnown.other", { value, from });
  return t("missing.lastKnown", { amount: firstOf([`rate.${parameter}`, "rate.other"], { value }), from });
}

/** “2024年5月” */
export function monthText(month) {
  const parts = /^(\d{4})-(\d{2})$/.exec(month ?? "");
  if (!parts || currentLanguage() !== "zh-CN") return month ?? "";
  return `${parts[1]}年${parts[2].replace(/^0/, "")}月`;
}

/** One step of the calculation. */
export function stepText(step) {
  const code = `step.${step.code}`;
  return has(code) ? t(code, step) : t("step.other", step);
}

/** What is wrong with an answer, and what was perhaps meant. */
export function errorText(error) {
  const sentence = firstOf([`error.${error.code}`, "error.other"], error);
  return error.suggest ? `${sentence} ${t("error.suggest", error)}` : sentence;
}
