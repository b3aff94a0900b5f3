// Breaks engines on purpose: real traps, in the very bytes we ship.
//
// The package has no export for this. Every instance the package makes passes through `WebAssembly.instantiate` or
// `WebAssembly.Instance`, so a test may take hold of its memory and claim all that is left: the next large allocation
// inside fails, and Rust aborts with an `unreachable` instruction, as it would on a machine that is out of memory.

const { instantiate, Instance } = WebAssembly;
const PAGES = 65_536;

/** Runs `body` with every instance made meanwhile at hand: `made` grows, newest last. */
export async function watching(body) {
  const made = [];
  let starving = false;
  const keep = (instance) => {
    if (starving) starve(instance);
    made.push(instance);
    return instance;
  };
  WebAssembly.instantiate = async (...words) => keep(await instantiate.apply(WebAssembly, words));
  WebAssembly.Instance = function (...words) {
    return keep(new Instance(...words));
  };
  try {
    return await body({ made, starveAllToCome: (yes) => (starving = yes) });
  } finally {
    Object.assign(WebAssembly, { instantiate, Instance });
  }
}

/** Leaves an instance with the memory it has. */
export function starve({ exports: { memory } }) {
  memory.grow(PAGES - memory.buffer.byteLength / 65_536);
}
