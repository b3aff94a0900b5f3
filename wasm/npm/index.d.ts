// The package's own functions. The shapes of households and decisions are generated into `types.d.ts`.

import type {
  Contrast, Decision, Description, Distances, FactError, Household, MealBill, Packet, Schedule, Sweep, TableError, Timeline, Verification,
} from "./types.js";

import type { BrowserProblem } from "./diagnose.js";

export type * from "./types.js";
export { diagnose, type BrowserProblem, type Diagnosis } from "./diagnose.js";

/** Bytes, a response, a URL, or a promise of one of these. Strings are URLs relative to the page. */
export type Source = Loaded | Promise<Loaded>;
type Loaded = Uint8Array | ArrayBuffer | Global<"Response"> | Global<"Blob"> | Global<"URL"> | string;
/** What a project's own types (DOM or Node) say of a global; nothing where they do not know it. */
type Global<Name extends string> = Instance<typeof globalThis, Name>;
type Instance<Scope, Name extends string> = Scope extends { readonly [N in Name]: { prototype: infer Made } } ? Made : never;
/** A compiled module: `WebAssembly.Module`. */
type Module = typeof globalThis extends { readonly WebAssembly: infer Scope } ? Instance<Scope, "Module"> : never;

export interface EngineOptions {
  /** One per area: the files that `huisuan pack` writes. They must share one national layer. */
  packs: Source[];
  /**
   * Ids of the benefits to decide, as `describe()` lists them; by default all. Nothing is asked for the sake of any other, and
   * nothing is said of what another would bar.
   */
  benefits?: string[];
  /** The engine's bytes or compiled module; by default `policy.wasm` beside this package's files. */
  wasm?: Source | Module | Promise<Module>;
}

/**
 * Loads the engine and checks the packs. Nothing is fetched afterwards.
 *
 * Rejects with a {@link HuisuanError}: `packs-missing`, `packs-invalid` (`path` says which pack, as `packs/1`, and `errors` why),
 * `benefits-invalid` (see `errors`), `unavailable`, `wasm-invalid`, `unsupported-value`, `unsupported-browser` or `engine-trap`.
 */
export function createEngine(options: EngineOptions): Promise<Engine>;

export interface EvaluateOptions {
  /** The day to decide for, `YYYY-MM-DD`. The engine has no clock. */
  date: string;
  /** Leave aside notices made public after this day, `YYYY-MM-DD`: what was known when the money was first paid. */
  knownOn?: string;
  /** Every named step with its value and clause. Default `false`. */
  steps?: boolean;
  /** The table cells each decision consulted. Default `false`. */
  cells?: boolean;
  /** Ranges as narrow as they can be, with answers that reach both ends; takes longer. Default `false`. */
  tight?: boolean;
}

/** The day of a question. */
export interface AskOptions {
  /** The day to decide for, `YYYY-MM-DD`. */
  date: string;
  /** Leave aside notices made public after this day. */
  knownOn?: string;
}

export interface SweepOptions extends AskOptions {
  /** The path of an amount, a count or a day of the household, such as `members/0/incomes/0/gross`; or `date`. */
  along: string;
  /** The first value, as the household would have it. */
  from: string | number;
  /** The last value. */
  until: string | number;
}

export interface MealBillOptions {
  /** The day to look at the household, `YYYY-MM-DD`; by default that of its last meal. Each meal is decided for its own day. */
  date?: string;
  /** Leave aside notices made public after this day, `YYYY-MM-DD`. */
  knownOn?: string;
}

export interface MonthSpan {
  /** First month, `YYYY-MM`. */
  from: string;
  /** Last month, `YYYY-MM`; at most 600 months. */
  to: string;
  /** Leave aside notices made public after this day, `YYYY-MM-DD`. */
  knownOn?: string;
}

export interface PacketOptions {
  /** The day to decide for, `YYYY-MM-DD`. */
  date: string;
  /** Last day on which the packet may be taken up, `YYYY-MM-DD`. */
  validUntil: string;
  /** 64 hexadecimal digits that the host has made from the identity number with a key of its own (HMAC). The key stays with the host. */
  link: string;
  /** The benefits applied for; by default `application.benefits` of the household. */
  benefits?: string[];
  /** For whom it is: an area code; by default the area that decides. */
  audience?: string;
}

export interface VerifyOptions {
  /** The day it is, `YYYY-MM-DD`. The engine has no clock. */
  at: string;
  /** Area code of the office that takes the packet up. */
  audience: string;
  /** Ids of the packets already taken up. */
  seen?: string[];
  /** Offices whose signature must be there. Whether it is right is for the host to check. */
  requireSignatures?: ("accepting" | "deciding")[];
  /** `own` (default) insists on the tables the packet was decided with; `current` takes those that are loaded. */
  tables?: "own" | "current";
}

/** What is wrong with an input: all of it at once. */
export interface Mistakes {
  errors: FactError[];
}

export interface Engine {
  /**
   * Decides one household. The same input gives the same answer, and nothing leaves the page.
   *
   * Mistakes in the household come back as `{ errors }`. Throws a {@link HuisuanError} only for what cannot become JSON
   * (`unsupported-value`, `unreadable-value`, `cyclic-value`, `too-deep`, `too-large`), for a missing
   * date (`date-missing`), and if the engine broke off twice (`engine-trap`); the next call works again.
   *
   * @param household plain objects and arrays, of which only own enumerable properties are read, or their JSON text
   */
  evaluate(household: Household | string, options: EvaluateOptions): Decision | Mistakes;

  /**
   * Month by month what is due under each benefit, under which rows, why it begins, changes or stops, and what is paid when:
   * arrears from the month of the application, what a raise that reaches back adds, months that the office may pay.
   *
   * Answers and throws as `evaluate` does.
   */
  schedule(household: Household | string, span: MonthSpan): Schedule | Mistakes;

  /**
   * The days on which something changes by itself, with before, after and why: a birthday, a row that ends, a certificate that
   * lapses. Answers and throws as `evaluate` does.
   */
  timeline(household: Household | string, span: MonthSpan): Timeline | Mistakes;

  /**
   * A case packet: the least facts, no name and no identity number, the dates, areas, hashes of the tables, the outcome and its
   * digests, with places for both offices' signatures. The same case is the same bytes on every machine.
   */
  packet(household: Household | string, options: PacketOptions): Packet | Mistakes;

  /** Takes a packet up: whole, for us, in time, new and signed? And decides it again: identical, or every difference. */
  verify(packet: string, options: VerifyOptions): Verification | Mistakes;
  /**
   * How every answer runs along one fact, or along days: all breakpoints, exact to the fen and the day, each with what
   * causes it. Mistakes come back as `{ errors }`; throws as {@link Engine.evaluate} does.
   */
  sweep(household: Household | string, options: SweepOptions): Sweep | Mistakes;

  /** How far each person is from what they do not get: for each failed condition the nearest value of a fact that would do. */
  distances(household: Household | string, options: AskOptions): Distances | Mistakes;

  /** Why one result differs from another, of two households or two days: the fewest facts that are needed for it. */
  contrast(
    before: AskOptions & { household: Household | string },
    after: AskOptions & { household: Household | string },
  ): Contrast | Mistakes;

  /**
   * What the meals among a household's `bills` cost the people, and who pays the rest: for one meal or a week of them.
   * Mistakes come back and errors are thrown as by {@link Engine.evaluate}, except that a date need not be given: where no meal
   * has one either, the mistake is `missing-field` at `date`.
   */
  mealBill(household: Household | string, options?: MealBillOptions): MealBill | Mistakes;

  /** What the packs cover: areas, benefits, every fact with its kind and choices, documents. */
  describe(): Description;

  /**
   * Replaces all packs, as when a new table comes out while the page is open. Until the promise is kept, questions are
   * answered from the packs before; if it is broken (as for {@link createEngine}), they go on to be.
   */
  usePacks(packs: Source[]): Promise<void>;
}

/** The error this package throws. `code` is stable; `message` is for developers, not for citizens. */
export class HuisuanError extends Error {
  readonly name: "HuisuanError";
  readonly code:
    | "packs-missing"
    | "benefits-invalid"
    | "packs-invalid"
    | "unavailable"
    | "wasm-invalid"
    | "unsupported-browser"
    | "date-missing"
    | "unsupported-value"
    | "unreadable-value"
    | "cyclic-value"
    | "too-deep"
    | "too-large"
    | "engine-trap";
  /** Where in the input, with slashes: `members/0/birthDate`. Empty for the whole. */
  readonly path: string;
  /** Everything wrong with the packs, for `packs-invalid`, or with the benefits, for `benefits-invalid`; what the browser lacks, for `unsupported-browser`. */
  readonly errors: (TableError | FactError | BrowserProblem)[];
}
