import type { FlowCell, FlowTable } from "./flow.ts";
import type { RowMemo } from "./row-memo.ts";
import {
  BODY_ROWS,
  MARGIN_COLUMNS,
  readsRightToLeft,
  type SheetCell,
  type SheetContent,
  type SheetWriter,
} from "./sheet-writer.ts";
import { COLUMN_GAP, extentOf, type SetRow, wrapText } from "./wrap-text.ts";

/** Tables are squeezed to this width before they make their page wider still. */
const USUAL_WIDTH = 150;
/** A column is not squeezed below it, unless its content is narrower. */
const MIN_COLUMN = 14;
/** A single word makes its column no wider; a longer one is printed narrower. */
const MAX_LEAST = 40;
const MAX_COLUMN = 72;
/** HTML's own bound (colspan); office formats have none that a document reaches. */
const MAX_SPAN = 1_000;

/** Covered places that are passed in search of free ones: tables that ask for more are made to take time. */
const MAX_STEPS = 3_000_000;

interface GridCell {
  readonly cell: FlowCell;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** A table with the place of each cell and the width of each column. */
export interface MeasuredTable {
  readonly table: FlowTable;
  readonly cells: readonly GridCell[];
  /** Left border of each column from the table's own, and the table's right border behind the last. */
  readonly borders: readonly number[];
  readonly width: number;
}

/** Finds each cell's place among those that span, and columns as wide as what stands in them. */
export function measureTable(table: FlowTable): MeasuredTable {
  const cells = placeCells(table.rows);
  const columns = cells.reduce((most, { column, columnSpan }) => Math.max(most, column + columnSpan), 1);
  const natural = Array.from({ length: columns }, () => 1);
  const least = Array.from({ length: columns }, () => 1);
  const spanning: { cell: GridCell; natural: number }[] = [];
  for (const cell of cells) {
    const extent = extentOf(cell.cell.text);
    if (cell.columnSpan > 1) spanning.push({ cell, natural: extent.natural });
    else {
      const { column } = cell;
      natural[column] = Math.max(natural[column] ?? 1, Math.min(extent.natural, MAX_COLUMN));
      least[column] = Math.max(least[column] ?? 1, Math.min(extent.least, MAX_LEAST));
    }
  }
  const widths = squeeze(natural, least);
  for (const { cell, natural: wanted } of spanning) widen(widths, cell, Math.min(wanted, MAX_COLUMN));
  const borders = [0];
  for (const width of widths) borders.push((borders.at(-1) ?? 0) + width + COLUMN_GAP);
  return { table, cells, borders, width: (borders.at(-1) ?? 0) - COLUMN_GAP };
}

/** Gives each cell the first column that no cell from above reaches down to (HTML, 4.9.12.1). */
function placeCells(rows: FlowTable["rows"]): GridCell[] {
  const cells: GridCell[] = [];
  const taken: number[] = [];
  let steps = 0;
  for (const [row, own] of rows.entries()) {
    let column = 0;
    for (const cell of own) {
      while ((taken[column] ?? 0) > row) {
        column += 1;
        steps += 1;
      }
      const columnSpan = Math.min(MAX_SPAN, Math.max(1, Math.floor(cell.columnSpan ?? 1)));
      const reach = steps > MAX_STEPS ? 1 : Math.max(1, Math.floor(cell.rowSpan ?? 1));
      const rowSpan = Math.min(rows.length - row, reach);
      cells.push({ cell, row, column, rowSpan, columnSpan });
      for (let at = column; at < column + columnSpan; at += 1) taken[at] = row + rowSpan;
      column += columnSpan;
    }
  }
  return cells;
}

/** Narrows the widest columns alike until the table has its usual width, or they are as narrow as may be. */
function squeeze(natural: readonly number[], least: readonly number[]): number[] {
  const room = USUAL_WIDTH - COLUMN_GAP * (natural.length - 1);
  const at = (cap: number): number[] =>
    natural.map((width, column) => Math.min(width, Math.max(cap, least[column] ?? 1)));
  let cap = MAX_COLUMN;
  while (cap > MIN_COLUMN && sumOf(at(cap)) > room) cap -= 1;
  return at(cap);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Makes the last of a spanning cell's columns wider when its text has little room in all of them. */
function widen(widths: number[], { column, columnSpan }: GridCell, wanted: number): void {
  const own = widths.slice(column, column + columnSpan);
  const room = sumOf(own) + COLUMN_GAP * (own.length - 1);
  const missing = Math.min(wanted, MIN_COLUMN * 2) - room;
  const last = column + columnSpan - 1;
  if (missing > 0) widths[last] = (widths[last] ?? 1) + missing;
}

/** Writes a table over as many pages as it takes: it breaks between rows, and within one that no page holds. */
export function placeTable(writer: SheetWriter, measured: MeasuredTable): void {
  const { table, cells } = measured;
  const heights = Uint32Array.from(cells, (cell) => rowsOf(cell, measured, writer.memo).length);
  const tops = rowTops(cells, heights, table.rows.length);
  const end = tops.at(-1) ?? 0;
  let next = 0;
  /** Cells whose text goes on beneath the part that was written last. */
  let open: number[] = [];
  for (let from = 0; from < end;) {
    const to = chunkEnd(writer, tops, from, table.headerRows);
    if (to <= from) {
      writer.breakPage();
      continue;
    }
    const rows = rowRange(tops, from, to);
    const members = [...open];
    for (let cell = cells[next]; cell && cell.row < rows.behind; cell = cells[next]) members.push(next++);
    open = members.filter((index) => (tops[cells[index]?.row ?? 0] ?? 0) + (heights[index] ?? 0) > to);
    const chunk = { from, to, ...rows };
    writer.add(to - from, (content, top) =>
      writeChunk(content, top, measured, members, tops, chunk, writer.memo),
    );
    from = to;
    if (from < end) writer.breakPage();
  }
}

/** A cell's printed rows; made when they are wanted, since those of a long table take much room. */
function rowsOf(cell: GridCell, { borders }: MeasuredTable, memo: RowMemo): readonly SetRow[] {
  const width = (borders[cell.column + cell.columnSpan] ?? 0) - (borders[cell.column] ?? 0) - COLUMN_GAP;
  return cell.cell.text === "" ? [] : memo.rowsOf(cell, () => wrapText(cell.cell.text, width));
}

/** The rows of the table that a part of its printed rows shows, a row that only goes on there included. */
function rowRange(tops: readonly number[], from: number, to: number): { first: number; behind: number } {
  const first = from === 0 ? 0 : lastAtMost(tops, from);
  const behind = to === tops.at(-1) ? tops.length - 1 : lastAtMost(tops, to - 1) + 1;
  return { first, behind };
}

/** The printed row at which each row of the table begins, and where the last one ends. */
function rowTops(cells: readonly GridCell[], own: Uint32Array, rows: number): number[] {
  const heights = Array.from({ length: rows }, () => 0);
  for (const [index, { row, rowSpan }] of cells.entries()) {
    const height = own[index] ?? 0;
    heights[row] = Math.max(heights[row] ?? 0, rowSpan === 1 ? height : Math.min(height, 1));
  }
  for (const [index, { row, rowSpan }] of cells.entries()) {
    const height = own[index] ?? 0;
    if (rowSpan === 1 || height === 0) continue;
    const last = row + rowSpan - 1;
    let missing = height;
    for (let at = row; at <= last && missing > 0; at += 1) missing -= heights[at] ?? 0;
    if (missing > 0) heights[last] = (heights[last] ?? 0) + missing;
  }
  const tops = [0];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}

/** Where the part of the table ends that this page takes; `from` itself when it belongs on the next one. */
function chunkEnd(writer: SheetWriter, tops: readonly number[], from: number, headerRows: number): number {
  const end = tops.at(-1) ?? 0;
  const limit = from + writer.left;
  if (end <= limit) return end;
  const fitting = lastAtMost(tops, limit);
  const behind = tops[fitting] ?? 0;
  const bodyTop = tops[headerRows] ?? 0;
  const isHeaderAlone = from === 0 && behind <= bodyTop && bodyTop < BODY_ROWS / 2;
  if (behind > from && (!isHeaderAlone || writer.isAtTop)) return behind;
  const next = (tops[fitting + 1] ?? end) - from;
  return !writer.isAtTop && (next <= BODY_ROWS || writer.left < BODY_ROWS / 2) ? from : limit;
}

/** The last index whose value is at most `limit`. */
function lastAtMost(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A part of a table on one page: its printed rows, and the table's rows that they belong to. */
interface Chunk {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly behind: number;
}

function writeChunk(
  content: SheetContent,
  top: number,
  measured: MeasuredTable,
  members: readonly number[],
  tops: readonly number[],
  { from, to, first: firstRow, behind: behindRow }: Chunk,
  memo: RowMemo,
): void {
  const { table, borders, width, cells } = measured;
  const placed: SheetCell[] = [];
  const before = content.tables.reduce((sum, other) => sum + other.cells.length, 0);
  let row = -1;
  let line = content.lines.length;
  for (const index of members) {
    const cell = cells[index];
    if (!cell) continue;
    if (cell.row !== row) {
      content.close(line, {});
      line = content.lines.length;
    }
    row = cell.row;
    const start = tops[cell.row] ?? 0;
    const lines = content.lines.length;
    const left = MARGIN_COLUMNS + (borders[cell.column] ?? 0);
    const right = MARGIN_COLUMNS + (borders[cell.column + cell.columnSpan] ?? 0);
    const rightToLeft = readsRightToLeft(cell.cell.text);
    const place = { left, room: right - left - COLUMN_GAP, scale: 1, rows: 1, rightToLeft };
    const rows = rowsOf(cell, measured, memo);
    for (let at = Math.max(0, from - start); at < rows.length && start + at < to; at += 1) {
      content.put(rows[at] ?? [], top + start + at - from, place, before + placed.length);
    }
    if (content.lines.length === lines && cell.cell.value === undefined) continue;
    const own = Math.max(cell.row, firstRow);
    const behind = Math.max(own + 1, Math.min(cell.row + cell.rowSpan, behindRow));
    placed.push({
      cell: cell.cell,
      row: own - firstRow,
      column: cell.column,
      rowSpan: behind - own,
      columnSpan: cell.columnSpan,
      lines: [lines, content.lines.length],
      borders: [
        left - COLUMN_GAP / 2,
        top + Math.max(from, tops[own] ?? 0) - from,
        right - COLUMN_GAP / 2,
        top + Math.min(to, tops[behind] ?? to) - from,
      ],
    });
  }
  content.close(line, {});
  const edge = MARGIN_COLUMNS - COLUMN_GAP / 2;
  content.tables.push({
    sheet: table.sheet,
    rows: behindRow - firstRow,
    columns: borders.length - 1,
    headerRows: Math.max(0, Math.min(table.headerRows - firstRow, behindRow - firstRow)),
    cells: placed,
    borders: [edge, top, edge + width + COLUMN_GAP, top + to - from],
  });
}
