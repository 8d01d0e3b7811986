import type { ParsedPage } from "../../model/parsed.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, wordsOf } from "../engine/view.ts";
import type { ReadSureness } from "../scorer/forest.ts";

/** What is seen around the words that a value cites. */
export interface Place {
  readonly ocr: boolean;
  readonly sure: ReadSureness;
  readonly words: number;
  /** Other values that cite the same first word. */
  readonly shared: number;
  /** How often its first line is printed besides, up to three times. */
  readonly repeats: number;
  /** Quality of a label before it in its row, and in the row above. */
  readonly before: number;
  readonly above: number;
  /** How far down its page it stands. */
  readonly top: number;
}

/** How many amounts and dates are printed. */
interface Printed {
  readonly amounts: number;
  readonly dates: number;
}

/** What is printed and what of it no value cites. */
interface Leftovers extends Printed {
  readonly amountsLeft: number;
  readonly datesLeft: number;
  /** Sure labels of the type's kind, behind which something stands that no value cites. */
  readonly labelsLeft: number;
}

const SURE = 0.8;
const MOST_REPEATS = 3;
const LEAST_SURE = 0.05;
/** More words than a page has. */
const MOST_WORDS = 1_000_000;

/** Where the drafts stand on their pages. */
export function placesOf(reading: Reading, drafts: readonly DraftValue[]): Place[] {
  const cited = citedWords(drafts);
  const bySegment = segmentsOf(reading);
  const pages = new Map(reading.view.parsed.pages.map((page) => [page.number, page]));
  const text = reading.view.text;
  return drafts.map((draft): Place => {
    const [first] = draft.cited;
    const page = first && pages.get(first.page);
    const word = first?.words[0];
    const segment = word === undefined || !first ? undefined : bySegment.get(wordKey(first.page, word));
    const box = word === undefined ? undefined : page?.words[word]?.bbox;
    return {
      ocr: page?.source === "ocr",
      sure: surenessOf(draft, pages),
      words: draft.cited.reduce((count, { words }) => count + words.length, 0),
      shared: word === undefined || !first ? 0 : (cited.get(wordKey(first.page, word)) ?? 1) - 1,
      repeats: countIn(text, first?.content ?? "") - 1,
      before: segment ? labelBefore(reading, segment) : 0,
      above: segment ? labelAbove(reading, segment) : 0,
      top: box?.[1] ?? 0,
    };
  });
}

/** What is printed that the drafts leave. */
export function leftoversOf(reading: Reading, drafts: readonly DraftValue[]): Leftovers {
  const cited = citedWords(drafts);
  const left = ({ piece }: { readonly piece: Piece }): boolean => !isCited(piece, cited);
  return {
    ...printedOf(reading),
    amountsLeft: count(reading.money, left),
    datesLeft: count(reading.dates, left),
    labelsLeft: labelsLeft(reading, cited),
  };
}

export function printedOf({ money, dates }: Reading): Printed {
  return { amounts: count(money), dates: count(dates) };
}

function count<T>(
  found: ReadonlyMap<Segment, readonly T[]>,
  holds: (one: T) => boolean = () => true,
): number {
  let sum = 0;
  for (const here of found.values()) for (const one of here) if (holds(one)) sum += 1;
  return sum;
}

/** A word of the document as one number. */
function wordKey(page: number, word: number): number {
  return page * MOST_WORDS + word;
}

function citedWords(drafts: readonly DraftValue[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { cited } of drafts)
    for (const { page, words } of cited)
      for (const word of words) {
        const key = wordKey(page, word);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  return counts;
}

function segmentsOf(reading: Reading): Map<number, Segment> {
  const found = new Map<number, Segment>();
  for (const segment of reading.view.segments)
    for (const word of segment.words) found.set(wordKey(segment.page.number, word), segment);
  return found;
}

function surenessOf({ cited }: DraftValue, pages: ReadonlyMap<number, ParsedPage>): ReadSureness {
  const words = cited.flatMap(({ page, words: indices }) =>
    indices.map((index) => pages.get(page)?.words[index]?.confidence ?? 0),
  );
  const all = words.reduce((sum, word) => sum + Math.log(Math.max(LEAST_SURE, word)), 0);
  return { all, least: words.length === 0 ? 0 : Math.min(...words) };
}

function countIn(text: string, part: string): number {
  if (part.length < 2) return 1;
  let count = 0;
  for (
    let at = text.indexOf(part);
    at >= 0 && count <= MOST_REPEATS;
    at = text.indexOf(part, at + part.length)
  )
    count += 1;
  return Math.max(1, count);
}

function bestLabel(reading: Reading, segments: readonly Segment[]): number {
  return Math.max(
    0,
    ...segments.flatMap((segment) => (reading.labels.get(segment) ?? []).map(({ quality }) => quality)),
  );
}

function labelBefore(reading: Reading, segment: Segment): number {
  return bestLabel(reading, reading.view.rows[segment.row]?.segments.slice(0, segment.order + 1) ?? []);
}

function labelAbove(reading: Reading, segment: Segment): number {
  const row = reading.view.rows[segment.row - 1];
  if (!row || row.page !== segment.page) return 0;
  return bestLabel(
    reading,
    row.segments.filter(({ bbox }) => bbox[0] < segment.bbox[2] && bbox[2] > segment.bbox[0]),
  );
}

function isCited(piece: Piece, cited: ReadonlyMap<number, number>): boolean {
  return wordsOf(piece).some((word) => cited.has(wordKey(piece.segment.page.number, word)));
}

/** Labels with something behind them that nothing took: what is missing may stand there. */
function labelsLeft(reading: Reading, cited: ReadonlyMap<number, number>): number {
  let count = 0;
  for (const [segment, hits] of reading.labels) {
    if (reading.headerRows.has(segment.row)) continue;
    if (!hits.some(({ quality, colon, standalone }) => quality >= SURE && (colon || standalone))) continue;
    const behind = reading.view.rows[segment.row]?.segments.slice(segment.order) ?? [];
    const taken = behind.some((part) =>
      part.words.some((word) => cited.has(wordKey(part.page.number, word))),
    );
    if (!taken) count += 1;
  }
  return count;
}
