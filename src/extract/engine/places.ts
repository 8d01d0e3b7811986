import type { BBox } from "../../model/geometry.ts";
import { isNumberPrefix, type LabelHit } from "./labels.ts";
import type { Reading } from "./reading.ts";
import { boxOf, type Piece, type Segment, trimPiece, wholePiece } from "./view.ts";

/** Where a label's value may stand: the text to search, and how usual that place is (0..1). */
export interface Place {
  readonly piece: Piece;
  readonly relation: "same" | "right" | "below" | "above";
  readonly weight: number;
}

/** Rows a value may be below its label, in label heights. */
const BELOW_REACH = 2.8;
/** How far two left edges of one column may lie apart, and how far a value is from its label at most, in page widths. */
const ALIGNED = 0.008;
const WIDE_GAP = 0.08;
/** Labels side by side in a boxed head. */
const MAX_HEAD = 14;
const LEAD = /[\s:：;=|.…_*#-]/;

/** The places of a label's value, best first: behind it, right of it, below it, above it. */
export function placesOf(reading: Reading, hit: LabelHit): readonly Place[] {
  const known = PLACES.get(hit);
  if (known) return known;
  const places = searchPlaces(reading, hit);
  PLACES.set(hit, places);
  return places;
}

const PLACES = new WeakMap<LabelHit, readonly Place[]>();

function searchPlaces(reading: Reading, hit: LabelHit): Place[] {
  const places: Place[] = [];
  const behind = behindLabel(reading, hit);
  if (behind) places.push({ piece: behind, relation: "same", weight: 1 });
  const below = belowLabel(reading, hit);
  const right = rightOf(reading, hit, behind !== null);
  const captions = behind === null && right.length > 0 && isCaption(reading, hit, right, below);
  places.push(...(captions ? right.map((place) => damped(place)) : right));
  const besides = places.length > 0;
  const inHead = captions || headsColumn(reading, hit);
  for (const piece of below) {
    const weight = inHead ? 0.95 : besides ? 0.5 : 0.85;
    places.push({ piece, relation: "below", weight: behind ? Math.min(weight, 0.45) : weight });
  }
  if (!besides)
    for (const piece of aboveLabel(reading, hit)) places.push({ piece, relation: "above", weight: 0.4 });
  return places.sort((a, b) => b.weight - a.weight);
}

function damped(place: Place): Place {
  return { ...place, weight: place.weight * 0.55 };
}

/**
 * Whether a label stands over its value although something stands right of it: the label beside it has no value
 * beside it either, or what is right of it belongs to another block that the value's own row does not go on with.
 */
function isCaption(
  reading: Reading,
  hit: LabelHit,
  right: readonly Place[],
  below: readonly Piece[],
): boolean {
  const { segment } = hit.piece;
  const [value] = below;
  const [beside] = right;
  if (!value || !beside || !hit.standalone) return false;
  if (Math.abs(value.segment.bbox[0] - segment.bbox[0]) > ALIGNED || value.start > 0) return false;
  const row = reading.view.rows[segment.row]?.segments ?? [];
  if ([row[segment.order - 1], row[segment.order + 1]].some((other) => other && isLabelAlone(reading, other)))
    return true;
  const labelled = (reading.labels.get(value.segment) ?? []).some((other) => other.quality >= 0.7);
  if (hit.colon || labelled || !/\d/.test(value.segment.text)) return false;
  const gap = beside.piece.segment.bbox[0] - segment.bbox[2];
  const under = reading.view.rows[value.segment.row]?.segments ?? [];
  const goesOn = under.some(
    (other) =>
      Math.abs(other.bbox[0] - beside.piece.segment.bbox[0]) < ALIGNED ||
      Math.abs(other.bbox[2] - beside.piece.segment.bbox[2]) < ALIGNED,
  );
  return gap > WIDE_GAP && !goesOn;
}

function isLabelAlone(reading: Reading, segment: Segment): boolean {
  return (reading.labels.get(segment) ?? []).some((hit) => hit.standalone && hit.quality >= 0.85);
}

/** The rest of the label's segment up to the next label. */
export function behindLabel(reading: Reading, hit: LabelHit): Piece | null {
  const { segment, end } = hit.piece;
  const next = (reading.labels.get(segment) ?? []).find(
    (other) => other.piece.start >= end && other !== hit && other.quality >= 0.6,
  );
  const piece = trimPiece({ segment, start: end, end: next?.piece.start ?? segment.text.length }, LEAD);
  return piece.end > piece.start ? { ...piece, end: restoreEnd(piece, next?.piece.start) } : null;
}

/** Trimming takes leaders off both ends; a bracket or full stop that belongs to the value stays. */
function restoreEnd(piece: Piece, limit: number | undefined): number {
  const { text } = piece.segment;
  let { end } = piece;
  while (end < (limit ?? text.length) && /[-.]/.test(text.charAt(end)) && text.charAt(end - 1) !== " ")
    end += 1;
  return end;
}

function rightOf(reading: Reading, hit: LabelHit, besides: boolean): Place[] {
  const { segment } = hit.piece;
  const hits = reading.labels.get(segment) ?? [];
  const last = hits[hits.length - 1];
  const qualified =
    last !== undefined && last !== hit && last.piece.start > hit.piece.end && last.quality >= 0.6;
  if (
    qualified &&
    (last.colon || hit.piece.start > 2 || /[:\d]/.test(segment.text.slice(hit.piece.end, last.piece.start)))
  )
    return [];
  const row = reading.view.rows[segment.row];
  const places: Place[] = [];
  let weight = qualified ? 0.7 : besides ? 0.75 : 0.98;
  for (const next of row?.segments.slice(segment.order + 1) ?? []) {
    const first = (reading.labels.get(next) ?? [])[0];
    const opens =
      first !== undefined && !isNumberPrefix(first) && first.piece.start < 3 && first.quality >= 0.85;
    if (opens && startsOwnValue(reading, first)) break;
    places.push({ piece: trimmed(next), relation: "right", weight });
    weight -= 0.08;
    if (weight < 0.5) break;
  }
  return places;
}

/** Whether a label right of another is a label in its own right, not a word of the first one's value. */
function startsOwnValue(reading: Reading, hit: LabelHit): boolean {
  if (hit.colon || hit.standalone) return true;
  return behindLabel(reading, hit) !== null;
}

function trimmed(segment: Segment): Piece {
  const whole = wholePiece(segment);
  const piece = trimPiece(whole, /[\s:：;=|…_*]/);
  return piece.end > piece.start ? piece : whole;
}

/** Whether the label stands in a row of labels that have nothing behind them: a boxed head. */
function headsColumn(reading: Reading, hit: LabelHit): boolean {
  const row = reading.view.rows[hit.piece.segment.row];
  if (!row) return false;
  let labels = 0;
  let values = 0;
  if (row.segments.length > MAX_HEAD) return false;
  for (const segment of row.segments) {
    const hits = (reading.labels.get(segment) ?? []).filter((found) => found.quality >= 0.7);
    labels += hits.length;
    const covered = hits.reduce((sum, found) => sum + found.piece.end - found.piece.start, 0);
    if (covered < segment.text.length * 0.6) values += 1;
  }
  return labels >= 2 && values === 0;
}

const BOXES = new WeakMap<LabelHit, BBox>();

/** A label's box: asked for again and again by the labels beside it. */
function boxOfHit(hit: LabelHit): BBox {
  const known = BOXES.get(hit);
  if (known) return known;
  const box = boxOf(hit.piece);
  BOXES.set(hit, box);
  return box;
}

function columnOf(reading: Reading, hit: LabelHit): { box: BBox; left: number; right: number } {
  const box = boxOfHit(hit);
  const row = reading.view.rows[hit.piece.segment.row];
  let left = -1;
  let right = 2;
  const { order } = hit.piece.segment;
  for (const segment of row?.segments.slice(Math.max(0, order - 3), order + 4) ?? []) {
    const hits = reading.labels.get(segment) ?? [];
    const boxes = hits.length > 0 && segment !== hit.piece.segment ? [segment.bbox] : [];
    const inner = hits.filter((other) => other !== hit).map((other) => boxOfHit(other));
    const plain = segment !== hit.piece.segment && hits.length === 0 ? [segment.bbox] : [];
    for (const other of [...boxes, ...inner, ...plain]) {
      if (other[2] <= box[0]) left = Math.max(left, other[2]);
      if (other[0] >= box[2]) right = Math.min(right, other[0]);
    }
  }
  return { box, left, right };
}

function belowLabel(reading: Reading, hit: LabelHit): Piece[] {
  return inColumn(reading, hit, 1);
}

function aboveLabel(reading: Reading, hit: LabelHit): Piece[] {
  return inColumn(reading, hit, -1);
}

function inColumn(reading: Reading, hit: LabelHit, step: 1 | -1): Piece[] {
  const { segment } = hit.piece;
  const { box, left, right } = columnOf(reading, hit);
  const height = Math.max(segment.height, 0.004);
  const reach = step === 1 ? BELOW_REACH : 1.2;
  for (let index = segment.row + step; ; index += step) {
    const row = reading.view.rows[index];
    if (!row || row.page !== segment.page) return [];
    const gap = step === 1 ? row.bbox[1] - box[3] : box[1] - row.bbox[3];
    if (gap > height * reach) return [];
    const pieces: Piece[] = [];
    for (const candidate of row.segments) {
      const piece = clip(candidate, box, left, right);
      if (piece) pieces.push(piece);
    }
    if (pieces.length === 0) continue;
    return pieces.filter((piece) => !isLabelled(reading, piece));
  }
}

/** The words of a segment that stand in the label's column. */
function clip(segment: Segment, box: BBox, left: number, right: number): Piece | null {
  const slack = (box[3] - box[1]) * 0.5;
  if (segment.bbox[2] < box[0] - slack || segment.bbox[0] > box[2] + slack * 4) return null;
  let start = -1;
  let end = -1;
  for (const [position, offset] of segment.starts.entries()) {
    const word = segment.page.words[segment.words[position] ?? -1];
    if (!word) continue;
    const middle = (word.bbox[0] + word.bbox[2]) / 2;
    if (middle < left || middle > right + slack) continue;
    if (start < 0) start = offset;
    end = offset + word.text.length;
  }
  return start < 0 ? null : { segment, start, end };
}

function isLabelled(reading: Reading, piece: Piece): boolean {
  return (reading.labels.get(piece.segment) ?? []).some(
    (hit) =>
      hit.quality >= 0.85 &&
      hit.piece.start <= piece.start + 2 &&
      hit.piece.end > piece.start &&
      (hit.colon || hit.standalone),
  );
}
