import type { ParsedDocument, ParsedPage, Line, PageSource, Word } from "../../src/model/parsed.ts";
import { parsedDocument } from "../fixtures/parsed.ts";

/** A text on a test page: left edge and baseline's top in points, height of its letters. */
export interface Mark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Right edge instead of the left one. */
  readonly right?: number;
}

const WIDTH = 595;
const HEIGHT = 842;

/** Sets texts on a page as a reader would give them: every mark one line of words with boxes. */
export function paper(marks: readonly Mark[], source: PageSource = "text_layer", number = 1): ParsedPage {
  const words: Word[] = [];
  const lines: Line[] = [];
  let text = "";
  const ordered = [...marks].sort((a, b) => a.y - b.y || (a.x ?? 0) - (b.x ?? 0));
  for (const mark of ordered) {
    const size = mark.size ?? 10;
    const letter = size * 0.5;
    const left = mark.right === undefined ? mark.x : mark.right - mark.text.length * letter;
    if (text !== "") text += "\n";
    const start = text.length;
    const first = words.length;
    for (const match of mark.text.matchAll(/\S+/g)) {
      const x0 = left + match.index * letter;
      words.push({
        text: match[0],
        bbox: [
          x0 / WIDTH,
          mark.y / HEIGHT,
          (x0 + match[0].length * letter) / WIDTH,
          (mark.y + size) / HEIGHT,
        ],
        confidence: source === "ocr" ? 0.9 : 1,
        span: [start + match.index, match[0].length],
      });
    }
    text += mark.text;
    const [head, tail] = [words[first], words[words.length - 1]];
    if (!head || !tail) continue;
    lines.push({
      bbox: [head.bbox[0], head.bbox[1], tail.bbox[2], tail.bbox[3]],
      words: [first, words.length],
      span: [start, mark.text.length],
    });
  }
  return {
    number,
    label: null,
    width: WIDTH,
    height: HEIGHT,
    rotation: 0,
    source,
    language: null,
    text,
    words,
    lines,
    blocks: [],
    tables: [],
    key_values: [],
  };
}

export function documentOf(...pages: readonly ParsedPage[]): ParsedDocument {
  return parsedDocument(pages);
}

/** Lines of one column, from the top. */
export function column(x: number, y: number, texts: readonly string[], size = 10): Mark[] {
  return texts.map((text, index) => ({ text, x, y: y + index * size * 1.4, size }));
}

/** A table's row: texts at the columns' left edges, amounts to their right edges. */
export function row(
  y: number,
  cells: readonly (readonly [string, number, "left" | "right"])[],
  size = 10,
): Mark[] {
  return cells.map(([text, x, side]) =>
    side === "left" ? { text, x, y, size } : { text, x, y, size, right: x },
  );
}

/** Plain text as a page of a typewriter: every character in its cell. */
export function typed(text: string, source: PageSource = "plain_text"): ParsedPage {
  const marks = text.split("\n").flatMap((line, index) => {
    const runs = [...line.matchAll(/\S+(?: \S+)*/g)];
    return runs.map((run) => ({ text: run[0], x: 20 + run.index * 5, y: 20 + index * 14, size: 10 }));
  });
  return paper(marks, source);
}
