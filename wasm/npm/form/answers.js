// Answers into facts, and facts back into what a screen shows.

import { at, put } from "./data.js";
import { parse, parseArea, unparse } from "./parse.js";

/** `{ household }` with the answer in it, and what else of the state changes; or `{ problems }` by field. */
export function answered(state, asked, { type, value, others = false }) {
  if (asked.kind === "place") return place(state, value);
  if (asked.kind === "topics") return { household: state.household, topics: value };
  if (asked.kind === "members") return members(state, value);
  if (asked.kind === "choice") return choice(state, type === "unknown" ? null : value);
  if (asked.kind === "absence") return absence(state, asked, type === "unknown" ? null : value, others);
  const { fact, problems } = type === "unknown" ? { fact: nothingKnown(asked) } : factOf(state, asked, value);
  if (problems) return { problems };
  let household = put(state.household, asked.key.split("/"), fact);
  if (others && asked.others > 0) household = forOthers(household, asked.key, fact);
  return { household };
}

// The place is everybody's household registration until somebody says otherwise.
function place({ household, area: before }, written) {
  const { value: area, problem } = parseArea(written);
  if (problem) return { problems: { "": problem } };
  const moved = household.members.map((member) => {
    const now = member.registeredArea?.[0]?.area;
    return now === undefined || now === before ? { ...member, registeredArea: [{ area }] } : member;
  });
  return { household: { ...household, members: moved }, area };
}

// Which of several benefits that bar one another is wanted; the map has a name of its own for each such choice.
function choice({ household }, wanted) {
  if (wanted === "") return { problems: { "": "empty" } };
  return { household: { ...household, choices: wanted === null ? null : { own: wanted } } };
}

function members({ household, area, date }, rows) {
  const problems = {};
  const kept = rows.map((row, index) => {
    const member = household.members.find(({ id }) => id === row.id) ?? { id: row.id, ...(area ? { registeredArea: [{ area }] } : {}) };
    if (!row.relation) problems[`${index}/relation`] = "empty";
    if (row.relation === "self" && rows.findIndex(({ relation }) => relation === "self") < index) problems[`${index}/relation`] = "second-applicant";
    if (row.birthDate === undefined) return { ...member, relation: row.relation };
    if (row.birthDate === "") {
      const { birthDate: _, ...rest } = member;
      return { ...rest, relation: row.relation };
    }
    const birth = parse("day", row.birthDate, date);
    if (birth.problem) problems[`${index}/birthDate`] = birth.problem;
    else if (birth.value !== null && birth.value > date) problems[`${index}/birthDate`] = "born-in-future";
    return { ...member, relation: row.relation, birthDate: birth.value };
  });
  return Object.keys(problems).length > 0 ? { problems } : { household: { ...household, members: kept } };
}

// A day that is left blank never came. What holds for nobody can be said of all at once.
function absence({ household, date }, { key, fields, never = [] }, value, others) {
  const problems = {};
  const days = fields.map(({ name }) => {
    if (value === null) return [name, null];
    if ((value[name] ?? "") === "") return [name, "none"];
    const day = parse("day", value[name], date);
    if (day.problem) problems[name] = day.problem;
    return [name, day.value];
  }).concat(never.map((name) => [name, "none"]));
  if (Object.keys(problems).length > 0) return { problems };
  const own = Number(key.split("/")[1]);
  const isBlank = days.every(([, day]) => day === "none" || day === null);
  const changed = household.members.map((member, index) => {
    const isOpen = days.every(([name]) => at(member, name.split(".")) === undefined);
    return index === own || (others && isBlank && isOpen) ? days.reduce((all, [name, day]) => put(all, name.split("."), day), member) : member;
  });
  return { household: { ...household, members: changed } };
}

// `null` for the whole list or fact; of a record each fact; a map says of each key that it is not known. Of sums of money that
// nobody knows of one does not ask how much they are.
function nothingKnown({ kind, path, fields }) {
  if ((kind !== "record" && kind !== "ticks") || path === "members[].receiving") return null;
  return Object.fromEntries(fields.map(({ name }) => [name, null]));
}

function factOf(state, asked, value) {
  const { kind, fields, key } = asked;
  const problems = {};
  const read = (field, raw, where) => {
    const found = parse(field.kind, raw, state.date);
    if (found.problem) problems[where] = found.problem;
    return found.value;
  };
  const done = (fact) => (Object.keys(problems).length > 0 ? { problems } : { fact });
  switch (kind) {
    case "field":
      return done(read(fields[0], value, ""));
    case "ticks":
      return done(ticks(state, asked, value));
    case "tests":
      return done(fields.filter(({ name }) => value[name] === "yes" || value[name] === "no").map(({ name }) => ({ test: name, holds: value[name] === "yes" })));
    case "record": {
      const isBlank = ({ name }) => (value[name] ?? "") === "";
      if (fields.every(isBlank)) return { problems: { [fields[0].name]: "empty" } };
      const fact = { ...at(state.household, key.split("/")) };
      for (const field of fields) {
        if (!isBlank(field)) fact[field.name] = read(field, value[field.name], field.name);
        // A day left blank was not told, as if it had not been asked for; anything else that is left blank is not known.
        else if (field.kind === "day") delete fact[field.name];
        else fact[field.name] = null;
      }
      return done(fact);
    }
    case "list":
      if (!Array.isArray(value)) return { problems: { "": "empty" } };
      // Whoever tells of one parent is asked for the other.
      return done((asked.both && value.length === 1 ? [...value, {}] : value).map((row, index) => rowOf(state, asked, row, index, read)));
  }
  return { fact: null };
}

function rowOf(state, { key, path, fields, given, open }, row, index, read) {
  // A list of bare values has one field without a name.
  if (fields.length === 1 && fields[0].name === "") return read(fields[0], row, String(index));
  const facts = { ...given };
  for (const field of fields) {
    const written = field.unsure && row[field.name] === null ? null : row[field.name] ?? "";
    // What one need not know of somebody else is left blank: of the dead, or of a son far away.
    facts[field.name] = read(field, written === "" && open.includes(field.name) ? null : written, `${index}/${field.name}`);
  }
  if (path === "standing") Object.assign(facts, { area: state.area });
  if (path === "bills") Object.assign(facts, { area: row.area || state.area, member: row.member || state.household.members[0].id });
  if (path === "obligors") Object.assign(facts, { forMember: row.forMember || state.household.members[0].id });
  return { ...at(state.household, key.split("/"))?.[index], ...facts };
}

// What is ticked is so, and nothing else.
function ticks({ household }, { key, path, fields }, ticked) {
  const before = at(household, key.split("/")) ?? {};
  const isDrawn = path === "members[].receiving";
  const chosen = fields.filter(({ name }) => ticked.includes(name)).map(({ name }) => [name, isDrawn ? { ...before[name], state: "paying" } : true]);
  return { ...Object.fromEntries(chosen), noOther: true };
}

/** What a screen shows before it is answered: what was answered before, as it is written into fields. */
export function rawValue({ household }, { key, kind, fields, single }) {
  if (kind === "members") return household.members.map(({ id, relation = "", birthDate }) => ({ id, relation, birthDate: unparse("day", birthDate) }));
  if (kind === "choice") return Object.values(household.choices ?? {})[0] ?? "";
  if (kind === "absence") {
    const member = household.members[Number(key.split("/")[1])];
    return Object.fromEntries(fields.map(({ name }) => [name, at(member, name.split("."))]).map(([name, day]) => [name, day === "none" ? "" : day ?? ""]));
  }
  const fact = at(household, key.split("/"));
  if (fact === undefined) return kind === "ticks" ? [] : kind === "record" || kind === "tests" ? {} : kind === "list" ? undefined : "";
  if (fact === null) return kind === "record" || kind === "tests" ? {} : kind === "ticks" ? [] : null;
  switch (kind) {
    case "ticks":
      return fields.filter(({ name }) => fact[name] === true || (typeof fact[name] === "object" && fact[name] !== null)).map(({ name }) => name);
    case "tests":
      return Object.fromEntries(fact.map(({ test, holds }) => [test, unparse("truth", holds)]));
    case "record":
      return Object.fromEntries(fields.map((field) => [field.name, unparse(field.kind, fact[field.name]) ?? ""]));
    case "list":
      return fact.map((row) => (fields.length === 1 && fields[0].name === "" ? unparse(fields[0].kind, row)
        : Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, unparse(fields.find((field) => field.name === name)?.kind, value)]))));
    default:
      return unparse(fields[0].kind, fact);
  }
}

function forOthers(household, key, fact) {
  const [, own, ...rest] = key.split("/");
  return household.members.reduce((changed, member, index) => (
    index === Number(own) || at(member, rest) !== undefined ? changed : put(changed, ["members", String(index), ...rest], fact)
  ), household);
}
