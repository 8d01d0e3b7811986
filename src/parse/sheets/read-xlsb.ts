import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { type Relationship, relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { type FormatNumber, formatCode } from "./number-format.ts";
import type { Book } from "./open-book.ts";
import { cellBudget, addressOf, MAX_COLUMNS, MAX_ROWS, type Sheet } from "./sheet.ts";
import { recordsOf } from "./xlsb-records.ts";
import { readSheetRecords } from "./xlsb-sheet.ts";
import { readDrawing } from "./xlsx-extras.ts";
import type { BookContext } from "./xlsx-sheet.ts";

/** Records of [MS-XLSB] 2.3 outside of sheets. */
const TYPE = {
  stringItem: 19,
  format: 44,
  style: 47,
  bookProperties: 153,
  sheet: 156,
  beginCellStyles: 617,
  endCellStyles: 618,
  beginComment: 635,
  commentText: 637,
} as const;

const VISIBILITY = ["visible", "hidden", "very_hidden"] as const;
const MAX_NOTES = 5_000;

/**
 * Reads a workbook in Excel's binary form. The sheets' library takes the lengths in such files at their word, and
 * so is not asked.
 * @throws AppError file_damaged, archive_too_large
 */
export function readXlsb(parts: Package, main: string, format: FormatNumber, limits: ParseLimits): Book {
  const links = relationshipsOf(parts, main);
  const bytes = parts.bytes(main);
  if (!bytes) throw damaged();
  const part = (type: string): Uint8Array | null =>
    parts.bytes(links.find((link) => link.type === type)?.target ?? "");
  const book: BookContext = {
    strings: readStrings(part("sharedStrings")),
    codes: readCodes(part("styles")),
    date1904: false,
    format,
    budget: { cells: cellBudget(limits) },
  };
  const warnings: Warning[] = [];
  const sheets: Sheet[] = [];
  let found = 0;
  for (const { type, body } of recordsOf(bytes)) {
    if (type === TYPE.bookProperties) Object.assign(book, { date1904: (body.uint32(0) & 1) === 1 });
    if (type !== TYPE.sheet) continue;
    found += 1;
    const id = body.text(8);
    const { text: name } = body.text(id.next);
    const link = links.find((candidate) => candidate.id === id.text);
    const visibility = VISIBILITY[body.uint32(0)] ?? "visible";
    const sheet = link ? readSheet(parts, link, { name, visibility }, book) : null;
    if (sheet) sheets.push(sheet);
    else
      warnings.push({ code: "content_not_read", message: `The sheet ${name} was not read: it is missing.` });
  }
  if (found === 0) throw damaged();
  return { sheets, found, warnings };
}

function readSheet(
  parts: Package,
  { target }: Relationship,
  named: Pick<Sheet, "name" | "visibility">,
  book: BookContext,
): Sheet | null {
  const bytes = parts.bytes(target);
  if (!bytes) return null;
  const links = relationshipsOf(parts, target);
  const drawing = links.find(({ type }) => type === "drawing");
  const { drawn, pictures, charts } = readDrawing(parts, drawing?.target ?? "");
  const notes = links
    .filter(({ type }) => type === "comments")
    .flatMap((link) => notesOf(parts, link.target));
  return { ...named, ...readSheetRecords(bytes, book), notes, drawn, unread: { pictures, charts } };
}

function readStrings(bytes: Uint8Array | null): string[] {
  const strings: string[] = [];
  for (const { type, body } of recordsOf(bytes ?? new Uint8Array())) {
    if (type === TYPE.stringItem) strings.push(body.text(1).text);
  }
  return strings;
}

function readCodes(bytes: Uint8Array | null): string[] {
  const custom = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  for (const { type, body } of recordsOf(bytes ?? new Uint8Array())) {
    if (type === TYPE.format) custom.set(body.uint16(0), body.text(2).text);
    else if (type === TYPE.beginCellStyles) inCells = true;
    else if (type === TYPE.endCellStyles) inCells = false;
    else if (type === TYPE.style && inCells) ids.push(body.uint16(2));
  }
  return ids.map((id) => formatCode(id, custom));
}

/** Comments of a sheet, each with the cell that it hangs on. */
function notesOf(parts: Package, name: string): { address: string; text: string }[] {
  const notes: { address: string; text: string }[] = [];
  let address = "";
  for (const { type, body } of recordsOf(parts.bytes(name) ?? new Uint8Array())) {
    if (type === TYPE.beginComment) {
      address = addressOf(body.uint32(4) % MAX_ROWS, body.uint32(12) % MAX_COLUMNS);
    } else if (type === TYPE.commentText && notes.length < MAX_NOTES) {
      notes.push({ address, text: body.text(1).text.trim() });
    }
  }
  return notes;
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: the workbook lists no sheets. Send the original.",
  );
}
