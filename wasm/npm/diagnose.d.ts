/** What a browser lacks; each code has its wording, with what to do, in the message catalogues under `diagnose.<code>`. */
export interface BrowserProblem {
  /** Stable. */
  code:
    | "no-webassembly"
    | "webassembly-forbidden"
    | "webassembly-too-old"
    | "browser-too-old"
    | "no-custom-elements"
    | "no-fetch";
  /** Whether the engine cannot run at all because of it. */
  stops: boolean;
}

export interface Diagnosis {
  /** Whether the engine can run here. */
  ok: boolean;
  problems: BrowserProblem[];
}

/** Tells what this browser lacks, without loading anything. Runs in browsers far older than the engine needs. */
export function diagnose(): Diagnosis;
