import { extentOf, isNumberLike, type Row, type Segment, textOf } from "./placed.ts";

const MIN_ROWS = 3;
/** Rows between two rows of a table that may hold only the rest of a wrapped cell. */
const MAX_WRAPPED = 3;
const MAX_COLUMNS = 40;

/** A table without borders: its rows, and the x-places between its columns (one fewer than columns). */
export interface AlignedTable {
  readonly rows: readonly (readonly Segment[])[];
  readonly cuts: readonly number[];
  readonly headerRows: number;
}

/**
 * Finds tables by alignment alone: three rows or more in which numbers stand under one another in
 * columns, the rows between them that continue a cell, and the row of names above.
 */
export function findAlignedTables(rows: readonly Row[]): AlignedTable[] {
  const tables: AlignedTable[] = [];
  let floor = 0;
  for (let index = 0; index < rows.length;) {
    const core = collectRun(rows, index);
    if (core.length < MIN_ROWS) {
      index = Math.max(index + 1, core.at(-1) ?? 0);
      continue;
    }
    const first = core[0] ?? index;
    const last = core.at(-1) ?? index;
    const header = headerAbove(rows, first, floor);
    const from = header ?? first;
    const members = rows.slice(from, last + 1).map((row) => row.segments);
    const cuts = columnCuts(core.map((row) => rows[row]?.segments ?? []));
    if (cuts.length > 0 && cuts.length < MAX_COLUMNS) {
      tables.push({ rows: members, cuts, headerRows: header === null ? 0 : first - header });
    }
    index = last + 1;
    floor = index;
  }
  return tables;
}

/** The rows from `start` on that have numbers in line with the number columns of the rows before. */
function collectRun(rows: readonly Row[], start: number): number[] {
  const core: number[] = [];
  let previous: readonly Segment[] | null = null;
  let wrapped = 0;
  for (let index = start; index < rows.length; index++) {
    const row = rows[index];
    if (!row) break;
    const { segments } = row;
    const isCore = isTableRow(segments);
    if (previous === null) {
      if (!isCore) break;
    } else {
      const above = rows[index - 1];
      const height = Math.max(1, row.y1 - row.y0);
      if (above && row.y0 - above.y1 > 3 * height) break;
      if (!isCore || !isAligned(previous, segments)) {
        if (isCore || ++wrapped > MAX_WRAPPED || segments.length > 2) break;
        continue;
      }
    }
    core.push(index);
    previous = segments;
    wrapped = 0;
  }
  return core;
}

function isTableRow(segments: readonly Segment[]): boolean {
  return segments.length >= 3 && segments.slice(1).some((segment) => isNumberLike(textOf(segment.words)));
}

/** Whether at least two cells of two rows share an edge, one of them a number's. */
function isAligned(a: readonly Segment[], b: readonly Segment[]): boolean {
  let shared = 0;
  let numbers = 0;
  for (const right of b) {
    const tolerance = 0.6 * (right.y1 - right.y0);
    const match = a.some(
      (left) =>
        Math.abs(left.x0 - right.x0) < tolerance ||
        Math.abs(left.x1 - right.x1) < tolerance ||
        Math.abs(left.x0 + left.x1 - right.x0 - right.x1) < tolerance,
    );
    if (!match) continue;
    shared++;
    if (isNumberLike(textOf(right.words))) numbers++;
  }
  return shared >= 2 && numbers >= 1;
}

/** The places between columns: where the cells of nearly all rows leave a gap. */
function columnCuts(rows: readonly (readonly Segment[])[]): number[] {
  const edges: { x: number; step: 1 | -1 }[] = [];
  for (const segments of rows) {
    for (const segment of segments) edges.push({ x: segment.x0, step: 1 }, { x: segment.x1, step: -1 });
  }
  edges.sort((a, b) => a.x - b.x || b.step - a.step);
  const allowed = Math.floor(rows.length * 0.1);
  const cuts: number[] = [];
  let covering = 0;
  let inColumn = false;
  let gapFrom: number | null = null;
  for (const { x, step } of edges) {
    covering += step;
    if (covering > allowed) {
      if (gapFrom !== null && x - gapFrom > 2) cuts.push((gapFrom + x) / 2);
      inColumn = true;
      gapFrom = null;
    } else if (inColumn) {
      gapFrom ??= x;
    }
  }
  return cuts;
}

/** The first of one or two rows directly above that hold names over the columns, or null. */
function headerAbove(rows: readonly Row[], first: number, floor: number): number | null {
  const body = rows[first];
  if (!body) return null;
  let found: number | null = null;
  for (let index = first - 1; index >= Math.max(floor, first - 3); index--) {
    const row = rows[index];
    const below = rows[index + 1];
    if (!row || !below || below.y0 - row.y1 > 2.5 * (row.y1 - row.y0)) break;
    const names = row.segments;
    const numbers = names.filter((segment) => isNumberLike(textOf(segment.words)));
    if (names.length < 2 || numbers.length * 3 > names.length) break;
    const { x0, x1 } = extentOf(body.segments);
    if (names.some((segment) => segment.x1 < x0 - 40 || segment.x0 > x1 + 40)) break;
    found = index;
  }
  return found;
}
