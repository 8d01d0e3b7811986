import { unionBoxes } from "../../model/geometry.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Piece } from "../engine/view.ts";
import { readConfidence, wordsOf } from "../engine/view.ts";
import { columnFrom, isTitleLine, lineAbove, type TextLine, type Traits } from "./text-lines.ts";

/** Lines of one column that follow each other, those without content left out: a name, an address. */
export interface TextSpan {
  readonly lines: readonly TextLine[];
  /** Lines left out between the first and the last. */
  readonly skipped: number;
  readonly before: TextLine | undefined;
  readonly after: readonly (TextLine | undefined)[];
}

/** Every span of up to `most` lines that begins at one of the lines. */
export function spansFrom(all: readonly TextLine[], starts: readonly TextLine[], most: number): TextSpan[] {
  const spans: TextSpan[] = [];
  for (const start of starts) {
    if (start.noise) continue;
    const column = columnFrom(all, start, most + 5);
    const before = lineAbove(all, start);
    const lines: TextLine[] = [];
    for (const [at, line] of column.entries()) {
      if (line.noise) continue;
      if (isTitleLine(line) && at > 0) break;
      lines.push(line);
      if (lines.length > most) break;
      const after = [column[at + 1], column[at + 2]];
      spans.push({ lines: [...lines], skipped: at + 1 - lines.length, before, after });
    }
  }
  return spans;
}

const TRAITS = [
  "address",
  "postal",
  "street",
  "country",
  "legal",
  "business",
  "name",
  "letters",
  "digits",
  "words",
  "upper",
  "comma",
  "stop",
  "title",
  "speech",
  "labelled",
  "contact",
  "dated",
  "money",
  "size",
] as const satisfies readonly (keyof Traits)[];
const PLACES = ["before", "first", "second", "last", "after", "after_2"] as const;
const WHOLE = [
  "lines",
  "skipped",
  "letters",
  "digits",
  "commas",
  "addresses",
  "address_share",
  "postals",
  "streets",
  "legals",
  "least_address",
  "least_name",
  "speeches",
  "titles",
  "top",
  "index",
  "gap_before",
  "gap_after",
  "widest_gap",
  "size_range",
  "size_to_before",
  "size_to_after",
  "centre_before",
  "centre_after",
  "left_before",
  "left_after",
  "width",
  "noise_before",
  "noise_after",
  "lines_below_page",
  "read_confidence",
  "rule_same",
  "rule_overlap",
  "rule_begins",
  "rule_ends",
  "rule_confidence",
] as const;

export const SPAN_FEATURES: readonly string[] = [
  ...PLACES.flatMap((place) => TRAITS.map((trait) => `${place}.${trait}`)),
  ...WHOLE.map((name) => `span.${name}`),
];

/** What is seen of a span: the lines at its ends and around it, the whole, and what the rules chose. */
export function spanFeatures(
  span: TextSpan,
  all: readonly TextLine[],
  rule: DraftValue | undefined,
): number[] {
  const { lines, before, after } = span;
  const [first] = lines;
  const last = lines[lines.length - 1];
  const around = [before, first, lines.length > 2 ? lines[1] : undefined, last, after[0], after[1]];
  return [...around.flatMap((line) => traitValues(line)), ...wholeValues(span, all, rule)];
}

function traitValues(line: TextLine | undefined): number[] {
  return TRAITS.map((trait) => (line ? line.traits[trait] : Number.NaN));
}

function wholeValues(span: TextSpan, all: readonly TextLine[], rule: DraftValue | undefined): number[] {
  const { lines, before, after } = span;
  const [first] = lines;
  const last = lines[lines.length - 1];
  if (!first || !last) return WHOLE.map(() => Number.NaN);
  const sum = (read: (traits: Traits) => number): number =>
    lines.reduce((total, line) => total + read(line.traits), 0);
  const addresses = lines.filter(({ traits }) => traits.address > 0 || traits.street > 0).length;
  const box = unionBoxes(lines.map((line) => line.bbox)) ?? first.bbox;
  const heights = lines.map((line) => line.height);
  const gaps = lines.slice(1).map((line, at) => gapOf(lines[at], line));
  const shift = (a: TextLine, b: TextLine | undefined, side: 0 | "centre"): number =>
    b ? Math.abs(side === 0 ? a.bbox[0] - b.bbox[0] : a.traits.centre - b.traits.centre) : Number.NaN;
  const [next] = after;
  return [
    lines.length,
    span.skipped,
    sum((traits) => traits.letters),
    sum((traits) => traits.digits) / lines.length,
    sum((traits) => traits.comma),
    addresses,
    addresses / lines.length,
    sum((traits) => traits.postal),
    sum((traits) => traits.street),
    sum((traits) => traits.legal),
    Math.min(...lines.map(({ traits }) => traits.address + traits.street + traits.comma * 0.5)),
    Math.min(...lines.map(({ traits }) => traits.name)),
    sum((traits) => traits.speech),
    Math.max(...lines.map(({ traits }) => traits.title)),
    first.bbox[1],
    first.index,
    gapOf(before, first),
    gapOf(last, next),
    gaps.length === 0 ? Number.NaN : Math.max(...gaps),
    Math.max(...heights) / Math.max(1e-6, Math.min(...heights)),
    before ? first.height / Math.max(1e-6, before.height) : Number.NaN,
    next ? last.height / Math.max(1e-6, next.height) : Number.NaN,
    shift(first, before, "centre"),
    shift(last, next, "centre"),
    shift(first, before, 0),
    shift(last, next, 0),
    box[2] - box[0],
    Number(before?.noise ?? false),
    Number(next?.noise ?? false),
    all.length - last.index,
    confidenceOf(lines.flatMap((line) => line.pieces)),
    ...ruleValues(lines, rule),
  ];
}

function gapOf(above: TextLine | undefined, below: TextLine | undefined): number {
  if (!above || !below) return Number.NaN;
  return (below.bbox[1] - above.bbox[3]) / Math.max(1e-6, Math.min(above.height, below.height));
}

export function confidenceOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + readConfidence(piece), 0) / Math.max(1, pieces.length);
}

/** How a span meets the words that the rules chose: the same, its share, both ends, how sure they were. */
function ruleValues(lines: readonly TextLine[], rule: DraftValue | undefined): number[] {
  if (!rule) return [Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const own = wordKeys(lines.flatMap((line) => line.pieces));
  const theirs = new Set(rule.cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`)));
  const shared = own.filter((key) => theirs.has(key)).length;
  const together = own.length + theirs.size - shared;
  const ends = [lines[0], lines[lines.length - 1]].map((line) =>
    Number(line !== undefined && wordKeys(line.pieces).some((key) => theirs.has(key))),
  );
  const overlap = shared / Math.max(1, together);
  return [Number(overlap === 1), overlap, ends[0] ?? 0, ends[1] ?? 0, rule.confidence];
}

function wordKeys(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => wordsOf(piece).map((word) => `${piece.segment.page.number}:${word}`));
}
