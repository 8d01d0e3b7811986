import type { DraftValue } from "../engine/draft.ts";
import {
  type Piece,
  type Row,
  type Segment,
  textOf,
  trimPiece,
  type View,
  wholePiece,
} from "../engine/view.ts";
import { pieceValue } from "./caption.ts";
import { findProseDates } from "./dates.ts";
import { foldedOf } from "./labelled.ts";

/** Two pieces of which one looks like the other's label, by place and punctuation alone. */
export interface Pair {
  /** Folded, without its colon. */
  readonly label: string;
  readonly labelPiece: Piece;
  readonly value: Piece;
  readonly row: number;
}

const MAX_LABEL = 42;
const INLINE =
  /(?<=^|\s|\|)(?<label>\p{Lu}[\p{L}'’./&()º°ª#-]*(?:\s[\p{L}'’/&()º°ª#-]+){0,5}\.?)(?:\s?:\s*|\s?(?:\.{3,}|…+|(?:\.\s){3,}\.?|_{3,}|·{3,})\s*|\s[=–—]\s+)(?=\S)/gu;

/** Every pair of a document: `Label: value`, a label left of its value, a label above it. */
export function findPairs(view: View): Pair[] {
  const pairs: Pair[] = [];
  for (const row of view.rows) {
    for (const segment of row.segments) pairs.push(...inlinePairs(segment));
    pairs.push(...besidePairs(row), ...abovePairs(row, view.rows[row.index + 1]));
  }
  return pairs.filter((pair) => textOf(pair.value) !== "");
}

function inlinePairs(segment: Segment): Pair[] {
  if (segment.text.length > 400) return [];
  const matches = [...segment.text.matchAll(INLINE)];
  return matches.flatMap((match, index) => {
    const start = match.index + match[0].length;
    const end = matches[index + 1]?.index ?? segment.text.length;
    const label = match.groups?.["label"] ?? "";
    const labelPiece = { segment, start: match.index, end: match.index + label.length };
    return label.length > MAX_LABEL ? [] : [pairOf(labelPiece, { segment, start, end })];
  });
}

function pairOf(labelPiece: Piece, value: Piece): Pair {
  const bare = trimPiece(labelPiece, /[\s:.…_·=–—-]/);
  return {
    label: foldedOf(bare.segment).slice(bare.start, bare.end),
    labelPiece: bare,
    value: trimPiece(value, /[\s,;|…_·=–—]/),
    row: value.segment.row,
  };
}

function isLabelLike(segment: Segment): boolean {
  const text = segment.text.replace(/[\s.…_·:]+$/, "");
  return (
    text.length > 0 &&
    text.length <= MAX_LABEL &&
    text.split(/\s+/).length <= 6 &&
    /^[\p{L}(]/u.test(text) &&
    !/\d{2}/.test(text)
  );
}

/** Leaders between a label and its value are no text. */
function withoutLeaders(row: Row): Segment[] {
  return row.segments.filter(({ text }) => /[\p{L}\d]/u.test(text));
}

function besidePairs(row: Row): Pair[] {
  const segments = withoutLeaders(row);
  return segments.flatMap((segment, index) => {
    const next = segments[index + 1];
    if (!next || !isLabelLike(segment) || /[:]\s*$/.test(next.text)) return [];
    const marked = /[:.]\s*$/.test(segment.text);
    return marked || index % 2 === 0 ? [pairOf(wholePiece(segment), wholePiece(next))] : [];
  });
}

/** A row of labels above a row of values. */
function abovePairs(row: Row, below: Row | undefined): Pair[] {
  if (!below || below.page !== row.page) return [];
  return row.segments.flatMap((segment) => {
    const value = below.segments.find((other) => Math.abs(other.bbox[0] - segment.bbox[0]) < 0.012);
    if (!value || !isLabelLike(segment) || value.bbox[1] - segment.bbox[3] > 0.75 * segment.height) return [];
    const smaller = segment.height < 0.97 * value.height;
    const marked = /[:.]\s*$/.test(segment.text);
    const capitals = segment.text === segment.text.toUpperCase();
    const several = row.segments.length >= 2 && below.segments.length === row.segments.length;
    return smaller || marked || capitals || several ? [pairOf(wholePiece(segment), wholePiece(value))] : [];
  });
}

/** A value that is looked for in pairs: by stems of its label, and by what it looks like. */
export interface PairField {
  readonly pointer: string;
  /** On the folded label. */
  readonly stems: RegExp;
  readonly never?: RegExp;
  readonly read: (value: Piece) => { readonly value: string; readonly piece: Piece } | null;
}

/** The first pair of each field whose label has its stems and whose value looks like one. */
export function readPairs(pairs: readonly Pair[], fields: readonly PairField[]): DraftValue[] {
  return fields.flatMap(({ pointer, stems, never, read }) => {
    for (const pair of pairs) {
      if (!stems.test(pair.label) || never?.test(pair.label)) continue;
      const found = read(pair.value);
      if (found) return [{ ...pieceValue(pointer, [found.piece], 0.82), value: found.value }];
    }
    return [];
  });
}

/** A pair's date, where it is all of the value. */
export function dateOf(value: Piece, dayFirst: boolean | null): { value: string; piece: Piece } | null {
  const text = textOf(value);
  const [date] = findProseDates(text, dayFirst);
  if (!date || date.end - date.start < 0.6 * text.length) return null;
  const { segment, start } = value;
  return { value: date.iso, piece: { segment, start: start + date.start, end: start + date.end } };
}

/** A pair's value where it has the form, whole or from its beginning. */
export function formOf(value: Piece, form: RegExp): { value: string; piece: Piece } | null {
  const { segment, start } = value;
  const match = form.exec(foldedOf(segment).slice(start, value.end));
  if (!match || match[0] === "") return null;
  const piece = trimPiece(
    { segment, start: start + match.index, end: start + match.index + match[0].length },
    /[\s,;.]/,
  );
  return { value: textOf(piece), piece };
}
