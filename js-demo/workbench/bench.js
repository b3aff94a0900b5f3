// The page's side of the worker: calls as promises, long ones with progress and a way to stop, and a new worker with the
// same draft where one breaks.

import { catalogueTexts } from "./words.js";

let worker;
let lastId = 0;
let ready;
let tables;
const waiting = new Map();

/** What has been changed, by file: kept here so that a new worker can go on. */
export const changed = new Map();

/** Starts a worker, or a new one in another language. */
export function start() {
  worker?.terminate();
  for (const { reject } of waiting.values()) reject(new Error("restarted"));
  waiting.clear();
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = (event) => { event.preventDefault(); broken(event.message); };
  ready = (async () => {
    tables ??= await (await fetch("/workbench-data/tables.json")).text();
    await post("start", [{ tables, catalogues: catalogueTexts(), changed: Object.fromEntries(changed) }]);
  })();
  return ready;
}

function heard({ id, answer, progress, problem, isFatal }) {
  const call = waiting.get(id);
  if (!call) return;
  if (progress) return call.onprogress?.(progress);
  waiting.delete(id);
  if (problem === undefined) return call.resolve(answer);
  call.reject(new Error(problem));
  if (isFatal) broken(problem);
}

/** The worker is done for; what it was asked fails, and what comes next finds a new one. */
function broken(problem) {
  for (const { reject } of waiting.values()) reject(new Error(problem));
  waiting.clear();
  start();
}

function post(method, args, onprogress) {
  lastId += 1;
  const id = lastId;
  const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject, onprogress }));
  worker.postMessage({ id, method, args });
  return Object.assign(answer, { id });
}

/** Asks the worker. */
export async function ask(method, ...args) {
  await ready;
  return post(method, args);
}

/** Something long: `{ answer, stop }`. */
export function begin(method, arg, onprogress) {
  let id;
  const answer = (async () => {
    await ready;
    const call = post(method, [arg], onprogress);
    id = call.id;
    return call;
  })();
  return { answer, stop: () => worker.postMessage({ stop: id }) };
}

/** Takes the text of a file as proposed, or takes it back. */
export async function setFile(file, text, isBase) {
  if (isBase) changed.delete(file);
  else changed.set(file, text);
  await ask("set", file, text ?? undefined);
}
