import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece, type Segment } from "../engine/view.ts";

/** The segment right under a line, at its left edge. */
export function below(reading: Reading, line: Piece): Segment | null {
  const box = boxOf(line);
  const { segment } = line;
  for (let index = segment.row + 1; index <= segment.row + 3; index += 1) {
    const row = reading.view.rows[index];
    if (!row || row.page !== segment.page || row.bbox[1] - box[3] > segment.height * 1.1) return null;
    const next = row.segments.find(
      (candidate) => Math.abs(candidate.bbox[0] - box[0]) < segment.height * 1.2,
    );
    if (next) return next.bbox[1] - box[3] > segment.height * 1.1 ? null : next;
  }
  return null;
}
