// Page B, the county of household registration: opens the packet, decides it again, tells the differences, makes the decision.

import { createEngine } from "/pkg/index.js";
import { areasIn, engineFor, h, t } from "./desk.js";
import { answerCard, begin, crossing, errorList, field, fileButton, mark, placeField, range, save, told } from "./shared.js";

class CountyCounter extends HTMLElement {
  #text = null;
  #packs = [];
  #seen = [];
  #at = new Date().toLocaleDateString("sv-SE");
  #audience = "";
  #receivedOn = "";
  #decidedOn = "";
  #signed = false;
  #tables = "own";
  #made = false;

  draw() {
    this.replaceChildren(
      h("p", { class: "lead" }, t("counters.county.lead")),
      h("fieldset", {}, h("legend", {}, t("counters.office")),
        placeField("audience", this.#audience, (value) => { this.#audience = value; this.#answer(); }),
        field("today", this.#at, (value) => { this.#at = value; this.#answer(); }, "date"),
        field("received-on", this.#receivedOn, (value) => { this.#receivedOn = value; this.#answer(); }, "date"),
        field("decided-on", this.#decidedOn, (value) => { this.#decidedOn = value; this.#answer(); }, "date"),
        h("label", {}, h("input", { type: "checkbox", checked: this.#signed, "data-field": "signed", onchange: ({ target }) => { this.#signed = target.checked; this.#answer(); } }),
          " ", t("counters.require-signature"))),
      h("div", { class: "buttons" },
        fileButton("open-packet", ([file]) => this.#open(file)),
        fileButton("open-packs", (files) => this.#load(files), true)),
      h("div", { "data-answer": true }));
    this.#answer();
  }

  async #open(file) {
    [this.#text, this.#tables, this.#made] = [await file.text(), "own", false];
    await this.#answer();
  }

  /** An old case is decided again with its own old tables. */
  async #load(files) {
    this.#packs = await Promise.all(files.map(async (file) => new Uint8Array(await file.arrayBuffer())));
    await this.#answer();
  }

  async #engine(packet) {
    if (this.#packs.length > 0) return createEngine({ packs: this.#packs });
    return engineFor([packet.decidedBy, ...areasIn(packet.household ?? {})]);
  }

  async #answer() {
    const answer = this.querySelector("[data-answer]");
    mark(this, {});
    if (this.#text === null) return;
    const packet = parsed(this.#text);
    const engine = await this.#engine(packet);
    const requireSignatures = this.#signed ? ["accepting"] : [];
    const found = engine.verify(this.#text, { at: this.#at, audience: this.#audience, seen: this.#seen, requireSignatures, tables: this.#tables });
    if (found.errors) return answer.replaceChildren(errorList(found.errors));
    answer.replaceChildren(...[
      this.#made && h("p", { class: "notice good", "data-made": true }, t("counters.made")),
      h("div", { class: `notice ${found.accepted ? (found.replay === "identical" ? "good" : "") : "error"}`, "data-accepted": String(found.accepted), "data-replay": found.replay },
        found.problems.map(({ code, part }) => h("p", { "data-problem": code }, t(`packet.problem.${code}`, { part }))),
        found.accepted && h("p", {}, t("packet.accepted", { id: found.id })),
        h("p", {}, t(`packet.replay.${found.replay}`))),
      found.problems.some(({ code }) => code === "packet-other-tables")
        && h("button", { type: "button", "data-current": true, onclick: () => { this.#tables = "current"; this.#answer(); } }, t("counters.current")),
      differences(found.differences),
      found.accepted && this.#decision(engine, packet, found),
    ].flat(Infinity).filter(Boolean));
  }

  /** The case as it comes out now, what is paid first, and the decision as a file. */
  #decision(engine, packet, { id }) {
    const receivedOn = this.#receivedOn || this.#at;
    const decidedOn = this.#decidedOn || this.#at;
    const wrong = daysWrong({ complete: packet.dates.complete, received: receivedOn, decided: decidedOn });
    mark(this, wrong);
    if (Object.keys(wrong).length > 0) return [];
    const received = { ...packet.household, application: { ...packet.household.application, receivedOn } };
    const decided = engine.evaluate(received, { date: packet.decidedFor });
    if (decided.errors) return errorList(decided.errors);
    const entries = decided.benefits.filter(({ benefit, member }) => packet.benefits.includes(benefit) && member === packet.person);
    const household = { ...received, application: { ...received.application, decidedOn } };
    const span = { from: packet.dates.applied.slice(0, 7), to: decidedOn.slice(0, 7) };
    const schedule = engine.schedule(household, span);
    // The days still to come are counted from those that have come: also the day of the decision.
    const { crossings = [] } = engine.evaluate(household, { date: packet.decidedFor });
    const own = schedule.errors ? [] : schedule.payments
      .flatMap(({ month, parts }) => parts.map((part) => ({ ...part, month })))
      .filter(({ benefit, member }) => packet.benefits.includes(benefit) && member === packet.person);
    const make = () => {
      const [{ paidBy, clock, clause } = {}] = crossings;
      const dates = { ...packet.dates, received: receivedOn, decided: decidedOn };
      const decision = { packet: id, acceptedAt: packet.acceptedAt, decidedBy: packet.decidedBy, paidBy, dates, clock, clause, benefits: entries, payments: own };
      [this.#seen, this.#made] = [[...this.#seen, id], true];
      save(`${JSON.stringify(decision, null, 2)}\n`, `huisuan-decision-${id.slice(0, 12)}.json`);
      this.#answer();
    };
    return [
      h("h2", {}, t("counters.decision")),
      entries.map(answerCard),
      crossing(decided.crossings ?? []),
      h("h3", {}, t("counters.payments")),
      h("table", {}, h("tbody", {}, own.map((part) => h("tr", { "data-paid-in": part.month, "data-for": part.forMonth, "data-benefit": part.benefit, "data-amount": part.min },
        h("td", {}, t("counters.paid-in", { month: part.month })), h("td", {}, t(`benefit.${part.benefit}`)),
        h("td", {}, t("counters.paid-for", { month: part.forMonth })), h("td", {}, range(part)))))),
      h("button", { type: "button", class: "primary", "data-decide": true, onclick: make }, t("counters.decide")),
    ];
  }
}

/** A case comes in once its papers are complete, and is decided once it has come in: the fields whose days are not so. */
function daysWrong(days) {
  const wrong = {};
  if (days.complete && days.received < days.complete) wrong["received-on"] = t("counters.wrong.received", days);
  if (days.decided < days.received) wrong["decided-on"] = t("counters.wrong.decided", days);
  return wrong;
}

/** What the page needs to know before the engine has checked anything: whose tables to fetch. */
function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function differences(all) {
  return all.length > 0 && h("table", { "data-differences": all.length },
    h("thead", {}, h("tr", {}, ["benefit", "part", "packet", "now"].map((name) => h("th", {}, t(`counters.difference.${name}`))))),
    h("tbody", {}, all.map(({ benefit, part, packet, now }) => h("tr", { "data-difference": part },
      h("td", {}, t(`benefit.${benefit}`)), h("td", {}, t(`packet.part.${part.split("/")[0]}`)),
      h("td", {}, told(part, packet)), h("td", {}, told(part, now))))));
}

customElements.define("county-counter", CountyCounter);
const counter = document.querySelector("county-counter");
begin(() => counter.draw());
