// The same package with the engine's bytes inside: nothing is fetched but what the page itself asks for.

export * from "./index.js";
