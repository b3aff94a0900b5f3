// The page's side of the workers: calls as promises, long work shared among several and stopped between two parts, and a new
// worker with the same draft where one breaks.

import { catalogueTexts } from "./words.js";

/** Households in one part of a comparison: small enough to stop and to show how far it is. */
const PART = 50;
/** Workers that compare, the page's own among them: each has all tables in its memory. */
const MOST_WORKERS = 4;

let own;
let ready;
let tables;

/** What has been changed, by file: kept here so that a new worker can go on. */
export const changed = new Map();

/** A worker and what it has been asked. One that broke answers nothing any more, and `onbroken` is told. */
function hire(onbroken = () => {}) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  const waiting = new Map();
  let lastId = 0;
  function dismiss(problem) {
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new Error(problem));
    waiting.clear();
  }
  function broken(problem) {
    dismiss(problem);
    onbroken();
  }
  worker.onmessage = ({ data: { id, answer, problem, isFatal } }) => {
    const call = waiting.get(id);
    if (!call) return;
    waiting.delete(id);
    if (problem === undefined) return call.resolve(answer);
    call.reject(new Error(problem));
    if (isFatal) broken(problem);
  };
  worker.onerror = (event) => { event.preventDefault(); broken(event.message); };
  const call = (method, ...args) => new Promise((resolve, reject) => {
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    worker.postMessage({ id: lastId, method, args });
  });
  const begin = async () => {
    tables ??= await (await fetch("/workbench-data/tables.json")).text();
    await call("start", { tables, catalogues: catalogueTexts(), changed: Object.fromEntries(changed) });
  };
  return { call, dismiss, ready: begin() };
}

/** Starts the page's own worker, or a new one in another language. */
export function start() {
  own?.dismiss("restarted");
  own = hire(start);
  ready = own.ready;
  return ready;
}

/** Asks the page's own worker. */
export async function ask(method, ...args) {
  await ready;
  return own.call(method, ...args);
}

/**
 * Compares line after line with as many workers as the machine has processors, after the page's own has begun a comparison:
 * `{ answer, stop }`. Whatever each finds, in the order of the lines, and everything counted together.
 */
export function compareLines({ lines, day, carried }, onprogress) {
  const begun = performance.now();
  const parts = [];
  for (let first = 0; first < lines.length; first += PART) parts.push({ first: first + 1, lines: lines.slice(first, first + PART), day });
  const waiting = parts.map((_, at) => at);
  const results = [];
  let [isStopped, done] = [false, 0];
  async function work({ call }) {
    while (waiting.length > 0 && !isStopped) {
      const at = waiting.shift();
      try {
        results[at] = await call("compareLines", parts[at]);
      } catch (problem) {
        waiting.unshift(at);
        throw problem;
      }
      done += parts[at].lines.length;
      onprogress({ done, of: lines.length });
    }
  }
  async function help() {
    const helper = hire();
    try {
      await helper.ready;
      await helper.call("compare", carried);
      await work(helper);
    } catch (problem) {
      // What it was doing waits again, and the page's own worker does it.
      console.warn(problem);
    } finally {
      helper.dismiss("done");
    }
  }
  async function answer() {
    await ready;
    const helpers = Array.from({ length: Math.min(navigator.hardwareConcurrency ?? 1, MOST_WORKERS, parts.length) - 1 }, help);
    // Without the page's own worker there is no answer, and nothing more to help with.
    await work(own).catch((problem) => { isStopped = true; throw problem; });
    await Promise.all(helpers);
    // A helper that broke at the very end has left something.
    await work(own);
    const found = results.flatMap((one) => one.found);
    const tally = await own.call("joined", results.map((one) => one.tally));
    return { found, tally, stopped: isStopped && done < lines.length ? done : null, seconds: (performance.now() - begun) / 1000 };
  }
  return { answer: answer(), stop: () => { isStopped = true; } };
}

/** Takes the text of a file as proposed, or takes it back. */
export async function setFile(file, text, isBase) {
  if (isBase) changed.delete(file);
  else changed.set(file, text);
  await ask("set", file, text ?? undefined);
}
