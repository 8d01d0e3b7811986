import type { Reading } from "../engine/reading.ts";
import type { CompiledRows } from "./compile-rows.ts";
import type { RawCell } from "./head-cells.ts";
import { type HeadCell, matchCells } from "./match-columns.ts";

/** One of the lists that a table holds together, with the table's cells as it reads them. */
export interface ListHead {
  readonly rows: number;
  readonly cells: readonly HeadCell[];
}

const LOOK_BELOW = 30;
const LEAST_ROWS = 2;
const SCORE = 0.7;

/**
 * A table whose last two columns of amounts are filled in turn, each row in one of them: two lists in one (what is
 * earned and what is deducted), the first list's amounts in the left column. Null for every other table.
 */
export function pairOfLists(
  reading: Reading,
  compiled: CompiledRows,
  run: readonly RawCell[],
  from: number,
): readonly ListHead[] | null {
  const lists = compiled.rows.flatMap(({ columns }, rows) => {
    const amount = columns.findIndex(({ pointer }) => pointer === "/amount");
    const text = columns.findIndex(({ pointer }) => pointer === "/description");
    const turned = columns.some(({ pointer }) => pointer === "/debit");
    return amount < 0 || text < 0 || turned ? [] : [{ rows, amount, text }];
  });
  const texts = run.findIndex(({ numeric, kind }) => !numeric && !kind.cents && !kind.dated);
  if (lists.length !== 2 || texts < 0) return null;
  const columns = turnedColumns(reading, run, from);
  if (!columns) return null;
  return lists.flatMap(({ rows, amount, text }, at) => {
    const declared = compiled.rows[rows];
    const own = columns[at];
    if (!declared || own === undefined) return [];
    const named = matchCells(compiled, declared, rows, run);
    const cells = named.map(({ box, text: name, column, score }, index): HeadCell => {
      if (index === own) return { box, text: name, column: amount, score: SCORE };
      if (index === texts) return { box, text: name, column: text, score: SCORE };
      const taken = columns.includes(index) || column === amount || column === text;
      return { box, text: name, column: taken ? -1 : column, score: taken ? 0 : score };
    });
    return [{ rows, cells }];
  });
}

/** The last two columns of amounts, where each row fills one of them and both are filled. */
function turnedColumns(
  reading: Reading,
  run: readonly RawCell[],
  from: number,
): readonly [number, number] | null {
  const last = run.length - 1;
  const [left, right] = [run[last - 1], run[last]];
  if (!left || !right || run.length < 3) return null;
  let [first, second] = [0, 0];
  let pitch = 0;
  let bottom: number | null = null;
  const page = reading.view.rows[from]?.page;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    const gap = bottom === null ? 0 : row.bbox[1] - bottom;
    if (row.page !== page || (first + second > 1 && gap > pitch * 1.6 + 0.004)) break;
    pitch = Math.max(pitch, gap);
    bottom = row.bbox[3];
    const [inLeft, inRight] = [left, right].map(({ box }) =>
      row.segments.some(
        ({ bbox, text }) =>
          bbox[0] < box[2] + 0.01 && bbox[2] > box[0] - 0.01 && /\d[.,]\d{2}\s*$/.test(text),
      ),
    );
    if (inLeft && inRight) return null;
    if (!inLeft && !inRight) break;
    if (inLeft) first += 1;
    else second += 1;
  }
  return first > 0 && second > 0 && first + second >= LEAST_ROWS + 1 ? [last - 1, last] : null;
}
