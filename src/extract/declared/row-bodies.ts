import type { BBox } from "../../model/geometry.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Row, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import type { DeclaredField, DeclaredRows } from "./declaration.ts";
import { readPartialDate, type Years } from "./partial-dates.ts";
import type { HeadCell } from "./match-columns.ts";
import type { Head } from "./row-heads.ts";
import { termsOf } from "./terms.ts";
import { datesOf, typedValue, type TypedValue } from "./values.ts";

/** One entry of a list: values by declared column. */
export type Entry = Map<number, TypedValue>;

/** What reading a table needs beside its head. */
export interface BodyContext {
  readonly declared: DeclaredRows;
  readonly years: Years;
  /** Rows that head a table, by view row. */
  readonly heads: ReadonlySet<number>;
  /** Whether a text is the label of a single value (a balance, a total), no entry. */
  readonly isSummary: (text: string) => boolean;
  /** Whether a row is the heading of a list. */
  readonly isTitle: (row: Row) => boolean;
}

/** What a row holds: its values, and whether there are amounts in columns that are not the list's. */
interface RowCells {
  readonly cells: Entry;
  readonly foreign: boolean;
}

const MAX_GAP = 3.2;
const MAX_TEXT_LINES = 6;
const MAX_MISSES = 3;
const PAGE_END = 0.72;

/** The entries under a head, on its page and on those that carry the table on without a head. */
export function readBody(reading: Reading, head: Head, context: BodyContext): Entry[] {
  const entries: Entry[] = [];
  const { rows } = reading.view;
  let index = head.row + 1;
  let page = rows[head.row]?.page;
  let bottom = rows[head.row]?.bbox[3] ?? 0;
  let misses = 0;
  let lines = 0;
  let open = false;
  for (; index < rows.length; index += 1) {
    const row = rows[index];
    if (!row || context.heads.has(index) || context.isTitle(row) || headsAnother(reading, row)) break;
    const fresh = row.page !== page;
    if (fresh) {
      if (bottom < PAGE_END || entries.length === 0 || !resumes(reading, head, context, index)) break;
      page = row.page;
      bottom = row.bbox[1];
      misses = 0;
    }
    const { cells, foreign } = cellsOf(reading, row, head, context);
    if (foreign && !hasNumbers(cells, context)) {
      open = false;
      bottom = row.bbox[3];
      continue;
    }
    if (cells.size === 0) {
      if (inTable(row, head)) misses += 1;
      if (misses > MAX_MISSES * (fresh || row.bbox[1] < 0.25 ? 4 : 1)) break;
      continue;
    }
    const gap = row.bbox[1] - bottom;
    if (!fresh && gap > (row.bbox[3] - row.bbox[1]) * MAX_GAP && !hasNumbers(cells, context)) break;
    const verdict = place(cells, entries, context, open && gap < (row.bbox[3] - row.bbox[1]) * 1.3, lines);
    open = verdict === "entry" || verdict === "joined";
    lines = verdict === "joined" ? lines + 1 : 0;
    if (verdict === "other") {
      misses += 1;
      if (misses > MAX_MISSES) break;
    } else {
      misses = 0;
      bottom = row.bbox[3];
    }
  }
  return entries.filter((entry) => hasNumbers(entry, context));
}

/** Whether a row names the columns of a table that is not the list's. */
function headsAnother(reading: Reading, row: Row): boolean {
  if (reading.headerRows.has(row.index)) return true;
  return row.segments.length >= 3 && row.segments.every(({ text }) => !/\d/.test(text) && text.length < 40);
}

/** Whether a page goes on with a table's entries: one of its first rows fills two typed columns. */
function resumes(reading: Reading, head: Head, context: BodyContext, from: number): boolean {
  const page = reading.view.rows[from]?.page;
  for (const row of reading.view.rows.slice(from, from + 14)) {
    if (row.page !== page || context.heads.has(row.index)) return false;
    const { cells } = cellsOf(reading, row, head, context);
    if (cells.size >= 3 && hasNumbers(cells, context)) return true;
  }
  return false;
}

function inTable(row: Row, head: Head): boolean {
  const left = Math.min(...head.cells.map(({ box }) => box[0])) - 0.02;
  const right = Math.max(...head.cells.map(({ box }) => box[2])) + 0.02;
  return row.bbox[0] < right && row.bbox[2] > left;
}

function isText(field: DeclaredField | undefined): boolean {
  return (
    field?.kind === "text" ||
    field?.kind === "name" ||
    field?.kind === "paragraph" ||
    field?.kind === "identifier"
  );
}

function hasNumbers(entry: ReadonlyMap<number, unknown>, { declared }: BodyContext): boolean {
  const strict = declared.columns.some((column) => !isText(column));
  return (
    !strict ||
    [...entry.keys()].some(
      (column) => !isText(declared.columns[column]) && declared.columns[column]?.kind !== "date",
    )
  );
}

/** What a row is to the list: an entry, a further line of the last one, a sum, or nothing of it. */
function place(
  cells: Entry,
  entries: Entry[],
  context: BodyContext,
  close: boolean,
  lines: number,
): "entry" | "joined" | "sum" | "other" {
  const { declared } = context;
  const text = [...cells]
    .filter(([column]) => isText(declared.columns[column]))
    .map(([, found]) => String(found.value))
    .join(" ");
  const dated = [...cells.keys()].some((column) => declared.columns[column]?.kind === "date");
  const numbers = hasNumbers(cells, context);
  const last = entries.at(-1);
  if (isSum(text, dated, context)) return "sum";
  if (numbers) {
    if (last && !dated && !hasNumbers(last, context) && close) return join(last, cells, declared);
    if (text === "" && !dated && cells.size < 2) return "other";
    entries.push(cells);
    return "entry";
  }
  if (dated) {
    entries.push(cells);
    return "entry";
  }
  if (!last || !close || lines >= MAX_TEXT_LINES) return "other";
  return join(last, cells, declared);
}

function isSum(text: string, dated: boolean, context: BodyContext): boolean {
  if (text === "") return false;
  if (context.isSummary(text)) return true;
  if (dated) return false;
  const terms = termsOf(text);
  return terms[0] === "total" || (terms.includes("total") && terms.length <= 3) || /^sub-?total/i.test(text);
}

function join(last: Entry, cells: Entry, declared: DeclaredRows): "joined" {
  for (const [column, found] of cells) {
    const before = last.get(column);
    if (!before) last.set(column, found);
    else if (declared.columns[column]?.kind === "date") continue;
    else if (isText(declared.columns[column]) && declared.columns[column]?.kind !== "identifier")
      last.set(column, {
        value: `${String(before.value)} ${String(found.value)}`,
        pieces: [...before.pieces, ...found.pieces],
        fit: before.fit,
      });
  }
  return "joined";
}

/** A row's values by column: every segment goes to the head's cell that it stands under, its type agreeing. */
function cellsOf(reading: Reading, row: Row, head: Head, context: BodyContext): RowCells {
  const texts = new Map<number, Piece[]>();
  for (const segment of row.segments) {
    for (const [cell, piece] of spread(reading, segment, head, context)) {
      const list = texts.get(cell);
      if (list) list.push(piece);
      else texts.set(cell, [piece]);
    }
  }
  const cells: Entry = new Map();
  let foreign = false;
  for (const [cell, pieces] of texts) {
    const column = head.cells[cell]?.column ?? -1;
    const field = context.declared.columns[column];
    if (!field) {
      foreign ||= pieces.some((piece) => /^[^\p{L}]*\d[.,]\d{2}[^\p{L}]*$/u.test(textOf(piece)));
      continue;
    }
    const found = readCell(reading, field, pieces, context);
    const sure = (head.cells[cell]?.score ?? 1) < 0.5 ? 0.7 : 1;
    if (found) cells.set(column, { ...found, fit: found.fit * sure });
  }
  addUnit(cells, context.declared);
  return { cells, foreign };
}

/** The unit behind a row's last number, where no column holds it. */
function addUnit(cells: Entry, { columns }: DeclaredRows): void {
  const unit = columns.findIndex(({ pointer }) => pointer === "/unit");
  if (unit < 0 || cells.has(unit)) return;
  for (const [column, { pieces }] of [...cells].toReversed()) {
    const [piece] = pieces;
    if (columns[column]?.kind !== "number" || !piece) continue;
    const behind = /^\s?(\p{L}{1,4}[²³23]?)(?=\s|$)/u.exec(piece.segment.text.slice(piece.end));
    if (!behind?.[1]) continue;
    const start = piece.end + behind[0].length - behind[1].length;
    const cut = { ...piece, start, end: start + behind[1].length };
    cells.set(unit, { value: behind[1], pieces: [cut], fit: 0.9 });
    return;
  }
}

function readCell(
  reading: Reading,
  field: DeclaredField,
  pieces: readonly Piece[],
  context: BodyContext,
): TypedValue | null {
  const [first] = pieces;
  if (!first) return null;
  if (field.kind === "text" || field.kind === "paragraph" || field.kind === "name") {
    const value = pieces
      .map((piece) => textOf(piece))
      .join(" ")
      .trim();
    if (field.pattern !== undefined || field.maxLength !== undefined)
      return typedValue(reading, field, first);
    return /[\p{L}\d]/u.test(value) ? { value, pieces, fit: 0.95 } : null;
  }
  for (const piece of pieces) {
    const found =
      typedValue(reading, field, piece) ??
      (field.kind === "date" ? readPartialDate(piece, reading.dayFirst, context.years) : null);
    if (found && (field.kind !== "identifier" || found.fit > 0.5)) return found;
  }
  return null;
}

/** The cells that a segment belongs to: one, or several where narrow gaps run columns together. */
function spread(reading: Reading, segment: Segment, head: Head, context: BodyContext): [number, Piece][] {
  const found: [number, Piece][] = [];
  let rest = wholePiece(segment);
  const kindOf = (cell: number): string | undefined =>
    context.declared.columns[head.cells[cell]?.column ?? -1]?.kind;
  const date = head.cells.findIndex((_, cell) => kindOf(cell) === "date");
  if (segment.words.length > 1 && date >= 0) {
    for (let cell = date; kindOf(cell) === "date"; cell += 1) {
      const lead = leadingDate(reading, rest, context);
      if (!lead || Math.abs(boxOf(lead)[0] - (head.cells[cell]?.box[0] ?? 0)) > 0.06) break;
      found.push([cell, lead]);
      rest = trimPiece({ ...rest, start: lead.end });
    }
  }
  if (rest.end <= rest.start) return found;
  const parts = splitByCells(rest, head, kindOf);
  return [...found, ...parts];
}

function leadingDate(reading: Reading, piece: Piece, context: BodyContext): Piece | null {
  const date = datesOf(reading, piece.segment).find(
    (found) => found.piece.start <= piece.start + 1 && found.piece.start >= piece.start - 1,
  );
  if (date && date.piece.end < piece.end) return date.piece;
  if (date) return null;
  const partial = readPartialDate(piece, reading.dayFirst, context.years);
  const [part] = partial?.pieces ?? [];
  return part && part.start === piece.start && part.end < piece.end ? part : null;
}

/** Splits a run of words where they stand under different heads and the right one asks for numbers. */
function splitByCells(
  piece: Piece,
  head: Head,
  kindOf: (cell: number) => string | undefined,
): [number, Piece][] {
  const { segment } = piece;
  const whole = nearestCell(boxOf(piece), head);
  const words = segment.starts.flatMap((start, at) => {
    const word = segment.page.words[segment.words[at] ?? -1];
    return word && start >= piece.start && start < piece.end
      ? [{ start, end: start + word.text.length, box: word.bbox }]
      : [];
  });
  let cut = words.length;
  const parts: [number, Piece][] = [];
  while (cut > 1) {
    const last = words[cut - 1];
    if (!last || !/^[-–+(]?[\d.,'’]*\d[\d.,'’)-]*$/.test(segment.text.slice(last.start, last.end))) break;
    const cell = nearestCell(last.box, head);
    if (cell === whole || !under(last.box, head.cells[cell])) break;
    const kind = kindOf(cell);
    if (kind === "text" || kind === "name" || kind === undefined) break;
    parts.unshift([cell, { segment, start: last.start, end: last.end }]);
    cut -= 1;
  }
  const unit = cut === words.length ? unitBehind(piece, words, head, kindOf) : null;
  if (unit) return unit;
  const end = words[cut - 1]?.end ?? piece.end;
  const rest = { ...piece, end };
  return [[parts.length === 0 ? whole : nearestCell(boxOf(rest), head), rest], ...parts];
}

/** A number with its unit in the next column (`2072 kWh` under `Usage Unit`). */
function unitBehind(
  piece: Piece,
  words: readonly { start: number; end: number; box: BBox }[],
  head: Head,
  kindOf: (cell: number) => string | undefined,
): [number, Piece][] | null {
  const [number, unit, more] = words;
  const { segment } = piece;
  if (!number || !unit || more) return null;
  if (!/^[\d.,'’-]+$/.test(segment.text.slice(number.start, number.end))) return null;
  if (/\d{2}/.test(segment.text.slice(unit.start, unit.end))) return null;
  const [first, second] = [nearestCell(number.box, head), nearestCell(unit.box, head)];
  const next = first === second ? second + 1 : second;
  if (kindOf(first) !== "number" || kindOf(next) !== "text") return null;
  return [
    [first, { segment, start: number.start, end: number.end }],
    [next, { segment, start: unit.start, end: unit.end }],
  ];
}

function under(box: BBox, cell: HeadCell | undefined): boolean {
  return cell !== undefined && box[0] < cell.box[2] + 0.01 && box[2] > cell.box[0] - 0.01;
}

/** The head's cell that a box stands under: by the nearest of left edges, right edges and middles. */
function nearestCell(box: BBox, head: Head): number {
  let best = -1;
  let least = Infinity;
  for (const [at, { box: cell }] of head.cells.entries()) {
    const overlap = Math.min(box[2], cell[2]) - Math.max(box[0], cell[0]);
    const distance = Math.min(
      Math.abs(box[0] - cell[0]),
      Math.abs(box[2] - cell[2]),
      Math.abs(box[0] + box[2] - cell[0] - cell[2]) / 2,
    );
    const cost = distance - (overlap > 0 ? 0.02 : 0);
    if (cost < least) {
      best = at;
      least = cost;
    }
  }
  return least < 0.16 ? best : -1;
}
