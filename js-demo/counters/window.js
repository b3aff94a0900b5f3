// Page A, a window anywhere: takes the application, shows what the place of household registration would pay, makes the packet.

import { areasIn, engineFor, h, t } from "./desk.js";
import { answerCard, begin, crossing, errorList, field, fileButton, papersOf, placeField, save } from "./shared.js";

const BENEFITS = ["disability-living-subsidy", "disability-nursing-subsidy"];

class WindowCounter extends HTMLElement {
  #case = null;
  #wanted = new Set(BENEFITS);
  #identity = "";
  #key = "";
  #validUntil = "";
  #made = null;
  #errors = [];

  draw() {
    this.replaceChildren(...[
      h("p", { class: "lead" }, t("counters.window.lead")),
      h("div", { class: "buttons" },
        fileButton("open-application", ([file]) => this.#open(file)),
        h("button", { type: "button", "data-example": "chongqing", onclick: () => this.#example() }, t("counters.example"))),
      this.#case && this.#form(),
      h("div", { "data-answer": true }),
    ].filter(Boolean));
    if (this.#case) this.#answer();
  }

  async #example() {
    this.#take(await (await fetch(new URL("examples/chongqing.json", import.meta.url))).json());
  }

  async #open(file) {
    try {
      this.#take(JSON.parse(await file.text()));
    } catch {
      this.#errors = [{ code: "invalid-json" }];
      this.draw();
    }
  }

  #take(content) {
    const household = content.household ?? content;
    const date = content.date ?? household.application?.appliedOn ?? "";
    this.#case = { date, household: { ...household, application: { ...household.application } } };
    this.#validUntil = date && `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
    [this.#made, this.#errors] = [null, []];
    this.draw();
  }

  #form() {
    const { application } = this.#case.household;
    const set = (name) => (value) => {
      application[name] = value;
      if (name === "appliedOn") this.#case.date = value;
      this.#answer();
    };
    return h("fieldset", {}, h("legend", {}, t("counters.application")),
      placeField("accepting-area", application.acceptingArea ?? "", set("acceptingArea")),
      field("applied-on", application.appliedOn ?? "", set("appliedOn"), "date"),
      field("complete-on", application.completeOn ?? "", set("completeOn"), "date"),
      BENEFITS.map((benefit) => h("label", {},
        h("input", { type: "checkbox", checked: this.#wanted.has(benefit), value: benefit, onchange: ({ target }) => this.#choose(target) }), " ", t(`benefit.${benefit}`))),
      h("p", { class: "privacy" }, t("counters.link-about")),
      field("identity", this.#identity, (value) => (this.#identity = value), "password"),
      field("key", this.#key, (value) => (this.#key = value), "password"),
      field("valid-until", this.#validUntil, (value) => (this.#validUntil = value), "date"),
      h("button", { type: "button", class: "primary", "data-make": true, onclick: () => this.#make() }, t("counters.make")));
  }

  #choose({ checked, value }) {
    if (checked) this.#wanted.add(value);
    else this.#wanted.delete(value);
    this.#answer();
  }

  /** What the place of household registration would decide, from its own tables. */
  async #answer() {
    const { household, date } = this.#case;
    const engine = await engineFor(areasIn(household));
    const decided = engine.evaluate(household, { date });
    const answer = this.querySelector("[data-answer]");
    if (decided.errors) return answer.replaceChildren(errorList(decided.errors));
    const entries = decided.benefits.filter(({ benefit }) => this.#wanted.has(benefit));
    answer.replaceChildren(...[
      h("h2", {}, t("counters.would-pay")),
      entries.map(answerCard),
      decided.crossings?.length > 0 ? crossing(decided.crossings) : papersOf(entries),
      this.#errors.length > 0 && errorList(this.#errors),
      this.#made && h("p", { class: "notice good", "data-packet": this.#made.id }, t("packet.made", { id: this.#made.id })),
    ].flat(Infinity).filter(Boolean));
  }

  async #make() {
    const { household, date } = this.#case;
    const engine = await engineFor(areasIn(household));
    const made = engine.packet(household, { date, benefits: [...this.#wanted], link: await link(this.#identity, this.#key), validUntil: this.#validUntil });
    this.#errors = made.errors ?? [];
    this.#made = made.errors ? null : made;
    if (this.#made) save(this.#made.packet, `huisuan-case-${this.#made.id.slice(0, 12)}.json`);
    await this.#answer();
  }
}

/** Links the case to the person for whoever has the key, and for nobody else; without both there is no link. */
async function link(identity, key) {
  if (identity === "" || key === "") return "";
  const encoder = new TextEncoder();
  const secret = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", secret, encoder.encode(identity)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("window-counter", WindowCounter);
const counter = document.querySelector("window-counter");
begin(() => counter.draw());
