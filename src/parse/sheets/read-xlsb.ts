import { type Zippable, zipSync } from "fflate";
import { AppError } from "../../errors.ts";
import { type Relationship, relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { readByLibrary, type SheetLibrary } from "./library-book.ts";
import type { Book } from "./open-book.ts";
import { addressOf, MAX_COLUMNS, MAX_ROWS } from "./sheet.ts";

/**
 * Cells of a sheet part, by their record numbers ([MS-XLSB] 2.3). Those from 12 to 18 stand behind the one before
 * them, so that blank ones (1 and 12) count.
 */
const CELLS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 62]);
const BLANK = new Set([1, 12]);
/** What else is kept of one: rows, merged ranges, and the marks of where sheet and data begin and end. */
const KEPT = new Set([...CELLS, 0, 129, 130, 145, 146, 176, 177, 178]);

/**
 * Reads a workbook in Excel's binary form. The library gets a package of our own making: the parts that are read,
 * sheets without what names ranges to be filled, and no more cells than are read.
 * @throws AppError file_damaged, archive_too_large, unsafe_content
 */
export function readXlsb(parts: Package, main: string, library: SheetLibrary, limits: ParseLimits): Book {
  const links = relationshipsOf(parts, main);
  const kept: Zippable = {};
  let total = 0;
  const keep = (name: string, bytes: Uint8Array | null): void => {
    if (!bytes) return;
    total += bytes.length;
    if (total > limits.maxPartBytes * 2) throw tooLarge(limits.maxPartBytes * 2);
    kept[name] = [bytes, { level: 0 }];
  };
  const types = [{ target: main, type: "workbook" }, ...links].filter(({ type }) => type in CONTENT_TYPES);
  keep("[Content_Types].xml", contentTypes(types));
  keep(relationshipsName(main), parts.bytes(relationshipsName(main)));
  for (const { target } of types) keep(target, parts.bytes(target));
  const cut = boundSheets(parts, links, keep, limits.maxNodes);
  const book = readByLibrary(zipSync(kept), library, cut, { sheetStubs: true });
  const names = sheetNames(parts, main, links);
  return {
    ...book,
    sheets: book.sheets.map((sheet) => {
      const target = names.get(sheet.name);
      return target === undefined ? sheet : { ...sheet, notes: notesOf(parts, target) };
    }),
  };
}

const BUNDLE_SHEET = 156;
const BEGIN_COMMENT = 635;
const COMMENT_TEXT = 637;
const MAX_NOTES = 5_000;

/** The part of each sheet, by the sheet's name ([MS-XLSB] 2.4.313: state, number, relationship, name). */
function sheetNames(parts: Package, main: string, links: readonly Relationship[]): Map<string, string> {
  const names = new Map<string, string>();
  const bytes = parts.bytes(main) ?? new Uint8Array();
  for (const { type, body } of recordsOf(bytes)) {
    if (type !== BUNDLE_SHEET) continue;
    const id = readText(body, 8);
    const name = id && readText(body, id.next);
    const link = id && links.find((candidate) => candidate.id === id.text);
    if (name && link) names.set(name.text, link.target);
  }
  return names;
}

/** Comments of a sheet, each with the cell that it hangs on. */
function notesOf(parts: Package, sheet: string): { address: string; text: string }[] {
  const notes: { address: string; text: string }[] = [];
  for (const { type: kind, target } of relationshipsOf(parts, sheet)) {
    const bytes = kind === "comments" ? parts.bytes(target) : null;
    let address = "";
    for (const { type, body } of recordsOf(bytes ?? new Uint8Array())) {
      if (type === BEGIN_COMMENT && body.length >= 20) {
        const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
        address = addressOf(view.getUint32(4, true) % MAX_ROWS, view.getUint32(12, true) % MAX_COLUMNS);
      } else if (type === COMMENT_TEXT && notes.length < MAX_NOTES) {
        const text = readText(body, 1)?.text.trim() ?? "";
        if (text !== "") notes.push({ address, text });
      }
    }
  }
  return notes;
}

/** A text behind its length in characters; null where it does not fit. */
function readText(bytes: Uint8Array, at: number): { text: string; next: number } | null {
  if (at + 4 > bytes.length) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true) * 2;
  const next = at + 4 + length;
  return next > bytes.length
    ? null
    : { text: new TextDecoder("utf-16le").decode(bytes.subarray(at + 4, next)), next };
}

/** Parts that the library finds by their content type; sheets it finds by relationship. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  workbook: "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
  styles: "application/vnd.ms-excel.styles",
  sharedStrings: "application/vnd.ms-excel.sharedStrings",
};

function contentTypes(parts: readonly { target: string; type: string }[]): Uint8Array {
  const overrides = parts.map(
    ({ target, type }) => `<Override PartName="/${target}" ContentType="${CONTENT_TYPES[type] ?? ""}"/>`,
  );
  return new TextEncoder().encode(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${overrides.join("")}</Types>`,
  );
}

function relationshipsName(name: string): string {
  const slash = name.lastIndexOf("/") + 1;
  return `${name.slice(0, slash)}_rels/${name.slice(slash)}.rels`;
}

function boundSheets(
  parts: Package,
  links: readonly Relationship[],
  keep: (name: string, bytes: Uint8Array | null) => void,
  maxCells: number,
): Set<string> {
  const cut = new Set<string>();
  const sheets = links.filter(({ type }) => type === "worksheet" || type === "xlMacrosheet");
  let left = maxCells;
  for (const [index, { target }] of sheets.entries()) {
    const bytes = parts.bytes(target);
    if (!bytes) continue;
    const bound = boundSheet(bytes, left);
    left -= bound.cells;
    if (bound.cut) cut.add(String(index));
    keep(target, bound.bytes);
  }
  return cut;
}

/** Keeps the records that are read: a number and a length of 7 bits a byte each, then the body. */
function boundSheet(bytes: Uint8Array, maxCells: number): { bytes: Uint8Array; cells: number; cut: boolean } {
  const kept = new Uint8Array(bytes.length);
  const relative = hasRelative(bytes);
  let size = 0;
  let cells = 0;
  let cut = false;
  for (const { type, start, end } of recordsOf(bytes)) {
    if (!KEPT.has(type) || (BLANK.has(type) && !relative)) continue;
    if (CELLS.has(type)) {
      if (cells >= maxCells) {
        cut = true;
        continue;
      }
      cells += 1;
    }
    kept.set(bytes.subarray(start, end), size);
    size += end - start;
  }
  return { bytes: kept.subarray(0, size), cells, cut };
}

function hasRelative(bytes: Uint8Array): boolean {
  for (const { type } of recordsOf(bytes)) if (type >= 12 && type <= 18) return true;
  return false;
}

interface BinaryRecord {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  readonly body: Uint8Array;
}

function* recordsOf(bytes: Uint8Array): Generator<BinaryRecord, void> {
  for (let at = 0; at < bytes.length;) {
    const start = at;
    const type = readNumber(bytes, at, 2);
    const length = readNumber(bytes, type.next, 4);
    at = length.next + length.value;
    if (at > bytes.length) return;
    yield { type: type.value, start, end: at, body: bytes.subarray(length.next, at) };
  }
}

function readNumber(bytes: Uint8Array, at: number, maxBytes: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < maxBytes; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return { value, next: at + index + 1 };
  }
  return { value, next: at + maxBytes };
}

function tooLarge(limit: number): AppError {
  return new AppError(
    "archive_too_large",
    `The file is refused: its sheets would unpack to more than ${limit} bytes.`,
  );
}
