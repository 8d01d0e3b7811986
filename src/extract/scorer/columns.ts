import type { Reading } from "../engine/reading.ts";
import type { Segment } from "../engine/view.ts";

/** The segments right above and below one, in its column and near. */
export interface ColumnNeighbours {
  readonly above: Segment | undefined;
  readonly below: Segment | undefined;
}

const MOST_ROWS = 7;
/** Widest gap to a neighbour, in letter heights, and how far edges of one column lie apart at most. */
const WIDEST = 3.2;
const ALIGNED = 0.012;

const KNOWN = new WeakMap<Segment, ColumnNeighbours>();

/** The neighbours of a segment in its column. */
export function columnOf({ view }: Reading, segment: Segment): ColumnNeighbours {
  const known = KNOWN.get(segment);
  if (known) return known;
  const search = (step: 1 | -1): Segment | undefined => {
    for (let index = segment.row + step, seen = 0; seen < MOST_ROWS; index += step, seen += 1) {
      const row = view.rows[index];
      if (!row || row.page !== segment.page) return undefined;
      const gap = step > 0 ? row.bbox[1] - segment.bbox[3] : segment.bbox[1] - row.bbox[3];
      if (gap > WIDEST * Math.max(segment.height, 0.006)) return undefined;
      const found =
        row.segments.find((other) => Math.abs(other.bbox[0] - segment.bbox[0]) < ALIGNED) ??
        row.segments.find((other) => inColumn(other, segment));
      if (found) return found;
    }
    return undefined;
  };
  const neighbours = { above: search(-1), below: search(1) };
  KNOWN.set(segment, neighbours);
  return neighbours;
}

function inColumn(a: Segment, b: Segment): boolean {
  if (Math.abs(a.bbox[2] - b.bbox[2]) < ALIGNED) return true;
  if (Math.abs(a.bbox[0] + a.bbox[2] - b.bbox[0] - b.bbox[2]) < 2 * ALIGNED) return true;
  const overlap = Math.min(a.bbox[2], b.bbox[2]) - Math.max(a.bbox[0], b.bbox[0]);
  return overlap > 0.5 * Math.min(a.bbox[2] - a.bbox[0], b.bbox[2] - b.bbox[0]);
}

/** The segments from one on up or down its column, itself left out. */
export function columnFrom(
  reading: Reading,
  segment: Segment,
  side: keyof ColumnNeighbours,
  most: number,
): Segment[] {
  const found: Segment[] = [];
  let next = columnOf(reading, segment)[side];
  while (next && found.length < most) {
    found.push(next);
    next = columnOf(reading, next)[side];
  }
  return found;
}
