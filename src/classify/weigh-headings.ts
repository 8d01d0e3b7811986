import { foldText } from "../model/fold.ts";
import { repairLetters } from "../model/misread.ts";
import type { ParsedDocument, ParsedPage } from "../model/parsed.ts";
import type { Evidence } from "./evidence.ts";
import { HEADING_STEMS } from "./heading-stems.ts";

/** A heading stands in the upper part of the first page, has few words, and is larger than the rest or by itself. */
const TOP = 0.45;
const MAX_WORDS = 7;
const LARGE = 1.18;
/** Headings that are looked at, the largest first. */
const HEADINGS = 4;
const WEIGHT = 1.1;

/** What the largest lines at the top of a document call it, by the stems of their words. */
export function weighHeadings(parsed: ParsedDocument): Evidence[] {
  const [page] = parsed.pages;
  if (!page) return [];
  const best = new Map<string, Evidence>();
  for (const { text, printed, size } of headingsOf(page)) {
    for (const { type, pattern } of HEADING_STEMS) {
      if (!pattern.test(text)) continue;
      const weight = WEIGHT * Math.min(1.5, size);
      const known = best.get(type);
      if (!known || known.weight < weight)
        best.set(type, { type, key: "heading", weight, reason: `headed "${printed.slice(0, 40)}"` });
    }
  }
  return [...best.values()];
}

interface Heading {
  readonly text: string;
  readonly printed: string;
  /** How much larger than the usual it is; 1 counts as not at all. */
  readonly size: number;
}

function headingsOf(page: ParsedPage): Heading[] {
  const heights = page.words.map((word) => word.bbox[3] - word.bbox[1]).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] || 0.01;
  const found: Heading[] = [];
  for (const line of page.lines) {
    if (line.bbox[1] > TOP) continue;
    const words = page.words.slice(line.words[0], line.words[1]);
    if (words.length === 0 || words.length > MAX_WORDS) continue;
    const read = words.map((word) => word.text).join(" ");
    const printed = page.source === "ocr" ? repairLetters(read) : read;
    const size = Math.max(...words.map((word) => word.bbox[3] - word.bbox[1])) / usual;
    const loud = size >= LARGE || (/\p{Lu}{4}/u.test(printed) && printed === printed.toUpperCase());
    if (loud && !printed.includes(":")) found.push({ text: foldText(printed), printed, size });
  }
  return found.sort((a, b) => b.size - a.size).slice(0, HEADINGS);
}
