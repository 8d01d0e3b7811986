import {
  booleanContent,
  type CellContent,
  errorContent,
  errorName,
  numberContent,
  textContent,
} from "./number-format.ts";
import { rkNumber } from "./rk-number.ts";
import { type CellRange, MAX_COLUMNS, MAX_ROWS, type Sheet, type SheetCell } from "./sheet.ts";
import { type BinaryBody, recordsOf } from "./xlsb-records.ts";
import type { BookContext } from "./xlsx-sheet.ts";

const ROW = 0;
const MERGED = 176;
const RICH_TEXT = 62;
/** Cells from 12 to 18 are those from 1 to 7 without a column: they stand behind the one before them. */
const FIRST_SHORT = 12;
const LAST_SHORT = 18;
const SHORT_SHIFT = 11;
const MAX_MERGES = 50_000;

/** The cells and merged ranges of a sheet's part, as many as may still be read. */
export function readSheetRecords(
  bytes: Uint8Array,
  book: BookContext,
): Pick<Sheet, "cells" | "merges" | "cut"> {
  const cells: SheetCell[] = [];
  const merges: CellRange[] = [];
  let row = 0;
  let column = -1;
  for (const { type, body } of recordsOf(bytes)) {
    if (type === ROW) {
      row = body.uint32(0);
      column = -1;
    } else if (type === MERGED) {
      const range = {
        top: body.uint32(0),
        bottom: body.uint32(4),
        left: body.uint32(8),
        right: body.uint32(12),
      };
      if (merges.length < MAX_MERGES) merges.push(range);
    } else if ((type >= 1 && type <= LAST_SHORT) || type === RICH_TEXT) {
      const short = type >= FIRST_SHORT && type <= LAST_SHORT;
      column = short ? column + 1 : body.uint32(0);
      const content = contentOf(short ? type - SHORT_SHIFT : type, body, short ? 0 : 4, book);
      if (!content || content.text === "" || row >= MAX_ROWS || column >= MAX_COLUMNS) continue;
      if (book.budget.cells <= 0) return { cells, merges, cut: true };
      book.budget.cells -= 1;
      cells.push({ row, column, ...content });
    }
  }
  return { cells, merges, cut: false };
}

/** What a cell holds; its style stands at `at` in three bytes, its value behind them and a byte of flags. */
function contentOf(type: number, body: BinaryBody, at: number, book: BookContext): CellContent | null {
  const value = at + 4;
  const number = (of: number): CellContent => {
    const style = body.uint32(at) & 0xffffff;
    return numberContent(of, book.codes[style] ?? "General", book.date1904, book.format);
  };
  switch (type) {
    case 2:
      return number(rkNumber(body.uint32(value)));
    case 5:
    case 9:
      return number(body.double(value));
    case 3:
    case 11:
      return errorContent(errorName(body.uint8(value)));
    case 4:
    case 10:
      return booleanContent(body.uint8(value) !== 0);
    case 6:
    case 8:
      return textContent(body.text(value).text);
    case 7:
      return textContent(book.strings[body.uint32(value)] ?? "");
    case RICH_TEXT:
      return textContent(body.text(value + 1).text);
    default:
      return null;
  }
}
