import { describe, expect, it } from "vitest";
import { findCheckBoxes, withCheckBoxes } from "../../../src/parse/pdf/check-boxes.ts";
import type { GrayImage, ReadWord } from "../../../src/ports.ts";

const [WIDTH, HEIGHT] = [800, 1_000];
const SIDE = 14;

/** White paper with squares of one pixel's line, ticked or not, and bars. */
function paper(
  squares: readonly { x: number; y: number; tick?: boolean }[],
  bars: readonly (readonly [x: number, y: number, width: number, height: number])[] = [],
): GrayImage {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(255);
  const ink = (x: number, y: number) => (data[y * WIDTH + x] = 0);
  for (const { x, y, tick } of squares) {
    for (let step = 0; step < SIDE; step++) {
      ink(x + step, y);
      ink(x + step, y + SIDE - 1);
      ink(x, y + step);
      ink(x + SIDE - 1, y + step);
      if (tick) {
        ink(x + step, y + step);
        ink(x + SIDE - 1 - step, y + step);
      }
    }
  }
  for (const [x, y, width, height] of bars) {
    for (let row = y; row < y + height; row++) for (let at = x; at < x + width; at++) ink(at, row);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const word = (text: string, x: number, y: number, width = 80): ReadWord => ({
  text,
  bbox: [x / WIDTH, y / HEIGHT, (x + width) / WIDTH, (y + 12) / HEIGHT],
  confidence: 0.9,
  line: 3,
});

describe("check boxes of a scan", () => {
  it("are found, ticked or not", () => {
    const found = findCheckBoxes(
      paper([
        { x: 100, y: 200 },
        { x: 300, y: 200, tick: true },
      ]),
    );
    expect(found).toEqual([
      { x: 100, y: 200, side: SIDE, marked: false },
      { x: 300, y: 200, side: SIDE, marked: true },
    ]);
  });

  it("are not cells of a table, thick letters, blots or larger frames", () => {
    const table = [0, 1, 2].flatMap((row) => [
      [50, 50 + row * 14, 200, 1] as const,
      [50 + row * 100, 50, 1, 29] as const,
    ]);
    const letter = [
      [400, 400, 14, 4],
      [400, 410, 14, 4],
      [400, 400, 4, 14],
      [410, 400, 4, 14],
    ] as const;
    const blot = [[500, 500, 14, 14]] as const;
    const frame = [
      [600, 600, 60, 1],
      [600, 659, 60, 1],
      [600, 600, 1, 60],
      [659, 600, 1, 60],
    ] as const;
    expect(findCheckBoxes(paper([], [...table, ...letter, ...blot, ...frame]))).toEqual([]);
  });

  it("take the place of the letters that OCR took them for, beside their words alone", () => {
    const image = paper([
      { x: 100, y: 200 },
      { x: 300, y: 200, tick: true },
      { x: 600, y: 700 },
    ]);
    const words = [
      word("O", 100, 201, 14),
      word("Yes", 120, 201),
      word("[X", 300, 201, 14),
      word("No", 320, 201),
    ];
    expect(withCheckBoxes(words, image).map(({ text, line }) => [text, line])).toEqual([
      ["Yes", 3],
      ["No", 3],
      ["☐", 3],
      ["☒", 3],
    ]);
  });

  it("are left alone where there are too many to be meant", () => {
    const squares = Array.from({ length: 200 }, (_, index) => ({
      x: 20 + (index % 20) * 30,
      y: 20 + Math.floor(index / 20) * 30,
    }));
    expect(findCheckBoxes(paper(squares))).toEqual([]);
  });
});
