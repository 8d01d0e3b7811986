import type { Reading } from "../engine/reading.ts";
import type { Row } from "../engine/view.ts";
import type { CompiledRows } from "./compile-rows.ts";
import type { DeclaredRows } from "./declaration.ts";
import { isGoods, matchGoods } from "./goods-columns.ts";
import { rawCells, type RawCell, textIn } from "./head-cells.ts";
import { splitByBody } from "./head-splits.ts";
import { completeCells, fullestAmount, type HeadCell, matchCells, TITLE_FROM } from "./match-columns.ts";
import { pairOfLists } from "./two-lists.ts";

/** A table's head as a declared list reads it. */
export interface Head {
  /** Position of the declared rows. */
  readonly rows: number;
  readonly cells: readonly HeadCell[];
  /** The first and the last view row of the head. */
  readonly top: number;
  readonly row: number;
  readonly score: number;
}

const MAX_CELLS = 16;
const LOOK_ABOVE = 4;

/** The heads of tables that hold declared rows, from top to bottom. */
export function findHeads(reading: Reading, compiled: CompiledRows): Head[] {
  const found: Head[] = [];
  let last = -1;
  for (const row of reading.view.rows) {
    if (row.index <= last) continue;
    const best = bestAt(reading, compiled, row);
    if (best.length === 0) continue;
    found.push(...best);
    last = Math.max(...best.map((head) => head.row));
  }
  return found;
}

/** The heads that begin in a row: of one line, or of more where those say more than each line alone. */
function bestAt(reading: Reading, compiled: CompiledRows, row: Row): Head[] {
  let best = headsAt(reading, compiled, row, 1);
  let least = worth(best);
  for (const lines of [2, 3]) {
    const next = reading.view.rows[row.index + lines - 1];
    if (!next || next.page !== row.page) break;
    least = Math.max(least, worth(headsAt(reading, compiled, next, 1)));
    const heads = headsAt(reading, compiled, row, lines);
    if (worth(heads) <= least + 0.25) continue;
    best = heads;
    least = worth(heads);
  }
  return best;
}

function worth(heads: readonly Head[]): number {
  return heads.reduce((sum, head) => sum + head.score, 0);
}

function headsAt(reading: Reading, compiled: CompiledRows, row: Row, lines: number): Head[] {
  if (!mayHead(reading, row, lines)) return [];
  const cells = rawCells(reading, compiled, row, lines);
  if (cells.length < 2 || cells.length > MAX_CELLS) return [];
  const heads: Head[] = [];
  for (const run of runsOf(cells, compiled)) {
    const head = bestHead(reading, compiled, run, row, lines);
    heads.push(...head);
  }
  return heads;
}

/** Whether some lines have no amounts or long numbers, and not too many texts: most rows are left here. */
function mayHead(reading: Reading, row: Row, lines: number): boolean {
  const rows = reading.view.rows.slice(row.index, row.index + lines);
  if (rows.some((one) => one.segments.length > MAX_CELLS || /\d[.,]\d{2}(?!\d)|\d{4,}/.test(textIn(one))))
    return false;
  return rows.some(
    ({ segments: [first, second] }) =>
      second !== undefined || (first !== undefined && splitByBody(reading, first) !== null),
  );
}

/** Tables side by side: a new one begins at a title over texts, or where a column's name comes again. */
function runsOf(cells: readonly RawCell[], compiled: CompiledRows): RawCell[][] {
  const runs: RawCell[][] = [[]];
  let names = new Set<string>();
  for (const cell of cells) {
    const run = runs[runs.length - 1] ?? [];
    const titled = compiled.titles.match(cell.text)[0]?.score ?? 0;
    const title = titled >= TITLE_FROM && titled > (compiled.columns.match(cell.text)[0]?.score ?? 0);
    const name = cell.text.toLowerCase();
    const opens =
      run.length >= 2 && !cell.numeric && (title || names.has(name)) && run.some(({ numeric }) => numeric);
    if (opens) {
      runs.push([cell]);
      names = new Set([name]);
    } else {
      run.push(cell);
      names.add(name);
    }
  }
  return runs;
}

/** The declared rows that a head's columns and title fit best; several where one table holds two kinds. */
function bestHead(
  reading: Reading,
  compiled: CompiledRows,
  run: readonly RawCell[],
  row: Row,
  lines: number,
): Head[] {
  const titled = titlesOf(reading, compiled, run, row);
  const heads = compiled.rows.flatMap((declared, rows): Head[] => {
    if (isGoods(declared) && run.some(({ text }) => /\d/.test(text))) return [];
    const goods = isGoods(declared)
      ? matchGoods(reading, compiled, declared, rows, run, row.index + lines)
      : null;
    if (goods) {
      const known = goods.filter(({ column }) => column >= 0);
      const score =
        known.reduce((total, cell) => total + cell.score, 0) - 0.3 * (goods.length - known.length);
      return [{ rows, cells: goods, top: row.index, row: row.index + lines - 1, score }];
    }
    const named = matchCells(compiled, declared, rows, run);
    const known = named.filter(({ column }) => column >= 0).length;
    if (known === 0 && !isLedger(declared, run)) return [];
    const titles = run.map(({ text }) => (compiled.titles.match(text)[0]?.score ?? 0) >= TITLE_FROM);
    const cells = fullestAmount(declared, completeCells(declared, named, run, titles), run);
    const matched = cells.filter(({ column }) => column >= 0);
    if (matched.length < 2 || matched.length < cells.length * 0.4) return [];
    const strict = matched.filter(({ column }) => isNumericKind(declared, column));
    if (strict.length === 0) return [];
    if (!cells.some(({ column }, at) => column >= 0 && (run[at]?.numeric ?? false))) return [];
    if (!isLedger(declared, run) && namesFields(compiled, cells, run)) return [];
    const sum = matched.reduce((total, { score }) => total + score, 0);
    const title = titled.size === 0 ? 0 : titled.has(rows) ? 1 : -1.5;
    const score = sum - 0.3 * (cells.length - matched.length) + title;
    return [{ rows, cells, top: row.index, row: row.index + lines - 1, score }];
  });
  const best = heads.toSorted((a, b) => b.score - a.score)[0];
  const pair = pairOfLists(reading, compiled, run, row.index + lines);
  if (pair && titled.size < 2)
    return pair.map(({ rows, cells }) => ({
      rows,
      cells,
      top: row.index,
      row: row.index + lines - 1,
      score: Math.max(1.3, best?.score ?? 0),
    }));
  if (!best || best.score < 1.2) return [];
  return titled.size > 1 ? heads.filter((head) => titled.has(head.rows) && head.score > 1.2) : [best];
}

/** Whether columns without a known name are those of dated entries with amounts. */
function isLedger({ columns }: DeclaredRows, run: readonly RawCell[]): boolean {
  const asked = ["date", "text", "money"].every((kind) => columns.some((column) => column.kind === kind));
  return (
    asked &&
    run.some(({ kind }) => kind.dates > 1) &&
    run.some(({ kind }) => kind.cents) &&
    run.some(({ numeric, kind }) => !numeric && !kind.dated)
  );
}

/** Whether half of a head's texts rather announce single values: a row of captions over their values. */
function namesFields(compiled: CompiledRows, cells: readonly HeadCell[], run: readonly RawCell[]): boolean {
  if (cells.filter(({ text }) => /:\s*$/.test(text)).length * 2 >= cells.length) return true;
  const named = cells.map(
    ({ text, score }) => (compiled.labels.match(text.replace(/[.:]\s*$/, ""))[0]?.score ?? 0) > score + 0.05,
  );
  const amount = cells.some(
    ({ column, score }, at) =>
      column >= 0 && score >= 0.9 && named[at] === false && run[at]?.kind.cents === true,
  );
  return !amount && named.filter(Boolean).length * 2 >= cells.length;
}

function isNumericKind(declared: DeclaredRows, column: number): boolean {
  const kind = declared.columns[column]?.kind;
  return kind !== undefined && kind !== "text" && kind !== "paragraph" && kind !== "name";
}

/** The declared rows whose titles stand in a head or right above it. */
function titlesOf(reading: Reading, compiled: CompiledRows, run: readonly RawCell[], row: Row): Set<number> {
  const titled = new Set<number>();
  for (const cell of run) {
    for (const { entry, score } of compiled.titles.match(cell.text))
      if (score >= TITLE_FROM) titled.add(entry);
  }
  if (titled.size > 0) return titled;
  const left = Math.min(...run.map(({ box }) => box[0]));
  const right = Math.max(...run.map(({ box }) => box[2]));
  for (let index = row.index - 1; index >= Math.max(0, row.index - LOOK_ABOVE); index -= 1) {
    const above = reading.view.rows[index];
    if (!above || above.page !== row.page) break;
    for (const segment of above.segments) {
      if (segment.bbox[0] > right || segment.bbox[2] < left - 0.02 || segment.text.length > 60) continue;
      const [match] = compiled.titles.match(segment.text.replace(/[:：]\s*$/u, ""));
      if (match && match.score >= TITLE_FROM) return new Set([match.entry]);
    }
  }
  return titled;
}
