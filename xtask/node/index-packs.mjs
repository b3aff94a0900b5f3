// Lists the packs in a folder, with what people call their areas, so that a page can offer them: `index.json`.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NATION = "000000";
const [folder, areasFile] = process.argv.slice(2);
const known = new Map(JSON.parse(readFileSync(areasFile, "utf8")).areas.map((area) => [area.code, area]));

const listed = readdirSync(folder)
  .filter((name) => /^\d{6}\.json$/.test(name))
  .sort()
  .map((file) => {
    const area = file.slice(0, 6);
    // Its own name first, then those it lies in: 莱州市, 烟台市, 山东省.
    const names = [];
    for (let code = area; code && (code !== NATION || area === NATION); code = known.get(code).parent) {
      if (!known.has(code)) throw new Error(`${file}: no area ${code} in areas.json`);
      names.push(known.get(code).name);
    }
    return { area, names, pinyin: known.get(area).pinyin ?? "", file, synthetic: known.get(area).synthetic === true };
  });
writeFileSync(join(folder, "index.json"), `${JSON.stringify({ areas: listed })}\n`);
