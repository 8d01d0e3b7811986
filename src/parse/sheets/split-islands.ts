import type { CellRange, Sheet, SheetCell } from "./sheet.ts";

/** A cell with the ends of what it covers, where it is merged with others. */
export interface Block extends SheetCell {
  readonly bottom: number;
  readonly right: number;
}

/** Columns that two bands have to share so that an empty row between them is only air within one table. */
const SAME_COLUMNS = 0.8;
const MIN_TABLE_COLUMNS = 3;
/** Share of their rows in which two neighbours both have something, so that they are one table with a gap in it. */
const SAME_ROWS = 0.5;
/** Sheets are cut three or four times over; one that could be cut on and on is made to be. */
const MAX_CUTS = 24;

/**
 * Splits a sheet into what stands apart on it: at empty rows, and at empty columns where what is left and right of
 * them does not run in the same rows. From top to bottom, then from left to right; no cell is lost.
 */
export function splitIslands(sheet: Pick<Sheet, "cells" | "merges">): Block[][] {
  const islands = splitRows(blocksOf(sheet), 0);
  return islands.toSorted(
    (a, b) =>
      edge(a, "row", Math.min) - edge(b, "row", Math.min) ||
      edge(a, "column", Math.min) - edge(b, "column", Math.min),
  );
}

/** Cells in the order of their rows; of two in one place the first stays. */
function blocksOf({ cells, merges }: Pick<Sheet, "cells" | "merges">): Block[] {
  const spans = new Map(merges.map((range): [string, CellRange] => [`${range.top},${range.left}`, range]));
  let last = 0;
  let lastColumn = 0;
  for (const { row, column } of cells) {
    last = Math.max(last, row);
    lastColumn = Math.max(lastColumn, column);
  }
  const seen = new Set<number>();
  return cells
    .toSorted((a, b) => a.row - b.row || a.column - b.column)
    .filter(({ row, column }) => {
      const place = row * 16_384 + column;
      return !seen.has(place) && seen.add(place);
    })
    .map(({ row, column, text, value }): Block => {
      const range = spans.get(`${row},${column}`);
      const bottom = Math.min(range?.bottom ?? row, last);
      return { row, column, text, value, bottom, right: Math.min(range?.right ?? column, lastColumn) };
    });
}

function splitRows(blocks: readonly Block[], cuts: number): Block[][] {
  const bands = cutAtGaps(blocks, "row", "bottom");
  const joined: Block[][] = [];
  for (const band of bands) {
    const above = joined.at(-1);
    if (above && isSameTable(above, band)) above.push(...band);
    else joined.push([...band]);
  }
  return joined.flatMap((band) => splitColumns(band, cuts + 1));
}

function splitColumns(blocks: readonly Block[], cuts: number): Block[][] {
  const groups: Block[][] = [];
  for (const part of cutAtGaps(blocks, "column", "right")) {
    const left = groups.at(-1);
    if (left && runInSameRows(left, part)) left.push(...part);
    else groups.push([...part]);
  }
  if (groups.length === 1 || cuts > MAX_CUTS) return groups;
  return groups.flatMap((group) => splitRows(byPlace(group), cuts + 1));
}

/** Runs of blocks between which a row, or a column, is empty. */
function cutAtGaps(blocks: readonly Block[], from: "row" | "column", to: "bottom" | "right"): Block[][] {
  const ordered = blocks.toSorted((a, b) => a[from] - b[from]);
  const runs: Block[][] = [];
  let end = -2;
  for (const block of ordered) {
    if (block[from] > end + 1) runs.push([]);
    runs.at(-1)?.push(block);
    end = Math.max(end, block[to]);
  }
  return runs.map((run) => byPlace(run));
}

function isSameTable(above: readonly Block[], below: readonly Block[]): boolean {
  if (edge(below, "row", Math.min) - edge(above, "bottom", Math.max) > 2) return false;
  const upper = new Set(above.map(({ column }) => column));
  const lower = new Set(below.map(({ column }) => column));
  if (Math.min(upper.size, lower.size) < MIN_TABLE_COLUMNS) return false;
  const shared = [...upper].filter((column) => lower.has(column)).length;
  return shared >= SAME_COLUMNS * Math.max(upper.size, lower.size);
}

function runInSameRows(left: readonly Block[], right: readonly Block[]): boolean {
  const leftRows = new Set(left.map(({ row }) => row));
  const rightRows = new Set(right.map(({ row }) => row));
  const shared = [...leftRows].filter((row) => rightRows.has(row)).length;
  return shared >= SAME_ROWS * Math.min(leftRows.size, rightRows.size);
}

function byPlace(blocks: readonly Block[]): Block[] {
  return blocks.toSorted((a, b) => a.row - b.row || a.column - b.column);
}

function edge(
  blocks: readonly Block[],
  side: "row" | "column" | "bottom" | "right",
  choose: (a: number, b: number) => number,
): number {
  return blocks.reduce((found, block) => choose(found, block[side]), blocks[0]?.[side] ?? 0);
}
