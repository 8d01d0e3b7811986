import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Segment } from "../engine/view.ts";

const MAX_LABEL_WORDS = 4;

/** Segments of the first page that no value was read from. */
export function freeSegments(reading: Reading, values: readonly DraftValue[]): Segment[] {
  const taken = new Set(
    values.flatMap(({ cited }) => cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`))),
  );
  const page = reading.view.rows[0]?.page;
  return reading.view.segments.filter(
    (segment) =>
      segment.page === page && !segment.words.some((word) => taken.has(`${segment.page.number}:${word}`)),
  );
}

/** Whether what stands left of a segment or right above it may be its label, whatever it says. */
export function hasLabel(reading: Reading, segment: Segment): boolean {
  const before = reading.view.rows[segment.row]?.segments[segment.order - 1];
  const above = reading.view.rows[segment.row - 1]?.segments.find(
    ({ bbox }) => Math.abs(bbox[0] - segment.bbox[0]) < 0.02,
  );
  return [before, above].some((label) => label && isLabel(label.text));
}

function isLabel(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !/\d/.test(text) && text.split(/\s+/).length <= MAX_LABEL_WORDS;
}
