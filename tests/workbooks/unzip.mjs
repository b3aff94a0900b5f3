// The least of a workbook reader, to do in a test what a clerk does in a spreadsheet: sheets as lines of texts.

import { inflateRawSync } from "node:zlib";

/** The parts of a zip file as texts. */
export function unzip(bytes) {
  const data = Buffer.from(bytes);
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = data.readUInt32LE(end + 16);
  const parts = new Map();
  for (let count = data.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, packed, nameLength, extra, comment, local] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), data.readUInt16LE(at + 28), data.readUInt16LE(at + 30), data.readUInt16LE(at + 32), data.readUInt32LE(at + 42)];
    const name = data.toString("utf8", at + 46, at + 46 + nameLength);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const content = data.subarray(start, start + packed);
    parts.set(name, (method === 8 ? inflateRawSync(content) : content).toString("utf8"));
    at += 46 + nameLength + extra + comment;
  }
  return parts;
}

const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");
const column = (letters) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** The sheets of a workbook whose cells are texts: `{ name, lines, xml }`. */
export function sheetsOf(bytes) {
  const parts = unzip(bytes);
  const strings = [...(parts.get("xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map(([, inside]) => plain([...inside.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text).join("")));
  const names = [...parts.get("xl/workbook.xml").matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => plain(name));
  return names.map((name, number) => {
    const xml = parts.get(`xl/worksheets/sheet${number + 1}.xml`);
    const lines = [];
    for (const [, row, cells] of xml.matchAll(/<row r="(\d+)"[^>]*>(.*?)<\/row>/gs)) {
      const line = [];
      for (const [, letters, value] of cells.matchAll(/<c r="([A-Z]+)\d+"[^>]*t="s"[^>]*><v>(\d+)<\/v><\/c>/g)) line[column(letters)] = strings[Number(value)];
      lines[Number(row) - 1] = Array.from(line, (text) => text ?? "");
    }
    return { name, xml, lines: Array.from(lines, (line) => line ?? []) };
  });
}
