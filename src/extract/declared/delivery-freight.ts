import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { isSentence } from "../engine/name-guards.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, wholePiece } from "../engine/view.ts";
import { freeSegments, hasLabel } from "./free-segments.ts";
import { numberString } from "./values.ts";

const BY_FORM = 0.64;
const WEIGHT = /^(.*[:：.]\s+)?(\d[\d.,]*)\s?(kgs?|t|to|lbs?)\.?$/iu;
const COUNT = /^([^\d]*[:：.]\s+)?([1-9]\d{0,2})$/u;
/** Postal items of the Universal Postal Union's form, and parcels of a known carrier's. */
const TRACKING = /^([^\d]*\s)?([A-Z]{2}\d{9}[A-Z]{2}|1Z[\dA-Z]{6,16}|\d{10,22})$/u;
const KNOWN_CARRIER =
  /\b(?:dhl|ups|fedex|dpd|gls|tnt|hermes|schenker|dachser|dsv|geodis|seur|postnord|bring|evri)\b|haul|parcel|cargo|carga|express|courier|kurier|logisti|freight|frakt|fragt|spedi|transport/i;
/** Freight stands together: so many rows at most from one of its values to the next. */
const NEAR = 3;

/** Weight, packages, tracking number and carrier where no known label says them: by their form, outside the goods. */
export function fillFreight(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const goods = goodsRows(reading, values);
  const open = freeSegments(reading, values).filter(
    ({ row }) => goods === null || row < goods[0] || row > goods[1],
  );
  const filled = [...values];
  const has = (pointer: string): boolean => filled.some((draft) => draft.pointer === pointer);
  const put = (pointer: string, piece: Piece, value = textOf(piece)): void => {
    filled.push({ pointer, value, cited: [cite(piece)], confidence: BY_FORM });
  };
  if (!has("/gross_weight")) {
    const weights = open.flatMap((segment) => matchIn(reading, segment, WEIGHT, 2) ?? []);
    const amounts = weights.flatMap((piece) => {
      const value = numberString(textOf(piece), reading.decimal);
      return value === null ? [] : [{ piece, value }];
    });
    const [gross] = amounts.toSorted((a, b) => Number(b.value) - Number(a.value));
    if (gross && amounts.length <= 2) put("/gross_weight", gross.piece, gross.value);
  }
  const codes = open.flatMap((segment) => matchIn(reading, segment, TRACKING, 2) ?? []);
  const code = codes.find((piece) => isFreight(reading, piece, filled, goods));
  if (!has("/tracking_number") && code) put("/tracking_number", code);
  if (!has("/carrier")) {
    const carrier = open.find(
      (segment) =>
        isCarrier(segment) && hasLabel(reading, segment) && (goods === null || segment.row > goods[1]),
    );
    const named = carrier ?? onlyText(reading, open, filled, goods);
    if (named) put("/carrier", wholePiece(named));
  }
  const counts = open
    .flatMap((segment) => matchIn(reading, segment, COUNT, 2) ?? [])
    .filter((piece) => isFreight(reading, piece, filled, goods));
  const [count, more] = counts;
  if (!has("/packages") && count && !more) put("/packages", count);
  return filled;
}

/** A part of a segment that is formed as wanted, behind a label in the segment or beside one. */
function matchIn(reading: Reading, segment: Segment, form: RegExp, group: number): Piece | null {
  const match = form.exec(segment.text);
  const text = match?.[group];
  if (!match || text === undefined) return null;
  const lead = match[1] ?? "";
  if (lead === "" ? !hasLabel(reading, segment) : lead.trim().split(/\s+/).length > 4) return null;
  const start = segment.text.indexOf(text, lead.length);
  return { segment, start, end: start + text.length };
}

/** The one text among the freight's values: who carries it, as all else there is numbers. */
function onlyText(
  reading: Reading,
  open: readonly Segment[],
  values: readonly DraftValue[],
  goods: readonly [number, number] | null,
): Segment | null {
  if (goods === null) return null;
  const texts = open.filter(
    (segment) =>
      segment.row > goods[1] &&
      isNamed(segment.text) &&
      isValue(reading, segment) &&
      isBesideFreight(reading, segment, values),
  );
  return texts.length === 1 ? (texts[0] ?? null) : null;
}

function isNamed(text: string): boolean {
  return /^\p{Lu}[^\d:：@]{2,30}$/u.test(text) && text.split(/\s+/).length <= 3 && !isSentence(text);
}

/** Whether a text stands behind a label in a row of labels and values, or under one in a row of values. */
function isValue(reading: Reading, { row, order, bbox }: Segment): boolean {
  const own = reading.view.rows[row]?.segments ?? [];
  if (own.length % 2 === 0 && order % 2 === 1 && !/\d/.test(own[order - 1]?.text ?? "1")) return true;
  const above = reading.view.rows[row - 1]?.segments ?? [];
  const heads = above.length >= own.length && above.every(({ text }) => !/\d/.test(text));
  const held = above.some((other) => Math.abs(other.bbox[0] - bbox[0]) < 0.012);
  return heads && held && own.some(({ text }) => /\d/.test(text));
}

function isCarrier({ text }: Segment): boolean {
  if (/\d|[:：]/u.test(text) || text.length > 40 || isSentence(text) || !/^\p{Lu}/u.test(text)) return false;
  return KNOWN_CARRIER.test(text) && text.split(/\s+/).length <= 4;
}

/** Whether a piece stands below the goods, or beside another value of the freight. */
function isFreight(
  reading: Reading,
  { segment }: Piece,
  values: readonly DraftValue[],
  goods: readonly [number, number] | null,
): boolean {
  if (goods !== null && segment.row > goods[1]) return true;
  return isBesideFreight(reading, segment, values);
}

function isBesideFreight(reading: Reading, { row: own }: Segment, values: readonly DraftValue[]): boolean {
  const rows = values
    .filter(({ pointer }) => /^\/(?:carrier|tracking_number|gross_weight|packages)$/.test(pointer))
    .flatMap((draft) => rowsOf(reading, draft));
  return rows.some((row) => Math.abs(row - own) <= NEAR);
}

function goodsRows(reading: Reading, values: readonly DraftValue[]): [number, number] | null {
  const rows = values
    .filter(({ pointer }) => pointer.startsWith("/line_items/"))
    .flatMap((draft) => rowsOf(reading, draft));
  return rows.length === 0
    ? null
    : [rows.reduce((a, b) => Math.min(a, b)), rows.reduce((a, b) => Math.max(a, b))];
}

const ROWS = new WeakMap<Reading, ReadonlyMap<string, number>>();

function rowsOf(reading: Reading, { cited }: DraftValue): number[] {
  let known = ROWS.get(reading);
  if (!known) {
    known = new Map(
      reading.view.segments.flatMap(({ page, words, row }) =>
        words.map((word): [string, number] => [`${page.number}:${word}`, row]),
      ),
    );
    ROWS.set(reading, known);
  }
  return cited.flatMap(({ page, words }) => known.get(`${page}:${words[0] ?? -1}`) ?? []);
}
