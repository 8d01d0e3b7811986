import type { ParsedPage } from "../../../src/model/parsed.ts";
import { composePage } from "../../../src/parse/layout/compose-page.ts";
import type { ReadWord, Ruling } from "../../../src/ports.ts";

const WIDTH = 600;
const HEIGHT = 800;

/** A text at a place in points: `x` is its left end, or its right end when `right` is set. */
export interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly right?: boolean;
}

export interface PageOptions {
  readonly number?: number;
  readonly source?: ParsedPage["source"];
  /** Degrees by which the page's lines fall to the right. */
  readonly skew?: number;
  readonly rulings?: readonly Ruling[];
}

/** Words as a reader would give them, half a size wide each letter; the page is 600 x 800 points. */
export function draw(texts: readonly Drawn[], options: PageOptions = {}): ReadWord[] {
  const slope = Math.tan(((options.skew ?? 0) * Math.PI) / 180);
  return texts.flatMap(({ x, y, text, size = 10, right = false }, line) => {
    const letter = size * 0.5;
    let at = right ? x - text.length * letter : x;
    const words: ReadWord[] = [];
    for (const part of text.split(" ")) {
      const top = y + at * slope;
      const box = [
        at / WIDTH,
        top / HEIGHT,
        (at + part.length * letter) / WIDTH,
        (top + size) / HEIGHT,
      ] as const;
      if (part !== "") words.push({ text: part, bbox: [...box], confidence: 1, line });
      at += (part.length + 1) * letter;
    }
    return words;
  });
}

export function drawPage(texts: readonly Drawn[], options: PageOptions = {}): ParsedPage {
  return composePage({
    number: options.number ?? 1,
    width: WIDTH,
    height: HEIGHT,
    rotation: 0,
    source: options.source ?? "text_layer",
    language: null,
    words: draw(texts, options),
    rulings: options.rulings ?? [],
  });
}

/** The borders of a grid, drawn once across and once down each. */
export function grid(xs: readonly number[], ys: readonly number[]): Ruling[] {
  const [left = 0, right = 0] = [xs[0], xs.at(-1)];
  const [top = 0, bottom = 0] = [ys[0], ys.at(-1)];
  return [
    ...ys.map((y): Ruling => ({
      direction: "horizontal",
      bbox: [left / WIDTH, y / HEIGHT, right / WIDTH, y / HEIGHT],
    })),
    ...xs.map((x): Ruling => ({
      direction: "vertical",
      bbox: [x / WIDTH, top / HEIGHT, x / WIDTH, bottom / HEIGHT],
    })),
  ];
}

/** Rows of a table: each cell at its column's place, numbers by their right end. */
export function table(
  columns: readonly { x: number; right?: boolean }[],
  rows: readonly (readonly string[])[],
  y: number,
  step = 20,
): Drawn[] {
  return rows.flatMap((row, index) =>
    row.flatMap((text, column) => {
      const place = columns[column];
      return text === "" || !place ? [] : [{ ...place, y: y + index * step, text }];
    }),
  );
}
