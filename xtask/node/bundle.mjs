// Puts the package together: the engine's bytes and glue from wasm-pack, our JavaScript around them, types, wording, codes.
// `node bundle.mjs MADE DIST`: from the folder where wasm-pack and `cargo xtask build` left their files, into the package.
//
// Each entry becomes one minified file, because what a page downloads counts more than what a debugger shows; the sources
// are in the repository. Same input, same bytes: nothing here reads a clock, a path of the machine or an unsorted folder.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";

import { registry } from "./codes.mjs";

const [made, dist] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const source = join(root, "wasm/npm");
const BROWSERS = ["chrome96", "firefox93", "safari15.4"];
const NODE = ["node20"];

/** Kinds of wording that only offices and the command line need. */
const NOT_FOR_CITIZENS = new Set(["cli", "counters", "dimension", "tableError", "tableExpected"]);

/** Kinds that the element says nothing of: for who draws a schedule, a meal bill or a case packet on a page of their own. */
const NOT_FOR_THE_ELEMENT = new Set(["answer", "crossing", "level", "mealBill", "packet", "payer", "reading", "schedule"]);
/** And the mistakes that only their questions can have. */
const MISTAKES_NOT_OF_THE_ELEMENT = /^error\.(packet-|span-|too-many-pieces$|not-followed$|no-such-fact$)/;

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "messages/more"), { recursive: true });
copyFileSync(join(made, "policy_bg.wasm"), join(dist, "policy.wasm"));

/** The two files that are not beside the sources: what wasm-pack made. */
const fromWasmPack = {
  name: "from-wasm-pack",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/glue\.js$/ }, () => ({ path: join(made, "glue.js") }));
    bundler.onResolve({ filter: /^\.\/policy\.wasm$/ }, ({ kind }) =>
      kind === "import-statement" ? { path: join(made, "policy_bg.wasm") } : { external: true, path: "./policy.wasm" });
  },
};

/** Styles are text to a script, which nothing shortens by itself. */
const shortStyles = {
  name: "short-styles",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(entry, outfile, options) {
  await build({
    absWorkingDir: source, entryPoints: [entry], outfile: join(dist, outfile), bundle: true, minify: true, charset: "utf8",
    legalComments: "none", logLevel: "error", loader: { ".wasm": "binary" }, plugins: [fromWasmPack],
    banner: { js: `/* huisuan, Apache-2.0 */` }, ...options,
  });
}

const browser = { format: "esm", platform: "browser", target: BROWSERS };
const node = { platform: "node", target: NODE };
await bundle("index.js", "index.js", browser);
await bundle("node.js", "node.js", { ...node, format: "esm" });
await bundle("require.js", "index.cjs", { ...node, format: "cjs" });
await bundle("inline.js", "inline.js", browser);
await bundle("inline.js", "inline.cjs", { format: "cjs", platform: "browser", target: BROWSERS });
await bundle("script.js", "huisuan.js", { ...browser, format: "iife", globalName: "Huisuan" });
await bundle("form/index.js", "form.js", browser);
await bundle("form/index.js", "form.cjs", { ...browser, format: "cjs" });
// The element shares the engine with whoever else uses it on the page.
await bundle("element/index.js", "element.js", { ...browser, external: ["../index.js"], plugins: [asImport("../index.js", "./index.js"), shortStyles] });
// Not bundled and hardly minified: it must run where modern syntax does not.
await bundle("diagnose.js", "diagnose.js", { ...browser, target: ["es2015"], minify: false });
await bundle("diagnose.js", "diagnose.cjs", { ...browser, format: "cjs", target: ["es2015"], minify: false });

/** An import that stays one, under the name it has in the package. */
function asImport(from, to) {
  return {
    name: "as-import",
    setup: (bundler) => bundler.onResolve({ filter: new RegExp(`^${from.replaceAll(".", "\\.")}$`) }, () => ({ external: true, path: to })),
  };
}

// Types: written once, for `import`; for `require` the same with other endings.
for (const name of readdirSync(source).filter((name) => name.endsWith(".d.ts")).sort()) {
  const text = readFileSync(join(source, name), "utf8");
  writeFileSync(join(dist, name), text);
  if (name !== "element.d.ts") writeFileSync(join(dist, name.replace(/\.d\.ts$/, ".d.cts")), text.replace(/(from "\.\/[\w-]+)\.js"/g, '$1.cjs"'));
}

for (const name of readdirSync(join(root, "messages")).filter((name) => name.endsWith(".json")).sort()) {
  const all = JSON.parse(readFileSync(join(root, "messages", name), "utf8"));
  const kindOf = ([code]) => code.split(".")[0];
  const sentences = Object.entries(all).filter((entry) => !NOT_FOR_CITIZENS.has(kindOf(entry)));
  const isForOthers = (entry) => NOT_FOR_THE_ELEMENT.has(kindOf(entry)) || MISTAKES_NOT_OF_THE_ELEMENT.test(entry[0]);
  const [more, own] = [true, false].map((is) => Object.fromEntries(sentences.filter((entry) => isForOthers(entry) === is)));
  writeFileSync(join(dist, "messages", name), JSON.stringify(own));
  writeFileSync(join(dist, "messages/more", name), JSON.stringify(more));
}
writeFileSync(join(dist, "codes.json"), `${JSON.stringify(registry(), null, 1)}\n`);

copyFileSync(join(source, "package.json"), join(dist, "package.json"));
for (const name of ["LICENSE", "README.md", "README.zh-CN.md"]) copyFileSync(join(root, name), join(dist, name));
for (const name of readdirSync(source).filter((name) => name.endsWith(".md")).sort()) copyFileSync(join(source, name), join(dist, name));
