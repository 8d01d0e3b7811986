import type { BBox } from "../../model/geometry.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import { composePage } from "../../parse/layout/compose-page.ts";
import type { ReadWord } from "../../ports.ts";

/** A line of a truth's text and where it stands, in pixels. */
interface PlacedLine {
  readonly text: string;
  readonly box: BBox;
}

/** Where a page's paper ends is not told by its words: as much again as its narrowest margin, at least this much. */
const MIN_MARGIN = 0.02;

/** Letters of a plain text's line, and its height, in points. */
const LETTER = 6;
const LEADING = 14;

/**
 * A page as a reader without a fault would give it, from `x0,y0,x1,y1,x2,y2,x3,y3,text` a line: the corners of a
 * line's box and what stands in it. Words get their part of the line's width by their letters.
 */
export function fromWordsFile(csv: string): ParsedDocument {
  return perfectDocument(csv.split(/\r?\n/u).flatMap(placedLine));
}

/** The same from lines of text alone: each stands below the one before. */
export function fromTextLines(text: string): ParsedDocument {
  const lines = text.split("\n").flatMap((line, index): PlacedLine[] => {
    const content = line.trim();
    if (content === "") return [];
    const left = (line.length - line.trimStart().length) * LETTER;
    const top = index * LEADING;
    return [{ text: content, box: [left, top, left + content.length * LETTER, top + LEADING * 0.75] }];
  });
  return perfectDocument(lines);
}

function placedLine(row: string): PlacedLine[] {
  const cells = row.split(",");
  const corners = cells.slice(0, 8).map(Number);
  const text = cells.slice(8).join(",").trim();
  if (text === "" || corners.length < 8 || !corners.every(Number.isFinite)) return [];
  const xs = corners.filter((_, index) => index % 2 === 0);
  const ys = corners.filter((_, index) => index % 2 === 1);
  return [{ text, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] }];
}

function perfectDocument(lines: readonly PlacedLine[]): ParsedDocument {
  const right = Math.max(1, ...lines.map(({ box }) => box[2]));
  const bottom = Math.max(1, ...lines.map(({ box }) => box[3]));
  const margin = (edge: number, far: number): number => Math.max(edge, far * MIN_MARGIN);
  const width = right + margin(Math.min(right, ...lines.map(({ box }) => box[0])), right);
  const height = bottom + margin(Math.min(bottom, ...lines.map(({ box }) => box[1])), bottom);
  const words = lines.flatMap((line, index) => wordsOf(line, index, width, height));
  const page = composePage({
    number: 1,
    width,
    height,
    rotation: 0,
    source: "ocr",
    language: null,
    words,
    rulings: [],
  });
  return {
    format: "png",
    page_count: 1,
    pages: [page],
    form_fields: [],
    structured: [],
    message: null,
    members: [],
    container: false,
    inventory: [],
    metadata: {},
    warnings: [],
  };
}

function wordsOf({ text, box }: PlacedLine, line: number, width: number, height: number): ReadWord[] {
  const [x0, y0, x1, y1] = box;
  const letter = (x1 - x0) / Math.max(1, text.length);
  return [...text.matchAll(/\S+/gu)].map(({ 0: word, index }) => ({
    text: word,
    bbox: [
      (x0 + index * letter) / width,
      y0 / height,
      (x0 + (index + word.length) * letter) / width,
      y1 / height,
    ],
    confidence: 1,
    line,
  }));
}
