import type { Face, Family, Weight } from "./fonts.ts";

/** A line of text; `x` is its left edge and `y` its baseline, in points from the top left. */
export interface Ink {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly grey: number;
  /** Another family than the page's. */
  readonly family?: Family;
}

export interface Stroke {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Filled with this grey, or drawn around. */
  readonly fill?: number;
  readonly line?: number;
}

/** A drawn page. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly family: Family;
  readonly inks: Ink[];
  readonly strokes: Stroke[];
}

/** The two faces that a document is set in. */
export interface Faces {
  readonly family: Family;
  readonly regular: Face;
  readonly bold: Face;
}

/** Breaks a text into lines of at most `width` points; a word that is wider alone is cut. */
export function wrap(text: string, width: number, size: number, face: Face): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ").flatMap((word) => cut(word, width, size, face))) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && face.measure(longer, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

function cut(word: string, width: number, size: number, face: Face): string[] {
  if (face.measure(word, size) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece !== "" && face.measure(piece + character, size) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}
