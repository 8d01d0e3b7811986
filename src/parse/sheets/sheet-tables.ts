import type { FlowCell, FlowTable } from "../flow/flow.ts";
import { addressOf, type Sheet } from "./sheet.ts";
import { type Block, splitIslands } from "./split-islands.ts";

/** A grid of more empty cells than so many for each full one is written row by row without them. */
const MAX_SPARSENESS = 20;
const FREE_CELLS = 2_000;

/** A table of more columns is written in bands of so many, one below the other, so that no page grows without end. */
const MAX_TABLE_COLUMNS = 128;

/** The tables of a sheet: its islands, each as a grid of the rows and columns in which something begins. */
export function tablesOf(sheet: Sheet): FlowTable[] {
  return splitIslands(sheet).flatMap((island) => bandsOf(island).map((band) => tableOf(band, sheet)));
}

function tableOf(island: readonly Block[], sheet: Sheet): FlowTable {
  const rows = distinct(island.map(({ row }) => row));
  const columns = distinct(island.map(({ column }) => column));
  const sparse = rows.length * columns.length > FREE_CELLS + island.length * MAX_SPARSENESS;
  return {
    kind: "table",
    headerRows: headerRowsOf(island, rows, columns, sheet.named ?? []),
    rows: sparse ? looseRows(island) : gridRows(island, rows, columns),
    sheet: sheet.name,
  };
}

function bandsOf(island: readonly Block[]): (readonly Block[])[] {
  const columns = distinct(island.map(({ column }) => column));
  if (columns.length <= MAX_TABLE_COLUMNS) return [island];
  const bandAt = new Map(columns.map((column, index) => [column, Math.floor(index / MAX_TABLE_COLUMNS)]));
  const bands: Block[][] = [];
  for (const block of island) (bands[bandAt.get(block.column) ?? 0] ??= []).push(block);
  return bands;
}

function looseRows(island: readonly Block[]): FlowCell[][] {
  const rows: FlowCell[][] = [];
  let current = -1;
  for (const block of island) {
    if (block.row !== current) rows.push([]);
    current = block.row;
    rows.at(-1)?.push(cellOf(block, 1, 1));
  }
  return rows;
}

function gridRows(
  island: readonly Block[],
  rows: readonly number[],
  columns: readonly number[],
): FlowCell[][] {
  const rowAt = new Map(rows.map((row, index) => [row, index]));
  const columnAt = new Map(columns.map((column, index) => [column, index]));
  const grid: Grid = rows.map(() => Array.from(columns, () => null));
  const placed = island.map((block) => {
    const row = rowAt.get(block.row) ?? 0;
    const column = columnAt.get(block.column) ?? 0;
    const place = grid[row] ?? [];
    place[column] = "taken";
    return { block, row, column, place };
  });
  for (const { block, row, column, place } of placed) {
    const { rowSpan, columnSpan } = spanOf(block, grid, rows, columns, row, column);
    for (let down = row; down < row + rowSpan; down += 1) {
      grid[down]?.fill("covered", column, column + columnSpan);
    }
    place[column] = cellOf(block, rowSpan, columnSpan);
  }
  return grid.map((row) => row.flatMap((cell) => (typeof cell === "string" ? [] : [cell ?? { text: "" }])));
}

/** Null where nothing begins; `taken` until the cell is made that begins there. */
type Grid = (FlowCell | "taken" | "covered" | null)[][];

/** How far a merged cell reaches in the grid: never over a cell that is taken, or that has content of its own. */
function spanOf(
  block: Block,
  grid: Grid,
  rows: readonly number[],
  columns: readonly number[],
  row: number,
  column: number,
): { rowSpan: number; columnSpan: number } {
  let columnSpan = 1;
  while (
    (columns[column + columnSpan] ?? Infinity) <= block.right &&
    grid[row]?.[column + columnSpan] === null
  ) {
    columnSpan += 1;
  }
  let rowSpan = 1;
  while (
    (rows[row + rowSpan] ?? Infinity) <= block.bottom &&
    (grid[row + rowSpan]?.slice(column, column + columnSpan) ?? []).every((cell) => cell === null)
  ) {
    rowSpan += 1;
  }
  return { rowSpan, columnSpan };
}

function cellOf({ row, column, text, value }: Block, rowSpan: number, columnSpan: number): FlowCell {
  return {
    text,
    ...(rowSpan > 1 ? { rowSpan } : {}),
    ...(columnSpan > 1 ? { columnSpan } : {}),
    address: addressOf(row, column),
    value,
  };
}

/**
 * Rows at the top that name the columns: as the file says, else one row of texts above columns that hold something
 * else, or above rows that are as full as it is.
 */
function headerRowsOf(
  island: readonly Block[],
  rows: readonly number[],
  columns: readonly number[],
  named: NonNullable<Sheet["named"]>,
): number {
  const [top = 0, second] = rows;
  const left = columns[0] ?? 0;
  const table = named.find((range) => range.top === top && range.left <= left && range.right >= left);
  if (table) return Math.min(table.headerRows, rows.length - 1);
  if (second === undefined || columns.length < 2) return 0;
  const header = island.filter(({ row }) => row === top);
  if (header.some(({ value, text }) => value.type !== "text" || /[:：]\s*$/.test(text))) return 0;
  if (header.length < 2 || header.length < columns.length * 0.7) return 0;
  const body = island.filter(({ row }) => row !== top);
  const typed = body.filter(({ value }) => value.type !== "text").length;
  if (columns.length === 2) return typed >= (rows.length - 1) * 0.7 ? 1 : 0;
  const below = island.filter(({ row }) => row === second).length;
  return typed > 0 || below >= header.length * 0.6 ? 1 : 0;
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}
