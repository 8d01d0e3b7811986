import { describe, expect, it } from "vitest";
import type { ParsedPage } from "../../../src/model/parsed.ts";
import { ParsedPage as PageSchema } from "../../../src/model/parsed.ts";
import type { Flow, FlowBlock, FlowCell } from "../../../src/parse/flow/flow.ts";
import { type FlowLimits, openFlow } from "../../../src/parse/flow/open-flow.ts";
import { cells, extract, INVOICE, INVOICE_DATA, readAll, tableOf } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";

const flowOf = (...blocks: readonly FlowBlock[]): Flow => ({
  source: "text_layer",
  sections: [{ label: null, blocks }],
});
const pagesOf = async (...blocks: readonly FlowBlock[]): Promise<ParsedPage[]> =>
  (await readAll(openFlow(flowOf(...blocks), { ...LIMITS, maxPages: 500 }))).pages;
const pageOf = async (...blocks: readonly FlowBlock[]): Promise<ParsedPage> => {
  const [page] = await pagesOf(...blocks);
  return page ?? expect.fail("a page was expected");
};
const paragraph = (text: string): FlowBlock => ({ kind: "paragraph", text });
const linesOf = (page: ParsedPage): string[] =>
  page.lines.map(({ span: [at, length] }) => page.text.slice(at, at + length));

/** What must hold of any page: spans lie in the text, boxes on the page, no two words on one spot. */
function expectSound(page: ParsedPage): void {
  expect(() => PageSchema.parse(page)).not.toThrow();
  const spots = new Set<string>();
  for (const { text, bbox, span } of page.words) {
    expect(page.text.slice(span[0], span[0] + span[1])).toBe(text);
    const [x0, y0, x1, y1] = bbox;
    expect(x0 >= 0 && x0 < x1 && x1 <= 1 && y0 >= 0 && y0 < y1 && y1 <= 1).toBe(true);
    spots.add(`${x0}:${y0}`);
  }
  expect(spots.size).toBe(page.words.length);
  const ordered = page.lines.flatMap((line) =>
    [...Array(line.words[1] - line.words[0]).keys()].map((i) => line.words[0] + i),
  );
  expect(ordered).toEqual([...page.words.keys()]);
}

describe("a flow on pages", () => {
  it("keeps roles and levels, and prints headings larger", async () => {
    const page = await pageOf(
      { kind: "heading", level: 1, text: "Annual report" },
      { kind: "heading", level: 3, text: "Scope" },
      paragraph("Short."),
      { kind: "list_item", level: 1, marker: "•", text: "first" },
      { kind: "list_item", level: 2, marker: "a)", text: "inner" },
      { kind: "code", text: "if (x)\n    y();" },
    );
    expectSound(page);
    expect(page.blocks.map(({ role, level }) => [role, level])).toEqual([
      ["heading", 1],
      ["heading", 3],
      ["paragraph", undefined],
      ["list_item", 1],
      ["list_item", 2],
      ["code", undefined],
    ]);
    expect(page.text).toBe("Annual report\nScope\nShort.\n• first\na) inner\nif (x)\ny();");
    const height = (index: number): number =>
      (page.words[index]?.bbox[3] ?? 0) - (page.words[index]?.bbox[1] ?? 0);
    expect(height(0)).toBeGreaterThan(1.3 * height(2));
    const left = (text: string): number => page.words.find((word) => word.text === text)?.bbox[0] ?? 0;
    expect(left("a)")).toBeGreaterThan(left("•"));
    expect(left("y();")).toBeGreaterThan(left("if"));
  });

  it("wraps long paragraphs at a readable width and goes on over pages as one block each", async () => {
    const pages = await pagesOf(paragraph("lorem ipsum dolor ".repeat(1_200)));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) {
      expectSound(page);
      expect(page.blocks).toHaveLength(1);
      for (const line of linesOf(page)) expect(line.length).toBeLessThanOrEqual(92);
    }
    expect(pages.flatMap((page) => page.words)).toHaveLength(3_600);
  });

  it("parts runs at tabs and wide gaps, and pairs a label with what stands behind it", async () => {
    const page = await pageOf(paragraph("Order no.:\t4711\nTotal      12.00\nPlain words here"));
    expectSound(page);
    expect(linesOf(page)).toEqual(["Order no.:", "4711", "Total", "12.00", "Plain words here"]);
    expect(page.key_values.map(({ key, value }) => [key, value])).toEqual([
      ["Order no", "4711"],
      ["Total", "12.00"],
    ]);
  });

  it("begins sections and page breaks on pages of their own, with the section's label", async () => {
    const { pages } = await readAll(
      openFlow(
        {
          source: "cell",
          sections: [
            {
              label: "One",
              blocks: [paragraph("a"), { kind: "page_break" }, paragraph("b"), { kind: "page_break" }],
            },
            { label: "Two", blocks: [paragraph("c")] },
          ],
        },
        { ...LIMITS, maxPages: 10 },
      ),
    );
    expect(pages.map(({ label, text, source }) => [label, text, source])).toEqual([
      ["One", "a", "cell"],
      ["One", "b", "cell"],
      ["Two", "c", "cell"],
    ]);
  });

  it("gives pairs of the file their path and their words", async () => {
    const page = await pageOf({
      kind: "key_value",
      key: "cbc:ID",
      value: "TOSL 108",
      path: "/Invoice/cbc:ID",
      depth: 1,
    });
    expectSound(page);
    expect(page.text).toBe("cbc:ID: TOSL 108");
    expect(page.key_values).toMatchObject([
      { key: "cbc:ID", value: "TOSL 108", path: "/Invoice/cbc:ID", key_words: [0], value_words: [1, 2] },
    ]);
  });
});

describe("a table of a flow", () => {
  it("stands as the format gives it: spans, addresses, values, words", async () => {
    const rows: FlowCell[][] = [
      [
        { text: "Name", rowSpan: 2 },
        { text: "Price of all", columnSpan: 2 },
      ],
      cells("net", "gross"),
      [
        { text: "Bolt M8" },
        { text: "1.5", address: "B3", value: { type: "number", value: "1.5" } },
        { text: "1.8" },
      ],
    ];
    const page = await pageOf({ kind: "table", headerRows: 2, sheet: "Prices", rows });
    expectSound(page);
    expect(page.tables).toHaveLength(1);
    expect(page.tables[0]).toMatchObject({
      rows: 3,
      columns: 3,
      header_rows: 2,
      ruled: true,
      sheet: "Prices",
    });
    const found = page.tables[0]?.cells ?? [];
    expect(found.map((cell) => [cell.row, cell.column, cell.row_span, cell.column_span, cell.text])).toEqual([
      [0, 0, 2, 1, "Name"],
      [0, 1, 1, 2, "Price of all"],
      [1, 1, 1, 1, "net"],
      [1, 2, 1, 1, "gross"],
      [2, 0, 1, 1, "Bolt M8"],
      [2, 1, 1, 1, "1.5"],
      [2, 2, 1, 1, "1.8"],
    ]);
    expect(found[5]).toMatchObject({ address: "B3", value: { type: "number", value: "1.5" } });
    for (const cell of found) {
      expect(cell.words.map((index) => page.words[index]?.text).join(" ")).toBe(cell.text);
      for (const index of cell.words) {
        const box = page.words[index]?.bbox ?? [0, 0, 0, 0];
        expect(box[0] >= cell.bbox[0] && box[1] >= cell.bbox[1]).toBe(true);
        expect(box[2] <= cell.bbox[2] && box[3] <= cell.bbox[3]).toBe(true);
      }
    }
  });

  it("wraps inside its columns and reads cell by cell", async () => {
    const long = "a description that is much longer than any column would be wide on its own "
      .repeat(3)
      .trim();
    const page = await pageOf(tableOf(1, ["Item", "Text", "Sum"], ["1", long, "9.00"]));
    expectSound(page);
    expect(page.text.replaceAll("\n", " ")).toBe(`Item Text Sum 1 ${long} 9.00`);
    const sum = page.words.at(-1)?.bbox ?? [0, 0, 0, 0];
    for (const word of page.words.slice(4, -1)) expect(word.bbox[2]).toBeLessThan(sum[0]);
  });

  it("goes on over pages between rows, its columns kept", async () => {
    const rows = Array.from({ length: 150 }, (_, index) => [`row ${index + 1}`, "two\nlines", String(index)]);
    const pages = await pagesOf(tableOf(1, ["Name", "Text", "Number"], ...rows));
    expect(pages.length).toBe(6);
    let seen = 0;
    for (const [index, page] of pages.entries()) {
      expectSound(page);
      const [table] = page.tables;
      expect(table).toMatchObject({ columns: 3, header_rows: index === 0 ? 1 : 0 });
      expect(table?.cells).toHaveLength((table?.rows ?? 0) * 3);
      expect(table?.bbox[2]).toBe(pages[0]?.tables[0]?.bbox[2]);
      seen += table?.rows ?? 0;
    }
    expect(seen).toBe(151);
  });

  it("breaks a row that no page holds, and loses nothing of it", async () => {
    const tall = Array.from({ length: 150 }, (_, index) => `line ${index}`).join("\n");
    const pages = await pagesOf(
      paragraph("before"),
      tableOf(0, ["left", tall, "right"], ["next", "row", "here"]),
    );
    expect(pages).toHaveLength(3);
    for (const page of pages) expectSound(page);
    const texts = pages.flatMap((page) => linesOf(page));
    expect(texts.filter((line) => line.startsWith("line"))).toHaveLength(150);
    expect(pages.at(-1)?.tables[0]).toMatchObject({ rows: 2, columns: 3 });
    expect(texts.slice(-3)).toEqual(["next", "row", "here"]);
  });

  it("makes its page wider when its columns need the room", async () => {
    const row = (fill: string): string[] => Array.from({ length: 40 }, (_, index) => `${fill}${index}`);
    const page = await pageOf(tableOf(1, row("Column"), row("value")));
    expectSound(page);
    expect(page.width).toBeGreaterThan(1_500);
    expect(page.tables[0]).toMatchObject({ rows: 2, columns: 40 });
  });

  it("gives pairs where it has labels and values, and none where it has columns", async () => {
    const page = await pageOf(
      tableOf(0, ["Order", "4711"], ["VAT 20%", "3.00"]),
      tableOf(0, ["Date:", "1 May", "Page:", "7"]),
      tableOf(1, ["Name", "Town"], ["Ann", "Bath"], ["Bob", "York"]),
    );
    expect(page.key_values.map(({ key, value }) => `${key}=${value}`).sort()).toEqual([
      "Date=1 May",
      "Order=4711",
      "Page=7",
      "VAT 20%=3.00",
    ]);
  });

  it("keeps spans that reach beyond the table or the page within them", async () => {
    const rows = Array.from({ length: 80 }, (_, index) => cells(String(index)));
    rows[0]?.unshift({ text: "side", rowSpan: 1_000_000, columnSpan: 2 });
    const pages = await pagesOf({ kind: "table", headerRows: 0, rows });
    expect(pages).toHaveLength(2);
    expect(pages[0]?.tables[0]).toMatchObject({ rows: 60, columns: 3 });
    expect(pages[0]?.tables[0]?.cells[0]).toMatchObject({ row_span: 60, column_span: 2 });
    expect(pages[1]?.tables[0]).toMatchObject({ rows: 20, columns: 3 });
  });
});

describe("text of any script", () => {
  it("breaks text without spaces between characters and keeps it whole", async () => {
    const text = "これは日本語の長い文章です、改行されます。".repeat(12);
    const page = await pageOf(paragraph(text), tableOf(0, [text, "金額", "１２０円"]));
    expectSound(page);
    expect(page.text.replaceAll("\n", "")).toBe(`${text}${text}金額１２０円`);
    for (const line of linesOf(page)) {
      expect(line.length).toBeLessThanOrEqual(46);
      expect(line).not.toMatch(/^[、。]/);
    }
    expect(page.tables[0]?.cells[0]?.text).toBe(text);
  });

  it("sets right-to-left text from the right, its words read in order", async () => {
    const page = await pageOf(paragraph("שלום עולם Acme Ltd 123 סוף"));
    expectSound(page);
    expect(page.text).toBe("שלום עולם Acme Ltd 123 סוף");
    const left = page.words.map((word) => word.bbox[0]);
    expect(left[0]).toBeGreaterThan(left[1] ?? 1);
    expect(left[2]).toBeLessThan(left[3] ?? 0);
    expect(left[5]).toBeLessThan(left[2] ?? 0);
  });

  it("keeps a long word whole", async () => {
    const link = `https://example.com/${"path/".repeat(60)}`;
    const page = await pageOf(paragraph(`see ${link} there`), tableOf(0, ["a", link]));
    expectSound(page);
    expect(page.words.filter((word) => word.text === link)).toHaveLength(2);
  });

  it("leaves out what is not seen", async () => {
    const page = await pageOf(paragraph("a\u0000b\u200Bc \u202Edef\u00AD"));
    expect(page.text).toBe("abc def");
  });
});

describe("a flow at its limits", () => {
  it("has one blank page when it is empty", async () => {
    for (const sections of [
      [],
      [{ label: "Empty", blocks: [] }],
      [{ label: null, blocks: [paragraph("  ")] }],
    ]) {
      const { pages, warnings } = await readAll(
        openFlow({ source: "text_layer", sections }, { ...LIMITS, maxPages: 5 }),
      );
      expect(pages).toMatchObject([{ source: "none", words: [], text: "", tables: [], key_values: [] }]);
      expect(warnings).toMatchObject([{ code: "page_blank", page: 1 }]);
    }
  });

  it("is cut behind so many words, and says where", async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ["row", String(index)]);
    const flow: Flow = {
      source: "cell",
      sections: [
        { label: "Data", blocks: [tableOf(0, ...rows)] },
        { label: "More", blocks: [paragraph("never")] },
      ],
    };
    const { pages, warnings } = await readAll(openFlow(flow, { maxPages: 50, maxWords: 61 }));
    expect(pages.flatMap((page) => page.words)).toHaveLength(60);
    expect(warnings).toMatchObject([{ code: "text_truncated" }]);
    expect(warnings[0]?.message).toContain("Data");
    const long = await readAll(
      openFlow(flowOf(paragraph("word ".repeat(99))), { maxPages: 5, maxWords: 10 }),
    );
    expect(long.pages[0]?.words).toHaveLength(10);
  });

  it("is cut by its characters too where it has few words, and keeps the beginning of a value", async () => {
    const row = [{ text: "x".repeat(400) }];
    const table: FlowBlock = { kind: "table", headerRows: 0, rows: Array.from({ length: 100 }, () => row) };
    const cut = await readAll(openFlow(flowOf(table), { maxPages: 50, maxWords: 60 }));
    expect(cut.pages.flatMap((page) => page.words)).toHaveLength(2);
    expect(cut.warnings).toMatchObject([{ code: "text_truncated" }]);
    const pair: FlowBlock = { kind: "key_value", key: "Note", value: "word ".repeat(99) };
    const value = await readAll(openFlow(flowOf(pair), { maxPages: 5, maxWords: 10 }));
    expect(value.pages[0]?.text).toBe(`Note: ${"word ".repeat(9).trim()}`);
    const whole = await readAll(openFlow(flowOf(paragraph("x".repeat(150))), { maxPages: 5, maxWords: 10 }));
    expect(whole.warnings).toEqual([]);
  });

  it("is cut behind so many pages, and says so", async () => {
    const document = openFlow(flowOf(...Array.from({ length: 400 }, () => paragraph("row"))), {
      ...LIMITS,
      maxPages: 3,
    });
    expect(document.pageCount).toBe(3);
    expect(document.warnings).toMatchObject([{ code: "pages_over_limit" }]);
    await expect(document.readPage(4)).rejects.toMatchObject({ code: "page_not_found" });
    expect(document.inventory).toEqual([{ kind: "page", found: 7, read: 3 }]);
  });

  it("counts no part as read of which nothing was kept, and pages that were not laid out as one each", async () => {
    const sections = Array.from({ length: 6 }, (_, index) => ({
      label: `S${index}`,
      blocks: index === 1 ? [] : [paragraph("one two")],
    }));
    for (const kind of ["sheet", "slide", "chapter"] as const) {
      const flow: Flow = { source: "cell", sections, inventory: [{ kind, found: 7, read: 5 }] };
      const opened = (limits: Partial<FlowLimits>) => openFlow(flow, { ...LIMITS, ...limits }).inventory;
      expect(opened({ maxPages: 6 })).toEqual([{ kind, found: 7, read: 5 }]);
      expect(opened({ maxPages: 3 })).toEqual([
        { kind, found: 7, read: 2 },
        { kind: "page", found: 6, read: 3 },
      ]);
      // Of the third part one word is kept; or none.
      expect(opened({ maxPages: 9, maxWords: 3 })?.[0]).toEqual({ kind, found: 7, read: 2 });
      expect(opened({ maxPages: 9, maxWords: 2 })?.[0]).toEqual({ kind, found: 7, read: 1 });
    }
    const attached: Flow = {
      source: "cell",
      sections,
      inventory: [{ kind: "attachment", found: 9, read: 9 }],
    };
    expect(openFlow(attached, { ...LIMITS, maxPages: 1 }).inventory?.[0]).toEqual({
      kind: "attachment",
      found: 9,
      read: 9,
    });
  });
});

describe("the embedded engine on a flow", () => {
  it("finds an invoice's fields and items as on a printed page", async () => {
    const document = openFlow(
      flowOf(
        { kind: "heading", level: 1, text: "Invoice" },
        ...INVOICE.vendor.map(paragraph),
        tableOf(0, ...INVOICE.facts),
        tableOf(1, ...INVOICE.items),
        tableOf(0, ...INVOICE.sums),
      ),
      { ...LIMITS, maxPages: 10 },
    );
    const { data } = await extract(document, "invoice");
    expect(data).toMatchObject({ ...INVOICE_DATA, vendor: { name: "Northwind Tools Ltd" } });
  });

  it("joins a table's pages and the lines of a wrapped description", async () => {
    const text = "A long description of what was delivered, which wraps in its column for it is so very long";
    const rows = Array.from({ length: 70 }, (_, index) => [
      String(index + 1),
      `${text} ${index}`,
      "2",
      "10.00",
      "20.00",
    ]);
    const document = openFlow(
      flowOf(
        paragraph("Invoice no.: 2024-17"),
        tableOf(1, ["Pos", "Description", "Qty", "Unit price", "Amount"], ...rows),
        paragraph("Total EUR\t1,400.00"),
      ),
      { ...LIMITS, maxPages: 10 },
    );
    const { data } = await extract(document, "invoice");
    const { line_items: items } = data as { line_items: { description: string }[] };
    expect(items).toHaveLength(70);
    expect(items[69]?.description).toBe(`${text} 69`);
    expect(data).toMatchObject({ total: "1400.00", invoice_number: "2024-17" });
  });
});
