import type { BBox } from "../../model/geometry.ts";
import { unionBoxes } from "../../model/geometry.ts";
import { foldKey } from "../../model/fold.ts";
import type { ParsedPage } from "../../model/parsed.ts";
import { editDistanceWithin } from "../engine/edit-distance.ts";
import type { View } from "../engine/view.ts";

/** A printed word of a row: `key` is its letters and digits, folded. */
export interface PrintedWord {
  readonly index: number;
  readonly text: string;
  readonly key: string;
  readonly bbox: BBox;
  /** Whether nothing but a box's number or mark stands before it in its part of the row. */
  readonly leads: boolean;
  /** Which part of the row it is in: wide gaps part them. */
  readonly part: number;
}

export type PrintedRow = readonly PrintedWord[];

/** A phrase where it is printed. */
export interface Phrase {
  readonly box: BBox;
  readonly row: number;
  readonly words: readonly number[];
  readonly leads: boolean;
  /** The part of the row that it is in. */
  readonly part: number;
  /** Where it begins with the number in front of it. */
  readonly start: number;
  /** The words that follow it without a wide gap. */
  readonly tail: readonly PrintedWord[];
}

/** A number, a letter or a box in front of a label is no longer than this. */
const MAX_MARKER = 3;
const MAX_MARKERS = 2;
/** How far in front of its label a marker stands at most, in fractions of the page. */
const MARKER_GAP = 0.04;
/** Letters of a phrase for each misread one; shorter phrases have to be exact. */
const LETTERS_PER_ERROR = 10;

/** Letters and digits, folded, and those that OCR takes for each other made one. */
function skeleton(text: string): string {
  return foldKey(text).replace(/rn/g, "m").replace(/[1l]/g, "i").replace(/0/g, "o");
}

/** A page's rows from the top, each from the left. */
export function printedRows(view: View, page: ParsedPage): PrintedRow[] {
  return view.rows
    .filter((row) => row.page === page)
    .map((row) =>
      row.segments.flatMap((segment, part) => {
        let markers = 0;
        return segment.words.flatMap((index): PrintedWord[] => {
          const word = page.words[index];
          if (!word) return [];
          const key = skeleton(word.text);
          const leads = markers <= MAX_MARKERS;
          if (key.length <= MAX_MARKER) markers++;
          else markers = MAX_MARKERS + 1;
          return [{ index, text: word.text, key, bbox: word.bbox, leads, part }];
        });
      }),
    );
}

/**
 * Where a phrase is printed within one row, from the top: letters and digits count. Where it is printed nowhere,
 * places with a few misread letters.
 */
export function findPhrases(rows: readonly PrintedRow[], phrase: string): Phrase[] {
  const wanted = skeleton(phrase);
  if (wanted === "") return [];
  const exact = search(rows, wanted, 0);
  const errors = Math.floor(wanted.length / LETTERS_PER_ERROR);
  return exact.length > 0 || errors === 0 ? exact : search(rows, wanted, errors);
}

function search(rows: readonly PrintedRow[], wanted: string, errors: number): Phrase[] {
  const found: Phrase[] = [];
  for (const [number, row] of rows.entries()) {
    for (let from = 0; from < row.length; from++) {
      const behind = matchFrom(row, from, wanted, errors);
      if (behind === 0) continue;
      const words = row.slice(from, behind);
      const box = unionBoxes(words.map((word) => word.bbox));
      if (!box) continue;
      const { leads, part } = words[0] ?? { leads: false, part: -1 };
      const start = markerBefore(row, from)?.bbox[0] ?? box[0];
      const tail = row.slice(behind).filter((word) => word.part === part);
      found.push({
        box,
        row: number,
        words: words.map((word) => word.index),
        leads,
        part,
        start,
        tail,
      });
      from = behind - 1;
    }
  }
  return found;
}

/** The number or letter that a label's box on the form has, right in front of the label. */
function markerBefore(row: PrintedRow, from: number): PrintedWord | null {
  const [before, first] = [row[from - 1], row[from]];
  if (!before || !first || before.key.length > MAX_MARKER) return null;
  return first.bbox[0] - before.bbox[2] < MARKER_GAP ? before : null;
}

/** The position behind the words from `from` that spell `wanted`, the first letter right; 0 where they do not. */
function matchFrom(row: PrintedRow, from: number, wanted: string, errors: number): number {
  const start = row[from]?.key ?? "";
  if (start === "" || start[0] !== wanted[0]) return 0;
  let spelled = "";
  for (let at = from; at < row.length; at++) {
    spelled += row[at]?.key ?? "";
    if (spelled === wanted) return at + 1;
    if (spelled.length > wanted.length + errors) return 0;
    if (errors === 0 && !wanted.startsWith(spelled)) return 0;
    if (spelled.length < wanted.length - errors) continue;
    if (errors > 0 && editDistanceWithin(spelled, wanted, errors)) return at + 1;
  }
  return 0;
}
