import { type BBox, unionBoxes } from "../../model/geometry.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Row, type Segment, textOf, wholePiece } from "../engine/view.ts";
import { splitByBody } from "./head-splits.ts";
import { laneOf } from "./column-lanes.ts";
import { filledBelow, isNumericBelow, type KindBelow, kindBelow } from "./column-contents.ts";
import type { CompiledRows } from "./compile-rows.ts";

/** A text of a head, with what stands below it. */
export interface RawCell {
  readonly box: BBox;
  readonly text: string;
  readonly numeric: boolean;
  /** In which share of the next rows there is something below, up to the last of those. */
  readonly filled: number;
  readonly kind: KindBelow;
}

const MAX_HEAD_WORDS = 8;
const LOOK_BELOW = 14;

/** The texts of a head of some lines, each with what stands below it of the next ones. */
export function rawCells(reading: Reading, compiled: CompiledRows, row: Row, lines: number): RawCell[] {
  const pieces = row.segments.flatMap((segment) => splitHead(reading, segment, compiled));
  let cells = pieces.map((piece) => ({ box: laneOf(piece), text: textOf(piece) }));
  if (lines > 1 && row.segments.length === 1 && isTitleOver(reading, row)) return [];
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

/** Whether a row's only text stands over the first text of a fuller row: a title, no column's first line. */
function isTitleOver(reading: Reading, row: Row): boolean {
  const [title] = row.segments;
  const below = reading.view.rows[row.index + 1];
  const [first] = below?.segments ?? [];
  if (!title || !below || !first || below.segments.length < 2) return false;
  return (
    title.bbox[0] < first.bbox[2] && !isNumericBelow(reading, first.bbox, below.index + 1, first.bbox[2])
  );
}

/** A row in one text. */
export function textIn(row: Row): string {
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
function splitHead(reading: Reading, segment: Segment, compiled: CompiledRows): Piece[] {
  const whole = wholePiece(segment);
  if (segment.words.length < 2 || segment.words.length > MAX_HEAD_WORDS || /\d/.test(segment.text))
    return [whole];
  const parts = SPLITS.get(segment);
  if (parts) return parts;
  const found = searchParts(segment, compiled);
  const named = found.length > 1 && holdsOne(reading, segment, found) ? [whole] : found;
  const made = named.length > 1 ? named : (splitByBody(reading, segment) ?? named);
  SPLITS.set(segment, made);
  return made;
}

/** Whether nothing below a text stands apart under its parts: they are one column's name, or a title. */
function holdsOne(reading: Reading, segment: Segment, parts: readonly Piece[]): boolean {
  const boxes = parts.map((part) => boxOf(part));
  const [first, last] = [boxes[0], boxes.at(-1)];
  let [left, right] = [false, false];
  for (const row of reading.view.rows.slice(segment.row + 1, segment.row + 1 + LOOK_BELOW)) {
    if (row.page !== segment.page || !first || !last) break;
    for (const { bbox, words } of row.segments) {
      if (bbox[0] >= segment.bbox[2] || bbox[2] <= segment.bbox[0]) continue;
      const run = words.length > 1 && bbox[0] < first[2] && bbox[2] > last[0];
      left ||= run || bbox[2] < last[0] + 0.004;
      right ||= run || bbox[0] > first[2] - 0.004;
    }
    if (left && right) return false;
  }
  return true;
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
