import type { Reading } from "../engine/reading.ts";
import { boxOf, type Piece } from "../engine/view.ts";
import type { Announcement } from "./announcements.ts";
import type { DeclaredField } from "./declaration.ts";
import { type LabelIndex, makeLabelIndex } from "./label-index.ts";

/** A printed heading and the sections that it opens. */
interface Heading {
  readonly piece: Piece;
  readonly sections: ReadonlySet<number>;
}

/** The declaration's sections: fields with the same headings stand in one. */
export interface Sections {
  readonly index: LabelIndex;
  /** A field's section, -1 for none. */
  readonly of: (field: number) => number;
}

/** Whether a label stands in its field's section, in another one, or in none that is known. */
export type Standing = "own" | "other" | "none";

const HEADING_FROM = 0.8;
const MAX_HEADING = 60;
/** How far down a heading reaches, in heights of the page. */
const REACH = 0.45;

export function makeSections(fields: readonly DeclaredField[]): Sections {
  const keys: string[] = [];
  const wordings: (readonly string[])[] = [];
  const own = fields.map(({ sections }) => {
    if (!sections || sections.length === 0) return -1;
    const key = sections.join("|");
    const known = keys.indexOf(key);
    if (known >= 0) return known;
    keys.push(key);
    wordings.push(sections);
    return keys.length - 1;
  });
  return { index: makeLabelIndex(wordings), of: (field) => own[field] ?? -1 };
}

/** The headings of the document's sections. */
export function findHeadings(reading: Reading, sections: Sections): Heading[] {
  const found: Heading[] = [];
  for (const segment of reading.view.segments) {
    if (segment.text.length > MAX_HEADING || /\d{3}/.test(segment.text)) continue;
    const colon = segment.text.search(/[:：]/u);
    const end = colon < 0 ? segment.text.length : colon;
    const matches = sections.index
      .match(segment.text.slice(0, end).trim())
      .filter(({ score }) => score >= HEADING_FROM);
    const best = matches[0]?.score ?? 0;
    const named = matches.filter(({ score }) => score >= best - 0.03).map(({ entry }) => entry);
    if (named.length > 0) found.push({ piece: { segment, start: 0, end }, sections: new Set(named) });
  }
  return found;
}

/** Whose section a label stands in: that of the nearest heading above it in its column. */
export function standingOf(
  headings: readonly Heading[],
  announcement: Announcement,
  section: number,
  index: LabelIndex,
): Standing {
  if (section < 0) return "none";
  const { piece } = announcement.hit;
  const said = index
    .match(piece.segment.text.slice(piece.start, piece.end))
    .find(({ score }) => score >= 0.75);
  if (said) return said.entry === section ? "own" : "other";
  const heading = governing(headings, piece);
  if (!heading) return "none";
  return heading.sections.has(section) ? "own" : "other";
}

function governing(headings: readonly Heading[], label: Piece): Heading | null {
  const box = boxOf(label);
  let best: Heading | null = null;
  let bestTop = -1;
  for (const heading of headings) {
    const { segment } = heading.piece;
    if (segment.page !== label.segment.page || segment.row > label.segment.row) continue;
    if (segment.row === label.segment.row && segment.order >= label.segment.order) continue;
    const [left, top] = segment.bbox;
    if (left > box[0] + 0.02 || box[1] - top > REACH || !reaches(headings, heading, box[0])) continue;
    const rank = top + left * 0.001;
    if (rank > bestTop) {
      best = heading;
      bestTop = rank;
    }
  }
  return best;
}

/** Whether no other heading stands beside one, between it and a place further right. */
function reaches(headings: readonly Heading[], heading: Heading, x: number): boolean {
  const { segment } = heading.piece;
  return !headings.some(
    ({ piece }) =>
      piece.segment.page === segment.page &&
      Math.abs(piece.segment.bbox[1] - segment.bbox[1]) < segment.height * 2 &&
      piece.segment.bbox[0] > segment.bbox[0] + 0.05 &&
      piece.segment.bbox[0] <= x + 0.02,
  );
}
