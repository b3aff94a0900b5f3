// All the work that takes time, off the page: the module is loaded here, and only here.

import init, { Workbench } from "/workbench-data/workbench.js";

let bench;

/** Methods whose answer is JSON text; others answer as they are. */
const JSON_ANSWERS = new Set(["list", "sheet", "write", "check", "edits", "read", "households", "compare", "concerned", "joined", "decide", "cases", "curve"]);

const methods = {
  async start({ tables, catalogues, changed }) {
    await init({ module_or_path: "/workbench-data/workbench_bg.wasm" });
    bench = new Workbench(tables, catalogues);
    for (const [file, text] of Object.entries(changed)) bench.set(file, text ?? undefined);
  },

  /** Compares some lines, of which the first has this number. */
  compareLines({ lines, first, day }) {
    const found = lines.map((line, at) => bench.line(first + at, line, day)).filter(Boolean);
    return { found: found.map((text) => JSON.parse(text)), tally: bench.tally() };
  },
};

self.onmessage = async ({ data: { id, method, args } }) => {
  try {
    const own = methods[method];
    const answer = own ? await own(args[0]) : bench[method](...args);
    self.postMessage({ id, answer: JSON_ANSWERS.has(method) ? JSON.parse(answer) : answer });
  } catch (problem) {
    // A trap leaves the module unsound: the page makes a new worker.
    self.postMessage({ id, problem: String(problem?.message ?? problem), isFatal: problem instanceof WebAssembly.RuntimeError });
  }
};
