// The draft as the page knows it: which files are changed, undo and redo, frozen cases, and keeping all of it.

import { ask, changed, setFile } from "./bench.js";
import { erase, keep, load } from "./store.js";

const past = [];
let future = [];
const listeners = new Set();

/** Cases whose result somebody has ticked: records of texts. */
export const cases = [];

/** Called after every change, with what changed: `tables` or `cases`. */
export const onchange = (listener) => listeners.add(listener);

const tell = (what) => { for (const listener of listeners) listener(what); };

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

/** The proposed text of each of these files. */
const texts = async (files) => Promise.all(files.map(async (file) => [file, (await ask("text", file)) ?? null]));

/**
 * Does something to some files as one step that can be undone. `files` are those it may touch; `act` answers whether it
 * did anything.
 */
export function step(files, act) {
  const done = last.then(() => stepNow(files, act));
  last = done.catch(() => {});
  return done;
}

let last = Promise.resolve();

async function stepNow(files, act) {
  const before = await texts(files);
  const result = await act();
  const after = await texts(files);
  const moved = after.filter(([, text], at) => text !== before[at][1]).map(([file]) => file);
  if (moved.length === 0) return result;
  past.push({ before: before.filter(([file]) => moved.includes(file)), after: after.filter(([file]) => moved.includes(file)) });
  future = [];
  await settle(after);
  return result;
}

/** Brings the page's list of changed files in step with the worker's. */
async function settle(files) {
  const names = new Set(await ask("changed"));
  for (const [file, text] of files) {
    if (names.has(file)) changed.set(file, text);
    else changed.delete(file);
  }
  await kept();
  tell("tables");
}

async function turn(from, to, which) {
  const one = from.pop();
  if (!one) return;
  to.push(one);
  for (const [file, text] of one[which]) await setFile(file, text, false);
  await settle(one[which]);
}

export const undo = () => turn(past, future, "before");
export const redo = () => turn(future, past, "after");

export const kept = () => keep({ changed: Object.fromEntries(changed), cases: [...cases] });

export async function addCase(one) {
  cases.push(one);
  await kept();
  tell("cases");
}

export async function removeCase(at) {
  cases.splice(at, 1);
  await kept();
  tell("cases");
}

export async function addCases(more) {
  const known = new Set(cases.map(({ name, household }) => `${name} ${household}`));
  cases.push(...more.filter(({ name, household }) => household && !known.has(`${name} ${household}`)));
  await kept();
  tell("cases");
}

/** What was kept comes back; called before the worker starts. */
export async function restore() {
  const draft = await load().catch(() => undefined);
  if (!draft) return false;
  for (const [file, text] of Object.entries(draft.changed ?? {})) changed.set(file, text);
  cases.push(...(draft.cases ?? []));
  return changed.size > 0 || cases.length > 0;
}

/** Forgets everything, here and on the disk. */
export async function forget() {
  changed.clear();
  cases.length = 0;
  past.length = 0;
  future = [];
  await ask("reset");
  await erase();
  tell("tables");
}
