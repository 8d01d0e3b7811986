import type { FlowBlock } from "../flow/flow.ts";
import type { RichCell } from "../flow/rich-table.ts";
import type { Numbers } from "./fib.ts";

/** How a row's cells lie, as the mark at its end says. */
export interface RowDefinition {
  /** Borders of its cells from left to right, in twips: one more than there are cells. */
  readonly borders: readonly number[];
  /** For each cell whether it goes on with the one above. */
  readonly mergesUp: readonly boolean[];
}

/** A row with its cells in the order in which the text has them. */
export interface DocRow {
  readonly cells: readonly FlowBlock[][];
  readonly definition: RowDefinition | null;
  readonly isHeader: boolean;
}

/** Borders that lie closer are one: writers round them, and hands draw them. */
const SLACK = 40;
const MAX_CELLS = 63;
const CELL_BYTES = 20;

/** Reads a row's definition ([MS-DOC] 2.9.322 TDefTableOperand); null where it has no cells. */
export function readDefinition(numbers: Numbers, at: number): RowDefinition | null {
  const count = numbers.u8(at + 2);
  if (count === 0 || count > MAX_CELLS) return null;
  const end = at + 1 + numbers.u16(at);
  const cells = at + 3 + 2 * (count + 1);
  if (cells > end) return null;
  const borders: number[] = [];
  for (let index = 0; index <= count; index += 1) borders.push((numbers.u16(at + 3 + 2 * index) << 16) >> 16);
  // Definitions of cells that are left out at the end are as those of plain cells (2.9.313 TC80).
  const mergesUp = Array.from({ length: count }, (_, index) => {
    const flags = cells + CELL_BYTES * index + 2 <= end ? numbers.u16(cells + CELL_BYTES * index) : 0;
    return (flags & 0x60) === 0x20;
  });
  return { borders, mergesUp };
}

/** Cells with the columns and rows that they span: columns are where any row has a border. */
export function spanRows(rows: readonly DocRow[]): RichCell[][] {
  const counts = new Set(rows.map(({ cells }) => cells.length));
  // Rows of as many cells stand under each other, however crooked their borders were drawn.
  const borders = counts.size > 1 ? bordersOf(rows) : [];
  const above = new Map<number, { blocks: FlowBlock[]; columnSpan: number; rowSpan: number }>();
  return rows.map(({ cells, definition }) => {
    const row: RichCell[] = [];
    let left = definition ? Math.max(0, indexOf(borders, definition.borders[0])) : 0;
    if (left > 0) row.push({ blocks: [], columnSpan: left });
    for (const [index, blocks] of cells.entries()) {
      const right = indexOf(borders, definition?.borders[index + 1]);
      const columnSpan = Math.max(1, right - left);
      const over = above.get(left);
      if (definition?.mergesUp[index] && over?.columnSpan === columnSpan) {
        over.rowSpan += 1;
        over.blocks.push(...blocks);
      } else {
        const cell = { blocks: [...blocks], columnSpan, rowSpan: 1 };
        row.push(cell);
        above.set(left, cell);
      }
      left += columnSpan;
    }
    return row;
  });
}

function bordersOf(rows: readonly DocRow[]): number[] {
  const borders: number[] = [];
  for (const border of rows
    .flatMap(({ definition }) => definition?.borders ?? [])
    .toSorted((a, b) => a - b)) {
    if (border - (borders.at(-1) ?? -Infinity) > SLACK) borders.push(border);
  }
  return borders;
}

/** The number of the column that begins at a border; -1 where there is none. */
function indexOf(borders: readonly number[], border: number | undefined): number {
  return border === undefined ? -1 : borders.findLastIndex((known) => known <= border);
}
