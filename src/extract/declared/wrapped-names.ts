import type { Reading } from "../engine/reading.ts";
import { boxOf, type Segment, wholePiece } from "../engine/view.ts";
import type { TypedValue } from "./values.ts";

/** A name of one word whose next one stands under it, where a row of cells goes on in the line below without labels. */
export function goesOnBelow(
  reading: Reading,
  found: TypedValue,
  announced: ReadonlyMap<Segment, unknown>,
): TypedValue {
  const [piece, more] = found.pieces;
  if (!piece || more || typeof found.value !== "string" || !/^\p{Lu}[\p{L}'’-]+$/u.test(found.value))
    return found;
  const { segment } = piece;
  const row = reading.view.rows[segment.row];
  const next = reading.view.rows[segment.row + 1];
  const cells = row?.segments.length ?? 0;
  if (!row || !next || next.page !== row.page || cells < 2 || next.segments.length > cells) return found;
  if (next.bbox[1] - row.bbox[3] > segment.height * 0.8 || piece.end < segment.text.length) return found;
  if (next.segments.some((one) => announced.has(one) || /[:：]/u.test(one.text))) return found;
  const lefts = [segment.bbox[0], boxOf(piece)[0]];
  const rest = next.segments.find(({ bbox }) => lefts.some((left) => Math.abs(bbox[0] - left) < 0.008));
  if (!rest || !/^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?$/u.test(rest.text)) return found;
  if (next.segments.length < 2 && cells > 2) return found;
  return { ...found, value: `${found.value} ${rest.text}`, pieces: [piece, wholePiece(rest)] };
}
