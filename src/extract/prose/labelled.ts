import { type Piece, type Segment, textOf, trimPiece, type View } from "../engine/view.ts";
import { foldInPlace } from "./fold-in-place.ts";

/** A label and the piece that stands behind, beside or below it. */
export interface Labelled {
  readonly value: Piece;
  /** Lines below that may carry on the value. */
  readonly below: readonly Segment[];
  readonly colon: boolean;
}

const FOLDED = new WeakMap<Segment, string>();

/** A segment's text without case and accents. */
export function foldedOf(segment: Segment): string {
  const known = FOLDED.get(segment);
  if (known !== undefined) return known;
  const folded = foldInPlace(segment.text);
  FOLDED.set(segment, folded);
  return folded;
}

/** Where the next label of the same line begins. */
export const NEXT_LABEL = /\s(?:[|•]\s*)?(?:[\p{Lu}#][\p{L}.#/]*\s?)(?:[\p{L}./#-]+\s?){0,3}:(?=\s|$)/u;

/**
 * What stands behind a label: on its line, right of it, or below it. `label` matches folded text and is anchored by
 * the caller's words alone; a colon or the end of the segment has to follow.
 */
export function findLabelled(view: View, label: RegExp): Labelled[] {
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\d])(?:${label.source})(?:\s*\([a-z ./]{1,20}\))?\s*(?<colon>[:.]?)(?=[\s_]|$|(?<=:)\S)`,
    "gu",
  );
  const found: Labelled[] = [];
  for (const [index, segment] of view.segments.entries()) {
    const folded = foldedOf(segment);
    for (const match of folded.matchAll(pattern)) {
      const colon = (match.groups?.["colon"] ?? "") === ":";
      const end = match.index + match[0].length;
      const rest = folded.slice(end).trim();
      if (!colon && rest !== "") continue;
      if (!colon && match.index > 0) continue;
      const value = rest === "" ? (beside(view, index) ?? underneath(view, index)) : behind(segment, end);
      if (value && textOf(value) !== "") found.push({ value, below: linesBelow(view, value.segment), colon });
    }
  }
  return found;
}

function behind(segment: Segment, start: number): Piece | null {
  const next = NEXT_LABEL.exec(segment.text.slice(start + 1));
  const end = next ? start + 1 + next.index : segment.text.length;
  return trimPiece({ segment, start, end }, /[\s,;|_]/);
}

function whole(segment: Segment): Piece {
  const next = NEXT_LABEL.exec(segment.text);
  return trimPiece(
    { segment, start: 0, end: next && next.index > 0 ? next.index : segment.text.length },
    /[\s,;|_]/,
  );
}

function isLabel(segment: Segment): boolean {
  return /:\s*$/.test(segment.text) || /^[\p{L} ./#-]{2,30}:\s/u.test(segment.text);
}

function beside(view: View, index: number): Piece | null {
  const segment = view.segments[index];
  const next = view.segments[index + 1];
  if (!segment || !next || next.row !== segment.row || isLabel(next)) return null;
  return whole(next);
}

function underneath(view: View, index: number): Piece | null {
  const segment = view.segments[index];
  const next = segment && linesBelow(view, segment)[0];
  return next && !isLabel(next) ? whole(next) : null;
}

/** The segments right below one, in its column, without a gap. */
function linesBelow(view: View, segment: Segment): Segment[] {
  const found: Segment[] = [];
  let last = segment;
  for (const row of view.rows.slice(segment.row + 1, segment.row + 6)) {
    if (row.page !== segment.page) break;
    const own = row.segments.find(
      (other) =>
        Math.abs(other.bbox[0] - segment.bbox[0]) < 0.03 ||
        (other.bbox[0] < last.bbox[2] && other.bbox[2] > last.bbox[0]),
    );
    if (!own || own.bbox[1] - last.bbox[3] > 1.3 * last.height) break;
    found.push(own);
    last = own;
  }
  return found;
}
