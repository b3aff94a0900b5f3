// Which question asks for a fact. A need names a fact or a list; a screen asks for what a person would answer in one go.

import { at } from "./data.js";

/** Facts of a record that are asked together; one of them must be answered. */
const TOGETHER = {
  "members[].selfCare": ["eating", "dressing", "gettingUp", "toilet", "walkingIndoors", "bathing"],
  "members[].ability": ["level", "scale", "score", "coma", "diagnosis", "riskEvents30Days"],
  "members[].disabilityCard": ["state", "expiresOn"],
  "members[].schooling": ["stage", "fullTime"],
};

/** What is asked of each row of a list, what is taken for granted, what may be left open or said to be unknown, where one row is all there can be, and where there are two. */
const ROWS = {
  "members[].incomes": { ask: ["kind", "gross", "costs"], given: { months: 1 }, blank: { costs: "0" }, unsure: ["gross"] },
  "members[].transfersPaid": { ask: ["kind", "amount"], unsure: ["amount"] },
  "members[].disabilities": { ask: ["kind", "grade"] },
  "members[].registeredArea": { ask: ["area"], single: true },
  "members[].usualResidence": { ask: ["area"], single: true },
  "members[].parents": { ask: ["state"], both: true },
  standing: { ask: ["status"], single: true },
  expenses: { ask: ["kind", "gross", "insurancePaid", "assistancePaid"], blank: { insurancePaid: "0", assistancePaid: "0" }, unsure: ["gross"] },
  bills: { ask: ["meal", "date", "listPrice", "listedProvider"], given: { category: "meal" } },
  obligors: { ask: ["relation", "state", "monthlyIncome"], open: ["monthlyIncome"] },
  dwellings: { ask: ["use", "floorArea"] },
};

/** Whose property test an office may have done: the benefit that each belongs to. */
const TESTS = {
  "assets-within-limit": "minimum-living-allowance",
  "borderline-assets-within-limit": "borderline-household",
  "hardship-assets-within-limit": "essential-expense-hardship",
  "destitute-assets-within-limit": "destitute-support",
  "expenditure-test": "minimum-living-allowance",
};

/** What nobody else in the family has just so: what one is, a row of a list, whether one's own money is paid in full. */
const OF_ONE = /^members\[\]\.(sex|relation)$|\[\].*\[\]|\.full$/;

/** `members[].incomes` for `members/0/incomes`. */
export function template(path) {
  return path.split("/").map((part) => (/^\d+$/.test(part) ? "[]" : part)).join(".").replaceAll(".[]", "[]");
}

/** A day on which something happened that mostly never does: death, prison … All such days of a person are one question. */
const isRare = ({ path, kind, choices = [] }) => kind === "day" && choices.includes("none") && path.startsWith("members[].");

/** Screens over the facts that an engine describes. */
export function screens(facts) {
  const leaves = new Map(facts.map((fact) => [fact.path, fact]));
  const below = (prefix) => facts.filter(({ path }) => path.startsWith(prefix));
  const rare = facts.filter(isRare);
  const money = leaves.get("members[].receiving.*.key")?.choices ?? [];
  const leafOf = (path) => leaves.get(path) ?? leaves.get(path.replace(/receiving\.([a-z-]+)/, (all, name) => (money.includes(name) ? "receiving.*" : all)));
  const isMap = (prefix) => leaves.has(`${prefix}.noOther`);

  /** The key of the screen that asks for a path: the path of the fact, the record, the map or the list. */
  function keyOf(path) {
    const parts = path.split("/");
    if (rare.some((fact) => fact.path === template(path))) return `${parts[0]}/${parts[1]}/absence`;
    for (let length = 1; length < parts.length; length += 1) {
      const key = parts.slice(0, length).join("/");
      const name = template(key);
      // The whole map, and whatever may be drawn; the amount of something drawn is a question of its own.
      if (isMap(name) && parts.length === length + 1 && leaves.has(`${name}.${parts[length]}`)) return key;
      if (TOGETHER[name]?.includes(parts[length])) return key;
      if (/^\d+$/.test(parts[length]) && (name === "assessments" || ROWS[name]?.ask.includes(parts[length + 1]))) return key;
    }
    return path;
  }

  /** What a screen asks: `{ key, kind, path, fields }`. */
  function screen(key, benefits = []) {
    const path = template(key);
    if (path === "members[].absence") return { key, path, kind: "absence", fields: rare.map(({ path: of }) => ({ name: of.slice("members[].".length), path: of, kind: "day" })) };
    if (key === "assessments") return { key, path, kind: "tests", fields: testsFor(benefits) };
    if (path === "members[].receiving") {
      return { key, path, kind: "ticks", fields: money.map((name) => ({ name, kind: "truth" })) };
    }
    if (path === "choices") {
      const choices = (leaves.get("choices.*")?.choices ?? []).filter((name) => benefits.length === 0 || benefits.includes(name) || name === "destitute-support");
      return { key, path, kind: "choice", fields: [{ name: "", path: "choices.*", kind: "text", choices }] };
    }
    if (isMap(path)) return { key, path, kind: "ticks", fields: below(`${path}.`).map((fact) => field(fact, path)).filter(({ name }) => name !== "noOther") };
    if (TOGETHER[path]) return { key, path, kind: "record", fields: TOGETHER[path].map((name) => field(leaves.get(`${path}.${name}`), path)) };
    const rows = below(`${path}[]`);
    if (rows.length > 0) return list(key, path, rows);
    return { key, path, kind: "field", fields: [{ ...field(leafOf(path) ?? { path, kind: "text" }, path), name: "" }] };
  }

  function list(key, path, rows) {
    const { ask, given = {}, blank = {}, open = [], unsure = [], single = false, both = false } = ROWS[path] ?? {};
    const own = rows.filter((fact) => !fact.path.slice(path.length + 2).includes("["));
    const fields = own.map((fact) => field(fact, `${path}[]`)).filter(({ name }) => !ask || ask.includes(name))
      .map((one) => (unsure.includes(one.name) ? { ...one, unsure: true } : one));
    const ordered = ask ? ask.map((name) => fields.find((one) => one.name === name)).filter(Boolean) : fields;
    return { key, path, kind: "list", fields: ordered, given, blank, open, single, both };
  }

  function testsFor(benefits) {
    const names = leaves.get("assessments[].test")?.choices ?? [];
    const wanted = names.filter((name) => benefits.length === 0 || benefits.includes(TESTS[name]) || !TESTS[name]);
    return (wanted.length > 0 ? wanted : names.slice(0, 1)).map((name) => ({ name, kind: "truth" }));
  }

  /** Whether there is a screen with this key for these facts of a household. */
  function asks(key, household) {
    const path = template(key);
    const isWhole = isMap(path) || path in TOGETHER || path === "choices";
    const isKnown = leafOf(path) || below(`${path}[]`).length > 0 || (isWhole && below(`${path}.`).length > 0);
    const parts = key.split("/");
    // Of a list only the rows that are there.
    const isThere = parts.every((part, index) => !/^\d+$/.test(part) || at(household, parts.slice(0, index + 1)) !== undefined);
    return isThere && Boolean(path === "members[].absence" ? rare.length > 0 : isKnown);
  }

  return { keyOf, screen, asks };
}

// The grade of a disability is a number with four values: nobody wants to type it.
function field({ path, kind, choices }, prefix) {
  const name = path === prefix ? "" : path.slice(prefix.length + 1);
  if (/isabilities\[\]\.grade$/.test(path)) return { name, path, kind: "count", choices: ["1", "2", "3", "4"] };
  return { name, path, kind, ...(choices ? { choices } : {}) };
}

/** Whether an answer may hold for the others in the family too: a number, a day or a list with something in it is one's own. */
export function isShareable({ path, kind, fields }) {
  const isOwn = kind === "record" || (kind === "field" && ["money", "count", "day"].includes(fields[0].kind));
  return path.startsWith("members[]") && !OF_ONE.test(path) && !isOwn;
}
