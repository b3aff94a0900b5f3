// The questionnaire without a face: plain data in, plain data out. It asks what the engine still needs and knows no policy.

import type { Decision, FactDescription, FactError, Household } from "./types.js";

/** What a person may want to find out. */
export type Family = "social-assistance" | "disability" | "elderly" | "children" | "meals";

/** All there is to know about a questionnaire under way: plain data, to be kept, compared, replayed. */
export interface FormState {
  readonly version: 1;
  readonly date: string;
  /** Code of the place of household registration; `null` until it is chosen. */
  readonly area: string | null;
  /** What to ask for; empty for everything, `null` until it is chosen. */
  readonly topics: readonly Family[] | null;
  /** The facts so far: what `engine.evaluate` takes. */
  readonly household: Household;
  readonly asked: Readonly<Record<string, "answered" | "unknown" | "prefilled">>;
  readonly trail: readonly string[];
  /** The screen asked now; `null` when nothing is. */
  readonly at: string | null;
  /** Whether the person went there, rather than the engine. */
  readonly chosen: boolean;
  readonly needs: Decision["needs"];
  readonly next: string | null;
  /** Codes of what is wrong on this screen, by field; `""` for the screen as a whole. */
  readonly problems: Readonly<Record<string, string>>;
  /** What was written on this screen, while it could not be read or was not sent. */
  readonly draft: Answer;
  /** Nothing that is still open could change an answer for these topics. */
  readonly settled: boolean;
}

/** What one answers on a screen, as it was written: texts of fields, names of choices, `yes` and `no`. */
export type Answer = string | readonly string[] | Readonly<Record<string, string>> | readonly (string | Readonly<Record<string, unknown>>)[] | null;

export type FormEvent =
  | { type: "answer"; value: Answer; /** The same for the other members without an answer. */ others?: boolean }
  | { type: "unknown"; others?: boolean }
  | { type: "decided"; decision: Pick<Decision, "needs" | "next"> }
  /** Leads to the first mistake that a screen asks for; if none does, the state stays the very same. */
  | { type: "refused"; errors: FactError[] }
  | { type: "back" }
  /** Leads to the screen that asks for a path; where there is none, or no such person or row, the state stays the very same. */
  | { type: "go"; path: string }
  | { type: "finish" }
  | { type: "resume"; topics?: Family[] };

export interface FormField {
  /** Its key in an answer of several fields; `""` where there is one. */
  name: string;
  path: string;
  kind: FactDescription["kind"];
  choices?: readonly string[];
  /** It may be answered with `null`: there is such a row, and what it comes to is not known. */
  unsure?: true;
}

export interface Question {
  key: string;
  /** The fact, with `[]` for positions: `members[].incomes`. */
  path: string;
  kind: "place" | "topics" | "members" | "field" | "record" | "list" | "ticks" | "tests" | "absence" | "choice";
  fields: FormField[];
  /** What was answered before, in the form of an answer. */
  value: unknown;
  problems: Readonly<Record<string, string>>;
  /** Position of the member it is about; `null` for the household. */
  member?: number | null;
  /** How many other members could be given the same answer. */
  others?: number;
  /** Of a list: whether there are two of it, so that whoever tells of one is asked for the other. */
  both?: boolean;
  /** Whether “don't know” is an answer. */
  unknown: boolean;
  /** Whether there is a screen to go back to. */
  back: boolean;
}

export interface Form {
  start(options: { date: string; household?: Partial<Household>; topics?: Family[] | null; area?: string | null }): FormState;
  /** The next state. After an `answer` or `unknown` ask the engine and hand in what it says as `decided` or `refused`. */
  step(state: FormState, event: FormEvent): FormState;
  question(state: FormState): Question | null;
  /** Screens answered, and screens that may follow this one: what is known by now, for an answer can open further questions. */
  progress(state: FormState): { answered: number; open: number };
  /** The keys of the screens that could still change an answer, of whatever topic. */
  open(state: FormState): string[];
  /** The screen that asks for a path. */
  keyOf(path: string): string;
}

/** A questionnaire over the facts of `engine.describe()`. */
export function createForm(facts: readonly FactDescription[]): Form;

export const FAMILIES: readonly Family[];
export function familyOf(benefit: string): Family | undefined;
export function concerns(topics: readonly Family[], benefits: readonly string[]): boolean;

/** Either what was written, as the engine takes it, or the code of what is wrong with it. */
export type Parsed<T> = { value: T; problem?: undefined } | { problem: string; value?: undefined };
export function parseAmount(text: string): Parsed<string>;
export function parseDay(text: string, today: string): Parsed<string>;
export function parseCount(text: string): Parsed<number>;
