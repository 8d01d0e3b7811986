import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, wholePiece } from "../engine/view.ts";

const LOOK_BELOW = 8;
const LEAST_ROWS = 2;
/** Left edges that differ by less are one. */
const EDGE = 0.012;
const NUMBERED = /^\d{1,6}(?:[.,]\d{1,3})?\s+(?=\p{L})/u;

/**
 * A head's text in two, where the texts below are a number and words close behind it (`12 LED panel`): the words' left
 * edge is that of the second column, and tells where its name begins. Null where the texts below tell nothing.
 */
export function splitByBody(reading: Reading, segment: Segment): [Piece, Piece] | null {
  if (segment.words.length < 2 || /\d/.test(segment.text)) return null;
  const edge = edgeBelow(reading, segment);
  if (edge === null) return null;
  const at = segment.words.findIndex(
    (word, index) => index > 0 && Math.abs((segment.page.words[word]?.bbox[0] ?? 2) - edge) < EDGE,
  );
  const start = segment.starts[at];
  if (at < 1 || start === undefined) return null;
  const whole = wholePiece(segment);
  return [
    { ...whole, end: start - 1 },
    { ...whole, start },
  ];
}

function edgeBelow(reading: Reading, segment: Segment): number | null {
  const edges: number[] = [];
  let rows = 0;
  for (const row of reading.view.rows.slice(segment.row + 1, segment.row + 1 + LOOK_BELOW)) {
    if (row.page !== segment.page) break;
    const below = row.segments.find(({ bbox }) => bbox[0] < segment.bbox[2] && bbox[2] > segment.bbox[0]);
    if (!below) continue;
    rows += 1;
    const match = NUMBERED.exec(below.text);
    const word = match ? below.starts.indexOf(match[0].length) : -1;
    const box = below.page.words[below.words[word] ?? -1]?.bbox;
    if (box) edges.push(box[0]);
  }
  const [first] = edges;
  if (first === undefined || edges.length < LEAST_ROWS || edges.length < rows * 0.5) return null;
  return edges.every((edge) => Math.abs(edge - first) < EDGE) ? first : null;
}
