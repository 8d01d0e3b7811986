import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, readConfidence, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import { below } from "./below.ts";
import { LICENCE_CLASSES } from "./licence-classes.ts";
import { datesOf } from "./values.ts";

/** A text behind one of the numbers that driving licences have instead of labels. */
interface Numbered {
  readonly mark: string;
  readonly pieces: readonly Piece[];
}

const MARK = /(?<![\p{L}\d./-])([1-9]|4[abcd]|9a|1[0-8])(?:[.)]\s*|\s+)(?=\S)/gu;
const LEAST_MARKS = 4;
const MAX_LINES = 3;
const SURE = 0.92;
const WIDE: ReadonlySet<string> = new Set(["1", "2", "3", "8"]);

/**
 * A driving licence's values by the numbers of Directive 2006/126/EC, Annex I, which ISO/IEC 18013-1 and North American
 * licences share: 1 surname, 2 other names, 3 birth, 4a issue, 4b expiry, 4c authority, 5 number, 8 address, 9 classes.
 */
export function readNumbered(reading: Reading): DraftValue[] {
  const numbered = findNumbered(reading);
  const marks = new Set(numbered.map(({ mark }) => mark));
  const dated = (mark: string): boolean =>
    numbered.some((one) => one.mark === mark && one.pieces.some((piece) => dateOf(reading, piece) !== null));
  if (marks.size < LEAST_MARKS || !(dated("4a") || dated("4b"))) return [];
  return numbered.flatMap((one) => valuesOf(reading, one));
}

function findNumbered(reading: Reading): Numbered[] {
  const found: Numbered[] = [];
  const seen = new Set<string>();
  for (const segment of reading.view.segments) {
    const marks = [...segment.text.matchAll(MARK)];
    if (marks[0]?.index !== 0) continue;
    for (const [at, match] of marks.entries()) {
      const mark = match[1] ?? "";
      if (at > 0 && !/^4[abcd]$|\.\s*$/.test(match[0].trim())) continue;
      const start = match.index + match[0].length;
      const end = marks.slice(at + 1).find((next) => /^4[abcd]|\./.test(next[0]))?.index;
      const piece = trimPiece({ segment, start, end: end ?? segment.text.length }, /[\s,;:|]/);
      if (piece.end <= piece.start || seen.has(mark)) continue;
      seen.add(mark);
      found.push({ mark, pieces: [piece, ...(WIDE.has(mark) ? linesUnder(reading, piece) : [])] });
    }
  }
  return found;
}

/** The lines that go on under a value, up to the next number. */
function linesUnder(reading: Reading, first: Piece): Piece[] {
  const lines: Piece[] = [];
  for (let line = first; lines.length < MAX_LINES;) {
    const next = below(reading, line) ?? underMark(reading, line);
    if (!next || /^(?:\d{1,2}[a-d]?)(?:[.)]|\s)\s*\S/u.test(next.text) || /[:：]/u.test(next.text)) break;
    const piece = trimPiece(wholePiece(next));
    lines.push(piece);
    line = piece;
  }
  return lines;
}

/** The next line where it begins under the number instead of the value. */
function underMark(reading: Reading, { segment }: Piece): Segment | null {
  return below(reading, wholePiece(segment));
}

function dateOf(reading: Reading, piece: Piece): { readonly value: string; readonly piece: Piece } | null {
  const date = datesOf(reading, piece.segment).find(
    (one) => one.piece.start >= piece.start - 1 && one.piece.end <= piece.end + 1,
  );
  return date ? { value: date.iso, piece: date.piece } : null;
}

const TEXTS: Readonly<Record<string, string>> = {
  "1": "/surname",
  "2": "/given_names",
  "4c": "/issuing_authority",
  "4d": "/personal_number",
  "5": "/document_number",
  "8": "/address",
  "9": "/licence_classes",
};
const DATES: Readonly<Record<string, string>> = {
  "3": "/date_of_birth",
  "4a": "/issue_date",
  "4b": "/expiry_date",
};

function valuesOf(reading: Reading, { mark, pieces }: Numbered): DraftValue[] {
  const [first] = pieces;
  if (!first) return [];
  const dated = DATES[mark];
  if (dated !== undefined) return datedValues(reading, dated, pieces);
  const pointer = TEXTS[mark];
  if (pointer === undefined || /[:：]/u.test(textOf(first))) return [];
  const lines = mark === "1" ? [first] : pieces;
  if (mark === "9" && !LICENCE_CLASSES.test(textOf(first))) return [];
  if ((mark === "1" || mark === "2") && lines.some((line) => /\d/.test(textOf(line)))) return [];
  if ((mark === "5" || mark === "4d") && !/\d{3}/.test(textOf(first))) return [];
  const value = lines.map((line) => textOf(line)).join(mark === "8" ? ", " : " ");
  return [draft(pointer, value.replace(/,,/g, ","), lines)];
}

/** A date, and behind that of a birth its place. */
function datedValues(reading: Reading, pointer: string, pieces: readonly Piece[]): DraftValue[] {
  for (const [at, piece] of pieces.entries()) {
    const date = dateOf(reading, piece);
    if (!date) continue;
    const values = [draft(pointer, date.value, [date.piece])];
    if (pointer !== "/date_of_birth") return values;
    const behind = trimPiece({ ...piece, start: date.piece.end }, /[\s,;|·-]/);
    const place = [...(behind.end > behind.start ? [behind] : []), ...pieces.slice(at + 1, at + 2)][0];
    if (place && /^\p{L}[\p{L}\s,.'()-]{2,50}$/u.test(textOf(place)))
      values.push(draft("/place_of_birth", textOf(place), [place]));
    return values;
  }
  return [];
}

function draft(pointer: string, value: string, pieces: readonly Piece[]): DraftValue {
  const ink = Math.min(...pieces.map((piece) => readConfidence(piece)));
  return {
    pointer,
    value,
    cited: pieces.map((piece) => cite(piece)),
    confidence: SURE * (0.4 + 0.6 * ink),
  };
}
