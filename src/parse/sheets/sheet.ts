import type { CellValue } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { ParseLimits } from "../parser.ts";

/** A cell with content; row and column count from 0. */
export interface SheetCell {
  readonly row: number;
  readonly column: number;
  /** As the sheet shows it. */
  readonly text: string;
  readonly value: CellValue;
}

/** Rows and columns from 0, both ends included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A sheet as its format tells it, before it is split into tables. */
export interface Sheet {
  readonly name: string;
  readonly visibility: "visible" | "hidden" | "very_hidden";
  readonly cells: readonly SheetCell[];
  readonly merges: readonly CellRange[];
  /** Ranges that the file itself calls tables, with the rows at their top that name the columns. */
  readonly named?: readonly (CellRange & { readonly headerRows: number })[];
  readonly notes: readonly { readonly address: string; readonly text: string }[];
  /** What stands on the sheet beside its cells: text in shapes, numbers of charts. */
  readonly drawn?: readonly FlowBlock[];
  /** Pictures and charts that say nothing that is read. */
  readonly unread?: { readonly pictures: number; readonly charts: number };
  readonly hiddenRows?: number;
  readonly hiddenColumns?: number;
  /** Formulas that the file keeps no result of. */
  readonly uncalculated?: number;
  /** True where cells were left out because there are more than are read. */
  readonly cut?: boolean;
}

export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;

/**
 * Cells of a workbook that are read. One takes about 1.4 KB of heap until its page is written, so that so many stay
 * at 70 MB: a sheet with more is a database, not a document.
 */
const MAX_CELLS = 50_000;

/** How many cells of a workbook may be read. */
export function cellBudget({ maxNodes }: Pick<ParseLimits, "maxNodes">): number {
  return Math.min(maxNodes, MAX_CELLS);
}

/** `B3` for row 2, column 1. */
export function addressOf(row: number, column: number): string {
  let name = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name + String(row + 1);
}

/** Row and column of an address such as `B3` or `$B$3`; null for what is none. */
export function readAddress(address: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(address);
  if (!match) return null;
  let column = 0;
  for (const letter of (match[1] ?? "").toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return row < 1 || row > MAX_ROWS || column > MAX_COLUMNS ? null : { row: row - 1, column: column - 1 };
}

/** The range of `A1:B3`, its ends in order; null for what is none. */
export function readRange(reference: string): CellRange | null {
  const [from = "", to = from] = reference.split(":");
  const first = readAddress(from);
  const last = readAddress(to);
  if (!first || !last) return null;
  return {
    top: Math.min(first.row, last.row),
    left: Math.min(first.column, last.column),
    bottom: Math.max(first.row, last.row),
    right: Math.max(first.column, last.column),
  };
}
