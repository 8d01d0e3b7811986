import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { disarmPatterns } from "../../src/platform/pdfium/disarm.ts";
import { PdfiumDocument } from "../../src/platform/pdfium/document.ts";
import { startPdfium } from "../../src/platform/pdfium/instance.ts";
import { createPdfium } from "../../src/platform/pdfium/pdfium.ts";
import {
  BREAK,
  type Character,
  dropOverprints,
  groupWords,
  joinSpacedLetters,
  placeWords,
  toRun,
} from "../../src/platform/pdfium/words.ts";
import { withSecondReader } from "../../src/platform/unpdf/fallback.ts";
import { openTextReader } from "../../src/platform/unpdf/text-reader.ts";
import type { PdfHandle } from "../../src/ports.ts";
import { invoicePdf, onePage, protectedPdf, rawPdf, sourceOf } from "../fixtures/pdf.ts";

const loadModule = async () => (await import("../../src/platform/pdfium/load-module.ts")).default;

/** Letters of 6 by 10 points, one after the other with `gap` between them. */
function letters(text: string, gap = 0, start = 0, baseline = 100, size = 10): Character[] {
  return Array.from(text, (letter, index) => {
    const from = start + index * (6 + gap);
    return {
      text: letter,
      start: from,
      end: from + 6,
      top: baseline - 0.8 * size,
      bottom: baseline + 0.2 * size,
      baseline,
      size,
      turns: 0,
    };
  });
}

const texts = (glyphs: readonly (Character | typeof BREAK)[]) => groupWords(glyphs).map((word) => word.text);

describe("grouping characters into words", () => {
  it("ends a word at a space, a wide gap, a step back and a new line", () => {
    expect(texts([...letters("ab"), BREAK, ...letters("cd", 0, 12)])).toEqual(["ab", "cd"]);
    expect(texts([...letters("ab"), ...letters("cd", 0, 14)])).toEqual(["ab", "cd"]);
    expect(texts([...letters("ab", 0, 50), ...letters("cd")])).toEqual(["ab", "cd"]);
    expect(texts([...letters("ab"), ...letters("cd", 0, 12, 112)])).toEqual(["ab", "cd"]);
  });

  it("sets the letters of one glyph side by side, so that a ligature ends no word", () => {
    const [o, ...rest] = letters("O", 0, 0);
    const glyph = ["f", "f", "i"].flatMap((text) => letters(text, 0, 6));
    const words = groupWords([
      o!,
      ...rest,
      ...glyph,
      ...letters("ce", 0, 17),
      BREAK,
      ...letters("fi", 0, 40),
    ]);
    expect(words.map(({ text }) => text)).toEqual(["Office", "fi"]);
    expect(words[0]).toMatchObject({ start: 0, end: 29 });
  });

  it("keeps together what is kerned or set apart evenly", () => {
    expect(texts(letters("kern", -0.8))).toEqual(["kern"]);
    expect(texts(letters("wide", 1.1))).toEqual(["wide"]);
    const [dash, ...digits] = letters("-12");
    expect(texts([{ ...dash!, end: 12 }, ...digits])).toEqual(["-12"]);
    expect(
      texts(letters("bold").flatMap((letter) => [letter, { ...letter, start: letter.start + 0.4 }])),
    ).toEqual(["bold"]);
  });

  it("keeps words together that are written from right to left, in the order they are read", () => {
    const leftward = (text: string, right: number) =>
      letters(text).map((letter, index) =>
        Object.assign(letter, { start: right - index * 6, end: right - index * 6 + 6 }),
      );
    const line: (Character | typeof BREAK)[] = [
      ...leftward("שלום", 100),
      BREAK,
      ...leftward("עולם", 70),
      ...letters("12", 0, 20),
    ];
    const words = groupWords(line);
    expect(words.map(({ text }) => text)).toEqual(["שלום", "עולם", "12"]);
    expect([words[0]?.start, words[0]?.end]).toEqual([82, 106]);
    expect(texts([...leftward("אב", 100), ...leftward("גד", 60)])).toEqual(["אב", "גד"]);
  });

  it("joins a heading set wide but not a row of digits, nor two such words", () => {
    const joined = (text: string, gap: number) =>
      joinSpacedLetters(groupWords(letters(text, gap).flatMap((letter) => [letter, BREAK])));
    expect(joined("INVOICE", 5).map((word) => word.text)).toEqual(["INVOICE"]);
    expect(joined("INVOICE", 5)[0]).toMatchObject({ start: 0, end: 7 * 6 + 6 * 5 });
    expect(joined("ABC", 5).map((word) => word.text)).toEqual(["A", "B", "C"]);
    expect(joined("1234567", 5)).toHaveLength(7);
    expect(joined("INVOICE", 12)).toHaveLength(7);
    const two = groupWords([...letters("PAID", 3), ...letters("FULL", 3, 50)]);
    expect(joinSpacedLetters(two).map((word) => word.text)).toEqual(["PAID", "FULL"]);
  });

  it("keeps the letters of a ligature, which share one box", () => {
    const [first] = letters("f");
    expect(texts([{ ...first!, text: "f" }, { ...first!, text: "i" }, ...letters("n", 0, 6)])).toEqual([
      "fin",
    ]);
  });

  it("drops a word drawn twice on one spot but not one drawn beside it", () => {
    const words = groupWords([
      ...letters("bold"),
      BREAK,
      ...letters("bold", 0, 0.4),
      BREAK,
      ...letters("bold", 0, 40),
    ]);
    expect(dropOverprints(words).map((word) => word.start)).toEqual([0, 40]);
  });

  it("numbers lines by baseline whatever the order of drawing", () => {
    const words = groupWords([
      ...letters("low", 0, 0, 120),
      BREAK,
      ...letters("right", 0, 60, 100.5),
      BREAK,
      ...letters("left", 0, 0, 100),
    ]);
    const placed = placeWords(words, { width: 200, height: 200 });
    expect(placed.map(({ text, line }) => `${line} ${text}`)).toEqual(["0 left", "0 right", "1 low"]);
  });

  it("puts words of each direction back to where they stand on the page", () => {
    const page = { width: 200, height: 100 };
    for (const turns of [0, 1, 2, 3] as const) {
      const [start, baseline] = toRun(50, 40, turns, page);
      const [word] = groupWords(
        letters("ab", 0, start, baseline).map((letter) => Object.assign(letter, { turns })),
      );
      const [placed] = placeWords([word!], page);
      const [x0, y0, x1, y1] = placed!.bbox;
      expect(x0 * 200).toBeLessThanOrEqual(50 + 1e-9);
      expect(x1 * 200).toBeGreaterThanOrEqual(50 - 1e-9);
      expect(y0 * 100).toBeLessThanOrEqual(40 + 1e-9);
      expect(y1 * 100).toBeGreaterThanOrEqual(40 - 1e-9);
      expect((x1 - x0) * 200 > (y1 - y0) * 100).toBe(turns % 2 === 0);
    }
  });
});

describe("taking the type off endless patterns", () => {
  const pattern = (entries: string) =>
    new TextEncoder().encode(
      `1 0 obj\n<< /XStep 1 /YStep 1 >>\nendobj\n6 0 obj\n<< /PatternType 1 ${entries} >>\nstream\n`,
    );
  const kept = (entries: string) => {
    const bytes = pattern(entries);
    const before = bytes.slice();
    const left = disarmPatterns(bytes);
    expect(bytes.every((byte, index) => byte === before[index])).toBe(left);
    return left;
  };

  it("leaves those that end", () => {
    expect(kept("/XStep 4 /YStep -4 /BBox [0 0 4 4]")).toBe(true);
    expect(kept("/Matrix [0.5 0 0 0.5 0 0] /XStep 1.5/YStep 1.5")).toBe(true);
    expect(disarmPatterns(new TextEncoder().encode("<< /PatternType 2 /Shading 4 0 R >>"))).toBe(false);
  });

  it("finds those that do not, also across the pieces that are looked through", () => {
    expect(kept("/XStep 4")).toBe(false);
    expect(kept("/XStep 0 /YStep 4")).toBe(false);
    expect(kept("/XStep 0.001 /YStep 4")).toBe(false);
    expect(kept("/XStep 4 /YStep 4 /Matrix [0.0001 0 0 0.0001 0 0]")).toBe(false);
    expect(kept("/XStep 9 0 R /YStep 4")).toBe(false);
    const bytes = new Uint8Array(1024 * 1024 + 200).fill(0x20);
    const endless = pattern("/YStep 4");
    bytes.set(endless, 1024 * 1024 - endless.length + 20);
    disarmPatterns(bytes);
    expect(new TextDecoder().decode(bytes)).toContain("/PatternType 0");
  });
});

describe("the pdfium instance", () => {
  it("refuses memory beyond its bound instead of taking the isolate's", async () => {
    const { exports } = await startPdfium(await loadModule());
    expect(exports.malloc(200 * 1024 * 1024)).toBe(0);
    expect(exports.memory.buffer.byteLength).toBeLessThanOrEqual(104 * 1024 * 1024);
  });

  it("is started once for documents that are open together", async () => {
    let started = 0;
    const reader = createPdfium(async () => {
      started++;
      return loadModule();
    });
    const handles = [];
    for (let turn = 0; turn < 3; turn += 1) handles.push(await reader.open(sourceOf(invoicePdf()), {}));
    const read = await Promise.all(handles.map((handle) => handle.readText(1)));
    expect(read.map((page) => page.words.length)).toEqual([
      read[0]!.words.length,
      read[0]!.words.length,
      read[0]!.words.length,
    ]);
    for (const handle of handles) handle.close();
    expect(started).toBe(1);
  });

  it("is started anew when it could not be started", async () => {
    let attempts = 0;
    const reader = createPdfium(async () => {
      if (attempts++ === 0) throw new Error("not yet");
      return loadModule();
    });
    await expect(reader.open(sourceOf(invoicePdf()), {})).rejects.toMatchObject({ code: "internal" });
    const handle = await reader.open(sourceOf(invoicePdf()), {});
    expect(handle.pageCount).toBe(2);
    handle.close();
  });

  it("passes on what breaks while the file streams in, and stays usable", async () => {
    const reader = createPdfium(loadModule);
    const cut = {
      ...sourceOf(invoicePdf()),
      stream: async () =>
        new ReadableStream<Uint8Array>({
          start: (controller) =>
            controller.error(new AppError("upstream_unavailable", "the store went away")),
        }),
    };
    await expect(reader.open(cut, {})).rejects.toMatchObject({ code: "upstream_unavailable" });
    const handle = await reader.open(sourceOf(invoicePdf()), {});
    expect(handle.pageCount).toBe(2);
    handle.close();
  });

  it("does not grow when document follows document", async () => {
    const pdfium = await startPdfium(await loadModule());
    const pool = { acquire: async () => pdfium, release: () => undefined };
    const bytes = writePdf({
      pages: [{ texts: [{ text: "padding", x: 9, y: 9 }], content: " ".repeat(400_000) }],
    });
    const sizes: number[] = [];
    for (let round = 0; round < 120; round++) {
      const document = new PdfiumDocument(sourceOf(bytes), undefined, pool, loadModule);
      await document.start();
      await document.readText(1);
      await document.render(1, { maxSide: 600, color: true });
      document.close();
      sizes.push(pdfium.exports.memory.buffer.byteLength);
    }
    expect(sizes.at(-1)).toBe(sizes[3]);
  });

  it("is thrown away after a page brought it down, and the document goes on", async () => {
    let started = 0;
    const reader = createPdfium(async () => {
      started++;
      return loadModule();
    });
    const objects = onePage("/X0 Do", "/MediaBox [0 0 99 99]", "/XObject << /X0 6 0 R >>");
    for (let level = 0; level < 12; level++) {
      const content = level < 11 ? `/X${level + 1} Do `.repeat(10) : "BT /F1 9 Tf 5 5 Td (ha) Tj ET";
      const inner = `/XObject << /X${level + 1} ${7 + level} 0 R >> /Font << /F1 5 0 R >>`;
      objects.push(
        `<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << ${inner} >> /Length ${content.length} >>\nstream\n${content}\nendstream`,
      );
    }
    const bomb = await reader.open(sourceOf(rawPdf(objects)), {});
    const other = await reader.open(sourceOf(invoicePdf()), {});
    await expect(bomb.readText(1)).rejects.toMatchObject({ code: "file_damaged" });
    expect((await other.readText(1)).words.length).toBeGreaterThan(5);
    expect(started).toBe(2);
    bomb.close();
    other.close();
  });
});

describe("copies of pages", () => {
  const threePages = writePdf({
    pages: ["alpha", "beta", "gamma"].map((text) => ({ texts: [{ text, x: 72, y: 100 }] })),
  });
  const textsOf = async (bytes: Uint8Array): Promise<string[]> => {
    const handle = await createPdfium(loadModule).open(sourceOf(bytes), {});
    const pages = Array.from({ length: handle.pageCount }, (_, index) => handle.readText(index + 1));
    const found = (await Promise.all(pages)).map(({ words }) => words.map(({ text }) => text).join(" "));
    handle.close();
    return found;
  };

  it("hold these pages and no others, in their order, also several from one file", async () => {
    const handle = await createPdfium(loadModule).open(sourceOf(threePages), {});
    const [first, rest] = [await handle.copyPages([1], 1e6), await handle.copyPages([2, 3], 1e6)];
    expect((await handle.readText(1)).words.map(({ text }) => text)).toEqual(["alpha"]);
    handle.close();
    expect(await textsOf(first)).toEqual(["alpha"]);
    expect(await textsOf(rest)).toEqual(["beta", "gamma"]);
    expect(new TextDecoder("latin1").decode(rest)).not.toContain("alpha");
  });

  it("are bounded in bytes, and not made of a protected file", async () => {
    const handle = await createPdfium(loadModule).open(sourceOf(threePages), {});
    await expect(handle.copyPages([1], 100)).rejects.toMatchObject({ code: "payload_too_large" });
    expect(await textsOf(await handle.copyPages([3], 1e6))).toEqual(["gamma"]);
    handle.close();
    const opened = await createPdfium(loadModule).open(sourceOf(await protectedPdf("")), {});
    await expect(opened.copyPages([1], 1e6)).rejects.toMatchObject({ code: "unsafe_content" });
    opened.close();
  });
});

describe("the second reader", () => {
  const first = (handle: Partial<PdfHandle>) => ({
    open: async (): Promise<PdfHandle> => ({
      pageCount: 1,
      repaired: false,
      metadata: {},
      formFields: [],
      attachments: [],
      readAttachment: () => expect.fail("not asked for"),
      copyPages: () => expect.fail("not asked for"),
      pageLabels: [],
      remarks: [],
      readText: () => expect.fail("not asked for"),
      render: () => expect.fail("not asked for"),
      close: () => undefined,
      ...handle,
    }),
  });
  const page = {
    width: 10,
    height: 10,
    rotation: 0,
    rulings: [],
    imageCoverage: 0,
    outlines: 0,
    drawings: 0,
  } as const;
  const word = {
    text: "seen",
    bbox: [0, 0, 1, 1] as [number, number, number, number],
    confidence: 1,
    line: 0,
  };

  it("is asked only where characters could not be decoded", async () => {
    let asked = 0;
    const second = async () => ({
      pageCount: 1,
      readWords: async () => ({ words: [word], width: 10, height: 10 }),
      close: () => undefined,
    });
    const counting = () => {
      asked++;
      return second();
    };
    const blank = withSecondReader(
      first({ readText: async () => ({ ...page, words: [], undecoded: 0 }) }),
      counting,
    );
    expect((await (await blank.open(sourceOf(invoicePdf()), {})).readText(1)).words).toEqual([]);
    expect(asked).toBe(0);
    const lost = withSecondReader(
      first({ readText: async () => ({ ...page, words: [], undecoded: 9 }) }),
      counting,
    );
    expect((await (await lost.open(sourceOf(invoicePdf()), {})).readText(1)).words).toEqual([word]);
    expect(asked).toBe(1);
  });

  it("is not asked about a file that the first cannot open, nor about a large one", async () => {
    const never = () => expect.fail("it was asked");
    const broken = { open: () => Promise.reject(new AppError("file_damaged", "broken")) };
    const opening = withSecondReader(broken, never).open(sourceOf(invoicePdf()), {});
    await expect(opening).rejects.toMatchObject({ code: "file_damaged" });
    const readText = async () => ({ ...page, words: [], undecoded: 9 });
    const large = { ...sourceOf(invoicePdf()), size: 50_000_000 };
    const handle = await withSecondReader(first({ readText }), never).open(large, {});
    expect((await handle.readText(1)).words).toEqual([]);
  });

  it("may fail: the page then stays as the first reader has it", async () => {
    const failing = withSecondReader(
      first({ readText: async () => ({ ...page, words: [], undecoded: 9 }) }),
      () => Promise.reject(new Error("not a PDF")),
    );
    const handle = await failing.open(sourceOf(invoicePdf()), {});
    expect((await handle.readText(1)).undecoded).toBe(9);
  });

  it("places words where pdfium places them", async () => {
    const reader = await openTextReader(sourceOf(invoicePdf()), undefined);
    const { words } = await reader.readWords(1);
    reader.close();
    const handle = await createPdfium(loadModule).open(sourceOf(invoicePdf()), {});
    const expected = (await handle.readText(1)).words.find(({ text }) => text === "4711")!.bbox;
    handle.close();
    const found = words.find(({ text }) => text === "4711")!.bbox;
    for (const [edge, value] of found.entries()) expect(Math.abs(value - expected[edge]!)).toBeLessThan(0.02);
  });
});
