import { describe, expect, it } from "vitest";
import { findComponents } from "../../src/parse/ocr/components.ts";
import { cropLine, type LineCrop } from "../../src/parse/ocr/crop-line.ts";
import { decodeLine } from "../../src/platform/line-reader/decode-line.ts";
import { createLineReader } from "../../src/platform/line-reader/line-reader.ts";
import { createRemoteLineReader } from "../../src/platform/line-reader/remote.ts";
import { workerAssets } from "../../src/platform/line-reader/worker-assets.ts";
import { createLog } from "../../src/platform/log.ts";
import type { LineReader } from "../../src/ports.ts";
import { drawText } from "../fixtures/image.ts";

/** A line of print, drawn and cut out by its ink. */
async function drawLine(text: string): Promise<LineCrop> {
  const page = await drawText([text], { width: 500 });
  const ink = findComponents(page);
  const crop = cropLine(page, {
    x0: Math.min(...ink.map(({ x0 }) => x0)),
    y0: Math.min(...ink.map(({ y0 }) => y0)),
    x1: Math.max(...ink.map(({ x1 }) => x1)),
    y1: Math.max(...ink.map(({ y1 }) => y1)),
    slope: 0,
  });
  if (!crop) throw new Error("the line has no crop");
  return crop;
}

describe("the line reader", () => {
  const reader = createLineReader(workerAssets);

  it("reads figures, dates and names, and says where each character stands", async () => {
    const texts = ["1,284.50", "17/03/2026", "INV-20468", "Green Valley Bakery"];
    const lines = await Promise.all(texts.map(drawLine));
    const read = await reader.read(lines);
    expect(read.map(({ text }) => text.replaceAll(" ", ""))).toEqual(
      texts.map((text) => text.replaceAll(" ", "")),
    );
    for (const { confidence, characters } of read) {
      expect(confidence).toBeGreaterThan(0.9);
      const places = characters.map(({ at }) => at);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      expect(places[0]).toBeLessThan(0.2);
      expect(places.at(-1)).toBeGreaterThan(0.8);
      expect(places.at(-1)).toBeLessThanOrEqual(1);
    }
  }, 240_000);

  it("reads nothing of a broken crop, and goes on with the next", async () => {
    const good = await drawLine("42.00");
    const broken = [
      { width: 0, height: 48, data: new Uint8Array() },
      { width: 100, height: 48, data: new Uint8Array(10) },
      { width: 100, height: 20, data: new Uint8Array(2_000) },
      { width: 90_000, height: 48, data: new Uint8Array(90_000 * 48) },
    ];
    const read = await reader.read([...broken, good]);
    expect(read.map(({ text }) => text)).toEqual(["", "", "", "", "42.00"]);
    expect(read[0]).toEqual({ text: "", confidence: 0, characters: [] });
  });

  it("reads nothing on empty paper, and from no lines nothing", async () => {
    const paper = { width: 200, height: 48, data: new Uint8Array(200 * 48).fill(255) };
    expect((await reader.read([paper]))[0]?.text).toBe("");
    expect(await reader.read([])).toEqual([]);
  });

  it("says so when its model is none", async () => {
    const without = createLineReader({ ...workerAssets, model: async () => new Uint8Array(100) });
    await expect(without.read([await drawLine("7")])).rejects.toMatchObject({ code: "internal" });
  });
});

describe("decoding a line", () => {
  it("drops repeats and nothing, keeps a character that stands twice", () => {
    const alphabet = ["", "a", "b"];
    const rows = [
      [0.1, 0.9, 0],
      [0.2, 0.8, 0],
      [0.9, 0.1, 0],
      [0.3, 0.7, 0],
      [0, 0, 1],
    ];
    const read = decodeLine(Float32Array.from(rows.flat()), alphabet, 1);
    expect(read.text).toBe("aab");
    expect(read.confidence).toBeCloseTo((0.9 + 0.7 + 1) / 3, 5);
    expect(read.characters.map(({ at }) => at)).toEqual([0.1, 0.7, 0.9]);
  });

  it("tells what a place can be too, and the letters that nothing was hardly likelier than", () => {
    const alphabet = ["", "a", "b", "c"];
    const rows = [
      [0, 0.6, 0.4, 0],
      [0.7, 0, 0, 0.3],
      [0, 0.99, 0.01, 0],
    ];
    const read = decodeLine(Float32Array.from(rows.flat()), alphabet, 1);
    expect(read.text).toBe("aa");
    expect(read.characters[0]?.others?.map(({ text }) => text)).toEqual(["b"]);
    expect(read.characters[1]?.others).toBeUndefined();
    expect(read.missed?.map(({ text, at }) => [text, at])).toEqual([["c", 0.5]]);
  });
});

describe("the line reader behind a binding", () => {
  const lines: string[] = [];
  const note = (line: string) => void lines.push(line);
  const log = createLog({ info: note, warn: note, error: note });

  it("is none where nothing is bound, and the log says so", () => {
    lines.length = 0;
    expect(createRemoteLineReader(undefined, log)).toBeNull();
    expect(lines.join("\n")).toContain("line_reader_absent");
  });

  it("gives no readings when it does not answer, and the log says so without what was read", async () => {
    lines.length = 0;
    const gone: LineReader = { read: () => Promise.reject(new Error("no such Worker")) };
    const crop = { width: 8, height: 48, data: new Uint8Array(8 * 48) };
    expect(await createRemoteLineReader(gone, log)?.read([crop])).toEqual([]);
    expect(lines.join("\n")).toContain("line_reader_failed");
  });
});
