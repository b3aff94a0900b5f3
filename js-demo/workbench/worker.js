// All the work that takes time, off the page: the module is loaded here, and only here.

import init, { Workbench } from "/workbench-data/workbench.js";

/** Between two looks at whether to stop, in milliseconds. */
const BREATH = 60;

let bench;
let stopped = 0;

/** Methods whose answer is JSON text; others answer as they are. */
const JSON_ANSWERS = new Set(["list", "sheet", "write", "check", "edits", "read", "households", "compare", "concerned", "tally", "decide", "cases", "curve"]);

const methods = {
  async start({ tables, catalogues, changed }) {
    await init({ module_or_path: "/workbench-data/workbench_bg.wasm" });
    bench = new Workbench(tables, catalogues);
    for (const [file, text] of Object.entries(changed)) bench.set(file, text ?? undefined);
  },

  /** Compares line after line; tells how far it is, and stops when it is told to. */
  async run({ lines, day }, tell, job) {
    const begun = performance.now();
    const found = [];
    let last = performance.now();
    for (let at = 0; at < lines.length; at += 1) {
      const one = bench.line(at + 1, lines[at], day);
      if (one) found.push(JSON.parse(one));
      if (performance.now() - last > BREATH) {
        tell({ done: at + 1, of: lines.length });
        await breath();
        last = performance.now();
        if (stopped >= job) return { stopped: at + 1, found, tally: JSON.parse(bench.tally()), seconds: (last - begun) / 1000 };
      }
    }
    return { found, tally: JSON.parse(bench.tally()), seconds: (performance.now() - begun) / 1000 };
  },
};

const breath = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });

self.onmessage = async ({ data: { id, method, args, stop } }) => {
  if (stop) {
    stopped = stop;
    return;
  }
  try {
    const own = methods[method];
    const answer = own ? await own(args[0], (progress) => self.postMessage({ id, progress }), id) : bench[method](...args);
    self.postMessage({ id, answer: JSON_ANSWERS.has(method) ? JSON.parse(answer) : answer });
  } catch (problem) {
    // A trap leaves the module unsound: the page makes a new worker.
    self.postMessage({ id, problem: String(problem?.message ?? problem), isFatal: problem instanceof WebAssembly.RuntimeError });
  }
};
