import type { Place } from "../engine/places.ts";
import type { Reading } from "../engine/reading.ts";
import { boxOf, type Segment } from "../engine/view.ts";
import type { Announcement } from "./announcements.ts";
import type { Compiled } from "./compile.ts";
import type { DeclaredField } from "./declaration.ts";
import { termsOf } from "./terms.ts";

/** Terms that tell the columns of one label's values apart. */
const QUALIFIERS: ReadonlySet<string> = new Set(["ytd", "opening", "closing", "current"]);
const MAX_ROWS = 30;
const HEADS = new WeakMap<Segment, readonly string[]>();

/**
 * What the head of a value's column makes of it (0..1.05): `Gross pay` has one value under `Current` and another
 * under `Year to date`.
 */
export function columnTerms(
  reading: Reading,
  place: Place,
  field: DeclaredField,
  compiled: Compiled,
  entry: number,
  announcement: Announcement,
): number {
  const row = reading.view.rows[announcement.hit.piece.segment.row];
  if (place.relation !== "right" || !row || row.segments.length < 3) return 1;
  if (!["money", "number", "date"].includes(field.kind)) return 1;
  const head = headOf(reading, place.piece.segment).filter((term) => QUALIFIERS.has(term));
  if (head.length === 0) return 1;
  const wanted = compiled.terms(entry);
  const label = termsOf(announcement.hit.piece.segment.text);
  const fits = head.some((term) => wanted.has(term));
  const plain = head.every((term) => term === "current" || term === "closing");
  if (fits) return 1.05;
  if (head.some((term) => label.includes(term))) return 1;
  const asks = [...QUALIFIERS].some((term) => wanted.has(term));
  return plain && !asks ? 1 : 0.4;
}

/** The meaning of the nearest text without digits above a value, in its column. */
function headOf(reading: Reading, segment: Segment): readonly string[] {
  const known = HEADS.get(segment);
  if (known) return known;
  const found = searchHead(reading, segment);
  HEADS.set(segment, found);
  return found;
}

function searchHead(reading: Reading, segment: Segment): readonly string[] {
  const [x0, , x1] = boxOf({ segment, start: 0, end: segment.text.length });
  for (let index = segment.row - 1; index >= Math.max(0, segment.row - MAX_ROWS); index -= 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== segment.page) break;
    const above = row.segments.find(({ bbox }) => bbox[0] < x1 && bbox[2] > x0);
    if (!above || /\d/.test(above.text)) continue;
    return row.segments.length > 1 ? termsOf(above.text) : [];
  }
  return [];
}
