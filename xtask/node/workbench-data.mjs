// What the workbench's page reads beside its module: all files of the tables as one record, and the scenarios.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const out = new URL("target/workbench-data/", root);
const texts = (folder, wanted) =>
  readdirSync(new URL(folder, root), { recursive: true })
    .map((name) => name.replaceAll("\\", "/"))
    .filter(wanted)
    .sort()
    .map((name) => [name, readFileSync(new URL(`${folder}${name}`, root), "utf8")]);

const tables = texts("policy-tables/", (name) => name.endsWith(".json"));
writeFileSync(new URL("tables.json", out), JSON.stringify(Object.fromEntries(tables)));

const scenarios = texts("tests/scenarios/", (name) => /^[^/]+\/[^/]+\.json$/.test(name));
writeFileSync(new URL("scenarios.json", out), JSON.stringify(scenarios.map(([file, text]) => ({ file, ...JSON.parse(text) }))));
