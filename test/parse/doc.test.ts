import { describe, expect, it } from "vitest";
import { office } from "../../src/parse/formats/office.ts";
import { type DocParagraph, type DocParts, makeDoc, rowDefinition } from "../fixtures/doc.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const open = (bytes: Uint8Array) =>
  office.open(sourceOf(bytes, "old.doc", "doc"), NO_PORTS, { limits: LIMITS });
const read = async (paragraphs: readonly DocParagraph[], parts: DocParts = {}) => {
  const { pages, warnings } = await readAll(await open(makeDoc(paragraphs, parts)));
  const [page] = pages;
  return {
    page: page ?? expect.fail("a page was expected"),
    pages,
    warnings: warnings.map(({ code }) => code),
  };
};
const row = (texts: readonly string[]): DocParagraph[] => [
  ...texts.map((text) => ({ text, end: 7, inTable: true })),
  { text: "", end: 7, inTable: true, endsRow: true },
];

describe("a Word 97 document", () => {
  it("keeps headings, lists and paragraphs, in letters of any script", async () => {
    const { page } = await read([
      { text: "Übersicht", style: 1 },
      { text: "Привет 世界 – plain" },
      { text: "item", level: 1 },
    ]);
    expect(page.text).toBe("Übersicht\nПривет 世界 – plain\nitem");
    expect(page.blocks.map(({ role, level }) => [role, level])).toEqual([
      ["heading", 1],
      ["paragraph", undefined],
      ["list_item", 2],
    ]);
  });

  it("keeps the cells of tables apart, empty ones and those of several paragraphs too", async () => {
    const { page } = await read([
      ...row(["A", "B", "C"]),
      { text: "1", inTable: true },
      ...row(["more", "", "3"]),
      { text: "behind" },
    ]);
    expect(page.tables).toMatchObject([{ rows: 2, columns: 3 }]);
    expect(page.tables[0]?.cells.map((cell) => [cell.row, cell.column, cell.text])).toEqual([
      [0, 0, "A"],
      [0, 1, "B"],
      [0, 2, "C"],
      [1, 0, "1\nmore"],
      [1, 2, "3"],
    ]);
    expect(page.text.endsWith("behind")).toBe(true);
  });

  it("takes rows whose formatting lies elsewhere, cells that span others, and rows that name the columns", async () => {
    const three = rowDefinition([0, 1_000, 2_000, 3_000]);
    const far = [0x16, 0x24, 1, 0x17, 0x24, 1, 0x04, 0x34, 1, ...three];
    const cells = (...texts: string[]): DocParagraph[] =>
      texts.map((text) => ({ text, end: 7, inTable: true }));
    const ends = (modifiers: number[]): DocParagraph => ({
      text: "",
      end: 7,
      inTable: true,
      endsRow: true,
      modifiers,
    });
    const { page } = await read(
      [
        ...cells("A", "B", "C"),
        { text: "", end: 7, modifiers: [0x46, 0x66, 4, 0, 0, 0] },
        ...cells("tall", "1", "2"),
        ends(three),
        ...cells("", "3", "4"),
        ends(rowDefinition([5, 1_010, 2_000, 3_000], [0])),
        ...cells("Total", "7"),
        ends(rowDefinition([0, 2_000, 3_000])),
      ],
      { streams: { Data: Uint8Array.from([0, 0, 0, 0, far.length, 0, ...far]) } },
    );
    expect(page.tables).toMatchObject([{ rows: 4, columns: 3, header_rows: 1 }]);
    expect(
      page.tables[0]?.cells.map((cell) => [
        cell.text,
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
      ]),
    ).toEqual([
      ["A", 0, 0, 1, 1],
      ["B", 0, 1, 1, 1],
      ["C", 0, 2, 1, 1],
      ["tall", 1, 0, 2, 1],
      ["1", 1, 1, 1, 1],
      ["2", 1, 2, 1, 1],
      ["3", 2, 1, 1, 1],
      ["4", 2, 2, 1, 1],
      ["Total", 3, 0, 1, 2],
      ["7", 3, 2, 1, 1],
    ]);
  });

  it("shows results of fields, and leaves out codes and what is hidden", async () => {
    const { page, warnings } = await read([
      { text: '\u0013 HYPERLINK "x" \u0014link\u0015 and \u0013 PAGE \u00147\u0015' },
      { text: "secret", hidden: true },
      { text: "a\u000Bb\u001Ec\u001Fd\u0001" },
      { text: "\u0013 never ends" },
      { text: "kept" },
    ]);
    expect(page.text).toBe("link and 7\na\nb-cd\nkept");
    expect(warnings).toEqual(["hidden_content"]);
  });

  it("has headers first and footers last, notes and comments between", async () => {
    const { page } = await read([{ text: "Body" }], {
      footnotes: "\u0002 See annex\r",
      headers: ["", "Letterhead", "", "Bank details", "", ""],
      comments: "\u0005Check this\r",
      boxes: "In a box\r",
    });
    expect(page.text).toBe("Letterhead\nBody\nIn a box\nSee annex\nComment: Check this\nBank details");
    expect(page.blocks.map(({ role }) => role).slice(3, 5)).toEqual(["note", "note"]);
  });

  it("says what else it carries", async () => {
    const { warnings } = await read([{ text: "Text" }], {
      streams: { "Macros/VBA/dir": Uint8Array.of(1), "ObjectPool/_1/CONTENTS": Uint8Array.of(1) },
    });
    expect(warnings).toEqual(["macros_present", "content_not_read"]);
  });

  it("gives an invoice's fields and items", async () => {
    const paragraphs: DocParagraph[] = [
      { text: "Invoice", style: 1 },
      ...INVOICE.vendor.map((text) => ({ text })),
      ...INVOICE.facts.flatMap((fact) => row(fact)),
      { text: "" },
      ...INVOICE.items.flatMap((item) => row(item)),
      { text: "" },
      ...INVOICE.sums.flatMap((sum) => row(sum)),
    ];
    const { data } = await extract(await open(makeDoc(paragraphs)), "invoice");
    expect(data).toMatchObject({ ...INVOICE_DATA, vendor: { name: "Northwind Tools Ltd" } });
  });
});

describe("a Word 97 document that is damaged or made to do harm", () => {
  it("ends in pages or in one clear error, whichever byte of its head and tables is wrong", async () => {
    const whole = makeDoc([{ text: "Text" }, ...row(["a", "b"])]);
    const codes = new Set<string>();
    for (let at = 0; at < whole.length; at += 37) {
      for (const value of [0x00, 0xff, 0x7f]) {
        const spoiled = whole.slice();
        spoiled[at] = value;
        const end = await open(spoiled).then(
          async (document) => ((await readAll(document)).pages.length > 0 ? "pages" : "none"),
          (error: Error & { code?: string }) => error.code ?? `${error.name}: ${error.message}`,
        );
        codes.add(end);
      }
    }
    expect(
      [...codes].filter(
        (code) => !["pages", "file_damaged", "password_required", "unsupported_format"].includes(code),
      ),
    ).toEqual([]);
    expect(codes).toContain("pages");
  });

  it("reads tables that lie about their length in bounded time", async () => {
    for (const index of [11, 12, 13, 33]) {
      const spoil = (document: Uint8Array): void => {
        new DataView(document.buffer).setUint32(0x9a + 8 * index + 4, 0xffffffff, true);
      };
      const { pages } = await read([{ text: "Text" }], { headers: ["x"], spoil });
      expect(pages.length).toBeGreaterThan(0);
    }
  });

  it("says so when its pieces cannot be found", async () => {
    const { warnings } = await read([{ text: "Text" }], { spoil: (_, table) => table.fill(0, 0, 64) });
    expect(warnings).toEqual(["file_damaged", "page_blank"]);
  });

  it("is refused when it is cut off or holds no text of Word", async () => {
    const whole = makeDoc([{ text: "Text" }]);
    await expect(open(whole.subarray(0, 400))).rejects.toMatchObject({ code: "file_damaged" });
    await expect(
      open(makeDoc([{ text: "x" }], { spoil: (document) => document.fill(0, 0, 4) })),
    ).rejects.toMatchObject({ code: "file_damaged" });
  });
});
