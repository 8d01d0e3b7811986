import { type BBox, unionBoxes } from "../../../model/geometry.ts";
import type { ParsedDocument, ParsedPage, Word } from "../../../model/parsed.ts";
import { agrees, foldText, type Comparison } from "../normalise.ts";

/** A place on a page. */
export interface Place {
  readonly page: number;
  readonly bbox: BBox;
}

/** Words that a date or an amount is written in at most. */
const VALUE_WORDS = 4;
/** So many places of one value say enough. */
const MAX_PLACES = 4;
/** A line with this share of its words in the truth is taken for a part of it. */
const LINE_SHARE = 0.6;

/** Where a truth's value stands in what was read: its own words, else the lines that hold most of their words from it. */
export function findTruth(layout: ParsedDocument, compare: Comparison, truth: string): Place[] {
  const exact = layout.pages.flatMap((page) =>
    compare === "date" || compare === "money" || compare === "instant"
      ? findValue(page, compare, truth)
      : findWords(page, truth),
  );
  const places = exact.length > 0 ? exact : layout.pages.flatMap((page) => findLines(page, truth));
  return places.slice(0, MAX_PLACES);
}

/** Runs of words whose letters and digits are those of the truth. */
function findWords(page: ParsedPage, truth: string): Place[] {
  const wanted = foldText(truth);
  if (wanted === "") return [];
  const folded = page.words.map(({ text }) => foldText(text));
  const places: Place[] = [];
  for (let from = 0; from < folded.length; from += 1) {
    if (folded[from] === "" || !wanted.startsWith(folded[from] ?? "")) continue;
    let read = "";
    let to = from;
    while (to < folded.length && read.length < wanted.length) read += folded[to++] ?? "";
    if (read === wanted) places.push(...placeOf(page, page.words.slice(from, to)));
  }
  return places;
}

/** The shortest runs of a line's words that mean the truth. */
function findValue(page: ParsedPage, compare: Comparison, truth: string): Place[] {
  const places: Place[] = [];
  for (const line of page.lines) {
    const words = page.words.slice(...line.words);
    for (let from = 0; from < words.length; from += 1) {
      const lengths = Array.from({ length: compare === "money" ? 2 : VALUE_WORDS }, (_, index) => index + 1);
      const length = lengths.find((count) => agrees(compare, truth, joined(words.slice(from, from + count))));
      if (length === undefined) continue;
      places.push(...placeOf(page, words.slice(from, from + length)));
      from += length - 1;
    }
  }
  return places;
}

function findLines(page: ParsedPage, truth: string): Place[] {
  const wanted = new Set(truth.split(/\s+/u).map(foldText).filter(Boolean));
  if (wanted.size < 2) return [];
  return page.lines.flatMap((line) => {
    const words = page.words.slice(...line.words);
    const folded = words.map(({ text }) => foldText(text)).filter(Boolean);
    const shared = folded.filter((word) => wanted.has(word)).length;
    const enough = shared >= Math.min(2, wanted.size) && shared >= folded.length * LINE_SHARE;
    return enough ? placeOf(page, words) : [];
  });
}

function joined(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(" ");
}

function placeOf(page: ParsedPage, words: readonly Word[]): Place[] {
  const bbox = unionBoxes(words.map((word) => word.bbox));
  return bbox ? [{ page: page.number, bbox }] : [];
}
