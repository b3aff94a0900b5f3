// Writes the TypeScript types of households and decisions from the JSON Schemas in `schema/`.
// `--check` writes nothing and fails if the types in the package are not these.

import { readdir, readFile, writeFile } from "node:fs/promises";

import { compile } from "json-schema-to-typescript";

const schemas = new URL("../../schema/", import.meta.url);
const types = new URL("../../wasm/npm/types.d.ts", import.meta.url);
const note = "// Generated from schema/*.json by `cargo xtask types`. Do not edit.";

// One document with every definition, so that a shape used by several schemas is declared once.
const definitions = {};
const roots = [];
for (const file of (await readdir(schemas)).filter((name) => name.endsWith(".json")).sort()) {
  const { $defs = {}, $schema, $id, ...root } = JSON.parse(await readFile(new URL(file, schemas), "utf8"));
  if (!root.title) throw new Error(`${file} has no title`);
  roots.push(root.title);
  for (const [name, definition] of Object.entries({ ...$defs, [root.title]: root })) {
    const known = definitions[name];
    if (known && JSON.stringify(known) !== JSON.stringify(definition)) throw new Error(`${file}: ${name} is defined differently elsewhere`);
    definitions[name] = definition;
  }
}

const everything = {
  title: "Everything",
  type: "object",
  additionalProperties: false,
  required: roots,
  properties: Object.fromEntries(roots.map((name) => [name, { $ref: `#/$defs/${name}` }])),
  $defs: definitions,
};
const compiled = await compile(everything, "Everything", { bannerComment: note, additionalProperties: false, style: { printWidth: 120 } });
const text = compiled.replace(/export interface Everything \{[^}]*\}\n/, "");

if (!process.argv.includes("--check")) await writeFile(types, text);
else if ((await readFile(types, "utf8")) !== text) {
  console.error("wasm/npm/types.d.ts does not match schema/*.json: run `cargo xtask types`");
  process.exitCode = 1;
}
