// The least of a zip writer, and the parts of a workbook around the sheets that a test writes by hand: real spreadsheet
// programs and libraries refuse to write much of what people send.

import { crc32, deflateRawSync } from "node:zlib";

/** A zip file of `[name, text or bytes]`; `lie` may change what the file says of a part. */
export function zip(parts, lie = (header) => header) {
  const local = [];
  const central = [];
  let at = 0;
  for (const [name, content] of parts) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data, { level: 9 });
    const header = lie({ name, size: data.length, packed: packed.length, crc: crc(data) });
    const own = Buffer.from(name);
    const fields = (signature, extra) => {
      const head = Buffer.alloc(signature === 0x04034b50 ? 30 : 46);
      const shift = signature === 0x04034b50 ? 0 : 2;
      head.writeUInt32LE(signature, 0);
      if (shift) head.writeUInt16LE(20, 4);
      head.writeUInt16LE(20, 4 + shift);
      head.writeUInt16LE(0x0800, 6 + shift);
      head.writeUInt16LE(8, 8 + shift);
      head.writeUInt16LE(0x21, 12 + shift);
      head.writeUInt32LE(header.crc, 14 + shift);
      head.writeUInt32LE(header.packed, 18 + shift);
      head.writeUInt32LE(header.size, 22 + shift);
      head.writeUInt16LE(own.length, 26 + shift);
      extra(head);
      return head;
    };
    local.push(fields(0x04034b50, () => {}), own, packed);
    central.push(fields(0x02014b50, (head) => head.writeUInt32LE(at, 42)), own);
    at += 30 + own.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

function crc(data) {
  if (crc32) return crc32(data);
  let value = ~0;
  for (const byte of data) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** Marks of a cell: `{ n: 1069 }` a number, `{ day: 45658 }` a number shown as a day, `{ yes: true }`, `{ failed: "#REF!" }`, `{ formula, value }`. */
function cell(value, at) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "string") return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  if ("n" in value) return `<c r="${at}"><v>${value.n}</v></c>`;
  if ("day" in value) return `<c r="${at}" s="1"><v>${value.day}</v></c>`;
  if ("yes" in value) return `<c r="${at}" t="b"><v>${value.yes ? 1 : 0}</v></c>`;
  if ("failed" in value) return `<c r="${at}" t="e"><v>${value.failed}</v></c>`;
  return `<c r="${at}"><f>${escaped(value.formula)}</f>${value.value === undefined ? "" : `<v>${value.value}</v>`}</c>`;
}

/** The XML of a sheet: lines of cells; `hidden` rows and `merged` areas. */
export function sheetXml({ lines, hidden = [], merged = [] }) {
  const rows = lines.map((line, row) => {
    const cells = line.map((value, column) => cell(value, `${letters(column)}${row + 1}`)).join("");
    return `<row r="${row + 1}"${hidden.includes(row + 1) ? ' hidden="1"' : ""}>${cells}</row>`;
  });
  const merges = merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.map((area) => `<mergeCell ref="${area}"/>`).join("")}</mergeCells>` : "";
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join("")}</sheetData>${merges}</worksheet>`;
}

/** The parts of a workbook; each sheet is `{ name, lines, … }` or `{ name, xml }`. */
export function parts(sheets) {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const list = sheets.map(({ name, isHidden }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}"${isHidden ? ' state="hidden"' : ""} r:id="rId${at + 1}"/>`);
  const links = sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`);
  return [
    ["[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`],
    ["_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list.join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join("")}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`],
    ...sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet.xml ?? sheetXml(sheet)]),
  ];
}

export const workbook = (...sheets) => zip(parts(sheets));
