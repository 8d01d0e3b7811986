import { LIMITS as DEFAULT_LIMITS } from "../fixtures/limits.ts";
import { describe, expect, it } from "vitest";
import { measureText, writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { AppError } from "../../src/errors.ts";
import { isLoss, type ParsedPage } from "../../src/model/parsed.ts";
import { pdf } from "../../src/parse/formats/pdf.ts";
import type { OpenedDocument, ParseOptions, ParsePorts } from "../../src/parse/parser.ts";
import { createPdfium } from "../../src/platform/pdfium/pdfium.ts";
import { withSecondReader } from "../../src/platform/unpdf/fallback.ts";
import type { GrayImage, ImageDecoder, Ocr, OcrResult } from "../../src/ports.ts";
import { invoicePdf, onePage, protectedPdf, rawPdf, sourceOf } from "../fixtures/pdf.ts";

const reader = withSecondReader(
  createPdfium(async () => (await import("../../src/platform/pdfium/load-module.ts")).default),
);

const LIMITS = {
  ...DEFAULT_LIMITS,
  maxPages: 50,
  maxBytes: 1_000_000,
  maxPixels: 1_000_000,
  ocrMaxSide: 400,
  maxTextBytes: 10_000,
};

const refuse = () => Promise.reject(new Error("a PDF needs no image decoder"));
const images: ImageDecoder = { inspect: refuse, decode: refuse };

/** An OCR that says these words in one line and keeps what it was shown. */
function saying(words: readonly string[], confidence = 0.9): Ocr & { shown: GrayImage[] } {
  const shown: GrayImage[] = [];
  return {
    shown,
    read: async (image): Promise<OcrResult> => {
      shown.push(image);
      return {
        words: words.map((text, index) => ({
          text,
          bbox: [0.1 + index * 0.05, 0.5, 0.14 + index * 0.05, 0.52],
          confidence,
          line: 0,
        })),
        rotation: 0,
        language: words.length > 0 ? "en" : null,
        confidence,
      };
    },
  };
}

const unused: Ocr = { read: () => Promise.reject(new Error("OCR was not expected")) };

const open = (bytes: Uint8Array, ocr: Ocr = unused, options: Partial<ParseOptions> = {}) => {
  const ports: ParsePorts = { pdf: reader, images, ocr };
  return pdf.open(sourceOf(bytes), ports, { limits: LIMITS, ...options });
};

async function pageOf(bytes: Uint8Array, ocr: Ocr = unused, number = 1) {
  const document = await open(bytes, ocr);
  try {
    return await document.readPage(number);
  } finally {
    document.close();
  }
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("an error was expected"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    },
  );

const wordOf = (page: ParsedPage, text: string) => {
  const word = page.words.find((word) => word.text === text);
  return word ?? expect.fail(`no word ${text} in: ${page.text}`);
};

/** A page filled by a grey picture, as scanners make them. */
const scanPage = {
  images: [
    {
      pixels: new Uint8Array(400).map((_, index) => index % 251),
      columns: 20,
      rows: 20,
      x: 0,
      y: 0,
      width: 595,
      height: 842,
    },
  ],
};

describe("a PDF with a text layer", () => {
  it("gives words with tight boxes, pages and metadata without OCR", async () => {
    const document = await open(invoicePdf());
    expect(document.pageCount).toBe(2);
    expect(document.metadata["title"]).toBe("Invoice 4711");
    const { page, warnings } = await document.readPage(1);
    expect(warnings).toEqual([]);
    expect(page).toMatchObject({ source: "text_layer", rotation: 0, language: null });
    expect(page.text).toContain("Invoice number: 4711");
    const [x0, y0, x1, y1] = wordOf(page, "4711").bbox;
    expect(x0 * page.width).toBeCloseTo(72 + measureText("Invoice number: ", 10), 0);
    expect(x1 * page.width).toBeCloseTo(72 + measureText("Invoice number: 4711", 10), 0);
    expect(y0 * page.height).toBeGreaterThan(109);
    expect(y1 * page.height).toBeLessThan(124);
    expect(y0 * page.height).toBeLessThan(113);
    expect(y1 * page.height).toBeGreaterThan(120);
    const second = await document.readPage(2);
    expect(second.page.text).toContain("payable within 30 days");
    document.close();
    document.close();
  });

  it("gives the drawn lines to the layout, which finds the ruled table", async () => {
    const { page } = await pageOf(invoicePdf());
    expect(page.tables).toHaveLength(1);
    expect(page.tables[0]).toMatchObject({ rows: 2, columns: 2, ruled: true });
    expect(page.tables[0]?.cells.map((cell) => cell.text)).toEqual([
      "Item",
      "Amount",
      "Paper clips",
      "12.50",
    ]);
  });

  it("puts a page that the file turns upright", async () => {
    const { page } = await pageOf(
      writePdf({ pages: [{ rotate: 90, texts: [{ text: "upwards", x: 100, y: 700, angle: 90 }] }] }),
    );
    expect(page.width).toBeGreaterThan(page.height);
    const [x0, y0, x1, y1] = wordOf(page, "upwards").bbox;
    expect((x1 - x0) * page.width).toBeGreaterThan(2 * (y1 - y0) * page.height);
    expect(x0 * page.width).toBeCloseTo(842 - 700, 0);
    expect(page.rotation).toBe(0);
  });

  it("turns a page whose text runs sideways, and says by how much", async () => {
    const texts = ["A statement of account", "Balance due 310.00"].map((text, row) => ({
      text,
      x: 100 + row * 20,
      y: 700,
      angle: 90,
    }));
    const { page } = await pageOf(writePdf({ pages: [{ texts }] }));
    expect(page.rotation).toBe(90);
    expect(page.width).toBeGreaterThan(page.height);
    expect(page.text).toBe("A statement of account\nBalance due 310.00");
  });

  it("keeps a sideways note on an upright page as a line of its own", async () => {
    const texts = [
      { text: "The body of the letter is upright", x: 100, y: 100 },
      { text: "note", x: 30, y: 400, angle: 90 },
    ];
    const { page } = await pageOf(writePdf({ pages: [{ texts }] }));
    expect(page.rotation).toBe(0);
    const [x0, y0, x1, y1] = wordOf(page, "note").bbox;
    expect((y1 - y0) * page.height).toBeGreaterThan((x1 - x0) * page.width);
  });

  it("drops text off the page and keeps overprinted words once", async () => {
    const texts = [
      { text: "outside", x: 72, y: 900 },
      { text: "bold", x: 72, y: 140 },
      { text: "bold", x: 72.3, y: 140 },
    ];
    const { page } = await pageOf(writePdf({ pages: [{ texts }] }));
    expect(page.text).toBe("bold");
  });

  it("keeps raised cents in their line but apart from the amount", async () => {
    const texts = [
      { text: "Price 12", x: 72, y: 100, size: 14 },
      { text: "50", x: 128, y: 95, size: 7 },
      { text: "next line", x: 72, y: 118, size: 14 },
    ];
    const { page } = await pageOf(writePdf({ pages: [{ texts }] }));
    expect(page.text).toBe("Price 12 50\nnext line");
  });

  it("shows what was filled into a form as words and as fields", async () => {
    const bytes = writePdf({
      pages: [
        {
          texts: [{ text: "Name of applicant", x: 72, y: 100 }],
          fields: [{ name: "applicant", value: "Ada Lovelace", x: 72, y: 110, width: 200, height: 20 }],
        },
      ],
    });
    const document = await open(bytes);
    expect(document.formFields).toMatchObject([
      { name: "applicant", kind: "text", value: "Ada Lovelace", page: 1 },
    ]);
    const { page } = await document.readPage(1);
    const [x0, y0, x1, y1] = document.formFields![0]!.bbox!;
    const word = wordOf(page, "Lovelace").bbox;
    expect(word[0] >= x0 && word[1] >= y0 && word[2] <= x1 && word[3] <= y1).toBe(true);
    document.close();
  });
});

describe("a PDF page without a usable text layer", () => {
  it("is rendered within the bound and read by OCR", async () => {
    const ocr = saying(["Total", "9.99"]);
    const { page } = await pageOf(writePdf({ pages: [scanPage] }), ocr);
    expect(page).toMatchObject({ source: "ocr", language: "en", text: "Total 9.99" });
    expect(Math.max(ocr.shown[0]?.width ?? 0, ocr.shown[0]?.height ?? 0)).toBe(LIMITS.ocrMaxSide);
  });

  it("is read by OCR alone, page by page, where others have text", async () => {
    const ocr = saying(["scanned"]);
    const document = await open(writePdf({ pages: [scanPage, ...textPages(1), scanPage] }), ocr);
    const sources = [];
    for (let number = 1; number <= 3; number++) sources.push((await document.readPage(number)).page.source);
    expect(sources).toEqual(["ocr", "text_layer", "ocr"]);
    expect(ocr.shown).toHaveLength(2);
    document.close();
  });

  it("joins a stamp over a scan with what OCR sees below it", async () => {
    const page = { ...scanPage, texts: [{ text: "Received 2024-05-01", x: 400, y: 40 }] };
    const words = ["Invoice", "number", "77", "total", "due", "1200.00", "thank", "you"];
    const read = await pageOf(writePdf({ pages: [page] }), saying(words));
    expect(read.page.source).toBe("ocr");
    expect(read.page.text).toContain("Received 2024-05-01");
    expect(read.page.text).toContain("total due 1200.00");
  });

  it("keeps the few words over a picture when OCR sees no more", async () => {
    const page = { ...scanPage, texts: [{ text: "Our new catalogue", x: 400, y: 40 }] };
    const read = await pageOf(writePdf({ pages: [page] }), saying(["catalogue"]));
    expect(read.page).toMatchObject({ source: "text_layer", text: "Our new catalogue" });
  });

  it("gives way to OCR with a warning when its letters are ciphered", async () => {
    const read = await pageOf(writePdf({ pages: [{ texts: ciphered() }] }), saying(["Readable", "again"]));
    expect(read.page).toMatchObject({ source: "ocr", text: "Readable again" });
    expect(read.warnings).toMatchObject([{ code: "text_layer_garbled", page: 1 }]);
  });

  it("keeps a ciphered layer when OCR finds nothing, and counts the page as not read", async () => {
    const read = await pageOf(writePdf({ pages: [{ texts: ciphered() }] }), saying([], 0));
    expect(read.page.source).toBe("text_layer");
    expect(read.warnings).toMatchObject([
      { code: "text_layer_garbled", page: 1 },
      { code: "page_unreadable", page: 1 },
    ]);
    expect(read.warnings.some(isLoss)).toBe(true);
  });

  it("is blank without asking OCR when nothing is drawn on it", async () => {
    const { page, warnings } = await pageOf(writePdf({ pages: [{}] }));
    expect(page).toMatchObject({ source: "none", words: [] });
    expect(warnings).toMatchObject([{ code: "page_blank", page: 1 }]);
  });

  it("warns when OCR finds nothing, or is hardly sure of it", async () => {
    const nothing = await pageOf(writePdf({ pages: [scanPage] }), saying([], 0));
    expect(nothing.warnings).toMatchObject([{ code: "page_blank" }]);
    const poor = await pageOf(writePdf({ pages: [scanPage] }), saying(["smudge"], 0.3));
    expect(poor.warnings).toMatchObject([{ code: "low_quality" }]);
  });
});

describe("a protected PDF", () => {
  it("opens with an empty user password", async () => {
    const { page } = await pageOf(await protectedPdf(""));
    expect(page.text).toBe("Secret total 99.95");
  });

  it("asks for its password, refuses a wrong one and opens with the right one", async () => {
    const bytes = await protectedPdf("opensesame");
    expect((await failure(open(bytes))).code).toBe("password_required");
    expect((await failure(open(bytes, unused, { password: "wrong" }))).code).toBe("password_incorrect");
    const document = await open(bytes, unused, { password: "opensesame" });
    expect((await document.readPage(1)).page.text).toBe("Secret total 99.95");
    document.close();
  });
});

describe("a PDF that is too large or damaged", () => {
  it("is refused above the byte limit before it is read", async () => {
    const source = {
      ...sourceOf(new Uint8Array(0)),
      size: LIMITS.maxBytes + 1,
      stream: () => expect.fail("it was read"),
    };
    const opening = pdf.open(source, { pdf: reader, images, ocr: unused }, { limits: LIMITS });
    expect((await failure(opening)).code).toBe("payload_too_large");
  });

  it("is refused with 10,000 pages", async () => {
    const kids = "3 0 R ".repeat(10_000);
    const bytes = rawPdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      `<< /Type /Pages /Count 10000 /Kids [${kids}] >>`,
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    ]);
    const error = await failure(open(bytes));
    expect(error.code).toBe("too_many_pages");
    expect(error.message).toContain("10000");
  });

  it("is damaged when it is cut off, empty or noise", async () => {
    const whole = invoicePdf();
    const noise = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) & 0xff);
    for (const bytes of [whole.slice(0, 200), new Uint8Array(0), noise]) {
      expect((await failure(open(bytes))).code).toBe("file_damaged");
    }
  });

  it("is repaired, with a warning, when only its cross-reference table is wrong", async () => {
    const text = String.fromCharCode(...invoicePdf()).replaceAll(/^\d{10} 00000 n /gm, "9999999999 00000 n ");
    const document = await open(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    expect(document.warnings).toMatchObject([{ code: "file_damaged" }]);
    expect((await document.readPage(1)).page.text).toContain("4711");
    document.close();
  });

  it("gives an empty page with a warning for each page that is not there", async () => {
    const bytes = rawPdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>",
    ]);
    const { page, warnings } = await pageOf(bytes);
    expect(page).toMatchObject({ number: 1, source: "none", words: [] });
    expect(warnings).toMatchObject([{ code: "page_unreadable", page: 1 }]);
  });

  it("says which page there is not", async () => {
    const document = await open(invoicePdf());
    expect((await failure(document.readPage(3))).code).toBe("page_not_found");
    document.close();
  });
});

/** Every outcome but a result or one AppError fails; so does a picture above the bound. */
async function readAll(bytes: Uint8Array): Promise<string> {
  const ocr = saying([]);
  let document: OpenedDocument;
  try {
    document = await open(bytes, ocr);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  for (let number = 1; number <= document.pageCount; number++) await document.readPage(number);
  document.close();
  for (const { width, height } of ocr.shown) {
    expect(Math.max(width, height)).toBeLessThanOrEqual(LIMITS.ocrMaxSide);
  }
  return "read";
}

describe("a hostile PDF", () => {
  const nothing = "0 0 10 10 re f";
  const cases: Record<string, string[]> = {
    "a page of a billion points": onePage(nothing, "/MediaBox [0 0 1000000000 1000000000]"),
    "a page without area": onePage(nothing, "/MediaBox [0 0 0 0]"),
    "a page of one line": onePage(nothing, "/MediaBox [0 0 190000 1]"),
    "a page box that is not numbers": onePage(nothing, "/MediaBox [/a (b) null 4]"),
    "deeply nested states": onePage("q ".repeat(100_000)),
    "deeply nested arrays": onePage(`${"[".repeat(100_000)} TJ`),
    "text far away": onePage("BT /F1 10 Tf 1e30 -1e30 Td (far) Tj 1e38 0 0 1e38 0 0 Tm (big) Tj ET"),
    "a pattern without a step": [
      ...onePage("/Pattern cs /P scn 0 0 595 842 re f", undefined, "/Pattern << /P 6 0 R >>"),
      "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /YStep 4 /Resources << >> /Length 14 >>\nstream\n0 0 2 2 re f   \nendstream",
    ],
    "a form that draws itself": [
      ...onePage("/X Do", "/MediaBox [0 0 100 100]", "/XObject << /X 6 0 R >>"),
      "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream",
    ],
  };

  for (const [name, objects] of Object.entries(cases)) {
    it(`ends: ${name}`, async () => {
      expect(["read", "file_damaged"]).toContain(await readAll(rawPdf(objects)));
    });
  }

  it("costs the next document nothing when it brings the reader down", async () => {
    const selfDrawing = cases["a form that draws itself"] ?? [];
    const document = await open(invoicePdf());
    await readAll(rawPdf(selfDrawing));
    expect((await document.readPage(1)).page.text).toContain("4711");
    document.close();
    expect((await pageOf(invoicePdf())).page.text).toContain("4711");
  });

  it("ends in a result or one error whichever bytes are changed", async () => {
    const whole = invoicePdf();
    let seed = 1;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const outcomes = new Set<string>();
    for (let round = 0; round < 150; round++) {
      const bytes = whole.slice(0, round % 5 === 0 ? next(whole.length) : whole.length);
      for (let change = 0; change < 8; change++) bytes[next(bytes.length || 1)] = next(256);
      outcomes.add(await readAll(bytes));
    }
    expect(outcomes).toContain("read");
    expect(outcomes).toContain("file_damaged");
  });
});

function textPages(count: number) {
  return Array.from({ length: count }, () => ({
    texts: [{ text: "A page with real words", x: 72, y: 100 }],
  }));
}

/** A letter whose characters are moved on by three, as fonts with a wrong table show them. */
function ciphered() {
  const lines = [
    "Please find enclosed our invoice for the services rendered in March.",
    "The amount is payable within thirty days without deduction, kindly",
    "quote the reference number with your payment. Yours sincerely, the board",
  ];
  return lines.map((line, row) => ({
    text: line.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 29)),
    x: 72,
    y: 100 + row * 14,
  }));
}
