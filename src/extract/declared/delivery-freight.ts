import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { isSentence } from "../engine/name-guards.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf } from "../engine/view.ts";
import { freeSegments, hasLabel } from "./free-segments.ts";
import { termsOf } from "./terms.ts";
import { numberString } from "./values.ts";

const BY_FORM = 0.64;
const WEIGHT = /^(.*[:：.]\s+)?(\d[\d.,]*)\s?(kgs?|t|to|lbs?)\.?$/iu;
const COUNT = /^([^\d]*[:：.]\s+)?([1-9]\d{0,2})$/u;
/** Postal items of the Universal Postal Union's form, and parcels of a known carrier's. */
const TRACKING = /^([^\d]*\s)?([A-Z]{2}\d{9}[A-Z]{2}|1Z[\dA-Z]{6,16}|\d{10,22})$/u;
const KNOWN_CARRIER =
  /\b(?:dhl|ups|fedex|dpd|gls|tnt|hermes|schenker|dachser|dsv|geodis|seur|postnord|bring|evri)\b/i;
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
    if (carrier) put("/carrier", { segment: carrier, start: 0, end: carrier.text.length });
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

function isCarrier({ text }: Segment): boolean {
  if (/\d|[:：]/u.test(text) || text.length > 40 || isSentence(text) || !/^\p{Lu}/u.test(text)) return false;
  const words = text.split(/\s+/);
  return (
    KNOWN_CARRIER.test(text) || (words.length >= 2 && words.length <= 4 && termsOf(text).includes("carrier"))
  );
}

/** Whether a piece stands below the goods, or beside another value of the freight. */
function isFreight(
  reading: Reading,
  { segment }: Piece,
  values: readonly DraftValue[],
  goods: readonly [number, number] | null,
): boolean {
  if (goods !== null && segment.row > goods[1]) return true;
  const rows = values
    .filter(({ pointer }) => /^\/(?:carrier|tracking_number|gross_weight|packages)$/.test(pointer))
    .flatMap((draft) => rowsOf(reading, draft));
  return rows.some((row) => Math.abs(row - segment.row) <= NEAR);
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
