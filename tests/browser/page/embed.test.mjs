// The embedding pages of `js-demo/embed/`, each with the package installed from its tarball and built by its own tool,
// under a strict content security policy. Each answers twenty scenarios through what a visitor would see and press.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { root } from "../built.mjs";
import { chromium } from "../chromium.mjs";
import { areas, cases, differences } from "../embed-cases.mjs";
import { POLICY, serve } from "../server.mjs";
import { project } from "../tarball.mjs";

const run = promisify(execFile);
const require = createRequire(new URL("xtask/node/package.json", root));
const examples = new URL("js-demo/embed/", root);
const packs = new URL("target/packs/", root);
const vite = fileURLToPath(new URL("xtask/node/node_modules/vite/bin/vite.js", root));
const browser = await chromium();
after(() => browser.close());

/** Copies an example into an empty project that has the package installed. */
function installed(name, needs) {
  const folder = project(name, needs);
  cpSync(fileURLToPath(new URL(`${name}/`, examples)), fileURLToPath(folder), { recursive: true, filter: (path) => !path.endsWith("package.json") });
  return folder;
}

/** Asks all cases of a page and compares; nothing may go wrong in it. */
async function answersInPage(folders, path, policy) {
  const server = await serve({ "/packs/": packs, "/embed/": examples, ...folders }, policy);
  try {
    const visit = await browser.visit(`${server.address}${path}`);
    const { page } = visit;
    await page.locator("#ask:enabled").waitFor();
    const answers = [];
    for (const { household, date } of cases) {
      await page.locator("textarea").fill(JSON.stringify(household));
      await page.locator("input").fill(date);
      await page.locator("#answer").evaluate((element) => element.firstChild && (element.firstChild.data = ""));
      await page.locator("#ask").click();
      await page.waitForFunction(() => document.querySelector("#answer").textContent.length > 2);
      answers.push(JSON.parse(await page.locator("#answer").textContent()));
    }
    assert.deepEqual(differences(answers), []);
    assert.deepEqual(visit.troubles, []);
    assert.deepEqual(visit.requests.filter((address) => !address.startsWith(server.address) && !address.startsWith("data:")), []);
    await visit.close();
  } finally {
    await server.close();
  }
}

test("there are twenty cases for three areas", () => {
  assert.equal(cases.length, 20);
  assert.equal(areas.length, 3);
});

const bare = project("bare");
const pkg = new URL("node_modules/huisuan/", bare);

for (const name of ["module", "script", "worker"]) {
  test(`a page with the package as ${name}`, () => answersInPage({ "/pkg/": pkg }, `embed/${name}/index.html`));
}

test("a page that webpack 5 has built", async () => {
  const folder = installed("webpack", ["webpack"]);
  const { default: config } = await import(new URL("webpack.config.mjs", folder));
  const webpack = require("webpack");
  const stats = await promisify(webpack)({ ...config, context: fileURLToPath(folder), output: { ...config.output, path: fileURLToPath(new URL("dist/", folder)) } });
  assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  cpSync(fileURLToPath(new URL("index.html", folder)), fileURLToPath(new URL("dist/index.html", folder)));
  await answersInPage({ "/embed/webpack/": new URL("dist/", folder) }, "embed/webpack/index.html");
});

/** The element alone, in a page that a bundler has built: wording and engine are found without a word of configuration. */
async function elementWorks(folder) {
  const server = await serve({ "/packs/": packs, "/": folder });
  const visit = await browser.visit(server.address, { viewport: { width: 390, height: 844 } });
  await visit.page.locator('huisuan-check form[data-question="place"]').waitFor();
  await visit.page.locator("[data-area-search]").fill("莱州");
  await visit.page.locator('[role=option][data-area="370683"]').click();
  await visit.page.locator("[data-next]").click();
  await visit.page.locator('huisuan-check form[data-question="topics"]').waitFor();
  assert.deepEqual(visit.troubles, []);
  await visit.close();
  await server.close();
}

const ELEMENT = '<!doctype html><html lang="zh-CN"><title>惠算</title><link rel="icon" href="data:,"><huisuan-check></huisuan-check>';

test("the element in a page that Vite has built", async () => {
  const folder = project("element-vite", ["vite"]);
  writeFileSync(new URL("index.html", folder), `${ELEMENT}<script type="module" src="./main.js"></script></html>`);
  writeFileSync(new URL("main.js", folder), 'import "huisuan/element";\n');
  await run("node", [vite, "build"], { cwd: fileURLToPath(folder) });
  await elementWorks(new URL("dist/", folder));
});

test("the element in a page that webpack 5 has built", async () => {
  const folder = project("element-webpack", ["webpack"]);
  writeFileSync(new URL("main.js", folder), 'import "huisuan/element";\n');
  const path = fileURLToPath(new URL("dist/", folder));
  const stats = await promisify(require("webpack"))({ mode: "production", context: fileURLToPath(folder), entry: "./main.js", output: { filename: "bundle.js", path } });
  assert.deepEqual(stats.toJson({ all: false, errors: true }).errors, []);
  writeFileSync(new URL("dist/index.html", folder), `${ELEMENT}<script src="bundle.js"></script></html>`);
  await elementWorks(new URL("dist/", folder));
});

test("a page that Vite has built, in Vue 3 with Element Plus", async () => {
  const folder = installed("vite-vue", ["vite", "vue", "@vitejs/plugin-vue", "element-plus"]);
  await run("node", [vite, "build"], { cwd: fileURLToPath(folder) });
  await answersInPage({ "/embed/vite-vue/": new URL("dist/", folder) }, "embed/vite-vue/index.html");
});

for (const [name, file] of [["node-esm", "decide.mjs"], ["node-cjs", "decide.cjs"]]) {
  test(`a program: ${name}`, async () => {
    const folder = installed(name);
    const running = run("node", [file, fileURLToPath(packs)], { cwd: fileURLToPath(folder), maxBuffer: 64_000_000 });
    running.child.stdin.end(cases.map(({ date, household }) => `${JSON.stringify({ date, household })}\n`).join(""));
    const { stdout, stderr } = await running;
    assert.equal(stderr, "");
    assert.deepEqual(differences(stdout.trim().split("\n").map((line) => JSON.parse(line))), []);
  });
}

test("with everything in one file it runs where nothing may be fetched", async () => {
  const server = await serve({ "/pkg/": pkg, "/": new URL("module/", examples) }, POLICY.replace("connect-src 'self'", "connect-src 'none'"));
  const visit = await browser.visit(`${server.address}pkg/package.json`);
  const { household, date } = cases[0];
  const { readFileSync } = await import("node:fs");
  const texts = areas.map((area) => readFileSync(new URL(`${area}.json`, packs), "utf8"));
  const answer = await visit.page.evaluate(async ({ texts, household, date }) => {
    const { createEngine, diagnose } = await import("/pkg/inline.js");
    const engine = await createEngine({ packs: texts.map((text) => new TextEncoder().encode(text)) });
    return { ...diagnose(), answer: engine.evaluate(household, { date }) };
  }, { texts, household, date });
  assert.equal(answer.ok, true);
  assert.deepEqual(differences([answer.answer]).filter((line) => line.startsWith(cases[0].file)), []);
  await visit.close();
  await server.close();
});

const forbidden = POLICY.replace(" 'wasm-unsafe-eval'", "");
const evals = POLICY.replace("'wasm-unsafe-eval'", "'unsafe-eval'");

test("for browsers that do not know 'wasm-unsafe-eval', 'unsafe-eval' will do", () =>
  answersInPage({ "/pkg/": pkg }, "embed/module/index.html", evals));

test("a worker obeys the policy of its own file: the page may stay without either", () =>
  answersInPage({ "/pkg/": pkg }, "embed/worker/index.html", (path) => (path.endsWith("/worker.js") ? evals : forbidden)));

test("without 'wasm-unsafe-eval' the package says what the policy lacks", async () => {
  const server = await serve({ "/pkg/": pkg }, forbidden);
  const visit = await browser.visit(`${server.address}pkg/package.json`);
  const said = await visit.page.evaluate(async () => {
    const { createEngine, diagnose } = await import("/pkg/index.js");
    return { ...diagnose(), refused: await createEngine({ packs: [new Uint8Array(1)] }).catch(({ code, errors }) => ({ code, errors })) };
  });
  assert.deepEqual(said.problems, [{ code: "webassembly-forbidden", stops: true }]);
  assert.equal(said.ok, false);
  assert.deepEqual(said.refused, { code: "unsupported-browser", errors: said.problems });
  await visit.close();
  await server.close();
});
