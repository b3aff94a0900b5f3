// Writes the TypeScript types of households and decisions from the JSON Schemas in `schema/`.
// `--check` writes nothing and fails if the types in the package are not these.
//
// It knows the part of JSON Schema that our schemas use and stops at anything else: a type that says less than its
// schema does so on purpose.

import { readdir, readFile, writeFile } from "node:fs/promises";

const schemas = new URL("../../schema/", import.meta.url);
const types = new URL("../../wasm/npm/types.d.ts", import.meta.url);
const note = "// Generated from schema/*.json by `cargo xtask generate`. Do not edit.\n";

/** What a type leaves to the engine to check, and what is printed apart from the type. */
const BESIDE = ["pattern", "format", "minimum", "maximum", "minItems", "maxItems", "maxLength", "description"];
const WIDTH = 120;

/** Every shape by name; one that several schemas use is declared once. */
async function definitions() {
  const found = new Map();
  for (const file of (await readdir(schemas)).filter((name) => name.endsWith(".json")).sort()) {
    const { $defs = {}, $schema, title, ...root } = JSON.parse(await readFile(new URL(file, schemas), "utf8"));
    if (!title) throw new Error(`${file} has no title`);
    for (const [name, schema] of Object.entries({ [title]: root, ...$defs })) {
      if (found.has(name) && JSON.stringify(found.get(name)) !== JSON.stringify(schema)) throw new Error(`${file}: another ${name}`);
      found.set(name, schema);
    }
  }
  return found;
}

function declaration([name, schema]) {
  const doc = comment(schema, "");
  if (schema.properties) return `${doc}export interface ${name} ${record(schema, "", name)}\n`;
  const union = schema.oneOf?.map((one) => `\n${comment(one, "  ")}  | ${type(one, "  ", name)}`).join("");
  return `${doc}export type ${name} =${union ?? ` ${type(schema, "", name)}`};\n`;
}

function record({ properties, required = [] }, pad, where) {
  // The required ones are in the order in which they are written, the others in that of the alphabet.
  const names = [...required, ...Object.keys(properties).filter((name) => !required.includes(name))];
  const parts = names.map((name) => {
    const key = `${/^[A-Za-z]\w*$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? "" : "?"}`;
    return comment(properties[name], `${pad}  `) + part(key, properties[name], `${pad}  `, `${where}.${name}`);
  });
  return `{\n${parts.join("")}${pad}}`;
}

/** A line for one part; a union that is too long for it has a line for each of its members. */
function part(key, schema, pad, where) {
  const one = type(schema, pad, where);
  const fits = one.includes("\n") || `${pad}${key}: ${one};`.length <= WIDTH;
  return `${pad}${key}:${fits ? ` ${one}` : one.split(" | ").map((member) => `\n${pad}  | ${member}`).join("")};\n`;
}

function type(schema, pad, where) {
  const { $ref, const: only, enum: names, oneOf, anyOf = oneOf, type: kind, properties, required, additionalProperties, items, ...rest } = schema;
  const unknown = Object.keys(rest).filter((key) => !BESIDE.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: cannot say ${unknown.join(", ")} in TypeScript`);
  if ($ref !== undefined) return $ref.replace("#/$defs/", "");
  if (only !== undefined) return JSON.stringify(only);
  if (names) return names.map((name) => JSON.stringify(name)).join(" | ");
  if (anyOf) return anyOf.map((one) => type(one, pad, where)).join(" | ");
  if (Array.isArray(kind)) return kind.map((one) => type({ ...schema, type: one }, pad, where)).join(" | ");
  switch (kind) {
    case "string":
    case "boolean":
    case "null":
      return kind;
    case "integer":
      return "number";
    case "array": {
      const item = type(items, pad, where);
      return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      if (properties) return record(schema, pad, where);
      if (additionalProperties) return `{\n${part("[name: string]", additionalProperties, `${pad}  `, where)}${pad}}`;
      return "Record<string, never>";
  }
  throw new Error(`${where}: cannot say ${JSON.stringify(schema)} in TypeScript`);
}

const comment = ({ description }, pad) => (description ? `${pad}/** ${description.replaceAll("*/", "* /")} */\n` : "");

const text = [note, ...[...(await definitions())].map(declaration)].join("\n");

if (!process.argv.includes("--check")) await writeFile(types, text);
else if ((await readFile(types, "utf8")) !== text) {
  console.error("wasm/npm/types.d.ts does not match schema/*.json: run `cargo xtask generate`");
  process.exitCode = 1;
}
