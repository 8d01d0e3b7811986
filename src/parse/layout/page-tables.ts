import type { BBox } from "../../model/geometry.ts";
import { type AlignedTable, findAlignedTables } from "./aligned-tables.ts";
import type { PageSpace } from "./place-words.ts";
import {
  extentOf,
  type Extent,
  isNumberLike,
  type PlacedWord,
  type Row,
  type Segment,
  textOf,
} from "./placed.ts";
import type { Grid } from "./ruled-grids.ts";

/** A cell before the page's words have their numbers. */
export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly segments: readonly Segment[];
  readonly words: readonly PlacedWord[];
  readonly extent: Extent;
}

/** A table before the page's words have their numbers; `segments` are in reading order. */
export interface PlacedTable extends Extent {
  readonly ruled: boolean;
  readonly rows: number;
  readonly columns: number;
  readonly headerRows: number;
  readonly cells: readonly PlacedCell[];
  readonly segments: readonly Segment[];
}

/** Rows cut down to the segments of one cell, or of none (-1). */
export function rowsWithin(rows: readonly Row[], cell: number): Row[] {
  const within: Row[] = [];
  for (const row of rows) {
    const segments = row.segments.filter((segment) => segment.cell === cell);
    if (segments.length > 0) within.push({ ...extentOf(segments), segments });
  }
  return within;
}

/** The borderless tables among rows. */
export function alignedTables(rows: readonly Row[]): PlacedTable[] {
  return findAlignedTables(rows).map((table) => fromAligned(table));
}

function fromAligned(table: AlignedTable): PlacedTable {
  const cells: PlacedCell[] = [];
  for (const [row, segments] of table.rows.entries()) {
    const names = row < table.headerRows ? columnsOfNames(segments, table) : null;
    const columns = names ?? columnsByPlace(segments, table.cuts);
    for (const [column, words] of columns) {
      cells.push({ row, column, rowSpan: 1, columnSpan: 1, segments, words, extent: extentOf(words) });
    }
  }
  const segments = table.rows.flat();
  return {
    ...extentOf(segments),
    ruled: false,
    rows: table.rows.length,
    columns: table.cuts.length + 1,
    headerRows: table.headerRows,
    cells,
    segments,
  };
}

function columnsByPlace(
  segments: readonly Segment[],
  cuts: readonly number[],
): Map<number, readonly PlacedWord[]> {
  const columns = new Map<number, PlacedWord[]>();
  for (const word of segments.flatMap((segment) => segment.words)) {
    const column = columnAt((word.x0 + word.x1) / 2, cuts);
    const words = columns.get(column);
    if (words) words.push(word);
    else columns.set(column, [word]);
  }
  return columns;
}

const columnAt = (x: number, cuts: readonly number[]) => cuts.filter((cut) => cut < x).length;

/**
 * The columns of a header's names where they stand beside them, as names set to the left over numbers set to the
 * right do: in their order, each whole, as near to its column as they can all be. Null where each stands over its own,
 * or where one name covers several columns.
 */
function columnsOfNames(
  names: readonly Segment[],
  { rows, cuts, headerRows }: AlignedTable,
): Map<number, readonly PlacedWord[]> | null {
  const places = names.map(
    ({ words }) => new Set(words.map((word) => columnAt((word.x0 + word.x1) / 2, cuts))),
  );
  const torn = places.some(({ size }) => size > 1);
  const shared = new Set(places.flatMap((own) => Array.from(own))).size < names.length;
  const body = rows.slice(headerRows).flat();
  const spans = Array.from({ length: cuts.length + 1 }, (_, column) =>
    extentOf(body.filter(({ x0, x1 }) => columnAt((x0 + x1) / 2, cuts) === column)),
  );
  const wide = names.some(
    (name) => spans.filter(({ x0, x1 }) => Math.min(x1, name.x1) - Math.max(x0, name.x0) > 0).length > 1,
  );
  if ((!torn && !shared) || (wide && names.length !== spans.length) || names.length > spans.length)
    return null;
  const order = nearestInOrder(names, spans);
  return new Map(names.map((name, index) => [order[index] ?? index, name.words]));
}

/** For each name the number of its column: rising, with the least distance in sum. */
function nearestInOrder(names: readonly Extent[], columns: readonly Extent[]): number[] {
  const distance = (a: Extent, b: Extent) => Math.max(0, a.x0 - b.x1, b.x0 - a.x1);
  let best: { cost: number; order: number[] }[] = columns.map(() => ({ cost: 0, order: [] }));
  best.push({ cost: 0, order: [] });
  for (const name of names) {
    const next: { cost: number; order: number[] }[] = [{ cost: Infinity, order: [] }];
    for (const [column, extent] of columns.entries()) {
      const before = best[column] ?? { cost: Infinity, order: [] };
      const cost = before.cost + distance(name, extent);
      const last = next[column] ?? { cost: Infinity, order: [] };
      next.push(cost < last.cost ? { cost, order: [...before.order, column] } : last);
    }
    best = next;
  }
  return best.at(-1)?.order ?? [];
}

/**
 * A ruled table from its grid and the segments of its cells. A row of the grid that holds a list (numbers
 * under one another between two rules) is taken apart into its printed rows. `order` orders one cell's segments.
 */
export function ruledTable(
  grid: Grid,
  inCell: ReadonlyMap<number, readonly Segment[]>,
  order: (segments: readonly Segment[]) => Segment[],
): PlacedTable {
  const cells: PlacedCell[] = [];
  const ordered: Segment[] = [];
  let rows = 0;
  for (let row = 0; row < grid.ys.length - 1; row++) {
    const members = grid.cells
      .map((cell, number) => ({ cell, number }))
      .filter(({ cell }) => cell.row === row);
    const list = members.every(({ cell }) => cell.rowSpan === 1)
      ? listRows(members.map(({ number }) => inCell.get(number) ?? []))
      : [];
    const printed = list.length > 1 ? list : [null];
    for (const [position, line] of printed.entries()) {
      for (const { cell, number } of members) {
        const all = inCell.get(number) ?? [];
        const segments = line === null ? order(all) : all.filter((segment) => segment.row === line);
        ordered.push(...segments);
        if (segments.length === 0 && line !== null) continue;
        const words = segments.flatMap((segment) => segment.words);
        const extent = line === null ? borders(grid, cell) : extentOf(segments);
        cells.push({ ...cell, row: rows + position, segments, words, extent });
      }
    }
    rows += printed.length;
  }
  const columns = grid.xs.length - 1;
  const x = { x0: grid.xs[0] ?? 0, x1: grid.xs.at(-1) ?? 0 };
  const y = { y0: grid.ys[0] ?? 0, y1: grid.ys.at(-1) ?? 0 };
  return { ...x, ...y, ruled: true, rows, columns, headerRows: headerRows(cells), cells, segments: ordered };
}

function borders(
  grid: Grid,
  cell: { row: number; column: number; rowSpan: number; columnSpan: number },
): Extent {
  return {
    x0: grid.xs[cell.column] ?? 0,
    x1: grid.xs[cell.column + cell.columnSpan] ?? 0,
    y0: grid.ys[cell.row] ?? 0,
    y1: grid.ys[cell.row + cell.rowSpan] ?? 0,
  };
}

/** The printed rows of a grid's row when its cells run in parallel and one is a list of numbers. */
function listRows(cells: readonly (readonly Segment[])[]): number[] {
  const filled = cells.filter((segments) => segments.length > 0);
  const lists = filled.filter((segments) => {
    const numbers = segments.filter((segment) => isNumberLike(textOf(segment.words)));
    return numbers.length >= 2 && numbers.length === segments.length;
  });
  if (filled.length < 2 || lists.length < 1) return [];
  const shared = new Set(lists[0]?.map((segment) => segment.row));
  const level = filled.filter((segments) => segments.filter((s) => shared.has(s.row)).length >= 2);
  if (level.length < 2) return [];
  return [...new Set(filled.flat().map((segment) => segment.row))].toSorted((a, b) => a - b);
}

/** One when the first row names columns and the second holds numbers. */
function headerRows(cells: readonly PlacedCell[]): number {
  const isNumber = (cell: PlacedCell): boolean => isNumberLike(textOf(cell.words));
  const first = cells.filter((cell) => cell.row === 0 && cell.words.length > 0);
  const second = cells.filter((cell) => cell.row === 1 && cell.words.length > 0);
  return first.length >= 2 && !first.some((cell) => isNumber(cell)) && second.some((cell) => isNumber(cell))
    ? 1
    : 0;
}

/** An extent of the layout's space as a box of the page. */
export function boxOf(extent: Extent, space: PageSpace): BBox {
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const x0 = extent.x0 / space.width;
  const x1 = extent.x1 / space.width;
  const y0 = clamp(extent.y0 / space.height);
  const y1 = clamp(extent.y1 / space.height);
  return space.mirrored ? [clamp(1 - x1), y0, clamp(1 - x0), y1] : [clamp(x0), y0, clamp(x1), y1];
}
