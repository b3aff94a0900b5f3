// Breaks engines on purpose: real traps, in the very bytes we ship.
//
// The package has no export for this. Every instance the package makes passes through `WebAssembly.instantiate` or
// `WebAssembly.Instance`, so a test may take hold of its memory and claim all that is left: the next large allocation
// inside fails, and Rust aborts with an `unreachable` instruction, as it would on a machine that is out of memory.

const { instantiate, Instance } = WebAssembly;
const PAGES = 65_536;

/**
 * Runs `body` with every instance made meanwhile at hand: `made` grows, newest last. With `breakAfter(n)` the n-th call
 * that the engine makes to its imports from now on does not return: the engine is cut off in the middle of its work, and
 * so is, by the same token, every instance that is made until `breakAfter(0)`.
 */
export async function watching(body) {
  const made = [];
  let starving = false;
  let left = 0;
  const tripwire = (call) => (...words) => {
    if (left > 0 && (left -= 1) === 0) throw new WebAssembly.RuntimeError("unreachable, forced");
    return call(...words);
  };
  const wired = (imports) => Object.fromEntries(Object.entries(imports).map(([name, calls]) => [
    name, Object.fromEntries(Object.entries(calls).map(([call, value]) => [call, typeof value === "function" ? tripwire(value) : value])),
  ]));
  const keep = (instance) => {
    if (starving) starve(instance);
    made.push(instance);
    return instance;
  };
  WebAssembly.instantiate = async (...words) => keep(await instantiate.call(WebAssembly, words[0], wired(words[1])));
  WebAssembly.Instance = function (...words) {
    return keep(new Instance(words[0], wired(words[1])));
  };
  try {
    return await body({ made, starveAllToCome: (yes) => (starving = yes), breakAfter: (calls) => (left = calls) });
  } finally {
    Object.assign(WebAssembly, { instantiate, Instance });
  }
}

/** Leaves an instance with the memory it has. */
export function starve({ exports: { memory } }) {
  memory.grow(PAGES - memory.buffer.byteLength / 65_536);
}
