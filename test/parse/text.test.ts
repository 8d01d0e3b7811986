import { LIMITS as DEFAULT_LIMITS } from "../fixtures/limits.ts";
import { describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import { text } from "../../src/parse/formats/text.ts";
import type { ParsePorts } from "../../src/parse/parser.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const LIMITS = {
  ...DEFAULT_LIMITS,
  maxPages: 5,
  maxBytes: 100_000,
  maxPixels: 1,
  ocrMaxSide: 1,
  maxTextBytes: 50_000,
};

const refuse = () => Promise.reject(new Error("plain text needs no port"));
const ports: ParsePorts = {
  pdf: { open: refuse },
  images: { inspect: refuse, decode: refuse },
  ocr: { read: refuse },
};

const open = (content: string | Uint8Array) => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return text.open(sourceOf(bytes, "file.txt", "text"), ports, { limits: LIMITS });
};
const firstPage = async (content: string | Uint8Array) => (await (await open(content)).readPage(1)).page;

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("an error was expected"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    },
  );

/** UTF-16 of a text, low byte first unless `big`. */
function utf16(content: string, big = false): Uint8Array {
  return Uint8Array.from(
    Array.from(content).flatMap((character) => {
      const code = character.charCodeAt(0);
      return big ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8];
    }),
  );
}

describe("plain text", () => {
  it("gives words whose boxes follow from row and column", async () => {
    const page = await firstPage("INVOICE 4711\n\nTotal        12,50 EUR\n");
    expect(page).toMatchObject({ source: "plain_text", number: 1, rotation: 0 });
    const amount = page.words.find((word) => word.text === "12,50");
    expect(amount?.bbox).toEqual([13 / 80, 2 / 66, 18 / 80, 3 / 66]);
    expect(page.text).toContain("INVOICE 4711");
    for (const word of page.words) {
      expect(page.text.slice(word.span[0], word.span[0] + word.span[1])).toBe(word.text);
    }
  });

  it("widens the grid to the longest line and breaks longer ones", async () => {
    const wide = await firstPage(`${"x".repeat(119)} end`);
    expect(wide.words.at(-1)?.bbox[2]).toBe(1);
    const long = await firstPage("word ".repeat(200));
    expect(long.words).toHaveLength(200);
    expect(new Set(long.words.map((word) => word.bbox[1])).size).toBeGreaterThan(3);
  });

  it("expands tabs to columns of eight", async () => {
    const page = await firstPage("a\tb\nlonger text\tc");
    const column = (content: string) => page.words.find((word) => word.text === content)!.bbox[0] * 80;
    expect(column("b")).toBeCloseTo(8);
    expect(column("c")).toBeCloseTo(16);
  });

  it("starts a page at a form feed and after 66 rows", async () => {
    const rows = Array.from({ length: 70 }, (_, row) => `row ${row + 1}`).join("\n");
    const document = await open(`first\f${rows}\f`);
    expect(document.pageCount).toBe(3);
    const texts = [];
    for (const number of [1, 2, 3]) texts.push((await document.readPage(number)).page.text);
    expect(texts[0]).toBe("first");
    expect(texts[1]).toContain("row 66");
    expect(texts[2]).toContain("row 67");
    expect(texts[2]).toContain("row 70");
    expect((await failure(document.readPage(4))).code).toBe("page_not_found");
  });

  it("keeps a blank page and says so", async () => {
    const document = await open("first\f \fthird");
    const { page, warnings } = await document.readPage(2);
    expect(page).toMatchObject({ source: "none", words: [] });
    expect(warnings).toMatchObject([{ code: "page_blank", page: 2 }]);
  });

  it("decodes UTF-8, UTF-16 with and without a mark, and windows-1252", async () => {
    const content = "Größe 5 kostet 12 im Laden";
    const encodings = {
      "UTF-8": new TextEncoder().encode(content),
      "UTF-8 with a mark": new TextEncoder().encode(`\u{FEFF}${content}`),
      "UTF-16LE with a mark": utf16(`\u{FEFF}${content}`),
      "UTF-16BE with a mark": utf16(`\u{FEFF}${content}`, true),
      "UTF-16LE": utf16(content),
      "UTF-16BE": utf16(content, true),
      "windows-1252": Uint8Array.from(content, (character) => character.charCodeAt(0)),
    };
    for (const [name, bytes] of Object.entries(encodings)) {
      expect([name, (await firstPage(bytes)).text]).toEqual([name, content]);
    }
    expect((await firstPage(Uint8Array.of(0x35, 0x20, 0x80, 0x20, 0xe9))).text).toBe("5 € é");
  });

  it("takes any end of line", async () => {
    const page = await firstPage("one\r\ntwo\rthree\nfour");
    expect(page.words.map((word) => Math.round(word.bbox[1] * 66))).toEqual([0, 1, 2, 3]);
  });
});

describe("a text that cannot be read", () => {
  it("is refused by its size without being read", async () => {
    const untouched = () => expect.fail("it was read");
    const source = { ...sourceOf(new Uint8Array(0), "big.txt", "text"), size: 50_000_000 };
    const opening = text.open({ ...source, bytes: untouched, stream: untouched }, ports, { limits: LIMITS });
    expect((await failure(opening)).code).toBe("text_too_long");
  });

  it("is refused when it has too many pages", async () => {
    expect((await failure(open("page\f".repeat(6)))).code).toBe("too_many_pages");
  });

  it("is no text when it holds binary data", async () => {
    const noise = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff);
    expect((await failure(open(noise))).code).toBe("unsupported_format");
  });

  it("is empty when it holds nothing but space", async () => {
    for (const content of ["", " \n\t\f "]) expect((await failure(open(content))).code).toBe("empty_file");
  });
});
