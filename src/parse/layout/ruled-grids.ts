import type { PlacedRuling } from "./place-words.ts";
import type { PlacedWord } from "./placed.ts";

/** Rulings of one direction that are looked at; a page with more is a drawing. */
const MAX_RULINGS = 1_200;
const MAX_ROWS = 250;
const MAX_COLUMNS = 60;
/** Two rulings nearer than this, in points, are one border. */
const SAME_PLACE = 2.5;
const TOUCH = 4;
const MIN_LENGTH = 6;

/** A cell of a grid; spans are counted in the grid's rows and columns. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** A grid of rulings: the places of its borders, and its cells with those merged that no border parts. */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly cells: readonly GridCell[];
  /** The cell at row * columns + column. */
  readonly cellAt: Int32Array;
}

/** Finds the grids of at least two cells that crossing rulings make. */
export function findGrids(horizontal: readonly PlacedRuling[], vertical: readonly PlacedRuling[]): Grid[] {
  const rows = joinRulings(horizontal);
  const columns = joinRulings(vertical);
  if (rows.length > MAX_RULINGS || columns.length > MAX_RULINGS) return [];
  const grids: Grid[] = [];
  for (const group of crossingGroups(rows, columns)) {
    const xs = places(group.vertical);
    const ys = places(group.horizontal);
    if (xs.length < 2 || ys.length < 2 || xs.length * ys.length < 6) continue;
    if (xs.length > MAX_COLUMNS || ys.length > MAX_ROWS) continue;
    const grid = mergeCells(xs, ys, group.horizontal, group.vertical);
    if (grid.cells.length >= 2) grids.push(grid);
  }
  return grids;
}

/** Writes each word's cell, numbered over all grids; gives the grid number and cell number by that number. */
export function assignCells(
  words: readonly PlacedWord[],
  grids: readonly Grid[],
): { grid: number; cell: number }[] {
  const known = new Map<string, number>();
  const cells: { grid: number; cell: number }[] = [];
  for (const word of words) {
    const x = (word.x0 + word.x1) / 2;
    const y = (word.y0 + word.y1) / 2;
    for (const [number, grid] of grids.entries()) {
      const column = slotOf(grid.xs, x);
      const row = slotOf(grid.ys, y);
      if (column < 0 || row < 0) continue;
      const cell = grid.cellAt[row * (grid.xs.length - 1) + column] ?? -1;
      const key = `${number}:${cell}`;
      const id = known.get(key) ?? cells.push({ grid: number, cell }) - 1;
      known.set(key, id);
      word.cell = id;
      break;
    }
  }
  return cells;
}

/** The interval of sorted borders that holds a place, or -1. */
export function slotOf(borders: readonly number[], place: number): number {
  let [low, high] = [0, borders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? Infinity) <= place) low = middle + 1;
    else high = middle;
  }
  return low === 0 || low === borders.length ? -1 : low - 1;
}

/** Joins pieces of one border: rulings of a table are often drawn cell by cell. */
function joinRulings(rulings: readonly PlacedRuling[]): PlacedRuling[] {
  const joined: PlacedRuling[] = [];
  const sorted = rulings.toSorted((a, b) => a.at - b.at || a.from - b.from);
  let group: PlacedRuling[] = [];
  const close = (): void => {
    let open: PlacedRuling | undefined;
    for (const piece of group.toSorted((a, b) => a.from - b.from)) {
      if (open && piece.from <= open.to + TOUCH) {
        open = { at: open.at, from: open.from, to: Math.max(open.to, piece.to) };
      } else {
        if (open) joined.push(open);
        open = piece;
      }
    }
    if (open) joined.push(open);
  };
  for (const ruling of sorted) {
    const first = group[0];
    if (first && ruling.at - first.at > SAME_PLACE) {
      close();
      group = [];
    }
    group.push(ruling);
  }
  close();
  return joined.filter((ruling) => ruling.to - ruling.from >= MIN_LENGTH);
}

function crossingGroups(
  horizontal: readonly PlacedRuling[],
  vertical: readonly PlacedRuling[],
): { horizontal: PlacedRuling[]; vertical: PlacedRuling[] }[] {
  const parents = Array.from({ length: horizontal.length + vertical.length }, (_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[node] = root;
    return root;
  };
  for (const [h, row] of horizontal.entries()) {
    for (const [v, column] of vertical.entries()) {
      const crosses =
        column.at >= row.from - TOUCH &&
        column.at <= row.to + TOUCH &&
        row.at >= column.from - TOUCH &&
        row.at <= column.to + TOUCH;
      if (crosses) parents[rootOf(h)] = rootOf(horizontal.length + v);
    }
  }
  const groups = new Map<number, { horizontal: PlacedRuling[]; vertical: PlacedRuling[] }>();
  const groupOf = (node: number): { horizontal: PlacedRuling[]; vertical: PlacedRuling[] } => {
    const root = rootOf(node);
    const group = groups.get(root) ?? { horizontal: [], vertical: [] };
    groups.set(root, group);
    return group;
  };
  for (const [h, row] of horizontal.entries()) groupOf(h).horizontal.push(row);
  for (const [v, column] of vertical.entries()) groupOf(horizontal.length + v).vertical.push(column);
  return [...groups.values()];
}

function places(rulings: readonly PlacedRuling[]): number[] {
  const found: number[] = [];
  for (const at of rulings.map((ruling) => ruling.at).toSorted((a, b) => a - b)) {
    if (at - (found.at(-1) ?? -Infinity) > 2 * SAME_PLACE) found.push(at);
  }
  return found;
}

function mergeCells(
  xs: readonly number[],
  ys: readonly number[],
  horizontal: readonly PlacedRuling[],
  vertical: readonly PlacedRuling[],
): Grid {
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  const cellAt = new Int32Array(rows * columns).fill(-1);
  const cells: GridCell[] = [];
  const rightBorder = (row: number, column: number): boolean =>
    hasBorder(vertical, xs[column + 1], ys[row], ys[row + 1]);
  const lowerBorder = (row: number, column: number): boolean =>
    hasBorder(horizontal, ys[row + 1], xs[column], xs[column + 1]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if ((cellAt[row * columns + column] ?? -1) >= 0) continue;
      const free = (r: number, c: number): boolean => (cellAt[r * columns + c] ?? 0) < 0;
      let columnSpan = 1;
      while (
        column + columnSpan < columns &&
        free(row, column + columnSpan) &&
        !rightBorder(row, column + columnSpan - 1)
      ) {
        columnSpan++;
      }
      let rowSpan = 1;
      const opensDown = (below: number): boolean => {
        for (let c = column; c < column + columnSpan; c++) {
          if (!free(below, c) || lowerBorder(below - 1, c)) return false;
          if (c > column && rightBorder(below, c - 1)) return false;
        }
        return true;
      };
      while (row + rowSpan < rows && opensDown(row + rowSpan)) rowSpan++;
      for (let r = row; r < row + rowSpan; r++) {
        cellAt.fill(cells.length, r * columns + column, r * columns + column + columnSpan);
      }
      cells.push({ row, column, rowSpan, columnSpan });
    }
  }
  return { xs, ys, cells, cellAt };
}

function hasBorder(
  rulings: readonly PlacedRuling[],
  at: number | undefined,
  from: number | undefined,
  to: number | undefined,
): boolean {
  if (at === undefined || from === undefined || to === undefined) return true;
  let covered = 0;
  for (const ruling of rulings) {
    if (Math.abs(ruling.at - at) > 2 * SAME_PLACE) continue;
    covered += Math.max(0, Math.min(ruling.to, to) - Math.max(ruling.from, from));
  }
  return covered > 0.6 * (to - from);
}
