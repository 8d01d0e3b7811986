import type { ParsedDocument } from "../../model/parsed.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { bodyLines, type BodyLine } from "./body-lines.ts";
import { passagesOf } from "./passages.ts";

/** A printed line as the text holds it: `start` and `end` are offsets in the prose's text. */
export interface ProseLine extends BodyLine {
  readonly start: number;
  readonly end: number;
  /** Position of its passage. */
  readonly passage: number;
  readonly index: number;
}

/** Lines that are one paragraph, heading or list item, joined over line ends and pages. */
export interface Passage {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lines: readonly ProseLine[];
  /** The format itself calls it a heading. */
  readonly heading: boolean;
}

/** A stretch of the prose's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface PlacedWord {
  readonly line: number;
  readonly word: number;
  /** Where its printed characters begin in the text, and how many of them the text has. */
  readonly start: number;
  readonly length: number;
}

/** A document's running text: passages joined by line feeds, hyphenated words made whole, with the way back. */
export interface Prose {
  readonly text: string;
  /** The text without case and accents, offsets alike. */
  readonly folded: string;
  readonly passages: readonly Passage[];
  readonly lines: readonly ProseLine[];
  readonly words: readonly PlacedWord[];
}

/** Characters of prose that are read: longer documents say who and when at their beginning and end. */
const MAX_TEXT = 400_000;
/** Prefixes that keep their hyphen when a line ends behind it. */
const KEEPS_HYPHEN =
  /(?:^|[^\p{L}])(?:non|self|co|pre|post|third|long|short|well|cross|ex|sub|e|anti|multi|inter|vice|arrière|sous|non)-$/iu;

/** Joins a document's lines into its running text. Headers, footers and page numbers that repeat are left out. */
export function makeProse(parsed: ParsedDocument): Prose {
  const groups = passagesOf(bodyLines(parsed.pages));
  const lines: ProseLine[] = [];
  const passages: Passage[] = [];
  const words: PlacedWord[] = [];
  let text = "";
  for (const group of groups) {
    if (text.length > MAX_TEXT) break;
    if (text !== "") text += "\n";
    const start = text.length;
    const own: ProseLine[] = [];
    let glue = "";
    for (const line of group.lines) {
      const index = lines.length;
      const next = group.lines[group.lines.indexOf(line) + 1];
      const at = text.length + glue.length;
      const hyphen = hyphenBetween(line, next);
      text = appendWords(text + glue, line, index, hyphen === "drop", words);
      glue = hyphen === "none" ? " " : "";
      const placed = { ...line, start: at, end: text.length, passage: passages.length, index };
      lines.push(placed);
      own.push(placed);
    }
    passages.push({
      index: passages.length,
      start,
      end: text.length,
      text: text.slice(start),
      lines: own,
      heading: group.heading,
    });
  }
  return { text, folded: foldInPlace(text), passages, lines, words };
}

function appendWords(
  text: string,
  line: BodyLine,
  index: number,
  dropsHyphen: boolean,
  words: PlacedWord[],
): string {
  let joined = text;
  for (const [position, word] of line.words.entries()) {
    if (position > 0) joined += " ";
    const printed = line.page.words[word]?.text ?? "";
    const last = position === line.words.length - 1;
    const kept = last && dropsHyphen ? printed.slice(0, -1) : printed;
    words.push({ line: index, word, start: joined.length, length: kept.length });
    joined += kept;
  }
  return joined;
}

/** What becomes of a hyphen at a line's end: it goes, it stays without a space behind it, or there is none. */
function hyphenBetween(line: BodyLine, next: BodyLine | undefined): "drop" | "keep" | "none" {
  if (!next || !/[\p{L}\d][-\u00ad\u2010]$/u.test(line.text)) return "none";
  if (!/^\p{Ll}/u.test(next.text)) return /^\p{Lu}/u.test(next.text) ? "keep" : "none";
  return KEEPS_HYPHEN.test(line.text) && !line.text.endsWith("\u00ad") ? "keep" : "drop";
}

/** The citations of a stretch: one a printed line, each with what is printed there. */
export function citeStretch(prose: Prose, { start, end }: Stretch): Cited[] {
  const cited: { page: number; words: number[]; content: string }[] = [];
  let line = -1;
  for (let at = firstWordAt(prose, start); at < prose.words.length; at += 1) {
    const word = prose.words[at];
    if (!word || word.start >= end) break;
    const page = prose.lines[word.line]?.page;
    const printed = page?.words[word.word]?.text;
    if (!page || printed === undefined) continue;
    const from = Math.max(0, start - word.start);
    const whole = end >= word.start + word.length;
    const shown = printed.slice(from, whole ? printed.length : end - word.start);
    const last = cited.at(-1);
    if (last && word.line === line) {
      last.words.push(word.word);
      last.content += ` ${shown}`;
    } else cited.push({ page: page.number, words: [word.word], content: shown });
    line = word.line;
  }
  return cited;
}

function firstWordAt(prose: Prose, offset: number): number {
  let [low, high] = [0, prose.words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = prose.words[middle];
    if (word && word.start + word.length <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stretch without blanks and the given characters at its ends. */
export function trimStretch(prose: Prose, stretch: Stretch, strip: RegExp = /[\s,;:]/): Stretch {
  let { start, end } = stretch;
  while (start < end && strip.test(prose.text.charAt(start))) start += 1;
  while (end > start && strip.test(prose.text.charAt(end - 1))) end -= 1;
  return { start, end };
}

/** The text of a stretch, passages apart by a space. */
export function textAt(prose: Prose, { start, end }: Stretch): string {
  return prose.text.slice(start, end).replace(/\s+/g, " ").trim();
}

/** A value that is printed as it is given. */
export function printedValue(
  prose: Prose,
  pointer: string,
  stretch: Stretch,
  confidence: number,
): DraftValue {
  return {
    pointer,
    value: textAt(prose, stretch),
    cited: citeStretch(prose, stretch),
    confidence: confidence * readConfidence(prose, stretch),
  };
}

/** How sure the reader is of a stretch's words, 0..1. */
export function readConfidence(prose: Prose, { start, end }: Stretch): number {
  let sum = 0;
  let count = 0;
  for (let at = firstWordAt(prose, start); at < prose.words.length; at += 1) {
    const word = prose.words[at];
    if (!word || word.start >= end) break;
    sum += prose.lines[word.line]?.page.words[word.word]?.confidence ?? 0;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** The line that holds an offset. */
export function lineAt(prose: Prose, offset: number): ProseLine | undefined {
  return prose.lines[prose.words[firstWordAt(prose, offset)]?.line ?? -1];
}
