import type { Place } from "../engine/places.ts";
import { placesOf } from "../engine/places.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, trimPiece, wholePiece } from "../engine/view.ts";
import type { Announcement } from "./announcements.ts";
import type { DeclaredField } from "./declaration.ts";
import { typedValue } from "./values.ts";

/** Widest gap between a value and the caption under it, in heights of the caption. */
const REACH = 1.3;
const WEIGHT = 0.92;
/** What a value below is still worth where captions stand under their values. */
const TURNED = 0.3;
const LEAST_LABELS = 3;

/**
 * Whether a document has its captions under their values: what stands above its labels then is of the kinds that they
 * announce, and what stands below is not.
 */
export function standsAbove(
  reading: Reading,
  fields: readonly DeclaredField[],
  announced: ReadonlyMap<Segment, readonly Announcement[]>,
): boolean {
  let [above, below, labels] = [0, 0, 0];
  for (const announcement of [...announced.values()].flat()) {
    const { hit, matches } = announcement;
    const field = fields[matches[0]?.entry ?? -1];
    if (!field || hit.colon || !hit.standalone) continue;
    const over = pieceAbove(reading, announcement);
    const under = placesOf(reading, hit).filter(({ relation }) => relation !== "above");
    if (under.some(({ relation }) => relation !== "below")) {
      const right = under.find(({ relation }) => relation !== "below");
      if (right && fitOf(reading, field, right.piece) > 0.5) continue;
    }
    labels += 1;
    above += over && !isLabel(over, announced) ? fitOf(reading, field, over) : 0;
    below += Math.max(
      0,
      ...under
        .filter(({ relation, piece }) => relation === "below" && !isLabel(piece, announced))
        .map(({ piece }) => fitOf(reading, field, piece)),
    );
  }
  return labels >= LEAST_LABELS && above > below * 1.2 && above > labels * 0.4;
}

function fitOf(reading: Reading, field: DeclaredField, piece: Piece): number {
  return typedValue(reading, field, piece)?.fit ?? 0;
}

function isLabel(piece: Piece, announced: ReadonlyMap<Segment, readonly Announcement[]>): boolean {
  return (announced.get(piece.segment) ?? []).some(
    ({ hit, matches }) => hit.colon || (matches[0]?.score ?? 0) > 0.85,
  );
}

/** A label's places; where captions stand under their values, the one above comes first. */
export function turn(
  places: readonly Place[],
  reading: Reading,
  announcement: Announcement,
  above: boolean,
): readonly Place[] {
  const { hit } = announcement;
  if (!above || hit.colon || !hit.standalone) return places;
  const piece = pieceAbove(reading, announcement);
  if (!piece) return places;
  const others = places
    .filter(({ relation }) => relation !== "above")
    .map(({ piece, relation, weight }) => ({ piece, relation, weight: weight * TURNED }));
  return [{ piece, relation: "above", weight: WEIGHT }, ...others];
}

/** What stands right over a label, at its left edge, its middle or its right edge. */
function pieceAbove(reading: Reading, { hit }: Announcement): Piece | null {
  const { segment } = hit.piece;
  const [x0, top, x1] = segment.bbox;
  for (let index = segment.row - 1; index >= Math.max(0, segment.row - 2); index -= 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== segment.page || top - row.bbox[3] > segment.height * REACH) return null;
    const over = row.segments.find(({ bbox }) => {
      const edges = [bbox[0] - x0, bbox[2] - x1, (bbox[0] + bbox[2] - x0 - x1) / 2];
      return edges.some((edge) => Math.abs(edge) < 0.015);
    });
    if (over && top - over.bbox[3] <= segment.height * REACH) return trimPiece(wholePiece(over));
  }
  return null;
}
