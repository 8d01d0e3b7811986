import type { Reading } from "../engine/reading.ts";
import { conceptsOf, withGuessedLabels } from "../engine/stem-labels.ts";
import { boxOf, type Piece, type Segment } from "../engine/view.ts";
import type { Concept } from "../labels/stems.ts";

/** What stands before, left of and above a piece: the text that may announce it, whether its wording is known or not. */
export interface Surroundings {
  /** In its own segment, right before it. */
  readonly before: string;
  readonly left: Segment | null;
  readonly above: Segment | null;
}

/** Letters before a piece that can still announce it. */
const REACH = 40;
/** Rows above that are looked at, and how far apart they may be, in the piece's heights. */
const MOST_ROWS = 3;
const MOST_GAP = 2.8;

export function surroundingsOf(reading: Reading, piece: Piece): Surroundings {
  const { segment } = piece;
  const row = reading.view.rows[segment.row];
  return {
    before: segment.text.slice(Math.max(0, piece.start - REACH), piece.start),
    left: row?.segments[segment.order - 1] ?? null,
    above: aboveOf(reading, piece),
  };
}

function aboveOf(reading: Reading, piece: Piece): Segment | null {
  const { segment } = piece;
  const box = boxOf(piece);
  for (let step = 1; step <= MOST_ROWS; step += 1) {
    const row = reading.view.rows[segment.row - step];
    if (!row || row.page !== segment.page) return null;
    if (box[1] - row.bbox[3] > Math.max(segment.height, 0.004) * MOST_GAP) return null;
    const over = row.segments.find((other) => other.bbox[0] < box[2] && other.bbox[2] > box[0]);
    if (over) return over;
  }
  return null;
}

const PLACES = ["before", "left", "above"] as const;

/** Names of what `surroundingValues` says about these concepts. */
export function surroundingFeatures(concepts: readonly Concept[]): string[] {
  return [
    ...concepts.map((concept) => `about_${concept}`),
    ...concepts.map((concept) => `above_${concept}`),
    ...PLACES.flatMap((place) => [`${place}.letters`, `${place}.colon`, `${place}.digits`]),
    "left.gap",
    "above.aligned",
    "above.gap",
  ];
}

/** What the words around a piece are about, and what they look like. */
export function surroundingValues(
  { before, left, above }: Surroundings,
  piece: Piece,
  concepts: readonly Concept[],
): number[] {
  const [inLine, beside, over] = [conceptsOf(before), conceptsIn(left), conceptsIn(above)];
  const box = boxOf(piece);
  return [
    ...concepts.map((concept) => (inLine.has(concept) ? 2 : beside.has(concept) ? 1 : 0)),
    ...concepts.map((concept) => Number(over.has(concept))),
    ...[before, left?.text, above?.text].flatMap((text) => looksOf(text)),
    left ? box[0] - left.bbox[2] : Number.NaN,
    above ? Math.abs(above.bbox[0] - box[0]) : Number.NaN,
    above ? box[1] - above.bbox[3] : Number.NaN,
  ];
}

function looksOf(text: string | undefined): number[] {
  if (text === undefined) return [Number.NaN, Number.NaN, Number.NaN];
  return [
    (text.match(/\p{L}/gu) ?? []).length,
    Number(/[:：]\s*$/u.test(text)),
    (text.match(/\d/g) ?? []).length,
  ];
}

const CONCEPTS = new WeakMap<Segment, ReadonlySet<Concept>>();

function conceptsIn(segment: Segment | null): ReadonlySet<Concept> {
  if (!segment) return new Set();
  const known = CONCEPTS.get(segment);
  if (known) return known;
  const made = conceptsOf(segment.text.slice(0, 80));
  CONCEPTS.set(segment, made);
  return made;
}

/** The document under labels of unknown wording, made once. */
export const guessedOf = withGuessedLabels;
