import { describe, expect, it } from "vitest";
import { rtf } from "../../src/parse/formats/rtf.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const open = (content: string, limits = LIMITS) =>
  rtf.open(
    sourceOf(
      Uint8Array.from(content, (character) => character.charCodeAt(0)),
      "letter.rtf",
      "rtf",
    ),
    NO_PORTS,
    { limits },
  );
const read = async (body: string) => {
  const document = await open(`{\\rtf1\\ansi\\ansicpg1252\\deff0 ${body}}`);
  const { pages, warnings } = await readAll(document);
  const [page] = pages;
  return {
    document,
    page: page ?? expect.fail("a page was expected"),
    pages,
    warnings: warnings.map(({ code }) => code),
  };
};
const row = (cells: readonly string[]): string =>
  `\\trowd${cells.map((_, index) => `\\cellx${(index + 1) * 2000}`).join("")}\\pard\\intbl ${cells.join("\\cell ")}\\cell\\row\n`;

describe("RTF", () => {
  it("keeps the columns of a table whatever the tables in its cells have", async () => {
    const { page } = await read(
      `${row(["A", "B", "C"])}\\trowd\\clvmgf\\cellx2000\\cellx4000\\cellx6000\\pard\\intbl 1\\cell\\pard\\intbl\\itap2 in\\nestcell side\\nestcell{\\*\\nesttableprops\\trowd\\trhdr\\clvmrg\\cellx2700\\cellx3300\\nestrow}{\\nonesttables\\par}\\pard\\intbl\\itap1\\cell 3\\cell\\row\\pard end\\par`,
    );
    expect(page.tables).toMatchObject([{ rows: 2, columns: 3 }]);
    expect(page.tables[0]?.cells.map(({ text, row: at, column }) => [at, column, text])).toEqual([
      [0, 0, "A"],
      [0, 1, "B"],
      [0, 2, "C"],
      [1, 0, "1"],
      [1, 1, "in\tside"],
      [1, 2, "3"],
    ]);
  });

  it("is read in the code pages of its fonts, and in Unicode with its stand-ins left out", async () => {
    const fonts =
      "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Cyr;}{\\f2\\fcharset128 Mincho;}{\\f3\\fcharset2 Symbol;}}";
    const { page } = await read(
      `${fonts}M\\'fcller \\u8364?uro {\\uc2\\u1055\\'3f\\'3fX}{\\uc0\\u1056 Y}\\par{\\f1\\'cf\\'f0}{\\f2\\'93\\'fa\\'96\\'7b}\\par\\emdash\\~a\\_b\\{\\}\\\\\\tab c\\line d`,
    );
    expect(page.text).toBe("Müller €uro ПXРY\nПр日本\n—\u00A0a-b{}\\\nc\nd".replace("\u00A0", " "));
  });

  it("keeps headings, lists with their markers, and the document's properties", async () => {
    const { page, document } = await read(
      "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s7 heading 2;}}{\\info{\\title My title}{\\author Ann}}" +
        "\\pard\\s1 One\\par\\pard\\s7 Two\\par{\\listtext 1.\\tab}\\pard\\ilvl0 first\\par{\\pntext\\'b7\\tab}\\pard\\ilvl1 inner\\par\\pard\\outlinelevel4 Five\\par",
    );
    expect(page.blocks.map(({ role, level }) => `${role} ${level}`)).toEqual([
      "heading 1",
      "heading 2",
      "list_item 1",
      "list_item 2",
      "heading 5",
    ]);
    expect(page.text).toBe("One\nTwo\n1. first\n· inner\nFive");
    expect(document.metadata).toEqual({ title: "My title", author: "Ann" });
  });

  it("keeps tables with merged cells and cells of several paragraphs", async () => {
    const { page } = await read(
      `${row(["A", "B", "C"])}\\trowd\\cellx4000\\cellx6000\\intbl wide\\cell 3\\cell\\row
       \\trowd\\clvmgf\\cellx2000\\cellx4000\\cellx6000\\intbl 1\\cell 2\\par more\\cell 3\\cell\\row
       \\trowd\\clvmrg\\cellx2000\\cellx4000\\cellx6000\\intbl\\cell 5\\cell 6\\cell\\row\\pard After\\par`,
    );
    expect(page.tables).toMatchObject([{ rows: 4, columns: 3 }]);
    expect(page.tables[0]?.cells.map((c) => [c.row, c.column, c.row_span, c.column_span, c.text])).toEqual([
      [0, 0, 1, 1, "A"],
      [0, 1, 1, 1, "B"],
      [0, 2, 1, 1, "C"],
      [1, 0, 1, 2, "wide"],
      [1, 2, 1, 1, "3"],
      [2, 0, 2, 1, "1"],
      [2, 1, 1, 1, "2\nmore"],
      [2, 2, 1, 1, "3"],
      [3, 1, 1, 1, "5"],
      [3, 2, 1, 1, "6"],
    ]);
    expect(page.text.endsWith("After")).toBe(true);
  });

  it("has headers first, footers last and notes between", async () => {
    const { page } = await read(
      "{\\footer\\pard Bank\\par}{\\header\\pard Letterhead\\par}{\\headerf Letterhead}Body{\\footnote\\pard See annex\\par}{\\*\\atnauthor Ann}{\\*\\annotation\\pard Check\\par} end\\par",
    );
    expect(page.text).toBe("Letterhead\nBody [1] end\n[1] See annex\nComment (Ann): Check\nBank");
  });

  it("leaves out pictures, codes, unknown destinations and what is hidden or deleted", async () => {
    const { page, warnings } = await read(
      "a{\\pict\\wmetafile8 010203}{\\*\\unknown x{\\b y}}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}{\\v hidden}{\\deleted gone}{\\*\\shppict{\\pict\\bin5 }}}}}}}b{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt box}}}\\par",
    );
    expect(page.text).toBe("box\nalinkb");
    expect(warnings).toEqual(["hidden_content", "hidden_content"]);
  });

  it("gives an invoice's fields and items", async () => {
    const table = (rows: readonly (readonly string[])[]): string => `${rows.map(row).join("")}\\pard\\par\n`;
    const body = `Invoice\\par ${INVOICE.vendor.join("\\par ")}\\par ${table(INVOICE.facts)}${table(INVOICE.items)}${table(INVOICE.sums)}`;
    const { data } = await extract(await open(`{\\rtf1\\ansi ${body}}`), "invoice");
    expect(data).toMatchObject(INVOICE_DATA);
  });
});

describe("RTF that is damaged or made to do harm", () => {
  it("is read as far as it goes when it is cut off, and says so", async () => {
    const { pages, warnings } = await readAll(
      await open("{\\rtf1\\ansi {\\b first\\par \\trowd\\cellx100\\intbl a\\cell b"),
    );
    expect(pages[0]?.text).toBe("first\na\nb");
    expect(warnings.map(({ code }) => code)).toEqual(["file_damaged"]);
  });

  it("is refused when it is none, too deep or too large", async () => {
    await expect(open("hello")).rejects.toMatchObject({ code: "file_damaged" });
    await expect(open(`{\\rtf1 ${"{".repeat(20_000)}`)).rejects.toMatchObject({ code: "nesting_too_deep" });
    await expect(open(`{\\rtf1 ${"x".repeat(200)}}`, { ...LIMITS, maxPartBytes: 100 })).rejects.toMatchObject(
      { code: "payload_too_large" },
    );
  });

  it("ends whatever its numbers and words are", async () => {
    const bodies = [
      "\\bin999999999 x",
      "\\u-99999999999999 \\uc99999 a",
      "\\'zz\\'",
      "\\cellx-5\\cellx0\\row\\cell\\nestrow\\row",
      "}}}}text",
      "\\trowd\\cellx1\\intbl a\\cell\\row".repeat(3_000),
      Array.from({ length: 3_000 }, (_, index) => `\\trowd\\cellx${index * 100}\\intbl a\\cell\\row`).join(
        "",
      ),
      `\\${"x".repeat(10_000)} a`,
    ];
    for (const body of bodies) expect((await read(body)).pages.length).toBeGreaterThan(0);
  });

  it("says when it holds nothing but pictures", async () => {
    expect((await read("{\\pict 00}")).warnings).toEqual(["content_not_read", "page_blank"]);
  });
});
