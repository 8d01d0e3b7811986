import type { BBox } from "../../model/geometry.ts";
import { unionBoxes } from "../../model/geometry.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Row, type Segment, textOf, wholePiece } from "../engine/view.ts";
import type { DeclaredRows } from "./declaration.ts";
import type { CompiledRows } from "./compile-rows.ts";

/** A column of a printed table: its head's box and which declared column it is, -1 for another one. */
export interface HeadCell {
  readonly box: BBox;
  readonly text: string;
  readonly column: number;
  readonly score: number;
}

/** A table's head as a declared list reads it. */
export interface Head {
  /** Position of the declared rows. */
  readonly rows: number;
  readonly cells: readonly HeadCell[];
  /** The last view row of the head. */
  readonly row: number;
  readonly score: number;
}

interface RawCell {
  readonly box: BBox;
  readonly text: string;
  readonly numeric: boolean;
}

const LEAST_COLUMN = 0.6;
const TITLE_FROM = 0.82;
const MAX_CELLS = 16;
const LOOK_BELOW = 8;
const LOOK_ABOVE = 4;

/** The heads of tables that hold declared rows, from top to bottom. */
export function findHeads(reading: Reading, compiled: CompiledRows): Head[] {
  const found: Head[] = [];
  let last = -1;
  for (const row of reading.view.rows) {
    if (row.index <= last) continue;
    const best = [1, 2, 3]
      .map((lines) => headsAt(reading, compiled, row, lines))
      .reduce((a, b) => (worth(b) > worth(a) + 0.25 ? b : a));
    if (best.length === 0) continue;
    found.push(...best);
    last = Math.max(...best.map((head) => head.row));
  }
  return found;
}

function worth(heads: readonly Head[]): number {
  return heads.reduce((sum, head) => sum + head.score, 0);
}

function headsAt(reading: Reading, compiled: CompiledRows, row: Row, lines: number): Head[] {
  const cells = rawCells(reading, compiled, row, lines);
  if (cells.length < 2 || cells.length > MAX_CELLS) return [];
  const heads: Head[] = [];
  for (const run of runsOf(cells, compiled)) {
    const head = bestHead(reading, compiled, run, row, lines);
    heads.push(...head);
  }
  return heads;
}

/** The texts of a head of some lines, each with what stands below it of the next ones. */
function rawCells(reading: Reading, compiled: CompiledRows, row: Row, lines: number): RawCell[] {
  const pieces = row.segments.flatMap((segment) => splitHead(segment, compiled));
  let cells = pieces.map((piece) => ({ box: boxOf(piece), text: textOf(piece) }));
  for (let next = 1; next < lines; next += 1) {
    const below = reading.view.rows[row.index + next];
    const above = reading.view.rows[row.index + next - 1];
    if (!below || !above || below.page !== row.page || /\d{2}/.test(textIn(below))) return [];
    if (below.bbox[1] - above.bbox[3] > (below.bbox[3] - below.bbox[1]) * 1.2) return [];
    cells = joinLine(cells, below);
  }
  if (cells.some((cell) => /\d[.,]\d{2}(?!\d)|\d{4,}/.test(cell.text))) return [];
  const from = row.index + lines;
  return cells
    .toSorted((a, b) => a.box[0] - b.box[0])
    .map((cell, at, all) => ({
      ...cell,
      numeric: isNumericBelow(reading, cell.box, from, all[at + 1]?.box[0] ?? 1),
    }));
}

function textIn(row: Row): string {
  return row.segments.map((segment) => segment.text).join(" ");
}

function joinLine(cells: readonly { box: BBox; text: string }[], below: Row): { box: BBox; text: string }[] {
  const joined = [...cells];
  for (const segment of below.segments) {
    const at = joined.findIndex(({ box }) => box[0] < segment.bbox[2] && box[2] > segment.bbox[0]);
    const cell = joined[at];
    if (!cell) joined.push({ box: segment.bbox, text: segment.text });
    else {
      const text = cell.text.endsWith("-")
        ? cell.text.slice(0, -1) + segment.text
        : `${cell.text} ${segment.text}`;
      joined[at] = { box: unionBoxes([cell.box, segment.bbox]) ?? cell.box, text };
    }
  }
  return joined;
}

/** A segment of a head that holds two narrow columns' names (`Date Description`), in its parts. */
function splitHead(segment: Segment, compiled: CompiledRows): Piece[] {
  const whole = wholePiece(segment);
  if (segment.words.length < 2 || segment.words.length > 8) return [whole];
  const scoreOf = (text: string): number => compiled.columns.match(text)[0]?.score ?? 0;
  if (scoreOf(segment.text) >= 0.75) return [whole];
  let best: Piece[] = [whole];
  let bestScore = Math.max(0.75, scoreOf(segment.text) + 0.1);
  for (const start of segment.starts.slice(1)) {
    const left = { segment, start: 0, end: start - 1 };
    const right = { segment, start, end: segment.text.length };
    const [first, second] = [scoreOf(textOf(left)), scoreOf(textOf(right))];
    if (Math.min(first, second) >= 0.85 && (first + second) / 2 > bestScore) {
      best = [left, right];
      bestScore = (first + second) / 2;
    }
  }
  return best;
}

function isNumericBelow(reading: Reading, box: BBox, from: number, limit: number): boolean {
  let numbers = 0;
  let texts = 0;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    for (const segment of row.segments) {
      const [x0, , x1] = segment.bbox;
      if (x1 < box[0] - 0.01 || x0 > Math.max(box[2], Math.min(limit, box[2] + 0.02))) continue;
      if (/^[^\p{L}]*(?:\p{L}{1,3}[^\p{L}]*)?$/u.test(segment.text) && /\d/.test(segment.text)) numbers += 1;
      else texts += 1;
    }
  }
  return numbers > texts;
}

/** Tables side by side: a new one begins at a title over texts, or where a column's name comes again. */
function runsOf(cells: readonly RawCell[], compiled: CompiledRows): RawCell[][] {
  const runs: RawCell[][] = [[]];
  let names = new Set<string>();
  for (const cell of cells) {
    const run = runs[runs.length - 1] ?? [];
    const title = (compiled.titles.match(cell.text)[0]?.score ?? 0) >= TITLE_FROM;
    const name = cell.text.toLowerCase();
    const opens = run.length >= 2 && !cell.numeric && (title || names.has(name));
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
    const cells = matchCells(compiled, declared, rows, run);
    const matched = cells.filter(({ column }) => column >= 0);
    if (matched.length < 2 || matched.length < cells.length * 0.4) return [];
    if (!matched.some(({ column }) => isNumericKind(declared, column))) return [];
    const sum = matched.reduce((total, { score }) => total + score, 0);
    const title = titled.size === 0 ? 0 : titled.has(rows) ? 1 : -1.5;
    const score = sum - 0.3 * (cells.length - matched.length) + title;
    return [{ rows, cells, row: row.index + lines - 1, score }];
  });
  const best = heads.toSorted((a, b) => b.score - a.score)[0];
  if (!best || best.score < 1.2) return [];
  return titled.size > 1 ? heads.filter((head) => titled.has(head.rows) && head.score > 1.2) : [best];
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

/** Which declared column each cell of a head is: best pairs first, each used once; types of what stands below count. */
function matchCells(
  compiled: CompiledRows,
  declared: DeclaredRows,
  rows: number,
  run: readonly RawCell[],
): HeadCell[] {
  const pairs: { cell: number; column: number; score: number }[] = [];
  for (const [cell, { text, numeric }] of run.entries()) {
    for (const { entry, score } of compiled.columns.match(text)) {
      const place = compiled.place(entry);
      if (place.rows === rows) pairs.push({ cell, column: place.column, score });
    }
    const title = compiled.titles.match(text).find(({ entry }) => entry === rows);
    if (title && title.score >= TITLE_FROM) {
      const column = declared.columns.findIndex(({ kind }) =>
        numeric ? kind === "money" : kind === "text" || kind === "name",
      );
      if (column >= 0) pairs.push({ cell, column, score: title.score * 0.9 });
    }
  }
  const fits = pairs
    .filter(({ score }) => score >= LEAST_COLUMN)
    .map((pair) => ({ ...pair, rank: pair.score * typeShare(declared, pair.column, run[pair.cell]) }))
    .sort((a, b) => b.rank - a.rank);
  const columns = new Map<number, { column: number; score: number }>();
  const used = new Set<number>();
  for (const { cell, column, score, rank } of fits) {
    if (columns.has(cell) || used.has(column) || rank < 0.5) continue;
    columns.set(cell, { column, score });
    used.add(column);
  }
  return run.map(({ box, text }, cell) => ({ box, text, column: -1, score: 0, ...columns.get(cell) }));
}

function typeShare(declared: DeclaredRows, column: number, cell: RawCell | undefined): number {
  const kind = declared.columns[column]?.kind;
  if (!cell || kind === undefined) return 0;
  if (kind === "money" || kind === "number") return cell.numeric ? 1.05 : 0.8;
  return (kind === "text" || kind === "name") && cell.numeric ? 0.8 : 1;
}
