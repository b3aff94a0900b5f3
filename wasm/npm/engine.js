// Loads the engine, hands text in and plain objects out, and replaces an instance that broke.

import { diagnose } from "./diagnose.js";
import { HuisuanError } from "./error.js";
import { glue } from "./glue.js";
import { toText } from "./text.js";

// `beside` is where the engine's bytes lie, `open` how this host reads a URL.
export async function create(options, beside, open) {
  const { ok, problems } = diagnose();
  if (!ok) throw new HuisuanError("unsupported-browser", "this browser cannot run the engine", { errors: problems });
  const only = names(own(options, "benefits"));
  // Together, so that whichever fails is heard.
  const [packs, module] = await Promise.all([allBytes(own(options, "packs"), open), compiled(own(options, "wasm") ?? beside, open)]);
  return new Engine(module, open, packs, only, await instantiated(module, packs, only));
}

class Engine {
  #module;
  #open;
  #packs;
  #only;
  #live;

  constructor(module, open, packs, only, live) {
    this.#module = module;
    this.#open = open;
    this.#packs = packs;
    this.#only = only;
    this.#live = live;
  }

  // A second instance is made with the new packs; only when it stands does it take the place of the first.
  async usePacks(sources) {
    const packs = await allBytes(sources, this.#open);
    const live = await instantiated(this.#module, packs, this.#only);
    this.#live?.free();
    this.#packs = packs;
    this.#live = live;
  }

  evaluate(household, options) {
    const { text, date, knownOn } = asked(household, options);
    const [steps, cells, tight] = ["steps", "cells", "tight"].map((name) => own(options, name) === true);
    return this.#ask((live) => live.evaluate(text, date, knownOn, steps, cells, tight));
  }

  sweep(household, options) {
    const { text, date, knownOn } = asked(household, options);
    const [path, from, until] = ["along", "from", "until"].map((name) => plainText(own(options, name), name));
    return this.#ask((live) => live.sweep(text, date, knownOn, path, from, until));
  }

  distances(household, options) {
    const { text, date, knownOn } = asked(household, options);
    return this.#ask((live) => live.distances(text, date, knownOn));
  }

  contrast(before, after) {
    const [first, second] = [before, after].map((one) => asked(own(one, "household"), one));
    return this.#ask((live) => live.contrast(first.text, first.date, first.knownOn, second.text, second.date, second.knownOn));
  }

  schedule(household, span) {
    return this.#overTime("schedule", household, span);
  }

  timeline(household, span) {
    return this.#overTime("timeline", household, span);
  }

  // A household over a span of months.
  #overTime(reading, household, span) {
    const [from, to, knownOn] = ["from", "to", "knownOn"].map((name) => own(span, name));
    if (!isDay(from) || !isDay(to)) {
      throw new HuisuanError("date-missing", "pass the months as `{ from: \"YYYY-MM\", to: \"YYYY-MM\" }`", { path: isDay(from) ? "to" : "from" });
    }
    if (knownOn !== undefined && !isDay(knownOn)) throw new HuisuanError("unsupported-value", "a day is text: \"YYYY-MM-DD\"", { path: "knownOn" });
    const text = toText(household);
    return this.#ask((live) => live[reading](text, from, to, knownOn));
  }

  packet(household, ask) {
    const [text, options] = [toText(household), toText(ask)];
    return this.#ask((live) => live.packet(text, options));
  }

  verify(packet, ask) {
    if (typeof packet !== "string") throw new HuisuanError("unsupported-value", "a packet is text", { path: "packet" });
    const [text, options] = [toText(packet), toText(ask)];
    return this.#ask((live) => live.verify(text, options));
  }

  mealBill(household, options) {
    const [date, knownOn] = ["date", "knownOn"].map((name) => own(options, name));
    const wrong = [["date", date], ["knownOn", knownOn]].find(([, day]) => day !== undefined && !isDay(day));
    if (wrong) throw new HuisuanError("unsupported-value", "a day is text: \"YYYY-MM-DD\"", { path: wrong[0] });
    const text = toText(household);
    const answer = this.#ask((live) => live.mealBill(text, date, knownOn));
    // No day was told, and none of the meals has one.
    for (const error of answer.errors ?? []) if (date === undefined && error.path === "date") error.code = "missing-field";
    return answer;
  }

  describe() {
    return this.#ask((live) => live.describe());
  }

  // The engine answers every question, so whatever comes out as an exception is a broken instance: it is never used again.
  #ask(question) {
    let trap;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        this.#live ??= this.#revived();
        return question(this.#live);
      } catch (cause) {
        trap = cause;
        // Without this the garbage collector would call into the broken instance later.
        this.#live?.__destroy_into_raw();
        this.#live = undefined;
      }
    }
    this.#reviveLater();
    throw broken(trap);
  }

  // Chromium before 2023 makes no instance at once on a page's own thread: there the engine is back a moment later.
  #reviveLater() {
    instantiated(this.#module, this.#packs, this.#only).then((live) => (this.#live ??= live)).catch(() => {});
  }

  #revived() {
    const { imports, start } = glue();
    return begun(start(new WebAssembly.Instance(this.#module, imports)), this.#packs, this.#only);
  }
}

const broken = (cause) => new HuisuanError("engine-trap", "the engine broke off twice on this question", { cause });

async function instantiated(module, packs, only) {
  const { imports, start } = glue();
  const instance = await WebAssembly.instantiate(module, imports);
  try {
    return begun(start(instance), packs, only);
  } catch (cause) {
    throw cause instanceof HuisuanError ? cause : broken(cause);
  }
}

// The first look at the packs, and at the benefits asked about: everything wrong with them at once.
function begun(WasmEngine, packs, only) {
  const read = (count) => new WasmEngine(packs.slice(0, count));
  const all = checked(() => read(packs.length), "packs-invalid", "the packs cannot be used", () => `packs/${firstRefused(read, packs.length)}`);
  return only.length === 0 ? all : checked(() => all.only(only), "benefits-invalid", "there are no such benefits", () => "benefits");
}

function checked(make, code, message, pathOf) {
  try {
    return make();
  } catch (cause) {
    throw Array.isArray(cause?.errors) ? new HuisuanError(code, message, { path: pathOf(), errors: cause.errors }) : cause;
  }
}

// Which pack it is: the first that cannot be read, or that does not go with those before it.
function firstRefused(read, refused, good = 0) {
  const middle = (good + refused) >> 1;
  if (middle === good) return good;
  try {
    read(middle).free();
  } catch {
    return firstRefused(read, middle, good);
  }
  return firstRefused(read, refused, middle);
}

async function compiled(source, open) {
  const wasm = await loaded(() => source, "wasm");
  if (wasm instanceof WebAssembly.Module) return wasm;
  const bytes = await bytesOf(wasm, "wasm", open);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new HuisuanError("wasm-invalid", "this is not the engine", { path: "wasm", cause });
  }
}

async function loaded(read, path) {
  try {
    return await read();
  } catch (cause) {
    throw new HuisuanError("unavailable", "could not be loaded", { path, cause });
  }
}

// A copy of its own, so that later changes by the page do not reach a revived engine.
async function bytesOf(source, path, open) {
  const found = await loaded(async () => {
    let given = await source;
    // A worker has no document, but a place of its own.
    if (typeof given === "string") given = new URL(given, globalThis.document?.baseURI ?? globalThis.location?.href);
    if (given instanceof URL) given = await open(given);
    return typeof given?.arrayBuffer === "function" && given.ok !== false ? given.arrayBuffer() : given;
  }, path);
  if (found?.ok === false) throw new HuisuanError("unavailable", `could not be loaded: HTTP ${found.status}`, { path });
  if (ArrayBuffer.isView(found)) return new Uint8Array(found.buffer, found.byteOffset, found.byteLength).slice();
  if (Object.prototype.toString.call(found) === "[object ArrayBuffer]") return new Uint8Array(found).slice();
  throw new HuisuanError("unsupported-value", "expected bytes, a response or a URL", { path });
}

async function allBytes(packs, open) {
  if (Array.isArray(packs) && packs.length > 0) return Promise.all(packs.map((pack, index) => bytesOf(pack, `packs/${index}`, open)));
  throw new HuisuanError("packs-missing", "pass at least one pack as `{ packs: [...] }`", { path: "packs" });
}

// What every question begins with: the household as text, and the days.
function asked(household, options) {
  const date = own(options, "date");
  if (!isDay(date)) throw new HuisuanError("date-missing", "pass the day to decide for as `{ date: \"YYYY-MM-DD\" }`", { path: "date" });
  const knownOn = own(options, "knownOn");
  if (knownOn !== undefined && !isDay(knownOn)) throw new HuisuanError("unsupported-value", "a day is text: \"YYYY-MM-DD\"", { path: "knownOn" });
  return { text: toText(household), date, knownOn };
}

// The benefits asked about; none for all.
function names(benefits) {
  if (benefits === undefined) return [];
  if (Array.isArray(benefits) && benefits.every((id) => typeof id === "string")) return benefits.map(String);
  throw new HuisuanError("unsupported-value", "expected ids of benefits", { path: "benefits" });
}

function plainText(value, path) {
  if (typeof value === "string" || Number.isSafeInteger(value)) return String(value);
  throw new HuisuanError("unsupported-value", "expected text, or a whole number for a count", { path });
}

// Whether it is a day the engine can read is for the engine to say.
function isDay(text) {
  return typeof text === "string" && text.length <= 32;
}

// Options are read like households: a polluted prototype sets none of them.
function own(options, name) {
  return options !== null && typeof options === "object" && Object.hasOwn(options, name) ? options[name] : undefined;
}
