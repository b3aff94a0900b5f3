// `<huisuan-check>`: the questionnaire and its result as one element, for any page, without a frame around it.
//
// Attributes: `packs` (folder of the packs and `areas.txt`, default `/packs/`), `lang` (`zh-CN` or `en`), `date` (the day to
// decide for; today's by default, and where it is no day), `large` (长辈版), `contrast` (high contrast). Properties:
// `household` to start from, `engineOptions` for `createEngine`, `messages` to bring one's own wording. It fetches the packs of
// the place chosen and nothing afterwards, stores nothing, and tells its page by `huisuan-change` events.

import { createEngine, HuisuanError } from "../index.js";
import { concerns, createForm, parseDay } from "../form/index.js";
import { areasIn, readAreas } from "./areas.js";
import { h } from "./dom.js";
import { drawResult, standings } from "./result.js";
import { drawScreen } from "./screen.js";
import { canSpeak, speak } from "./speech.js";
import style from "./style.css";
import { Words } from "./words.js";

/** Benefits of which it is said at a glance where they stand; the others are behind a fold. */
const IN_SIGHT = 3;

export class HuisuanCheck extends HTMLElement {
  static observedAttributes = ["lang", "large", "contrast", "date"];

  /** A household to start from: what the host page knows already is not asked. */
  household = null;
  /** Options for the engine besides the packs, such as its bytes. */
  engineOptions = {};
  /** Wording by language, or by default what comes with the package. */
  messages = {};

  #root = this.attachShadow({ mode: "open" });
  #state = null;
  #decision = null;
  #form = null;
  #engine = null;
  #loaded = "";
  #words = null;
  #areas = new Map();
  #listing = null;
  #turn = 0;
  #touched = false;
  #seen = new Map();
  /** The question for which the others are ticked, too. */
  #forAll = null;
  #fewest = Infinity;

  async connectedCallback() {
    // What was opened before the element had its place on the page, or was there before it was moved, is what it shows.
    if (this.#turn === 0) await this.restart();
  }

  #dress() {
    if (this.#root.childElementCount > 0) return;
    dress(this.#root);
    // What is read out when it changes must stay where it is; the rest is drawn anew each time.
    this.#root.append(h("div", { class: "check", part: "check" }), h("p", { class: "sr", role: "status" }));
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#state || before === now) return;
    if (name === "lang") this.#speakAs(this.language).then(() => this.#redraw(), (trouble) => this.#fail(trouble));
    else if (name === "date") this.#send({ type: "date" });
  }

  /** Starts afresh, from `household` if there is one. */
  async restart() {
    const turn = (this.#turn += 1);
    this.#dress();
    try {
      // The first question needs no list of places until somebody types.
      const listed = this.#listed();
      listed.catch((trouble) => this.#fail(trouble));
      await this.#speakAs(this.language);
      // The language may have been set meanwhile, or a saved file opened.
      if (this.#words.language !== this.language) await this.#speakAs(this.language);
      if (turn === this.#turn) await this.#begin({ household: this.household ?? undefined });
    } catch (trouble) {
      this.#fail(trouble);
    }
  }

  /** What has been answered, to be kept by whoever wants to. */
  save() {
    const { date, household, topics, asked, trail } = this.#state;
    return { huisuan: 1, date, household, topics, asked, trail };
  }

  /** Goes on from what `save` gave, or from a household. */
  async open(saved) {
    const { household = saved, date, topics = [], asked = {}, trail = [] } = saved ?? {};
    const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
    if (!isRecord(household) || !Array.isArray(household.members) || !household.members.every(isRecord)) {
      throw new HuisuanError("unsupported-value", "this is not a household", { path: "members" });
    }
    const turn = (this.#turn += 1);
    this.#dress();
    if (!this.#words) await this.#speakAs(this.language);
    if (turn !== this.#turn) return;
    // What is begun anew needs no second answer for the new day.
    this.#state = null;
    if (date) this.setAttribute("date", date);
    await this.#begin({ household, topics }, { asked, trail });
  }

  /** Leads to the question for a fact. */
  go(path) {
    return this.#send({ type: "go", path });
  }

  get language() {
    return this.getAttribute("lang") === "en" ? "en" : "zh-CN";
  }

  get state() {
    return this.#state;
  }

  get decision() {
    return this.#decision;
  }

  get words() {
    return this.#words;
  }

  async #begin(options, more = {}) {
    const turn = (this.#turn += 1);
    this.#engine = null;
    this.#loaded = "";
    this.#decision = null;
    this.#form = createForm([]);
    this.#fewest = Infinity;
    const started = this.#form.start({ date: this.#day(), ...options });
    this.#state = { ...started, asked: { ...started.asked, ...more.asked }, trail: more.trail ?? [] };
    await this.#settle(this.#touched, turn);
  }

  async #send(event) {
    const { at } = this.#state;
    const next = event.type === "date" ? { ...this.#unsent(), date: this.#day() } : this.#form.step(this.#state, event);
    // What leads nowhere disturbs nobody.
    if (next === this.#state) return;
    const turn = (this.#turn += 1);
    this.#touched = true;
    this.#state = next;
    if (event.type !== "date") this.#forAll = event.others ? at : null;
    // More is asked for, by the person's own wish.
    if (["members", "topics", null].includes(at)) this.#fewest = Infinity;
    if (["answer", "unknown", "date"].includes(event.type) && Object.keys(this.#state.problems).length === 0) await this.#settle(true, turn);
    else this.#draw(true);
  }

  // Asks the engine, once the place is known: its packs are fetched here and nothing is afterwards.
  async #settle(moved, turn = this.#turn) {
    if (this.#state.area !== null) {
      try {
        await this.#load();
      } catch (trouble) {
        // What has gone on without it is not told of it.
        return turn === this.#turn ? this.#fail(trouble) : undefined;
      }
      // Meanwhile the person may have gone on, or the page may have begun anew.
      if (turn !== this.#turn || !this.#engine) return;
      const answer = this.#engine.evaluate(this.#state.household, { date: this.#state.date, steps: true });
      if (answer.errors) {
        const before = this.#state;
        this.#state = this.#form.step(before, { type: "refused", errors: answer.errors });
        if (this.#state === before) {
          const { path } = answer.errors[0];
          return this.#fail(new HuisuanError("unsupported-value", "no question asks for what is wrong", { path, errors: answer.errors }));
        }
      } else {
        this.#decision = answer;
        this.#state = this.#form.step(this.#state, { type: "decided", decision: answer });
      }
    }
    this.#draw(moved);
    this.dispatchEvent(new CustomEvent("huisuan-change", { bubbles: true, composed: true, detail: { state: this.#state, decision: this.#decision } }));
  }

  async #load() {
    await this.#listed();
    const files = [...new Set([this.#state.area, ...areasIn(this.#state.household)].map((code) => this.#fileOf(code)).filter(Boolean))].sort();
    const wanted = files.join(" ");
    if (wanted === this.#loaded) return;
    const packs = await Promise.all(files.map((file) => this.#fetched(file)));
    const before = this.#engine;
    if (before) await before.usePacks(packs);
    const engine = before ?? (await createEngine({ ...this.engineOptions, packs }));
    this.#engine = engine;
    this.#form = createForm(engine.describe().facts);
    this.#loaded = wanted;
  }

  #fileOf(code) {
    return this.#areas.get(code)?.file ?? this.#areas.get(`${code.slice(0, 4)}00`)?.file ?? this.#areas.get(`${code.slice(0, 2)}0000`)?.file;
  }

  #fetched(file) {
    if (!this.#seen.has(file)) this.#seen.set(file, load(new URL(file, this.#folder)).then((answer) => answer.arrayBuffer()));
    return this.#seen.get(file).catch((trouble) => {
      this.#seen.delete(file);
      throw trouble;
    });
  }

  get #folder() {
    const folder = new URL(this.getAttribute("packs") ?? "/packs/", document.baseURI);
    if (!folder.pathname.endsWith("/")) folder.pathname += "/";
    return folder;
  }

  /** The day to decide for. Where the attribute is no day the page is told, and nobody is kept waiting for it. */
  #day() {
    const { value, problem } = parseDay(this.getAttribute("date") || today(), today());
    if (problem) this.#tell(new HuisuanError("unsupported-value", `the attribute \`date\` is no day: ${problem}`, { path: "date" }));
    return value ?? today();
  }

  /** The places, once; after a failure they may be asked for again. */
  #listed() {
    this.#listing ??= load(new URL("areas.txt", this.#folder)).then((answer) => answer.text()).then((text) => {
      for (const [code, area] of readAreas(text)) this.#areas.set(code, area);
    });
    return this.#listing.catch((trouble) => {
      this.#listing = null;
      throw trouble;
    });
  }

  async #speakAs(language) {
    this.messages[language] ??= await (await load(wordingOf(language))).json();
    this.#words = new Words(language, this.messages[language]);
  }

  /** The state with what is on the screen and was not sent. */
  #unsent() {
    const form = this.#root.querySelector("form");
    if (form?.dataset.question !== this.#state.at) return this.#state;
    const { draft, forAll } = form.unsent();
    this.#forAll = forAll ? this.#state.at : null;
    return { ...this.#state, draft };
  }

  #redraw() {
    this.#state = this.#unsent();
    this.#draw(false);
  }

  #draw(moved) {
    const holder = this.#root.querySelector(".check");
    const asked = this.#form.question(this.#state);
    // What could not be decided is on the screen already.
    if (!asked && !this.#decision) return;
    const question = asked && { ...asked, forAll: this.#forAll === asked.key };
    const context = this.#context();
    const { words } = context;
    holder.lang = words.language;
    holder.replaceChildren(...[
      this.#strip(question, context), question ? drawScreen(question, context) : drawResult(this.#decision, context), question && this.#trail(context),
    ].filter(Boolean));
    const said = this.#decision ? inSight(standings(this.#decision, context), words).map(([, text]) => text) : [];
    this.#root.querySelector("[role=status].sr").textContent = question ? said.join(words.t("statement.comma")) : words.t("ui.result");
    holder.dataset.ready = "true";
    // To what has to be mended, or else to the new question, which is then read out.
    if (moved && this.#touched) (this.#root.querySelector("[aria-invalid=true]") ?? this.#root.querySelector(".title"))?.focus();
  }

  #context() {
    const { household } = this.#state;
    const { members } = household;
    const words = this.#words;
    const documents = this.#engine?.describe().documents ?? {};
    return {
      words, household, members, documents, open: this.#form.open(this.#state), listed: this.#listing, inQuestion: (benefit) => concerns(this.#state.topics ?? [], [benefit]), areas: this.#areas, send: (event) => this.#send(event), keyOf: this.#form.keyOf,
      cited: [...new Set((this.#decision?.benefits ?? []).flatMap(({ reasons }) => reasons.map(({ clause }) => clause?.document)).filter(Boolean))],
      timeline: this.#engine?.timeline && ((date) => this.#engine.timeline(household, { from: date.slice(0, 7), to: `${Number(date.slice(0, 4)) + 1}${date.slice(4, 7)}` }).changes),
      aloud: canSpeak() && ((text) => speak(text, words.language)),
      areaName: (code) => this.#areas.get(code)?.name ?? (code === "000000" ? words.t("ui.nation") : code ?? ""),
      who: ({ member, bill }) => {
        const name = member == null ? words.t("ui.whole-household") : words.person(members, members.findIndex(({ id }) => id === member));
        const meal = bill && household.bills?.[Number(/\d+/.exec(bill)?.[0])];
        return meal?.date && meal.meal ? `${name} · ${words.t("ui.meal-of", { date: meal.date, meal: words.choice("bills[].meal", meal.meal) })}` : name;
      },
    };
  }

  // What comes out so far is always in sight, and read out when it changes.
  #strip(question, context) {
    const { trail, at } = this.#state;
    const number = trail.includes(at) ? trail.indexOf(at) + 1 : trail.length + 1;
    const { open } = this.#form.progress(this.#state);
    // An answer may open further questions: a number that grows says nothing, so it waits until it is the smallest so far.
    const isNews = open > 0 && open <= this.#fewest;
    this.#fewest = Math.min(open, this.#fewest);
    const words = this.#words;
    const lines = this.#decision ? standings(this.#decision, context) : [];
    const line = ([outcome, text]) => h("li", { "data-standing": outcome }, text);
    const shown = inSight(lines, words);
    const behind = lines.filter((one) => !shown.includes(one));
    return question && h("div", { class: "strip", part: "strip" },
      h("div", { class: "range", part: "range" },
        lines.length === 0 ? words.t("ui.lead.short") : h("ul", {}, shown.map(line)),
        behind.length > 0 && h("details", {}, h("summary", {}, words.t("ui.more-benefits", { count: behind.length })), h("ul", {}, behind.map(line)))),
      h("p", { class: "progress" }, words.t(isNews ? "ui.progress" : "ui.progress.start", { number, open })),
      this.#decision && h("button", { type: "button", class: "quiet", part: "button", "data-finish": true, onclick: () => this.#send({ type: "finish" }) }, words.t("ui.see-result")));
  }

  // Every answer can be changed at any time.
  #trail({ words, members }) {
    const { trail, at } = this.#state;
    const done = trail.filter((key) => key !== at);
    const nameOf = (key) => {
      if (["place", "topics", "members"].includes(key)) return words.t(`ui.ask.${key}`);
      const [, index] = /^members\/(\d+)\//.exec(key) ?? [];
      const asked = key.endsWith("/absence") ? words.t("ui.ask.absence") : words.question(key);
      return `${index !== undefined && members.length > 1 ? words.t("ui.about-person", { who: words.person(members, Number(index)) }) : ""}${asked}`;
    };
    return done.length > 0 && h("details", { class: "trail" }, h("summary", {}, words.t("ui.change-answers", { count: done.length })),
      h("ul", {}, done.map((key) => h("li", {}, h("button", { type: "button", class: "need", part: "button", "data-go": key, onclick: () => this.#send({ type: "go", path: key }) }, nameOf(key))))));
  }

  // Whatever happens, the page stays usable and says what can be done.
  #fail(trouble) {
    const words = this.#words;
    const { code, errors = [] } = trouble ?? {};
    const said = { "unsupported-browser": (error) => words.t(`diagnose.${error.code}`), "unsupported-value": words?.error.bind(words) }[code];
    const sentences = words ? (said && errors.length > 0 ? errors.map(said) : [words.t("error.engine-failed")]) : ["没能打开，请刷新页面再试。 Could not be loaded; please reload the page."];
    const again = h("button", { type: "button", part: "button", onclick: () => (this.#state ? this.#settle(true) : this.restart()) }, words ? words.t("ui.try-again") : "↻");
    this.#root.querySelector(".check").replaceChildren(h("div", { class: "notice problem", role: "alert", "data-failed": code ?? "unknown" }, sentences.map((text) => h("p", {}, text)), again));
    this.#tell(trouble);
  }

  #tell(trouble) {
    this.dispatchEvent(new CustomEvent("huisuan-error", { bubbles: true, composed: true, detail: trouble }));
  }
}

/** What is said at a glance: what has been found; where nothing has and something is open, just that. */
function inSight(lines, words) {
  const news = lines.filter(([, , isNews]) => isNews);
  if (news.length === 0 && lines.some(([outcome]) => outcome === "undetermined")) return [["undetermined", words.t("ui.range.open")]];
  return (news.length > 0 ? news : lines).slice(0, IN_SIGHT);
}

/** Wording that lies beside this file; each address is written out so that bundlers find it. */
function wordingOf(language) {
  return language === "en" ? new URL("./messages/en.json", import.meta.url) : new URL("./messages/zh-CN.json", import.meta.url);
}

async function load(address) {
  const answer = await fetch(address).catch((cause) => {
    throw new HuisuanError("unavailable", "could not be loaded", { path: String(address), cause });
  });
  if (!answer.ok) throw new HuisuanError("unavailable", `could not be loaded: HTTP ${answer.status}`, { path: String(address) });
  return answer;
}

function dress(root) {
  if ("adoptedStyleSheets" in root && typeof CSSStyleSheet.prototype.replaceSync === "function") {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } else root.append(h("style", {}, style));
}

/** Today on this device; the engine itself has no clock. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

if (!customElements.get("huisuan-check")) customElements.define("huisuan-check", HuisuanCheck);
