import type { BBox } from "../../model/geometry.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import { composePage } from "../../parse/layout/compose-page.ts";
import type { ReadWord } from "../../ports.ts";

/** A printed line as a data set has it: its box in pixels and its text. */
export interface BoxedLine {
  readonly bbox: BBox;
  readonly text: string;
}

/** Lines of a words file: eight corner coordinates, then the text. Lines that are none are left out. */
export function parseBoxedLines(csv: string): BoxedLine[] {
  return csv.split(/\r?\n/u).flatMap((line) => {
    const match = /^((?:-?\d+,){8})(.*)$/u.exec(line);
    const text = match?.[2]?.trim() ?? "";
    const corners = (match?.[1] ?? "").split(",").slice(0, 8).map(Number);
    if (text === "" || corners.length < 8) return [];
    const across = corners.filter((_, index) => index % 2 === 0);
    const down = corners.filter((_, index) => index % 2 === 1);
    const bbox: BBox = [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
    return [{ bbox, text }];
  });
}

/** The lines' words in fractions of a page that holds them all. */
export function readWords(lines: readonly BoxedLine[], confidence: number): WordsPage {
  const width = Math.max(1, ...lines.map((line) => line.bbox[2])) * 1.04;
  const height = Math.max(1, ...lines.map((line) => line.bbox[3])) * 1.02;
  const words = lines.flatMap((line, index): ReadWord[] =>
    wordsOf(line).map(({ text, bbox: [x0, y0, x1, y1] }) => ({
      text,
      bbox: [x0 / width, y0 / height, x1 / width, y1 / height],
      confidence,
      line: index,
    })),
  );
  return { words, width, height };
}

/** Words of one page in fractions of it; its size in pixels. */
export interface WordsPage {
  readonly words: readonly ReadWord[];
  readonly width: number;
  readonly height: number;
}

/** A line's words, each with its share of the box by its letters. */
function wordsOf({ bbox, text }: BoxedLine): { text: string; bbox: BBox }[] {
  const unit = (bbox[2] - bbox[0]) / Math.max(1, text.length);
  return [...text.matchAll(/\S+/gu)].map((match) => ({
    text: match[0],
    bbox: [
      bbox[0] + unit * match.index,
      bbox[1],
      bbox[0] + unit * (match.index + match[0].length),
      bbox[3],
    ],
  }));
}

/** The document of one picture of which these words were read. */
export function documentOfWords({ words, width, height }: WordsPage): ParsedDocument {
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
    format: "jpeg",
    page_count: 1,
    pages: [page],
    form_fields: [],
    structured: [],
    message: null,
    members: [],
    container: false,
    inventory: [{ kind: "page", found: 1, read: 1 }],
    metadata: {},
    warnings: [],
  };
}
