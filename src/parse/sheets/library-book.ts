import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from "@e965/xlsx";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { codePages } from "./code-pages.ts";
import {
  booleanContent,
  type CellContent,
  errorContent,
  type FormatNumber,
  numberContent,
  textContent,
} from "./number-format.ts";
import type { Book } from "./open-book.ts";
import { addressOf, type CellRange, MAX_COLUMNS, MAX_ROWS, type Sheet, type SheetCell } from "./sheet.ts";

/** The sheets' library: reads the binary formats, and writes numbers by their formats. */
export interface SheetLibrary {
  readonly read: (bytes: Uint8Array, options: ParsingOptions) => WorkBook;
  readonly format: FormatNumber;
}

/** Loads the library, which takes a while: only when a workbook is read. */
export async function loadSheetLibrary(): Promise<SheetLibrary> {
  const { SSF, read, set_cptable: setCodePages } = await import("@e965/xlsx");
  setCodePages(codePages);
  return { read, format: (code, value, options) => String(SSF.format(code, value, options)) };
}

const VISIBILITY = ["visible", "hidden", "very_hidden"] as const;

/** Error values by their number in the binary formats ([MS-XLS] 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
  43: "#GETTING_DATA",
};

/**
 * Reads a workbook by the library. Its input has been made harmless before: no more cells than are read, and no
 * records that make it fill in ranges.
 * @throws AppError file_damaged
 */
export function readByLibrary(
  bytes: Uint8Array,
  library: SheetLibrary,
  cut: ReadonlySet<string>,
  options: Pick<ParsingOptions, "sheetStubs"> = {},
): Book {
  const book = parse(bytes, library, options);
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const warnings: Warning[] = [];
  const sheets = book.SheetNames.flatMap((name, index): Sheet[] => {
    const sheet = book.Sheets[name];
    if (!sheet) {
      warnings.push({
        code: "content_not_read",
        message: `The sheet ${name} was not read: its part is damaged.`,
      });
      return [];
    }
    const { cells, notes } = contentOf(sheet, date1904, library.format);
    const listed = book.Workbook?.Sheets?.find((candidate) => candidate.name === name);
    const visibility = VISIBILITY[listed?.Hidden ?? 0] ?? "visible";
    const wasCut = cut.has(String(index)) || (cut.size > 0 && book.SheetNames.length === 1);
    return [{ name, visibility, cells, notes, merges: mergesOf(sheet), cut: wasCut }];
  });
  if (book.SheetNames.length === 0) throw damaged();
  return { sheets, found: book.SheetNames.length, warnings };
}

function parse(bytes: Uint8Array, library: SheetLibrary, options: ParsingOptions): WorkBook {
  try {
    return library.read(bytes, {
      type: "array",
      dense: true,
      cellFormula: false,
      cellHTML: false,
      cellText: false,
      cellNF: true,
      ...options,
    });
  } catch (error) {
    throw damaged(error);
  }
}

function contentOf(
  sheet: WorkSheet,
  date1904: boolean,
  format: FormatNumber,
): Pick<Sheet, "cells" | "notes"> {
  const cells: SheetCell[] = [];
  const notes: { address: string; text: string }[] = [];
  const rows: readonly (readonly CellObject[])[] = sheet["!data"] ?? [];
  for (const row of placesOf(rows, MAX_ROWS)) {
    for (const column of placesOf(rows[row] ?? [], MAX_COLUMNS)) {
      const cell = rows[row]?.[column];
      if (!cell) continue;
      const content = cellContent(cell, date1904, format);
      if (content && content.text !== "") cells.push({ row, column, ...content });
      for (const { t } of cell.c ?? []) {
        const text = (t ?? "").trim();
        if (text !== "") notes.push({ address: addressOf(row, column), text });
      }
    }
  }
  return { cells, notes };
}

/** Indices that an array has, without walking over its holes: a damaged file has a row of a number in the billions. */
function placesOf(array: readonly unknown[], most: number): number[] {
  return Object.keys(array)
    .map(Number)
    .filter((index) => Number.isInteger(index) && index < most);
}

function cellContent(cell: CellObject, date1904: boolean, format: FormatNumber): CellContent | null {
  const { t: type, v: value, z: code } = cell;
  if (type === "n" && typeof value === "number") {
    return numberContent(value, neutral(typeof code === "string" ? code : "General"), date1904, format);
  }
  if (type === "b") return booleanContent(value === true);
  if (type === "e") return errorContent(ERRORS[Number(value)] ?? "#ERROR!");
  if (value === undefined || type === "z") return null;
  return textContent(String(value).replace(/\r\n?/g, "\n"));
}

/** What the library has for the formats that show what the reader's country is used to. */
function neutral(code: string): string {
  if (code === "m/d/yy") return "yyyy-mm-dd";
  return code === "m/d/yy h:mm" ? "yyyy-mm-dd hh:mm" : code;
}

function mergesOf(sheet: WorkSheet): CellRange[] {
  return (sheet["!merges"] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
}

function damaged(cause?: unknown): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: its workbook cannot be read. Send the original, or save it as XLSX.",
    cause === undefined ? {} : { cause },
  );
}
