// What this browser lacks, told before anything is loaded. Plain old syntax on purpose: it must run where the rest cannot.

/** Eight bytes and one module for each feature of WebAssembly that the engine's bytes use. */
var EMPTY = [0, 97, 115, 109, 1, 0, 0, 0];
var FEATURES = [
  // i32.extend8_s
  [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 192, 26, 11],
  // i32.trunc_sat_f32_s
  [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 12, 1, 10, 0, 67, 0, 0, 0, 0, 252, 0, 26, 11],
  // memory.fill
  [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11],
  // externref
  [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 208, 111, 26, 11]
];

/**
 * `{ ok, problems: [{ code, stops }] }`: what is missing here, each with a stable code. `stops` tells whether the engine
 * cannot run at all without it. What to do about a code is worded in the message catalogues under `diagnose.<code>`.
 */
export function diagnose() {
  var problems = [];
  var lacks = function (code, stops) {
    problems.push({ code: code, stops: stops });
  };
  var wasm = typeof WebAssembly === "object" ? WebAssembly : undefined;
  if (!wasm || typeof wasm.instantiate !== "function") lacks("no-webassembly", true);
  else if (!isAllowed(wasm)) lacks("webassembly-forbidden", true);
  else if (!hasFeatures(wasm)) lacks("webassembly-too-old", true);
  if (typeof TextDecoder !== "function" || typeof TextEncoder !== "function" || typeof Object.hasOwn !== "function") lacks("browser-too-old", true);
  if (typeof document === "object" && typeof customElements !== "object") lacks("no-custom-elements", false);
  if (typeof document === "object" && typeof fetch !== "function") lacks("no-fetch", false);
  return { ok: !problems.some(function (problem) { return problem.stops; }), problems: problems };
}

// A content security policy without 'wasm-unsafe-eval' refuses even an empty module.
function isAllowed(wasm) {
  try {
    return Boolean(new wasm.Module(new Uint8Array(EMPTY)));
  } catch (refused) {
    return false;
  }
}

function hasFeatures(wasm) {
  return FEATURES.every(function (body) { return wasm.validate(new Uint8Array(EMPTY.concat(body))); });
}
