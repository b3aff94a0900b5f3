// One question on the screen: what is asked, where the answer is found, the controls, and what can be done besides.

import { at } from "../form/data.js";
import { choose, control, place, problemLine, tickAll } from "./fields.js";
import { h } from "./dom.js";

/** Builds the screen; `send(event)` takes what the person did. */
export function drawScreen(question, context) {
  const { words, members, send, aloud } = context;
  const { key, kind, member, back, unknown, others, problems } = question;
  const title = titleOf(question, words);
  const help = helpOf(question, words);
  const body = bodies[kind](question, context);
  // Only an answer that could be the others' too is offered for all; a list with something in it is one's own.
  const value = question.forAll ? ["all"] : [];
  const all = others > 0 && tickAll({ words, label: words.t("ui.for-all"), options: [["all", words.t("ui.for-all")]], value, hiddenLegend: true });
  const offer = () => all && (all.element.hidden = isOwn(question, body.value()));
  const isForAll = () => Boolean(all) && !all.element.hidden && all.value().length > 0;
  const answer = (event) => {
    event?.preventDefault();
    send({ type: "answer", value: body.value(), others: isForAll() });
  };
  offer();
  const screen = h("form", { class: "screen", part: "question", novalidate: true, "data-question": key, "data-kind": kind, onsubmit: answer },
    member !== null && member !== undefined && members.length > 1 && h("p", { class: "person", part: "person" }, words.t("ui.about-person", { who: words.person(members, member) })),
    rowOf(key, context),
    h("h2", { class: "title", part: "title", tabindex: "-1" }, title),
    help && h("p", { class: "help", part: "help" }, help),
    aloud && h("button", { type: "button", part: "button", class: "quiet", "data-aloud": true, onclick: () => aloud([title, help].filter(Boolean).join("。")) }, words.t("ui.read-aloud")),
    problemLine(words, problems[""], typeof question.value === "string" ? question.value : ""),
    h("div", { class: "body", onchange: offer, oninput: offer }, body.elements, all && all.element),
    h("div", { class: "actions" },
      h("button", { type: "submit", class: "primary", part: "button primary", "data-next": true }, words.t("ui.continue")),
      unknown && h("button", { type: "button", part: "button", "data-unknown": true, onclick: () => send({ type: "unknown", others: isForAll() }) }, words.t("ui.dont-know")),
      back && h("button", { type: "button", part: "button", "data-back": true, onclick: () => send({ type: "back" }) }, words.t("ui.back"))));
  // What is on the screen and was not sent, so that it can be drawn anew.
  return Object.assign(screen, { unsent: () => ({ draft: body.value(), forAll: isForAll() }) });
}

/** Which parent or relative a question is about: for the other one it reads alike. */
function rowOf(key, { words, household }) {
  const [, list, place] = /^(members\/\d+\/parents|obligors)\/(\d+)\//.exec(key) ?? [];
  const rows = list && at(household, list.split("/"));
  const { relation = "parent", state } = rows?.[place] ?? {};
  if (!state) return null;
  const name = [words.choice("obligors[].relation", relation), words.choice(list === "obligors" ? "obligors[].state" : "members[].parents[].state", state)].join(" · ");
  return h("p", { class: "person", part: "person" }, rows.length > 1 ? `${Number(place) + 1}. ${name}` : name);
}

function isOwn({ kind, single }, value) {
  if (kind === "list") return !single && value?.length > 0;
  return kind === "ticks" ? value.length > 0 : kind === "absence" && Object.values(value).some((day) => day !== "");
}

export function titleOf({ key, path, kind }, words) {
  if (["place", "topics", "members", "absence"].includes(kind)) return words.t(`ui.ask.${kind}`);
  return words.question(path === "members[].receiving" || kind !== "field" ? path : key);
}

function helpOf({ key, path, kind }, words) {
  if (["place", "topics", "members", "absence"].includes(kind)) return words.t(`ui.ask.${kind}.help`);
  return words.help(kind === "field" ? key : path);
}

const bodies = {
  place({ value, problems }, { words, areas, listed }) {
    const chooser = place({ words, areas, listed, value, label: words.t("ui.ask.place"), hiddenLabel: true, problem: problems[""] && null });
    return { elements: chooser.element, value: chooser.value };
  },

  topics({ fields, value }, { words }) {
    const ticks = tickAll({ words, label: words.t("ui.ask.topics"), hiddenLegend: true, options: fields.map(({ name }) => [name, words.t(`ui.topic.${name}`)]), value });
    return { elements: ticks.element, value: ticks.value };
  },

  members({ fields, value, problems }, context) {
    // One person applies: nobody else is that person.
    const isTaken = value.some(({ relation }) => relation === "self");
    const offered = fields.map((field) => (isTaken && field.choices ? { ...field, choices: field.choices.filter((name) => name !== "self") } : field));
    return rowsOf({ fields: offered, problems, rows: value, context, add: context.words.t("ui.person.add"), fixed: 1,
      // Whoever was taken away leaves their answers behind with their id.
      blank: (rows) => ({ id: freeId([...rows, ...value]), relation: "" }), name: (index) => context.words.t(index === 0 ? "choice.relation.self" : "ui.person", { number: index + 1 }) });
  },

  field({ key, fields: [field], value, problems }, context) {
    const one = control(field, { ...context, label: context.words.question(key), value, problem: problems[""] && null, hiddenLabel: true });
    return { elements: one.element, value: one.value };
  },

  choice({ fields: [field], value, problems }, { words }) {
    const options = field.choices.map((name) => [name, words.t(`benefit.${name}`)]);
    const one = choose({ words, label: words.question("choices"), legendClass: "sr", options, value, problem: problems[""] });
    return { elements: one.element, value: one.value };
  },

  absence(question, context) {
    return bodies.record(question, context);
  },

  record({ fields, value, problems }, context) {
    const controls = fields.map((field) => [field.name, control(field, { ...context, label: context.words.question(field.path), hint: context.words.help(field.path), value: value[field.name] ?? "", problem: problems[field.name] })]);
    return { elements: controls.map(([, one]) => one.element), value: () => Object.fromEntries(controls.map(([name, one]) => [name, one.value()])) };
  },

  ticks({ path, fields, value }, { words }) {
    const options = fields.map(({ name }) => [name, tickLabel(path, name, words)]);
    const ticks = tickAll({ words, label: words.question(path), hiddenLegend: true, options, value });
    return { elements: [h("p", { class: "hint" }, words.t("ui.ticks.hint")), ticks.element], value: ticks.value };
  },

  tests({ fields, value }, { words }) {
    const options = [["yes", words.t("ui.assets.within")], ["no", words.t("ui.assets.above")], ["", words.t("ui.dont-know")]];
    const rows = fields.map(({ name }) => [name, choose({ words, label: words.choice("assessments[].test", name), options, value: value[name] ?? "" })]);
    return { elements: rows.map(([, one]) => one.element), value: () => Object.fromEntries(rows.map(([name, one]) => [name, one.value()])) };
  },

  list(question, context) {
    const { path, fields, value, problems, blank, single, both } = question;
    const { words } = context;
    const holder = h("div", { class: "rows" });
    let rows = null;
    const least = both ? 2 : 1;
    const first = [...(value ?? [])];
    while (first.length < least) first.push({ ...blank });
    const nameOf = (index) => (both ? words.t(index === 0 ? "choice.relation.parent" : "ui.other-parent") : `${words.short(path)} ${index + 1}`);
    const show = (mode) => {
      rows = mode === "some" ? rowsOf({ fields, problems, rows: first, context, add: !single && !both && words.t("ui.add"), fixed: least, blank: () => ({ ...blank }), name: nameOf }) : null;
      holder.replaceChildren(...(rows ? [rows.elements].flat() : []));
    };
    // Where somebody lives there is always a place: only what it is.
    if (single && fields[0].kind === "area") {
      show("some");
      return { elements: holder, value: () => rows.value() };
    }
    if (path === "standing") {
      const status = control(fields[0], { ...context, label: words.question(path), hiddenLabel: true, value: value?.[0]?.status ?? (value ? "none" : "") });
      return { elements: status.element, value: () => (status.value() === "none" ? [] : status.value() === "" ? null : [{ status: status.value() }]) };
    }
    const initial = value === undefined || value === null ? "" : value.length > 0 ? "some" : "none";
    const mode = choose({ words, label: words.question(path), legendClass: "sr", value: initial, options: [["some", words.t("ui.some")], ["none", words.t("ui.none")]], onchange: show });
    show(initial);
    return { elements: [mode.element, holder], value: () => ({ some: () => rows?.value(), none: () => [] })[mode.value()]?.() ?? null };
  },
};

// A name, not a question, where there is one.
function tickLabel(path, name, words) {
  const group = { "members[].receiving": "receiving", "members[].groups": "group", "members[].illness": "illness", "members[].services": "services", land: "land" }[path];
  return words.firstOf([`choice.${group}.${name}`, `fact.${path}.${name}`]);
}

/** Rows of controls that can be added and taken away. */
function rowsOf({ fields, problems, rows, context, add, fixed, blank, name }) {
  const { words } = context;
  const kept = rows.map((row) => ({ row }));
  const holder = h("div", { class: "rows" });
  const read = ({ row, controls }) => {
    if (fields.length === 1 && fields[0].name === "") return controls[0][1].value();
    return { ...row, ...Object.fromEntries(controls.map(([field, one]) => [field, one.value()])) };
  };
  const draw = () => {
    holder.replaceChildren(...kept.map((entry, index) => {
      const values = entry.controls ? read(entry) : entry.row;
      // Whoever answers is the person it is all about: nobody need say so.
      entry.controls = fields.filter((field) => !(field.name === "relation" && values?.relation === "self")).map((field) => {
        const at = field.name === "" ? String(index) : `${index}/${field.name}`;
        return [field.name, control(field, { ...context, label: fieldLabel(field, words), hint: words.help(field.path), value: field.name === "" ? values : field.unsure && values?.[field.name] === null ? null : values?.[field.name] ?? "", problem: problems[at] })];
      });
      return h("div", { class: "row", role: "group", "aria-label": name(index) },
        (kept.length > 1 || fields.length > 1) && h("p", { class: "row-name" }, name(index)), entry.controls.map(([, one]) => one.element),
        index >= fixed && h("button", { type: "button", class: "quiet", part: "button", "data-remove": index, onclick: () => { kept.splice(index, 1); draw(); holder.querySelector(".row:last-of-type input")?.focus(); } }, words.t("ui.remove")));
    }));
    if (add) holder.append(h("button", { type: "button", part: "button", "data-add": true, onclick: () => { kept.push({ row: blank(kept.map(read)) }); draw(); holder.querySelector(".row:last-of-type input")?.focus(); } }, add));
  };
  draw();
  return { elements: [holder], value: () => kept.map(read) };
}

const fieldLabel = (field, words) => words.question(field.path);

/** An id no person has yet: a, b, c … */
function freeId(rows) {
  const taken = new Set(rows.map(({ id }) => id));
  for (let number = 0; ; number += 1) {
    const id = number < 26 ? String.fromCharCode(97 + number) : `p${number}`;
    if (!taken.has(id)) return id;
  }
}
