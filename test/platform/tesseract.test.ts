import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { createTesseract } from "../../src/platform/tesseract/recognizer.ts";
import { parseTsv } from "../../src/platform/tesseract/tsv.ts";
import { workerAssets } from "../../src/platform/tesseract/worker-assets.ts";
import { drawText } from "../fixtures/image.ts";

const BLOCK = { language: "eng", layout: "block", lightOnDark: true } as const;

describe("the recogniser", () => {
  const tesseract = createTesseract(workerAssets);

  it("reads words with boxes, lines and confidence", async () => {
    const image = await drawText(["Green Valley Bakery", "Wholemeal bread\t12.40", "Total\t12.40"]);
    const words = await tesseract.recognize(image, BLOCK);
    const byLine = Map.groupBy(words, (word) => word.line);
    const lines = [...byLine.values()].map((line) => line.map((word) => word.text).join(" "));
    expect(lines).toEqual(["Green Valley Bakery", "Wholemeal bread 12.40", "Total 12.40"]);
    for (const word of words) {
      expect(word.confidence).toBeGreaterThan(0.7);
      expect(word.confidence).toBeLessThanOrEqual(1);
      expect(word.x1).toBeGreaterThan(word.x0);
      expect(word.y1).toBeGreaterThan(word.y0);
      expect(word.x1).toBeLessThanOrEqual(image.width);
    }
    const price = words.find((word) => word.text === "12.40");
    expect((price?.x0 ?? 0) / image.width).toBeCloseTo(224 / 300, 1);
  });

  it("answers calls that come at once one after the other, each with its own", async () => {
    const [one, two] = await Promise.all([drawText(["first picture"]), drawText(["second picture"])]);
    const read = await Promise.all([one, two, one].map((image) => tesseract.recognize(image, BLOCK)));
    expect(read.map((words) => words[0]?.text)).toEqual(["first", "second", "first"]);
  });

  it("changes its language and changes back", async () => {
    const image = await drawText(["Straße Größe für Rechnung"]);
    const german = await tesseract.recognize(image, { ...BLOCK, language: "deu" });
    expect(german.map((word) => word.text).join(" ")).toBe("Straße Größe für Rechnung");
    const english = await tesseract.recognize(await drawText(["thank you"]), BLOCK);
    expect(english.map((word) => word.text)).toEqual(["thank", "you"]);
  });

  it("finds nothing on white, black and single pixels", async () => {
    for (const [width, height, value] of [
      [400, 300, 255],
      [400, 300, 0],
      [1, 1, 128],
    ] as const) {
      const blank = { width, height, data: new Uint8Array(width * height).fill(value) };
      expect(await tesseract.recognize(blank, BLOCK)).toEqual([]);
    }
  });

  it("starts anew after an image that brings it down", async () => {
    const lying = { width: 70_000, height: 70_000, data: new Uint8Array(10) };
    await expect(tesseract.recognize(lying, BLOCK)).rejects.toBeInstanceOf(AppError);
    const words = await tesseract.recognize(await drawText(["still here"]), BLOCK);
    expect(words.map((word) => word.text)).toEqual(["still", "here"]);
  });

  it("reads a full page within its memory", async () => {
    const lines = Array.from({ length: 42 }, (_, row) => `Item ${row + 100} of the long list\t${row}.50`);
    const page = await drawText(lines, { width: 595, size: 10, tab: 420 });
    const fresh = createTesseract(workerAssets);
    const words = await fresh.recognize(page, BLOCK);
    expect(words.length).toBeGreaterThan(200);
    expect(fresh.memoryBytes()).toBeGreaterThan(10_000_000);
    expect(fresh.memoryBytes()).toBeLessThan(64_000_000);
  });
});

describe("Tesseract's table", () => {
  it("numbers lines over all blocks and skips what is no word", () => {
    const row = (...cells: (string | number)[]) => cells.join("\t");
    const tsv = [
      row("level", "page_num", "block_num"),
      row(4, 1, 1, 1, 1, 0, 0, 0, 9, 9, -1, ""),
      row(5, 1, 1, 1, 1, 1, 10, 20, 30, 8, "96.5", "Total"),
      row(5, 1, 1, 1, 1, 2, 50, 20, 30, 8, "120", "9.50"),
      row(5, 1, 2, 1, 1, 1, 10, 40, 30, 8, "-1", "odd"),
      row(5, 1, 2, 1, 1, 2, 10, 40, 30, 8, "50", " "),
    ].join("\n");
    expect(parseTsv(tsv)).toEqual([
      { text: "Total", x0: 10, y0: 20, x1: 40, y1: 28, confidence: 0.965, line: 0 },
      { text: "9.50", x0: 50, y0: 20, x1: 80, y1: 28, confidence: 1, line: 0 },
      { text: "odd", x0: 10, y0: 40, x1: 40, y1: 48, confidence: 0, line: 1 },
    ]);
  });
});
