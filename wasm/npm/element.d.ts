// `<huisuan-check>`: the questionnaire and its result as one element. Importing this defines it.

import type { EngineOptions } from "./index.js";
import type { FormState } from "./form.js";
import type { Decision, Household } from "./types.js";

/** What `save` gives and `open` takes. */
export interface SavedCheck {
  huisuan: 1;
  date: string;
  household: Household;
  topics: FormState["topics"];
  asked: FormState["asked"];
  trail: FormState["trail"];
}

/**
 * Attributes: `packs` (folder of the packs and of `areas.txt`; `/packs/` by default), `lang` (`zh-CN` or `en`), `date` (today by
 * default, and where it is no day: `huisuan-error` then says `unsupported-value` at `date`), `large`, `contrast`.
 * Colours and sizes are CSS variables `--huisuan-…`; parts are `check`, `strip`, `range`, `question`, `title`, `help`, `person`,
 * `problem`, `button`, `primary`, `result`, `total`, `card` and the outcomes.
 * Events: `huisuan-change` with `{ state, decision }`, `huisuan-error`.
 */
export class HuisuanCheck extends HTMLElement {
  /** What the host page knows already: it is not asked again. Set it before the element is connected, or call `restart`. */
  household: Partial<Household> | null;
  engineOptions: Omit<EngineOptions, "packs">;
  /** Wording by language, instead of what comes with the package. */
  messages: Record<string, Record<string, string>>;
  readonly language: "zh-CN" | "en";
  readonly state: FormState | null;
  readonly decision: Decision | null;
  restart(): Promise<void>;
  /** Leads to the question for a fact, such as `members/0/incomes`; where there is none nothing happens. */
  go(path: string): Promise<void>;
  save(): SavedCheck;
  open(saved: SavedCheck | Household | { date?: string; household: Household }): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "huisuan-check": HuisuanCheck;
  }
}
