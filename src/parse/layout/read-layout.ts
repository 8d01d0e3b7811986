import type { ReadWord, Ruling } from "../../ports.ts";
import { findRows, segmentOf } from "./find-rows.ts";
import { findKeyValues, type PlacedKeyValue } from "./key-values.ts";
import { alignedTables, type PlacedTable, rowsWithin, ruledTable } from "./page-tables.ts";
import { type PageSpace, placeRulings, placeWords } from "./place-words.ts";
import { medianOf } from "../../model/median.ts";
import { extentOf, type PlacedWord, type Row, type Segment } from "./placed.ts";
import { type Item, readingOrder } from "./reading-order.ts";
import { assignCells, findGrids } from "./ruled-grids.ts";

export interface Layout {
  readonly space: PageSpace;
  /** Lines in reading order. */
  readonly lines: readonly Segment[];
  readonly tables: readonly PlacedTable[];
  readonly keyValues: readonly PlacedKeyValue[];
  /** [first, behind the last] in `lines`. */
  readonly blocks: readonly (readonly [number, number])[];
}

/** Finds rows, tables, columns, blocks and key-values of a page. */
export function readLayout(
  words: readonly ReadWord[],
  page: { readonly width: number; readonly height: number; readonly rulings: readonly Ruling[] },
): Layout {
  const { space, placed: all } = placeWords(words, page.width, page.height);
  const rulings = placeRulings(page.rulings, space);
  const grids = findGrids(rulings.horizontal, rulings.vertical);
  const { upright, turned } = partTurned(withoutDoubles(all));
  const cells = assignCells(upright, grids);
  const rows = findRows(upright);
  const em = medianOf(
    upright.map((word) => word.y1 - word.y0),
    10,
  );

  const byCell = groupByCell(rows);
  const tables: PlacedTable[] = [];
  const inner = (segments: readonly Segment[], own: readonly PlacedTable[]): Segment[] =>
    readingOrder(itemsOf(segments, own), em).flatMap((item) => item.segments);
  const free = alignedTables(rowsWithin(rows, -1));
  for (const [number, grid] of grids.entries()) {
    const inCell = new Map<number, readonly Segment[]>();
    for (const [id, cell] of cells.entries()) {
      if (cell.grid === number) inCell.set(cell.cell, byCell.get(id) ?? []);
    }
    if (inCell.size === 0) continue;
    tables.push(ruledTable(grid, inCell, (segments) => orderCell(segments, rows, tables, inner)));
  }
  tables.push(...free);

  const outer = tables.filter((table) => table.ruled || table.segments[0]?.cell === -1);
  const lines = inner(byCell.get(-1) ?? [], outer);
  for (const word of turned) lines.push(segmentOf([word], rows.length));
  const inTable = new Set(tables.flatMap((table) => table.segments));
  return {
    space,
    lines,
    tables: tables.toSorted((a, b) => a.y0 - b.y0 || a.x0 - b.x0),
    keyValues: findKeyValues(rows, tables, (segment) => inTable.has(segment)),
    blocks: findBlocks(lines, inTable),
  };
}

/** Orders one cell; a large cell may hold a table without borders, which is added to `tables`. */
function orderCell(
  segments: readonly Segment[],
  rows: readonly Row[],
  tables: PlacedTable[],
  inner: (segments: readonly Segment[], own: readonly PlacedTable[]) => Segment[],
): Segment[] {
  const [first, last] = [segments[0], segments.at(-1)];
  if (!first || !last || segments.length < 9) return inner(segments, []);
  const own = alignedTables(rowsWithin(rows.slice(first.row, last.row + 1), first.cell));
  tables.push(...own);
  return inner(segments, own);
}

function itemsOf(segments: readonly Segment[], tables: readonly PlacedTable[]): Item[] {
  const taken = new Set(tables.flatMap((table) => table.segments));
  const items: Item[] = tables.map((table) => ({
    ...extentOf([table]),
    segments: table.segments,
    table: true,
  }));
  for (const segment of segments) {
    if (!taken.has(segment)) items.push({ ...extentOf([segment]), segments: [segment], table: false });
  }
  return items;
}

function groupByCell(rows: readonly Row[]): Map<number, Segment[]> {
  const groups = new Map<number, Segment[]>();
  for (const segment of rows.flatMap((row) => row.segments)) {
    const group = groups.get(segment.cell);
    if (group) group.push(segment);
    else groups.set(segment.cell, [segment]);
  }
  return groups;
}

/** Leaves out a word that is drawn again on the same spot, as bold print and shadows are. */
function withoutDoubles(words: readonly PlacedWord[]): PlacedWord[] {
  const seen = new Map<string, PlacedWord>();
  return words.filter((word) => {
    const before = seen.get(word.read.text);
    const slack = 0.15 * (word.y1 - word.y0);
    const double =
      before !== undefined && Math.abs(before.x0 - word.x0) < slack && Math.abs(before.y0 - word.y0) < slack;
    if (!double) seen.set(word.read.text, word);
    return !double;
  });
}

/** Words that stand on end (a note in the margin) have no place in rows: they are read last. */
function partTurned(words: readonly PlacedWord[]): { upright: PlacedWord[]; turned: PlacedWord[] } {
  const em = medianOf(
    words.map((word) => word.y1 - word.y0),
    10,
  );
  const isTurned = (word: PlacedWord): boolean => {
    const height = word.y1 - word.y0;
    return word.read.text.length >= 3 && height > 2.5 * em && height > 1.8 * (word.x1 - word.x0);
  };
  const turned = words.filter((word) => isTurned(word));
  return {
    upright: turned.length === 0 ? [...words] : words.filter((word) => !isTurned(word)),
    turned: turned.toSorted((a, b) => a.x0 - b.x0 || b.y1 - a.y1),
  };
}

/** Lines that follow one another closely, in one column and in like print. */
function findBlocks(lines: readonly Segment[], inTable: ReadonlySet<Segment>): [number, number][] {
  const blocks: [number, number][] = [];
  let first = 0;
  for (let i = 1; i <= lines.length; i++) {
    const [before, line] = [lines[i - 1], lines[i]];
    if (before && line && standTogether(before, line) && inTable.has(before) === inTable.has(line)) continue;
    if (i > first) blocks.push([first, i]);
    first = i;
  }
  return blocks;
}

function standTogether(before: Segment, line: Segment): boolean {
  if (before.cell !== line.cell) return false;
  const [above, height] = [before.y1 - before.y0, line.y1 - line.y0];
  if (before.row === line.row) return line.x0 - before.x1 < 12 * height;
  const gap = line.y0 - before.y1;
  const alike = Math.max(above, height) < 1.5 * Math.min(above, height);
  const overlap = Math.min(before.x1, line.x1) - Math.max(before.x0, line.x0);
  return alike && line.row > before.row && gap < 0.9 * Math.max(above, height) && overlap > 0;
}
