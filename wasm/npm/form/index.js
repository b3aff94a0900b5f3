// The questionnaire without a face: `(state, event) → state`, all of it plain data that can be kept, compared and replayed.
//
// It asks what the engine still needs, one screen at a time, and knows nothing of policy: which fact is asked next is the
// engine's answer (`next`, `needs`), which facts there are is what it describes. The host asks the engine after each
// event that changed `state.household`, and hands the answer back as a `decided` event.

import { answered, rawValue } from "./answers.js";
import { at } from "./data.js";
import { concerns, FAMILIES, familyOf } from "./families.js";
import { parseAmount, parseCount, parseDay } from "./parse.js";
import { isShareable, screens } from "./screens.js";

export { concerns, FAMILIES, familyOf, parseAmount, parseCount, parseDay };

const OPENING = ["place", "topics", "members", "bills"];

/** Whoever is named as one of the family lives, unless somebody said otherwise: nobody is asked on which day they died. */
const ALIVE = "diedOn";
/** A day that never came for whoever applies. */
const MISSING = "declaredMissingOn";

/** A questionnaire over the facts of `engine.describe()`. */
export function createForm(facts) {
  const { keyOf, screen, asks } = screens(facts);

  /** The first state. What the host page knows already (`household`) is not asked again. */
  function start({ date, household = {}, topics = null, area = null } = {}) {
    const members = household.members?.length > 0 ? household.members : [{ id: "a", relation: "self" }];
    const known = area ?? members[0].registeredArea?.[0]?.area ?? null;
    const placed = members.map((member) => (known && member.registeredArea === undefined ? { ...member, registeredArea: [{ area: known }] } : member));
    const state = {
      version: 1, date, area: known, topics, household: { schemaVersion: 1, ...household, members: placed },
      asked: household.members?.length > 0 ? { members: "prefilled" } : {}, trail: [], at: null, chosen: false,
      needs: [], next: null, problems: {}, draft: null, settled: false,
    };
    return { ...state, at: opening(state) };
  }

  function opening(state) {
    const isOpen = {
      place: () => state.area === null,
      topics: () => state.topics === null,
      members: () => true,
      bills: () => (state.topics ?? []).includes("meals") && state.household.bills === undefined,
    };
    return OPENING.find((key) => !state.asked[key] && isOpen[key]()) ?? null;
  }

  /** The next state. */
  function step(state, event) {
    switch (event.type) {
      case "answer":
      case "unknown":
        return answer(state, event);
      case "decided":
        return decided(state, event.decision);
      case "refused":
        return refused(state, event.errors);
      case "back": {
        const place = state.at === null ? state.trail.length : state.trail.indexOf(state.at);
        const before = state.trail[(place < 0 ? state.trail.length : place) - 1];
        return before === undefined ? state : { ...state, at: before, chosen: true, problems: {}, draft: null };
      }
      // Where there is no such screen one stays where one is.
      case "go":
        return isThere(state, keyOf(`${event.path}`)) ? { ...state, at: keyOf(event.path), chosen: true, problems: {}, draft: null } : state;
      case "finish":
        return { ...state, at: null, chosen: true, problems: {}, draft: null };
      case "resume":
        return { ...state, at: following({ ...state, topics: event.topics ?? state.topics }), topics: event.topics ?? state.topics, chosen: false, settled: false };
      default:
        throw new Error(`no event ${event.type}`);
    }
  }

  // An answer that cannot be read stays on its screen, with what is wrong beside each field.
  function answer(state, event) {
    const asked = question(state);
    if (!asked) return state;
    const { household, problems, ...more } = answered(state, asked, event);
    if (problems) return { ...state, problems, draft: event.value };
    const trail = [...state.trail.filter((key) => key !== asked.key), asked.key];
    // A screen gone back to keeps its place, so that going forward again leads where one came from.
    const kept = state.trail.includes(asked.key) ? state.trail : trail;
    const next = {
      ...state, ...more, household, trail: kept, problems: {}, draft: null, chosen: false,
      asked: { ...state.asked, [asked.key]: event.type === "unknown" ? "unknown" : "answered" },
    };
    const settled = asked.kind === "members" ? renumbered(next, state.household.members) : next;
    return { ...settled, at: opening(settled) };
  }

  function decided(state, { needs, next, benefits = [] }) {
    const known = { ...state, needs, next: mostWanted(state, benefits) ?? next, problems: {} };
    if (state.chosen) return { ...known, settled: following(known) === null };
    const at = opening(known) ?? following(known);
    return { ...known, at, draft: at === state.at ? state.draft : null, settled: at === null };
  }

  // The engine has found a mistake that the screens let pass: back to where it was made, if any screen asks for it.
  function refused(state, errors) {
    const keys = errors.map(({ path }) => keyOf(path.replace(/\[(\d+)\]/g, "/$1").replace(/\./g, "/")));
    const place = keys.findIndex((key) => isThere(state, key));
    return place < 0 ? state : { ...state, at: keys[place], chosen: true, problems: { "": errors[place].code }, draft: null };
  }

  const isThere = ({ household }, key) => ["place", "topics", "members"].includes(key) || asks(key, household);

  /** Where only some benefits are wanted, the fact that most of them wait for, of equals the first that one of them names. The engine
      chooses for all. */
  function mostWanted({ topics, asked }, benefits) {
    if (!topics?.length) return null;
    const waiting = new Map();
    const paths = benefits.filter(({ benefit }) => concerns(topics, [benefit])).flatMap((entry) => entry.needs ?? []);
    for (const path of paths.filter((one) => !asked[keyOf(one)] && one !== "choices")) waiting.set(path, (waiting.get(path) ?? 0) + 1);
    return [...waiting].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
  }

  /** The screen to ask next: the one chosen if it is in question and not asked yet, else the first need that is. */
  function following(state) {
    const open = openScreens(state);
    const best = state.next === null ? undefined : keyOf(state.next);
    return open.includes(best) ? best : open[0] ?? null;
  }

  /** Screens that could still change an answer, each once. What somebody does not know, for themself or for all, is not asked again,
      and who does not know of what kind something is is not asked for the rest of it. */
  function openScreens({ needs, topics, asked, household }) {
    const isNotKnown = (path) => [path, path.replace(/[^/]+$/, "kind")].some((fact) => at(household, fact.split("/")) === null);
    const keys = needs.filter(({ path, benefits }) => concerns(topics ?? [], benefits) && !isNotKnown(path)).map(({ path }) => keyOf(path));
    return [...new Set(keys)].filter((key) => !asked[key]);
  }

  /** What is asked now, or `null` when nothing is left to ask. What was written wrongly is shown as it was written. */
  function question(state) {
    const asked = state.at === null ? null : questionOf(state, state.at);
    return asked && state.draft !== null ? { ...asked, value: state.draft } : asked;
  }

  function questionOf(state, key) {
    const base = { key, problems: state.problems, back: state.trail.indexOf(key) !== 0 && state.trail.length > 0 };
    if (key === "place") return { ...base, path: "members[].registeredArea", kind: "place", fields: [], value: state.area ?? "", unknown: false };
    if (key === "topics") return { ...base, path: "topics", kind: "topics", fields: FAMILIES.map((name) => ({ name })), value: state.topics ?? [], unknown: false };
    if (key === "members") return { ...base, path: "members", kind: "members", fields: screen("members").fields.filter(({ name }) => name === "relation" || name === "birthDate"), value: rawValue(state, { key, kind: "members" }), unknown: false };
    const benefits = [...new Set(state.needs.filter(({ path }) => keyOf(path) === key).flatMap((need) => need.benefits))];
    const asked = screen(key, benefits);
    const at = /^members\/(\d+)\//.exec(key);
    const member = at ? Number(at[1]) : null;
    const [isAbsence, value] = [asked.kind === "absence", rawValue(state, asked)];
    const others = member !== null && isShareable(asked) ? othersWithout(state, isAbsence ? asked.fields[0]?.path : null, key).length : 0;
    // Where the answer is for others, too, more of it is asked.
    const isOwn = isAbsence && others === 0 && state.household.members[member].relation === "self";
    const given = isAbsence ? (isOwn ? [ALIVE, MISSING] : [ALIVE]).filter((name) => value[name] === "") : [];
    return { ...base, ...asked, fields: asked.fields.filter(({ name }) => !given.includes(name)), ...(isAbsence ? { never: given } : {}), benefits, member, unknown: true, value, others };
  }

  /** How far one is: screens answered, and screens that may follow this one, as far as is known by now. */
  const progress = (state) => ({ answered: state.trail.length, open: openScreens(state).filter((key) => key !== state.at).length });

  /** The screens that could still change an answer, of whatever topic. */
  const open = (state) => openScreens({ ...state, topics: [] });

  return { start, step, question, progress, open, keyOf };
}

/** What was asked of each member goes along with that member; of one who is gone, nothing was asked. */
function renumbered(state, before) {
  const now = new Map(state.household.members.map(({ id }, index) => [id, index]));
  const moved = (key) => {
    const [first, own, ...rest] = key.split("/");
    if (first !== "members" || own === undefined) return key;
    const place = now.get(before[Number(own)]?.id);
    return place === undefined ? null : [first, place, ...rest].join("/");
  };
  const asked = Object.entries(state.asked).map(([key, how]) => [moved(key), how]);
  return { ...state, asked: Object.fromEntries(asked.filter(([key]) => key !== null)), trail: state.trail.map(moved).filter((key) => key !== null) };
}

/** Members that have no answer yet to what `key` asks of one of them; `of` is the fact, where the key is none. */
function othersWithout({ household }, of, key) {
  const [, own, ...below] = key.split("/");
  const rest = of?.split(".").slice(1) ?? below;
  return household.members.filter((member, index) => index !== Number(own) && at(member, rest) === undefined);
}
