import type { BBox } from "../../model/geometry.ts";
import { unionBoxes } from "../../model/geometry.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Row, type Segment, textOf, wholePiece } from "../engine/view.ts";
import type { DeclaredRows } from "./declaration.ts";
import type { CompiledRows } from "./compile-rows.ts";
import { datesOf } from "./values.ts";

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
  /** The first and the last view row of the head. */
  readonly top: number;
  readonly row: number;
  readonly score: number;
}

interface RawCell {
  readonly box: BBox;
  readonly text: string;
  readonly numeric: boolean;
}

const AMOUNT = /^(?=.*\d)[^\p{L}]*(?:\p{L}{1,3}[^\p{L}]*)?$|^\p{L}{1,3}\s?[^\p{L}]*[.,]\d{2}[^\p{L}]*$/u;
const DATED = /^\d{1,4}([./-])\d{1,2}\1\d{0,4}$|^\d{1,2}[/-]\d{1,2}$/;
const LEAST_COLUMN = 0.6;
const TITLE_FROM = 0.82;
const MAX_CELLS = 16;
const MAX_HEAD_WORDS = 8;
const LOOK_BELOW = 8;
/** So many texts under a head tell what its column holds: further down another table may stand. */
const SAMPLE = 3;
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

/** A segment of a head that holds several narrow columns' names (`Date Description`), in its parts. */
function splitHead(segment: Segment, compiled: CompiledRows): Piece[] {
  const whole = wholePiece(segment);
  if (segment.words.length < 2 || segment.words.length > MAX_HEAD_WORDS) return [whole];
  const known = Math.max(
    compiled.columns.match(segment.text)[0]?.score ?? 0,
    compiled.titles.match(segment.text)[0]?.score ?? 0,
    compiled.labels.match(segment.text)[0]?.score ?? 0,
  );
  if (known >= 0.97) return [whole];
  return splitFrom(whole, compiled, known >= 0.75 ? 0.99 : 0.85) ?? [whole];
}

/** The fewest names of different columns that a text is made of; null where a part is none. */
function splitFrom(piece: Piece, compiled: CompiledRows, least: number): Piece[] | null {
  const { segment } = piece;
  for (const start of segment.starts.filter((at) => at > piece.start).toReversed()) {
    const head = { segment, start: piece.start, end: start - 1 };
    const rest = { segment, start, end: piece.end };
    const [first] = compiled.columns.match(textOf(head));
    if (!first || first.score < least) continue;
    const [second] = compiled.columns.match(textOf(rest));
    if (second && second.score >= least && second.entry !== first.entry) return [head, rest];
    const further = splitFrom(rest, compiled, least);
    if (further) return [head, ...further];
  }
  return null;
}

function isNumericBelow(reading: Reading, box: BBox, from: number, limit: number): boolean {
  let numbers = 0;
  let texts = 0;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    for (const segment of row.segments) {
      const [x0, , x1] = segment.bbox;
      if (x1 < box[0] - 0.01 || x0 > Math.max(box[2], Math.min(limit, box[2] + 0.02))) continue;
      const amount =
        AMOUNT.test(segment.text) && !DATED.test(segment.text) && datesOf(reading, segment).length === 0;
      if (amount) numbers += 1;
      else texts += 1;
      if (numbers > 0 && texts === 0) return true;
      if (numbers + texts >= SAMPLE) return numbers > texts;
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
    const cells = matchCells(compiled, declared, rows, run);
    const matched = cells.filter(({ column }) => column >= 0);
    if (matched.length < 2 || matched.length < cells.length * 0.4) return [];
    const strict = matched.filter(({ column }) => isNumericKind(declared, column));
    if (strict.length === 0) return [];
    if (!cells.some(({ column }, at) => column >= 0 && (run[at]?.numeric ?? false))) return [];
    if (!titled.has(rows) && namesFields(compiled, cells)) return [];
    const sum = matched.reduce((total, { score }) => total + score, 0);
    const title = titled.size === 0 ? 0 : titled.has(rows) ? 1 : -1.5;
    const score = sum - 0.3 * (cells.length - matched.length) + title;
    return [{ rows, cells, top: row.index, row: row.index + lines - 1, score }];
  });
  const best = heads.toSorted((a, b) => b.score - a.score)[0];
  if (!best || best.score < 1.2) return [];
  return titled.size > 1 ? heads.filter((head) => titled.has(head.rows) && head.score > 1.2) : [best];
}

/** Whether half of a head's texts rather announce single values: a row of captions over their values. */
function namesFields(compiled: CompiledRows, cells: readonly HeadCell[]): boolean {
  const fields = cells.filter(
    ({ text, score }) => (compiled.labels.match(text.replace(/[.:]\s*$/, ""))[0]?.score ?? 0) > score + 0.05,
  );
  return fields.length * 2 >= cells.length;
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
  if (kind === "date") return cell.numeric ? 0.5 : 1;
  return (kind === "text" || kind === "name") && cell.numeric ? 0.8 : 1;
}
