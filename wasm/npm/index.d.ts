// The package's own functions. The shapes of households and decisions are generated into `types.d.ts`.

import type { Decision, Description, FactError, Household, TableError } from "./types.js";

import type { BrowserProblem } from "./diagnose.js";

export type * from "./types.js";
export { diagnose, type BrowserProblem, type Diagnosis } from "./diagnose.js";

/** Bytes, a response, a URL, or a promise of one of these. Strings are URLs relative to the page. */
export type Source = Loaded | Promise<Loaded>;
type Loaded = Uint8Array | ArrayBuffer | Response | Blob | URL | string;

export interface EngineOptions {
  /** One per area: the files that `huisuan pack` writes. They must share one national layer. */
  packs: Source[];
  /** The engine's bytes or compiled module; by default `policy.wasm` beside this package's files. */
  wasm?: Source | WebAssembly.Module | Promise<WebAssembly.Module>;
}

/**
 * Loads the engine and checks the packs. Nothing is fetched afterwards.
 *
 * Rejects with a {@link HuisuanError}: `packs-missing`, `packs-invalid` (see `errors`), `unavailable`, `wasm-invalid`,
 * `unsupported-value`, `unsupported-browser` or `engine-trap`.
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
  /** Everything wrong with the packs, for `packs-invalid`; what the browser lacks, for `unsupported-browser`. */
  readonly errors: (TableError | BrowserProblem)[];
}
