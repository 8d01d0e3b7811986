import type { BBox } from "../../model/geometry.ts";
import type { Reading } from "../engine/reading.ts";
import { datesOf } from "./values.ts";

/** Of what kind the first text below a head is, and how many of the next rows have a date there. */
export interface KindBelow {
  readonly dated: boolean;
  readonly dates: number;
  /** An amount with cents. */
  readonly cents: boolean;
  /** A longer number that is no amount. */
  readonly coded: boolean;
}

const AMOUNT = /^(?=.*\d)[^\p{L}]*(?:\p{L}{1,3}[^\p{L}]*)?$|^\p{L}{1,3}\s?[^\p{L}]*[.,]\d{2}[^\p{L}]*$/u;
const DATED = /^\d{1,4}([./-])\d{1,2}\1\d{0,4}$|^\d{1,2}[/-]\d{1,2}$/;
const LOOK_BELOW = 8;
/** So many texts under a head tell what its column holds: further down another table may stand. */
const SAMPLE = 3;

/** In which share of the next rows something stands below a head, up to the table's end. */
export function filledBelow(reading: Reading, box: BBox, from: number): number {
  let [filled, rows, pitch] = [0, 0, 0];
  let bottom: number | null = null;
  for (const row of reading.view.rows.slice(from, from + LOOK_BELOW)) {
    const gap = bottom === null ? 0 : row.bbox[1] - bottom;
    if (rows > 1 && gap > pitch * 1.6 + 0.004) break;
    pitch = Math.max(pitch, gap);
    bottom = row.bbox[3];
    if (row.segments.length < 2) continue;
    rows += 1;
    if (row.segments.some(({ bbox }) => bbox[0] < box[2] + 0.01 && bbox[2] > box[0] - 0.01)) filled += 1;
  }
  return rows === 0 ? 0 : filled / rows;
}

/** Of what kind the texts below a head are. */
export function kindBelow(reading: Reading, box: BBox, from: number): KindBelow {
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

/** Whether the texts below a head are numbers. */
export function isNumericBelow(reading: Reading, box: BBox, from: number, limit: number): boolean {
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
