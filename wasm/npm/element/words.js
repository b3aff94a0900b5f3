// Sentences from a catalogue: for questions, amounts, reasons, clauses, what is missing. Numbers are shown as they come.

import { template } from "../form/screens.js";

/** Facts whose choices are worded under a name of their own; the others under the last part of their path. */
const GROUPS = {
  "members[].registeredSettlement": "settlement", "members[].disabilityCard.state": "card", "members[].ability.level": "ability",
  "standing[].status": "standing", "obligors[].standing": "standing", "members[].carePlace.kind": "carePlace", "members[].serviceInjuryCard.kind": "serviceInjury",
  "members[].parents[].state": "parentState", "obligors[].state": "obligorState", "standing[].class": "class", "dwellings[].use": "dwellingUse",
  "assets.vehicles[].purpose": "vehicle", "assets.businesses[].kind": "businessKind", "assets.exempt[].reason": "exempt", "incident.kind": "incident",
  "expenses[].kind": "expense", "members[].incomes[].kind": "income", "members[].transfersPaid[].kind": "transfer",
  "members[].schooling.stage": "school", "members[].employment.status": "employment", "members[].receiving.*.state": "payment", "members[].receiving.*.key": "receiving", "choices.*": "receiving",
};

/** How exactly a total is known; `unknown` says nothing at all. */
export function totalKind({ kind, min, leftOut = [] }) {
  const more = leftOut.length > 0;
  if (min === "0.00") return { between: "upTo", atLeast: "unknown" }[kind] ?? (more ? "unknown" : "none");
  return kind === "exact" && more ? "part" : kind;
}

export class Words {
  #sentences;

  constructor(language, sentences) {
    this.language = language;
    this.#sentences = sentences;
  }

  has = (code) => Object.hasOwn(this.#sentences, code);

  /** The sentence for `code`; a code without a sentence shows as itself, so that it is noticed. */
  t = (code, parameters = {}) => (this.has(code) ? this.#sentences[code].replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole) : code);

  /** The first of `codes` that has a sentence. */
  firstOf = (codes, parameters) => this.t(codes.find(this.has) ?? codes[0], parameters);

  list = (items) => [...new Set(items)].join(this.t("ui.list-separator"));

  /** The question that asks for a fact; a part without its own question takes that of the whole. */
  question = (path) => {
    const asked = this.t(this.#nearest("fact", path), { path });
    // Of one of several sums of money, which.
    const [, money] = /receiving[./]([a-z-]+)[./]/.exec(path) ?? [];
    return money ? `${this.choice("choices.*", money)}${this.t("ui.colon")}${asked}` : asked;
  };

  help = (path) => {
    const code = `${this.#nearest("fact", path)}.help`;
    return this.has(code) ? this.t(code) : "";
  };

  /** A word or two for a fact, for naming several in one line. */
  short = (path) => this.t(this.#nearest("short", path));

  /** One of a fact's choices. */
  choice = (path, value) => {
    const group = /isabilities\[\]\.kind$/.test(path) ? "disability" : /isabilities\[\]\.grade$/.test(path) ? "grade"
      : path.endsWith("relation") ? "relation" : GROUPS[path] ?? path.split(/[.[\]]+/).filter(Boolean).pop();
    return this.firstOf([`choice.${group}.${value}`, `value.${value}`, `fact.${path}.${value}`, ...(value === "none" ? ["ui.none"] : [])]);
  };

  #nearest(kind, path) {
    const parts = template(path).split(".");
    while (parts.length > 0) {
      const code = `${kind}.${parts.join(".")}`;
      const found = [code, code.replace(/\[\]$/, ""), code.replace(/receiving\.[a-z-]+/, "receiving[]")].find(this.has);
      if (found) return found;
      parts.pop();
    }
    return `${kind}.other`;
  }

  /** “本人”, “孩子 2”: the relation, with a number if several share it. We never ask for a name. */
  person(members, index) {
    const { relation } = members[index] ?? {};
    if (!relation) return this.t("ui.person", { number: index + 1 });
    const alike = members.filter((member) => member.relation === relation);
    const name = this.choice("members[].relation", relation);
    return alike.length === 1 ? name : `${name} ${alike.indexOf(members[index]) + 1}`;
  }

  /** “每月 807.00 元”, “每月至少 80.00 元”…; nothing where the range says nothing. */
  amount(amount) {
    if (!amount) return "";
    const { kind, per = "month", value, min, max } = amount;
    if (max == null && min === "0.00") return "";
    if (kind === "exact" && value === "0.00") return this.firstOf([`amount.nothing.${per}`, "amount.nothing"]);
    return this.t(`amount.${kind}.${per}`, { value, min, max });
  }

  /** A total in words, by how exactly it is known and whether something had to be left out of it. */
  total = (name, amount) => this.t(`total.${name}.${totalKind(amount)}`, amount);

  /** Why a condition holds, fails or is not settled, with the distance in plain figures. */
  reason(reason) {
    const { code, holds, open, measured, limit, margin } = reason;
    const state = holds === true ? "holds" : holds === false ? "fails" : open === "tables" || open === "office" ? `unknown.${open}` : "unknown";
    const codes = [code, code.startsWith("not-excluded") ? "not-excluded" : code, "other"].map((name) => `reason.${name}.${state}`);
    const known = codes.find(this.has) ?? `reason.other.${state}`;
    const numbers = Object.fromEntries(Object.entries({ measured, limit, margin: margin?.replace(/^-/, "") }).filter(([, text]) => text != null));
    const sentence = this.t(known, numbers);
    return /\{\w+\}/.test(sentence) && this.has(`${known}.plain`) ? this.t(`${known}.plain`, numbers) : sentence;
  }

  /** “最低生活保障审核确认办法（民发〔2021〕57号） 第 13 条” */
  clause(clause, documents) {
    if (!clause) return "";
    const { title = clause.document, number } = documents[clause.document] ?? {};
    const part = (name) => (clause[name] ? (/^\d+$/.test(clause[name]) ? this.t(`ui.${name}`, { number: clause[name] }) : String(clause[name])) : "");
    return [number ? this.t("ui.document", { title, number }) : title, part("article"), part("paragraph"), part("item")].filter(Boolean).join(" ");
  }

  /** What we have no number for and the last one known, as separate sentences. */
  missing({ parameter, cause, lastKnown }) {
    const name = this.firstOf([`parameter.${parameter}`, "parameter.other"]);
    const isYuan = /^\d+\.\d{2}$/.test(lastKnown?.value ?? "");
    const { value, per } = lastKnown ?? {};
    const amount = isYuan && this.firstOf([`amount.exact.${per}`, `rate.${parameter}`, "rate.other"], { value });
    return [
      this.firstOf([`missing.${cause}`, "missing.no-table"], { parameter: name }),
      /^[\d.]+$/.test(lastKnown?.value ?? "") && this.t(isYuan ? "missing.lastKnown" : "missing.lastKnown.other", { amount, value, from: lastKnown.from }),
    ].filter(Boolean);
  }

  /** “2024年5月” */
  month(month) {
    const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month ?? "") ?? [];
    return year && this.language === "zh-CN" ? `${year}年${Number(number)}月` : month ?? "";
  }

  /** “2024年5月28日” */
  day(day) {
    const [, year, month, number] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "") ?? [];
    return year && this.language === "zh-CN" ? `${year}年${Number(month)}月${Number(number)}日` : day ?? "";
  }

  step = (step) => this.firstOf([`step.${step.code}`, "step.other"], step);

  /** What is wrong with an answer, and what was perhaps meant. */
  error(error) {
    const sentence = this.firstOf([`error.${error.code}`, "error.other"], { got: "", ...error });
    return error.suggest ? `${sentence} ${this.t("error.suggest", error)}` : sentence;
  }
}
