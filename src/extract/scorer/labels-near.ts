import { hitsOf } from "../engine/choices.ts";
import { placesOf } from "../engine/places.ts";
import type { Reading } from "../engine/reading.ts";
import type { Piece, Segment } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";

/** How strongly labels announce a piece, by key: quality x worth of the place, and where the value stands. */
export interface Announced {
  readonly strength: number;
  /** 0 behind or right of the label, 1 below, 2 above. */
  readonly side: number;
  /** Letters between the label's line and the value, or rows between them. */
  readonly distance: number;
  /** Letters of the label: long ones say more. */
  readonly letters: number;
}

interface Reach extends Announced {
  readonly key: LabelKey;
  readonly start: number;
  readonly end: number;
}

/** The labels of a document by the segments that their values may stand in. */
export function reachOfLabels(
  reading: Reading,
  keys: readonly LabelKey[],
): (piece: Piece, key: LabelKey) => Announced | undefined {
  const reaches = new Map<Segment, Reach[]>();
  for (const key of keys) {
    for (const hit of hitsOf(reading, [key])) {
      for (const { piece, relation, weight } of placesOf(reading, hit)) {
        const reach: Reach = {
          key,
          start: piece.start,
          end: piece.end,
          strength: hit.quality * weight,
          side: relation === "below" ? 1 : relation === "above" ? 2 : 0,
          distance:
            relation === "below" || relation === "above"
              ? Math.abs(piece.segment.row - hit.piece.segment.row)
              : 0,
          letters: hit.piece.end - hit.piece.start,
        };
        const known = reaches.get(piece.segment);
        if (known) known.push(reach);
        else reaches.set(piece.segment, [reach]);
      }
    }
  }
  return (piece, key) => {
    let best: Announced | undefined;
    for (const reach of reaches.get(piece.segment) ?? []) {
      if (reach.key !== key || piece.start < reach.start - 5 || piece.end > reach.end + 1) continue;
      if (!best || reach.strength > best.strength)
        best = { ...reach, distance: reach.distance + (piece.start - reach.start) / 40 };
    }
    return best;
  };
}
