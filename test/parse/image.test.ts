import { LIMITS as DEFAULT_LIMITS } from "../fixtures/limits.ts";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { Format } from "../../src/model/format.ts";
import { ParsedPage } from "../../src/model/parsed.ts";
import { image } from "../../src/parse/formats/image.ts";
import { turn } from "../../src/parse/ocr/gray.ts";
import { createPageReader } from "../../src/parse/ocr/read-page.ts";
import type { ParsePorts } from "../../src/parse/parser.ts";
import { createImageDecoder } from "../../src/platform/images/decoder.ts";
import { createTesseract } from "../../src/platform/tesseract/recognizer.ts";
import { workerAssets } from "../../src/platform/tesseract/worker-assets.ts";
import type { OcrResult } from "../../src/ports.ts";
import { corners, drawText, gif, grayPng, jpeg, orientedJpeg, pdfium } from "../fixtures/image.ts";
import { fax } from "../fixtures/fax.ts";
import { sourceOf } from "../fixtures/pdf.ts";
import { tiffFile, type TiffPage } from "../fixtures/tiff.ts";

const limits = {
  ...DEFAULT_LIMITS,
  maxPages: 50,
  maxBytes: 5_000_000,
  maxPixels: 50_000_000,
  ocrMaxSide: 2_048,
  maxTextBytes: 1_000,
};

const tesseract = createTesseract(workerAssets);
const ports: ParsePorts = {
  pdf: pdfium,
  images: createImageDecoder({
    wasm: workerAssets.wasm,
    heif: async () => (await import("../../src/platform/images/heic/load-module.ts")).default,
    makeRoom: tesseract.release,
  }),
  ocr: createPageReader(tesseract),
};

async function readFile(bytes: Uint8Array, format: Format, use: Partial<ParsePorts> = {}) {
  const opened = await image.open(
    sourceOf(bytes, `file.${format}`, format),
    { ...ports, ...use },
    { limits },
  );
  try {
    return { opened, pageCount: opened.pageCount, ...(await opened.readPage(1)) };
  } finally {
    opened.close();
    opened.close();
  }
}

/** An OCR that reads this and nothing else. */
const saying = (texts: readonly string[], confidence: number, rotation: OcrResult["rotation"] = 0) => ({
  read: async (): Promise<OcrResult> => ({
    words: texts.map((text, line) => ({
      text,
      bbox: [0.1, 0.1 + line / 10, 0.3, 0.15 + line / 10],
      confidence,
      line,
    })),
    rotation,
    language: "en",
    confidence,
  }),
});

describe("reading a picture", () => {
  it("gives one upright page with the size in pixels", async () => {
    const drawn = await drawText(["Invoice 4711", "Total\t99.50"]);
    const { pageCount, page, warnings } = await readFile(await grayPng(drawn), "png");
    expect(ParsedPage.parse(page)).toEqual(page);
    expect([pageCount, page.number, page.rotation, page.source, page.language]).toEqual([
      1,
      1,
      0,
      "ocr",
      "en",
    ]);
    expect([page.width, page.height]).toEqual([drawn.width, drawn.height]);
    expect(page.words.map((word) => word.text)).toEqual(["Invoice", "4711", "Total", "99.50"]);
    expect(warnings).toEqual([]);
  });

  it("reads a photo that lies on its side, with and without an Exif tag", async () => {
    const drawn = await drawText(["Invoice 4711", "Green Valley Bakery", "Total amount\t99.50"]);
    const lying = turn(drawn, 270);
    for (const [bytes, rotation] of [
      [orientedJpeg(lying, 6), 0],
      [jpeg(lying), 90],
    ] as const) {
      const { page } = await readFile(bytes, "jpeg");
      expect([page.rotation, page.width, page.height]).toEqual([rotation, drawn.width, drawn.height]);
      expect(page.text.replaceAll(/\s+/gu, " ")).toBe("Invoice 4711 Green Valley Bakery Total amount 99.50");
    }
  });

  it("says that an image is blank", async () => {
    const blank = { width: 200, height: 300, data: new Uint8Array(60_000).fill(255) };
    const { page, warnings } = await readFile(await grayPng(blank), "png");
    expect([page.source, page.words.length, page.text]).toEqual(["none", 0, ""]);
    expect(warnings.map((warning) => warning.code)).toEqual(["page_blank"]);
  });

  it("says which frames were not read, and that a reading is poor", async () => {
    const { opened, warnings } = await readFile(gif(corners(), 4), "gif", { ocr: saying(["Tota1"], 0.4) });
    expect(opened.inventory).toEqual([{ kind: "frame", found: 4, read: 1 }]);
    expect(opened.warnings.map((warning) => warning.code)).toEqual(["frames_not_read"]);
    expect(opened.warnings[0]?.message).toContain("4 frames");
    expect(warnings.map((warning) => warning.code)).toEqual(["low_quality"]);
  });

  it("says that a JPEG is cut off and reads what is there", async () => {
    const whole = jpeg(await drawText(["Invoice 4711", "Total\t99.50"]));
    const { page, warnings } = await readFile(whole.slice(0, Math.floor(whole.length * 0.6)), "jpeg");
    expect(page.text).toContain("Invoice 4711");
    expect(warnings[0]?.code).toBe("file_damaged");
  });

  it("swaps width and height of a page that OCR turned", async () => {
    const { page } = await readFile(await grayPng(corners()), "png", { ocr: saying(["Total"], 0.9, 90) });
    expect([page.rotation, page.width, page.height]).toEqual([90, 16, 24]);
  });

  it("reads each page of a TIFF, and says which could not be read", async () => {
    const drawn = await drawText(["Invoice 4711", "Total\t99.50"]);
    const page = (compression: number, segment: Uint8Array): TiffPage => ({
      tags: { 256: [drawn.width], 257: [drawn.height], 258: [1], 259: [compression], 262: [0] },
      segments: [segment],
    });
    const good = page(4, fax(drawn, "group4"));
    const bytes = tiffFile([
      good,
      page(34_712, new Uint8Array(9)),
      { ...good, tags: { ...good.tags, 254: [1] } },
      good,
    ]);
    const opened = await image.open(sourceOf(bytes, "scan.tif", "tiff"), ports, { limits });
    expect([opened.pageCount, opened.warnings.map(({ code }) => code)]).toEqual([3, ["member_set_aside"]]);
    const last = await opened.readPage(3);
    expect([last.page.number, last.page.text.replaceAll("\n", " ")]).toEqual([3, "Invoice 4711 Total 99.50"]);
    const bad = await opened.readPage(2);
    expect([bad.page.number, bad.page.source, bad.page.words]).toEqual([2, "none", []]);
    expect(bad.warnings).toMatchObject([{ code: "page_unreadable", page: 2 }]);
    expect(bad.warnings[0]?.message).toContain("JPEG 2000");
    const tight = { limits: { ...limits, maxPages: 2 } };
    await expect(image.open(sourceOf(bytes, "scan.tif", "tiff"), ports, tight)).rejects.toMatchObject({
      code: "too_many_pages",
    });
  });

  it("reads a long picture at a size at which its print can be read", async () => {
    const lines = Array.from({ length: 50 }, (_, index) => `Item number ${index + 100}`);
    const long = await drawText(lines, { width: 220, size: 9 });
    expect(long.height / long.width).toBeGreaterThan(3);
    const { page } = await readFile(await grayPng(long), "png");
    expect([page.width, page.height]).toEqual([long.width, long.height]);
    expect(page.text.split("\n").filter((line) => lines.includes(line)).length).toBeGreaterThan(47);
    expect(page.lines.length).toBe(lines.length);
  });

  it("refuses what is too large, and pages that are not there", async () => {
    const large = sourceOf(new Uint8Array(5_000_001), "file.png", "png");
    await expect(image.open(large, ports, { limits })).rejects.toMatchObject({ code: "payload_too_large" });
    const opened = await image.open(sourceOf(await grayPng(corners()), "a.png", "png"), ports, { limits });
    await expect(opened.readPage(2)).rejects.toMatchObject({ code: "page_not_found" });
    const tight = { limits: { ...limits, maxPixels: 100 } };
    const small = await image.open(sourceOf(await grayPng(corners()), "a.png", "png"), ports, tight);
    await expect(small.readPage(1)).rejects.toBeInstanceOf(AppError);
  });
});
