// Lists the packs in a folder, with the areas' names, so that a page can offer them: `index.json`.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, areasFile] = process.argv.slice(2);
const { areas } = JSON.parse(readFileSync(areasFile, "utf8"));
const known = new Map(areas.map((area) => [area.code, area]));

const listed = readdirSync(folder)
  .filter((name) => /^\d{6}\.json$/.test(name))
  .sort()
  .map((file) => {
    const code = file.slice(0, 6);
    const { name, parent = null } = known.get(code) ?? {};
    if (!name) throw new Error(`${file}: no such area in areas.json`);
    // Codes that start with 99 belong to no real place (GB/T 2260).
    return { code, name, parent, synthetic: code.startsWith("99"), file };
  });
writeFileSync(join(folder, "index.json"), `${JSON.stringify({ areas: listed })}\n`);
