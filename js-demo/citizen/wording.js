// Sentences for the parts of a result: amounts, reasons, clauses, what is missing. Numbers are shown as they come.

import { currentLanguage, firstOf, has, t, withNumbers } from "./messages.js";

/** “每月 807.00 元”, “每月至少 80.00 元”… */
export function amountText(amount) {
  if (!amount) return "";
  const { kind, per = "month", min = amount.value, max = amount.value } = amount;
  const value = amount.value ?? min;
  // A range without an end is told by its beginning.
  const told = kind === "between" && max == null ? "atLeast" : kind;
  if (value == null && min == null && max == null) return t("amount.unknown");
  return t(`amount.${told}.${per}`, { value, min, max });
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
  const state = reason.holds === true ? "holds" : reason.holds === false ? "fails" : "unknown";
  const known = [`reason.${reason.code}`, reason.code.startsWith("not-excluded") ? "reason.not-excluded" : "", "reason.other"]
    .find((code) => code && has(`${code}.${state}`));
  const numbers = Object.fromEntries(["measured", "limit"].filter((name) => reason[name] != null).map((name) => [name, reason[name]]));
  if (reason.margin != null) numbers.margin = String(reason.margin).replace(/^-/, "");
  return withNumbers(`${known}.${state}`, numbers);
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

/** What we have no number for, as separate sentences. */
export function missingTexts(missing, areaName) {
  const parameter = firstOf([`parameter.${missing.parameter}`, "parameter.other"]);
  const sentences = [t(has(`missing.${missing.cause}`) ? `missing.${missing.cause}` : "missing.no-table", { parameter })];
  if (missing.lastKnown) sentences.push(...lastKnownTexts(missing.lastKnown));
  sentences.push(t("missing.ask", { area: areaName(missing.area) }));
  return sentences;
}

function lastKnownTexts({ value, from, until }) {
  const money = /^\d+\.\d{2}$/.test(value);
  return [
    t(money ? "missing.lastKnown" : "missing.lastKnown.other", { value, from: dayText(from) }),
    until && t("missing.lastKnown.until", { until: dayText(until) }),
  ].filter(Boolean);
}

/** A day, or a stretch of days where the first one is not known exactly. */
export function dayText(day) {
  if (day && typeof day === "object") return t("ui.some-day-between", { first: day.notBefore, last: day.notAfter });
  return day ?? t("ui.unknown-day");
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
