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

/** Of what kind the first text below a head is, and how many of the next rows have a date there. */
interface KindBelow {
  readonly dated: boolean;
  readonly dates: number;
  /** An amount with cents. */
  readonly cents: boolean;
  /** A longer number that is no amount. */
  readonly coded: boolean;
}

interface RawCell {
  readonly box: BBox;
  readonly text: string;
  readonly numeric: boolean;
  /** In which share of the next rows there is something below, up to the last of those. */
  readonly filled: number;
  readonly kind: KindBelow;
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
  return rows.some(({ segments }) => segments.length > 1);
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
    .map(({ box, text }, at, all) => ({
      box,
      text,
      filled: filledBelow(reading, box, from),
      kind: kindBelow(reading, box, from),
      numeric: isNumericBelow(reading, box, from, all[at + 1]?.box[0] ?? 1),
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

const SPLITS = new WeakMap<Segment, Piece[]>();

/** A segment of a head that holds several narrow columns' names (`Date Description`), in its parts. */
function splitHead(segment: Segment, compiled: CompiledRows): Piece[] {
  const whole = wholePiece(segment);
  if (segment.words.length < 2 || segment.words.length > MAX_HEAD_WORDS || /\d/.test(segment.text))
    return [whole];
  const parts = SPLITS.get(segment);
  if (parts) return parts;
  const made = searchParts(segment, compiled);
  SPLITS.set(segment, made);
  return made;
}

function searchParts(segment: Segment, compiled: CompiledRows): Piece[] {
  const whole = wholePiece(segment);
  const known = Math.max(
    compiled.columns.match(segment.text)[0]?.score ?? 0,
    compiled.titles.match(segment.text)[0]?.score ?? 0,
    compiled.labels.match(segment.text)[0]?.score ?? 0,
  );
  if (known >= 0.97) return [whole];
  return splitFrom(whole, compiled, known >= 0.75 ? 0.99 : 0.85, new Set()) ?? [whole];
}

/** The fewest names of different columns that a text is made of; null where a part is none. */
function splitFrom(piece: Piece, compiled: CompiledRows, least: number, failed: Set<number>): Piece[] | null {
  const { segment } = piece;
  if (failed.has(piece.start)) return null;
  for (const start of segment.starts.filter((at) => at > piece.start).toReversed()) {
    const head = { segment, start: piece.start, end: start - 1 };
    const rest = { segment, start, end: piece.end };
    const [first] = compiled.columns.match(textOf(head));
    if (!first || first.score < least) continue;
    const [second] = compiled.columns.match(textOf(rest));
    if (second && second.score >= least && second.entry !== first.entry) return [head, rest];
    const further = splitFrom(rest, compiled, least, failed);
    if (further) return [head, ...further];
  }
  failed.add(piece.start);
  return null;
}

function filledBelow(reading: Reading, box: BBox, from: number): number {
  let [filled, rows, pitch] = [0, 0, 0];
  let bottom: number | null = null;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    const gap = bottom === null ? 0 : row.bbox[1] - bottom;
    if (rows > 1 && gap > pitch * 1.6 + 0.004) break;
    pitch = Math.max(pitch, gap);
    bottom = row.bbox[3];
    if (row.segments.length < 3) continue;
    rows += 1;
    if (row.segments.some(({ bbox }) => bbox[0] < box[2] + 0.01 && bbox[2] > box[0] - 0.01)) filled += 1;
  }
  return rows === 0 ? 0 : filled / rows;
}

function kindBelow(reading: Reading, box: BBox, from: number): KindBelow {
  let first: Omit<KindBelow, "dates"> | null = null;
  let dates = 0;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    const segment = row.segments.find(({ bbox }) => bbox[0] < box[2] + 0.01 && bbox[2] > box[0] - 0.01);
    if (!segment) continue;
    const dated = datesOf(reading, segment).some(({ piece }) => piece.start < 2);
    const cents = !dated && AMOUNT.test(segment.text) && /[.,]\d{2}(?!\d)/.test(segment.text);
    if (dated) dates += 1;
    const coded = !dated && !cents && /^(?:\p{Lu}{1,4}[ -]?)?\d{4,}$/u.test(segment.text);
    first ??= { dated, cents, coded };
  }
  return { dated: false, cents: false, coded: false, ...first, dates };
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
    const named = matchCells(compiled, declared, rows, run);
    const known = named.filter(({ column }) => column >= 0).length;
    if (known === 0 && !isLedger(declared, run)) return [];
    const titles = run.map(({ text }) => (compiled.titles.match(text)[0]?.score ?? 0) >= TITLE_FROM);
    const cells = completeCells(declared, named, run, titles);
    const matched = cells.filter(({ column }) => column >= 0);
    if (matched.length < 2 || matched.length < cells.length * 0.4) return [];
    const strict = matched.filter(({ column }) => isNumericKind(declared, column));
    if (strict.length === 0) return [];
    if (!cells.some(({ column }, at) => column >= 0 && (run[at]?.numeric ?? false))) return [];
    if (!isLedger(declared, run) && namesFields(compiled, cells)) return [];
    const sum = matched.reduce((total, { score }) => total + score, 0);
    const title = titled.size === 0 ? 0 : titled.has(rows) ? 1 : -1.5;
    const score = sum - 0.3 * (cells.length - matched.length) + title;
    return [{ rows, cells, top: row.index, row: row.index + lines - 1, score }];
  });
  const best = heads.toSorted((a, b) => b.score - a.score)[0];
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
    .map(({ cell, column, score }) => ({
      cell,
      column,
      score,
      rank: score * typeShare(declared, column, run[cell]),
    }))
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

/** What a column without a known name is worth that its kind gives away. */
const BY_KIND = 0.45;

/** Gives the columns that no name told to the declared ones that are left, by what stands in them. */
function completeCells(
  declared: DeclaredRows,
  named: readonly HeadCell[],
  run: readonly RawCell[],
  titles: readonly boolean[],
): HeadCell[] {
  const used = new Set(named.map(({ column }) => column));
  const free = (kinds: readonly string[]): number[] =>
    declared.columns.flatMap(({ kind }, column) =>
      kinds.includes(kind) && !used.has(column) ? [column] : [],
    );
  const open = named.flatMap(({ column }, cell) =>
    column < 0 && run[cell]?.kind.cents === true && titles[cell] !== true ? [cell] : [],
  );
  const amounts = moneyFor(
    declared,
    open.flatMap((cell) => run[cell] ?? []),
    free(["money"]),
  );
  return named.map((cell, at) => {
    const raw = run[at];
    if (cell.column >= 0 || !raw || titles[at] === true) return cell;
    const column = raw.kind.cents
      ? amounts[open.indexOf(at)]
      : raw.kind.dated || raw.kind.coded
        ? free([raw.kind.dated ? "date" : "identifier"])[0]
        : free(["text"]).find((one) => declared.columns[one]?.pointer === "/description");
    if (column === undefined) return cell;
    used.add(column);
    return { ...cell, column, score: BY_KIND };
  });
}

/**
 * Which amounts the unnamed columns hold, from left to right, nothing where it is open: columns that are filled in
 * every row are an amount with what it sums up to, those that are filled in turn are money out and in.
 */
function moneyFor(declared: DeclaredRows, open: readonly RawCell[], free: readonly number[]): number[] {
  const at = (pointer: string): number =>
    free.find((column) => declared.columns[column]?.pointer === pointer) ?? -1;
  const [amount, debit, credit, balance, total] = [
    at("/amount"),
    at("/debit"),
    at("/credit"),
    at("/balance"),
    at("/year_to_date"),
  ];
  const full = open.every(({ filled }) => filled >= 0.8);
  const turned = debit >= 0 && credit >= 0;
  const running = Math.max(balance, total);
  const choice = ((): readonly number[] => {
    if (open.length === 3 && turned) return [debit, credit, balance];
    if (open.length === 2 && turned && (!full || running < 0)) return [debit, credit];
    if (open.length === 2) return full ? [amount, running] : [];
    if (open.length !== 1) return [];
    if (debit >= 0 !== credit >= 0) return [Math.max(debit, credit)];
    if (amount >= 0) return [amount];
    return [balance];
  })();
  return choice.every((column) => column >= 0) && choice.length === open.length ? [...choice] : [];
}

function typeShare(declared: DeclaredRows, column: number, cell: RawCell | undefined): number {
  const kind = declared.columns[column]?.kind;
  if (!cell || kind === undefined) return 0;
  if (kind === "money" || kind === "number") return cell.numeric ? 1.05 : 0.8;
  if (kind === "date") return cell.numeric ? 0.5 : 1;
  return (kind === "text" || kind === "name") && cell.numeric ? 0.8 : 1;
}
