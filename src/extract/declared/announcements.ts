import type { LabelHit } from "../engine/labels.ts";
import type { Reading } from "../engine/reading.ts";
import { isNumberPrefix } from "../engine/labels.ts";
import type { Piece, Segment } from "../engine/view.ts";
import { LEAST, type LabelIndex, type LabelMatch } from "./label-index.ts";
import { hasMeaning } from "./terms.ts";

/** A printed label and what of the declaration it may announce; none for a label of something else. */
export interface Announcement {
  readonly hit: LabelHit;
  readonly matches: readonly LabelMatch[];
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly score: number;
  readonly matches: readonly LabelMatch[];
}

const MAX_WORDS = 8;
const MAX_PREFIX = 6;
const MAX_LABEL = 90;
/** A label with words behind it has to be surer than one with digits behind it, or with nothing. */
const BEFORE_TEXT = 0.86;
const BEFORE_DIGITS = 0.6;
/** What ends a label: a colon, or the dots that lead to its value. */
const COLON = /[:：](?!\/\/)|\s?(?:\.{3,}|…{1,}|_{3,}|(?:\. ){3,})[.…_ ]*/gu;
/** What a label is worth whose first words are left out: words that labels are made of, and others. */
const LEFT_OUT = 0.5;
const PASSED = 0.92;
const NOTHING: ReadonlySet<never> = new Set();

/** Every label of the document that the index knows, and those that a colon shows, by segment. */
export function findAnnouncements(reading: Reading, index: LabelIndex): Map<Segment, Announcement[]> {
  const found = new Map<Segment, Announcement[]>();
  for (const segment of reading.view.segments) {
    const here = announcedIn(segment, index);
    if (here.length > 0) found.set(segment, here);
  }
  return found;
}

function announcedIn(segment: Segment, index: LabelIndex): Announcement[] {
  if (!/\p{L}/u.test(segment.text)) return [];
  const misread = segment.page.source === "ocr";
  const found: Announcement[] = [];
  let cursor = 0;
  for (const colon of segment.text.matchAll(COLON)) {
    const at = colon.index;
    if (/\d$/.test(segment.text.slice(cursor, at)) && /^\d/.test(segment.text.slice(at + 1))) continue;
    const words = wordsOf(segment, cursor, at);
    const before = withColon(segment, words, at, index, misread);
    if (!before) continue;
    found.push(...withoutColon(segment, cursor, before.hit.piece.start, index, misread), before);
    cursor = at + colon[0].length;
  }
  found.push(...withoutColon(segment, cursor, segment.text.length, index, misread));
  return found.filter(({ hit }) => !isNumberPrefix(hit));
}

function wordsOf(segment: Segment, from: number, to: number): Word[] {
  return [...segment.text.slice(from, to).matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: from + match.index,
    end: from + match.index + match[0].length,
  }));
}

/** The words before a colon that say most; without a match the words back to the last value. */
function withColon(
  segment: Segment,
  words: readonly Word[],
  colon: number,
  index: LabelIndex,
  misread: boolean,
): Announcement | null {
  let best: Found | null = null;
  let first = words.length;
  while (first > Math.max(0, words.length - MAX_WORDS) && !isValueWord(words[first - 1]?.text ?? ""))
    first -= 1;
  let share = 1;
  for (let from = first; from < words.length; from += 1) {
    const word = words[from];
    if (!word) break;
    const matches = index
      .match(segment.text.slice(word.start, colon).trim(), misread)
      .map(({ entry, score }) => ({ entry, score: score * share }))
      .filter(({ score }) => score >= LEAST);
    const score = matches[0]?.score ?? 0;
    if (score > (best?.score ?? 0)) best = { from, to: words.length - 1, score, matches };
    share *= hasMeaning(word.text) ? LEFT_OUT : PASSED;
  }
  const start = words[best?.from ?? first]?.start;
  if (start === undefined || !/\p{L}{2}|#/u.test(segment.text.slice(start, colon))) return null;
  const end = words.at(-1)?.end ?? colon;
  return announce({ segment, start, end }, best?.matches ?? [], true, onlyMarks(segment.text, start, end));
}

/** Labels without a colon: a whole segment, or words with a value behind them. */
function withoutColon(
  segment: Segment,
  from: number,
  to: number,
  index: LabelIndex,
  misread: boolean,
): Announcement[] {
  const words = wordsOf(segment, from, to);
  if (words.length > 40) return [];
  const whole = from === 0 && to === segment.text.length ? wholeLabel(segment, words, index, misread) : null;
  const found: Announcement[] = [];
  for (let at = 0; at < words.length;) {
    const before = words[at - 1]?.text ?? "";
    const opens = at === 0 ? from === 0 : /\d/.test(before) || /[,;|•·]$/.test(before);
    const head = opens ? prefixLabel(segment, words, at, index, misread) : null;
    const start = words[at]?.start;
    const end = words[head?.to ?? -1]?.end;
    if (!head || start === undefined || end === undefined) {
      at += 1;
      continue;
    }
    found.push(announce({ segment, start, end }, head.matches, false, false));
    at = head.to + 1;
  }
  const best = Math.max(0, ...found.map((one) => one.matches[0]?.score ?? 0));
  const valued = found.some((one) => /^\W{0,3}[\p{Sc}]?\s?\d/u.test(segment.text.slice(one.hit.piece.end)));
  return whole && !valued && (whole.matches[0]?.score ?? 0) >= best - 0.02 ? [whole] : found;
}

function wholeLabel(
  segment: Segment,
  words: readonly Word[],
  index: LabelIndex,
  misread: boolean,
): Announcement | null {
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last || words.length > MAX_WORDS + 2 || segment.text.length > MAX_LABEL) return null;
  if (words.filter((word) => /\d{3}/.test(word.text)).length > 0) return null;
  const matches = index.match(segment.text, misread);
  if (matches.length === 0) return null;
  return announce({ segment, start: first.start, end: last.end }, matches, false, true);
}

function prefixLabel(
  segment: Segment,
  words: readonly Word[],
  from: number,
  index: LabelIndex,
  misread: boolean,
): Found | null {
  let best: Found | null = null;
  const first = words[from];
  if (!first) return null;
  for (let to = from; to < Math.min(words.length - 1, from + MAX_PREFIX); to += 1) {
    const word = words[to];
    const next = words[to + 1];
    if (!word || !next || (isValueWord(word.text) && to > from - 1)) break;
    const matches = index.match(segment.text.slice(first.start, word.end), misread);
    const value = /^\W{0,3}[\p{Sc}]?\d/u.test(next.text) || /^[A-Z]{1,4}-?\d|^[A-Z]{2}\d{2}$/.test(next.text);
    const least = value ? BEFORE_DIGITS : BEFORE_TEXT;
    if (!value && !/^[\p{Lu}"'(*X]/u.test(next.text)) continue;
    const score = (matches[0]?.score ?? 0) + 0.02 * (to - from);
    if ((matches[0]?.score ?? 0) >= least && score > (best?.score ?? 0)) best = { from, to, score, matches };
  }
  return best;
}

/** Whether a word is rather a value's than a label's. */
function isValueWord(word: string): boolean {
  return (/\d/.test(word) && !/^[(\d]{1,3}[a-z]?[).]{1,2}$/u.test(word)) || word.includes("@");
}

function onlyMarks(text: string, start: number, end: number): boolean {
  return !/[\p{L}\d]/u.test(text.slice(0, start)) && !/[\p{L}\d]/u.test(text.slice(end));
}

function announce(
  piece: Piece,
  matches: readonly LabelMatch[],
  colon: boolean,
  standalone: boolean,
): Announcement {
  const quality = colon ? 1 : (matches[0]?.score ?? 0.5);
  return { hit: { keys: NOTHING, titles: NOTHING, piece, quality, standalone, colon }, matches };
}
