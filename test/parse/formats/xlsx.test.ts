import { utils, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { byteSource } from "../../../src/model/byte-source.ts";
import type { Cell } from "../../../src/model/parsed.ts";
import { xlsx } from "../../../src/parse/formats/xlsx.ts";
import type { ParseLimits } from "../../../src/parse/parser.ts";
import { extract, INVOICE, NO_PORTS, readAll } from "../../fixtures/flow.ts";
import { LIMITS } from "../../fixtures/limits.ts";
import { type BookSource, rowsOf, workbook } from "../../fixtures/workbook.ts";

const open = (bytes: Uint8Array, limits: ParseLimits = LIMITS) =>
  xlsx.open(byteSource(bytes, "book.xlsx", "xlsx"), NO_PORTS, { limits });

async function read(source: BookSource, limits?: ParseLimits) {
  const opened = await open(workbook(source), limits);
  const { pages, warnings } = await readAll(opened);
  const cells = pages.flatMap(({ tables }) => tables.flatMap((table) => table.cells));
  return { opened, pages, warnings, cells, codes: warnings.map(({ code }) => code) };
}

const cell = (cells: readonly Cell[], address: string): Pick<Cell, "text" | "value"> | undefined => {
  const found = cells.find((candidate) => candidate.address === address);
  return found && { text: found.text, value: found.value };
};

const sheet = (rows: string, more: Partial<BookSource["sheets"][number]> = {}) => ({
  name: "Data",
  rows,
  ...more,
});

describe("a workbook", () => {
  it("gives each cell its address, what it shows and what it holds", async () => {
    const { cells, pages } = await read({
      formats: ["#,##0.00 [$€-407]", 14, "yyyy-mm-dd hh:mm", "h:mm", "0.0%", "0000"],
      sheets: [
        sheet(
          rowsOf([
            ["Text", "Amount", "Day", "Moment"],
            ["plain", [1234.5, 1], [45296, 2], [45296.75, 3]],
            [[0.5, 4], [0.19, 5], [7, 6], true],
            [0.1 + 0.2, 1e21, -5, 4012345678901],
          ]),
        ),
      ],
    });
    expect(cell(cells, "A1")).toEqual({ text: "Text", value: { type: "text", value: "Text" } });
    expect(cell(cells, "B2")).toEqual({ text: "1,234.50 €", value: { type: "number", value: "1234.5" } });
    expect(cell(cells, "C2")).toEqual({ text: "2024-01-05", value: { type: "date", value: "2024-01-05" } });
    expect(cell(cells, "D2")).toEqual({
      text: "2024-01-05 18:00",
      value: { type: "datetime", value: "2024-01-05T18:00:00" },
    });
    expect(cell(cells, "A3")).toEqual({ text: "12:00", value: { type: "time", value: "12:00:00" } });
    expect(cell(cells, "B3")).toEqual({ text: "19.0%", value: { type: "number", value: "0.19" } });
    expect(cell(cells, "C3")).toEqual({ text: "0007", value: { type: "number", value: "7" } });
    expect(cell(cells, "D3")).toEqual({ text: "TRUE", value: { type: "boolean", value: "true" } });
    expect(cell(cells, "A4")).toEqual({ text: "0.3", value: { type: "number", value: "0.3" } });
    expect(cell(cells, "B4")?.value).toEqual({ type: "number", value: "1000000000000000000000" });
    expect(cell(cells, "D4")).toEqual({
      text: "4012345678901",
      value: { type: "number", value: "4012345678901" },
    });
    expect(pages.map(({ source, label }) => [source, label])).toEqual([["cell", "Data"]]);
  });

  it("counts days from 1900 with the day that never was, and from 1904 where it says so", async () => {
    const rows = rowsOf([
      [
        [59, 1],
        [61, 1],
      ],
    ]);
    const from1900 = await read({ formats: [14], sheets: [sheet(rows)] });
    expect(["A1", "B1"].map((address) => cell(from1900.cells, address)?.value?.value)).toEqual([
      "1900-02-28",
      "1900-03-01",
    ]);
    const from1904 = await read({ formats: [14], date1904: true, sheets: [sheet(rows)] });
    expect(cell(from1904.cells, "B1")?.value?.value).toBe("1904-03-02");
  });

  it("reads shared, rich and inline texts, stored results, errors and dates written as such", async () => {
    const { cells } = await read({
      strings: [
        "shared _x000D_ text",
        '<r><t>rich</t></r><r><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh>',
      ],
      sheets: [
        sheet(
          `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>joined</v></c><c r="D1" t="e"><v>#REF!</v></c><c r="E1" t="d"><v>2024-05-06T07:08:09</v></c><c t="s"><v>99</v></c></row>`,
        ),
      ],
    });
    expect(["A1", "B1", "C1", "D1", "E1"].map((address) => cell(cells, address)?.text)).toEqual([
      "shared \n text",
      "rich text",
      "joined",
      "#REF!",
      "2024-05-06 07:08:09",
    ]);
    expect(cell(cells, "D1")?.value?.type).toBe("error");
    expect(cell(cells, "F1")).toBeUndefined();
  });

  it("has a section for each sheet, and names the hidden ones, which it reads too", async () => {
    const { pages, warnings, opened } = await read({
      sheets: [
        { name: "Shown", rows: rowsOf([["one"]]) },
        { name: "Hidden & <co>", rows: rowsOf([["two"]]), state: "hidden" },
        { name: "Deep", rows: rowsOf([["three"]]), state: "veryHidden" },
      ],
    });
    expect(pages.map(({ label, text }) => [label, text])).toEqual([
      ["Shown", "one\nShown"],
      ["Hidden & <co>", "two\nHidden & <co>"],
      ["Deep", "three\nDeep"],
    ]);
    expect(warnings.map(({ code, message }) => [code, message.includes("Deep")])).toEqual([
      ["hidden_content", false],
      ["hidden_content", true],
    ]);
    expect(opened.inventory).toEqual([{ kind: "sheet", found: 3, read: 3 }]);
  });

  it("splits a sheet at empty rows and keeps what runs in the same rows together", async () => {
    const { pages } = await read({
      sheets: [
        sheet(
          rowsOf([
            ["Quarterly report"],
            [],
            ["Year", "Ducks", null, "Note"],
            [2019, 120, null, "first"],
            [2020, 135, null, "second"],
            [],
            [],
            ["Name", "City", "Sum"],
            ["Ann", "Rome", 5],
            [],
            ["Bob", "Oslo", 7],
          ]),
        ),
      ],
    });
    const tables = pages.flatMap((page) => page.tables);
    expect(
      tables.map(({ rows, columns, header_rows, sheet: name }) => [rows, columns, header_rows, name]),
    ).toEqual([
      [1, 1, 0, "Data"],
      [3, 3, 1, "Data"],
      [3, 3, 1, "Data"],
    ]);
    expect(tables[2]?.cells.map(({ address }) => address)).toContain("C11");
  });

  it("splits what stands side by side in rows of its own, and loses no cell", async () => {
    const { pages, cells } = await read({
      sheets: [
        sheet(
          rowsOf([
            ["a", "b", null, null],
            ["c", "d", null, null],
            [null, null, null, "x"],
            [null, null, null, "y"],
            [null, null, null, "z"],
          ]),
        ),
      ],
    });
    expect(pages.flatMap((page) => page.tables).map(({ rows, columns }) => [rows, columns])).toEqual([
      [2, 2],
      [3, 1],
    ]);
    expect(cells.map(({ text }) => text).join("")).toBe("abcdxyz");
  });

  it("keeps merged cells as spans", async () => {
    const { cells } = await read({
      sheets: [
        sheet(
          rowsOf([
            ["Title", null, null],
            ["a", "b", "c"],
            ["tall", "d", "e"],
            [null, "f", "g"],
          ]),
          {
            behind: '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/></mergeCells>',
          },
        ),
      ],
    });
    const spans = cells.filter((one) => one.row_span * one.column_span > 1);
    expect(spans.map(({ address, row_span, column_span }) => [address, row_span, column_span])).toEqual([
      ["A1", 1, 3],
      ["A3", 2, 1],
    ]);
  });

  it("takes header rows from a named table", async () => {
    const { pages } = await read({
      sheets: [
        sheet(
          rowsOf([
            ["a", "b"],
            ["c", "d"],
            ["e", "f"],
          ]),
          { links: [["table", "../tables/table1.xml"]] },
        ),
      ],
      parts: { "xl/tables/table1.xml": '<table ref="A1:B3" headerRowCount="1"/>' },
    });
    expect(pages[0]?.tables[0]?.header_rows).toBe(1);
  });

  it("reads comments as notes, and the text and charts that are drawn on a sheet", async () => {
    const { pages } = await read({
      sheets: [
        sheet(rowsOf([["x"]]), {
          links: [
            ["comments", "../comments1.xml"],
            ["drawing", "../drawings/drawing1.xml"],
          ],
        }),
      ],
      parts: {
        "xl/comments1.xml":
          '<comments><authors><author>Ann</author></authors><commentList><comment ref="B3" authorId="0"><text><r><t>Please check</t></r></text></comment></commentList></comments>',
        "xl/drawings/drawing1.xml":
          '<xdr:wsDr xmlns:a="a" xmlns:c="c" xmlns:r="r"><xdr:sp><xdr:txBody><a:p><a:r><a:t>In a box</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:wsDr>',
        "xl/drawings/_rels/drawing1.xml.rels":
          '<Relationships><Relationship Id="rId1" Type="x/chart" Target="../charts/chart1.xml"/></Relationships>',
        "xl/charts/chart1.xml":
          '<c:chartSpace><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:v>Sales</c:v></c:tx><c:cat><c:strCache><c:pt idx="0"><c:v>North</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt idx="0"><c:v>42</c:v></c:pt></c:numCache></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>',
      },
    });
    const text = pages[0]?.text ?? "";
    expect(text).toContain("B3: Ann: Please check");
    expect(text).toContain("In a box");
    expect(text.replace(/\s+/g, " ")).toContain("Sales North 42");
  });

  it("says of formulas without a result, of pictures alone, of macros, links and programs", async () => {
    const { codes, warnings } = await read({
      sheets: [
        sheet(
          '<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c><c r="B1"><f>cmd|\'/c calc\'!A0</f><v>1</v></c><c r="C1"><f>WEBSERVICE("http://x")</f><v>2</v></c></row>',
        ),
        { name: "Pictures", rows: "", links: [["drawing", "../drawings/drawing1.xml"]] },
      ],
      parts: {
        "xl/drawings/drawing1.xml": "<wsDr><pic/></wsDr>",
        "xl/vbaProject.bin": new Uint8Array(9),
        "xl/externalLinks/_rels/externalLink1.xml.rels":
          '<Relationships><Relationship Id="r" Type="x/externalLinkPath" Target="file:///c:/other.xlsx" TargetMode="External"/></Relationships>',
      },
    });
    expect(codes.toSorted()).toEqual([
      "content_not_read",
      "content_not_read",
      "external_reference",
      "external_reference",
      "macros_present",
      "page_blank",
      "scripts_present",
    ]);
    expect(warnings.map(({ message }) => message).join(" ")).toContain(
      "The sheet Pictures holds nothing but pictures (1)",
    );
  });

  it("hands on what is embedded in it", async () => {
    const inner = workbook({ sheets: [sheet(rowsOf([["inner"]]))] });
    const { opened } = await read({
      sheets: [sheet(rowsOf([["x"]]))],
      parts: { "xl/embeddings/inner.xlsx": inner },
    });
    expect(opened.members?.map(({ path, fate }) => [path, fate])).toEqual([
      ["xl/embeddings/inner.xlsx", null],
    ]);
    expect(await new Response(await opened.members?.[0]?.open()).bytes()).toEqual(inner);
  });

  it("gives an invoice its values, each with its cell", async () => {
    const rows = [
      ...INVOICE.vendor.map((line) => [line]),
      [],
      ["INVOICE"],
      ...INVOICE.facts,
      [],
      ...INVOICE.items,
      [],
      ["", "", "", "Total", "150.00 GBP"],
    ];
    const opened = await open(workbook({ sheets: [sheet(rowsOf(rows))] }));
    const { data, evidence } = await extract(opened, "invoice");
    expect(data).toMatchObject({
      invoice_number: "INV-4711",
      invoice_date: "2024-03-12",
      total: "150.00",
      currency: "GBP",
    });
    expect(evidence["/invoice_number"]).toMatchObject({
      source: "cell",
      citations: [{ page: 1, sheet: "Data", cell: "B6" }],
    });
    expect(evidence["/total"]?.citations[0]).toMatchObject({ sheet: "Data", cell: "E15" });
    expect(data["line_items"]).toHaveLength(3);
    expect(evidence["/line_items/1/amount"]?.citations[0]).toMatchObject({ sheet: "Data", cell: "E12" });
  });

  it("reads the binary form, with formats, notes and hidden sheets", async () => {
    const first = utils.aoa_to_sheet([
      ["Item", "Price"],
      ["Ab", 1234.5],
      [true, -0.25],
    ]);
    first["B2"] = { t: "n", v: 1234.5, z: "#,##0.00" };
    first["A1"].c = [{ a: "Me", t: "A note" }];
    const book = {
      SheetNames: ["First", "Second"],
      Sheets: { First: first, Second: utils.aoa_to_sheet([["hidden"]]) },
      Workbook: { Sheets: [{ Hidden: 0 as const }, { Hidden: 1 as const }] },
    };
    const opened = await open(new Uint8Array(write(book, { type: "array", bookType: "xlsb" })));
    const { pages, warnings } = await readAll(opened);
    expect(pages[0]?.text.split("\n")).toEqual([
      "Item",
      "Price",
      "Ab",
      "1,234.50",
      "TRUE",
      "-0.25",
      "A1: A note",
      "First",
    ]);
    expect(pages[0]?.tables[0]?.cells.find(({ address }) => address === "B2")?.value).toEqual({
      type: "number",
      value: "1234.5",
    });
    expect(warnings.map(({ code }) => code)).toEqual(["hidden_content"]);
  });
});

describe("a workbook that is damaged", () => {
  it("is refused where it is cut off", async () => {
    const whole = workbook({ sheets: [sheet(rowsOf([["x"]]))] });
    for (const share of [0.2, 0.6, 0.95]) {
      await expect(open(whole.subarray(0, Math.floor(whole.length * share)))).rejects.toMatchObject({
        code: "file_damaged",
      });
    }
  });

  it("is refused without a workbook or without sheets", async () => {
    await expect(open(workbook({ sheets: [] }))).rejects.toMatchObject({ code: "file_damaged" });
  });

  it("reads the sheets that are whole, and names the others", async () => {
    const { pages, warnings, opened } = await read({
      sheets: [
        { name: "Good", rows: rowsOf([["kept"]]) },
        { name: "Bad", rows: "<row r='1'><c><v>1</v></row>" },
      ],
    });
    expect(pages.map(({ text }) => text)).toEqual(["kept\nGood"]);
    expect(warnings).toMatchObject([{ code: "content_not_read" }]);
    expect(warnings[0]?.message).toContain("Bad");
    expect(opened.inventory).toEqual([{ kind: "sheet", found: 2, read: 1 }]);
  });
});

describe("a workbook that is made to do harm", () => {
  it("does not believe the range that it claims, nor fill what it merges or links", async () => {
    const { cells } = await read({
      sheets: [
        sheet(
          '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
          {
            before: '<dimension ref="A1:XFD1048576"/>',
            behind:
              '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:XFD1048576"/></mergeCells><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
          },
        ),
      ],
    });
    expect(cells.map(({ address }) => address)).toEqual(["A1", "XFD1048576"]);
  });

  it("is cut where it has more cells than are read, and says in which sheet", async () => {
    const rows = rowsOf(Array.from({ length: 30 }, (_, index) => [index, index, index]));
    const { cells, warnings } = await read(
      {
        sheets: [
          { name: "Long", rows },
          { name: "Next", rows: rowsOf([["x"]]) },
        ],
      },
      { ...LIMITS, maxNodes: 50 },
    );
    expect(cells).toHaveLength(50);
    expect(warnings.map(({ code, message }) => [code, /Long|Next/.exec(message)?.[0]])).toEqual([
      ["text_truncated", "Long"],
      ["text_truncated", "Next"],
      ["page_blank", undefined],
    ]);
  });

  it("is cut where a sheet is larger than a part may be", async () => {
    const rows = rowsOf(Array.from({ length: 3_000 }, (_, index) => [`row ${index * 7919}`, index]));
    const { warnings, cells } = await read({ sheets: [sheet(rows)] }, { ...LIMITS, maxPartBytes: 60_000 });
    expect(warnings.map(({ code }) => code)).toEqual(["text_truncated"]);
    expect(cells.length).toBeGreaterThan(500);
  });

  it("writes cells on a diagonal without the square around them", async () => {
    const rows = Array.from(
      { length: 400 },
      (_, index) => `<row r="${index + 1}"><c r="${column(index)}${index + 1}"><v>${index}</v></c></row>`,
    );
    const { cells } = await read({ sheets: [sheet(rows.join(""))] });
    expect(cells.filter(({ text }) => text !== "")).toHaveLength(400);
    expect(cells.length).toBeLessThan(1_000);
  });

  it("is refused for a DOCTYPE in any part of it", async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>';
    const parts: Record<string, string>[] = [
      { "xl/worksheets/sheet1.xml": `${doctype}<worksheet/>` },
      { "xl/sharedStrings.xml": `${doctype}<sst/>` },
      { "xl/styles.xml": `${doctype}<styleSheet/>` },
      { "_rels/.rels": `${doctype}<Relationships/>` },
    ];
    for (const part of parts) {
      const book = workbook({ sheets: [sheet(rowsOf([["x"]]))], parts: part });
      const files = Object.keys(part)[0]?.includes("sheet1") ? workbookWith(part) : book;
      await expect(open(files)).rejects.toMatchObject({ code: "unsafe_content" });
    }
  });

  it("ends for binary sheets that claim lengths without end", async () => {
    const book = { SheetNames: ["A"], Sheets: { A: utils.aoa_to_sheet([["text", 1]]) } };
    const bytes = new Uint8Array(write(book, { type: "array", bookType: "xlsb", compression: false }));
    let ended = 0;
    for (let at = 0; at < bytes.length; at += 41) {
      const broken = bytes.slice();
      broken[at] = 0xfe;
      await open(broken).then(readAll, (error: { code?: string }) =>
        expect(error.code).toEqual(expect.any(String)),
      );
      ended += 1;
    }
    expect(ended).toBeGreaterThan(50);
  });
});

function workbookWith(parts: Record<string, string>): Uint8Array {
  return workbook({
    sheets: [
      { name: "S", rows: "", links: [] },
      { name: "T", rows: "" },
    ],
    parts: {
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="other.xml"/></Relationships>',
      "xl/other.xml": parts["xl/worksheets/sheet1.xml"] ?? "",
    },
  });
}

function column(index: number): string {
  return utils.encode_col(index);
}
