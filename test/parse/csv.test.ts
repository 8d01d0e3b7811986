import { describe, expect, it } from "vitest";
import { csv } from "../../src/parse/formats/csv.ts";
import { encode } from "../fixtures/encode.ts";
import { extract, INVOICE, INVOICE_DATA, NO_PORTS, readAll } from "../fixtures/flow.ts";
import { LIMITS } from "../fixtures/limits.ts";
import { sourceOf } from "../fixtures/pdf.ts";

const open = (content: string | Uint8Array, limits = LIMITS) =>
  csv.open(
    sourceOf(typeof content === "string" ? new TextEncoder().encode(content) : content, "file.csv", "csv"),
    NO_PORTS,
    { limits },
  );
const read = async (content: string | Uint8Array, limits = LIMITS) => {
  const { pages, warnings } = await readAll(await open(content, limits));
  const tables = pages.flatMap((page) => page.tables);
  return { pages, warnings, tables, rows: tables.map((table) => table.cells.map((cell) => cell.text)) };
};

describe("separated values", () => {
  it("are parted by whatever parts them most evenly", async () => {
    const expected = [["Name", "Town", "Sum", "Ann, Lee", "Bath", "1,50", "Bob", "York", "2,75"]];
    for (const [name, content] of Object.entries({
      comma: 'Name,Town,Sum\n"Ann, Lee",Bath,"1,50"\nBob,York,"2,75"\n',
      semicolon: "Name;Town;Sum\r\nAnn, Lee;Bath;1,50\r\nBob;York;2,75",
      tab: "Name\tTown\tSum\nAnn, Lee\tBath\t1,50\nBob\tYork\t2,75\n",
      bar: "Name|Town|Sum\nAnn, Lee|Bath|1,50\nBob|York|2,75\n",
      named: "sep=;\nName;Town;Sum\nAnn, Lee;Bath;1,50\nBob;York;2,75\n",
    })) {
      expect([name, (await read(content)).rows]).toEqual([name, expected]);
    }
  });

  it("keep each cell's address and plain value", async () => {
    const { tables, pages } = await read(
      "Id;Date;Price;Code;Done\n7;2024-03-01;12,50;007;true\n8;x;-1.25;008;no",
    );
    expect(pages[0]).toMatchObject({ source: "cell", label: null });
    expect(tables[0]).toMatchObject({ rows: 3, columns: 5, header_rows: 1 });
    const values = tables[0]?.cells.map(({ address, value }) => [address, value?.type, value?.value]);
    expect(values?.slice(5)).toEqual([
      ["A2", "number", "7"],
      ["B2", "date", "2024-03-01"],
      ["C2", "number", "12.50"],
      ["D2", undefined, undefined],
      ["E2", "boolean", "true"],
      ["A3", "number", "8"],
      ["B3", undefined, undefined],
      ["C3", "number", "-1.25"],
      ["D3", undefined, undefined],
      ["E3", undefined, undefined],
    ]);
    expect(tables[0]).not.toHaveProperty("sheet");
  });

  it("keep quotes, line breaks in cells and rows of any length", async () => {
    const { tables } = await read('a,"say ""hi""\nthere"\n1,2,3,4\n5\n');
    expect(tables[0]?.cells.map(({ row, column, text }) => [row, column, text])).toEqual([
      [0, 0, "a"],
      [0, 1, 'say "hi"\nthere'],
      [1, 0, "1"],
      [1, 1, "2"],
      [1, 2, "3"],
      [1, 3, "4"],
      [2, 0, "5"],
    ]);
  });

  it("part into tables at blank rows, and count them in addresses", async () => {
    const { tables } = await read("Report,2024\n,\nName,Sum,Tax\nAnn,1,2\n");
    expect(tables.map((table) => [table.rows, table.header_rows, table.cells[0]?.address])).toEqual([
      [1, 0, "A1"],
      [2, 1, "A3"],
    ]);
  });

  it("have a header where they name their columns, and none where they only hold values", async () => {
    expect((await read("Name,Town,Country\nAnn,Bath,UK\nBob,York,UK\n")).tables[0]?.header_rows).toBe(1);
    expect((await read("1,2,3\na,b,c\n")).tables[0]?.header_rows).toBe(0);
    expect((await read("Invoice number,INV-1\nTotal,5.00\n")).tables[0]?.header_rows).toBe(0);
  });

  it("are decoded by what their letters look like", async () => {
    expect((await read(encode("Имя;Город\nАнна;Москва\nИван;Тула", "windows-1251"))).rows[0]?.[3]).toBe(
      "Москва",
    );
  });

  it("give an invoice's fields and items", async () => {
    const line = (row: readonly string[]): string =>
      row.map((cell) => (/,/.test(cell) ? `"${cell}"` : cell)).join(",");
    const content = [["Invoice"], ...INVOICE.facts, [], ...INVOICE.items, [], ...INVOICE.sums]
      .map(line)
      .join("\n");
    const { data } = await extract(await open(content), "invoice");
    expect(data).toMatchObject(INVOICE_DATA);
  });
});

describe("separated values that are not as they should be", () => {
  it("are read past a quotation that never ends, and it is said", async () => {
    const { rows, warnings } = await read(`a,b\n1,"x\n${"2,y\n".repeat(100)}`);
    expect(rows[0]?.slice(0, 4)).toEqual(["a", "b", "1", '"x']);
    expect(rows.flat()).toHaveLength(204);
    expect(warnings).toMatchObject([{ code: "structure_invalid" }]);
  });

  it("are cut behind so many cells, and it is said", async () => {
    const { rows, warnings } = await read("a,b,c\n".repeat(100), { ...LIMITS, maxNodes: 50 });
    expect(rows.flat()).toHaveLength(48);
    expect(warnings).toMatchObject([{ code: "text_truncated" }]);
  });

  it("are refused by their size, when empty, and when they are no text", async () => {
    await expect(open("a,b\n".repeat(50), { ...LIMITS, maxPartBytes: 100 })).rejects.toMatchObject({
      code: "text_too_long",
    });
    await expect(open(" \n ")).rejects.toMatchObject({ code: "empty_file" });
    const noise = Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff);
    await expect(open(noise)).rejects.toMatchObject({ code: "unsupported_format" });
  });

  it("are cut before they are parted where there are very many, in one row too, and it is said", async () => {
    const limits = { ...LIMITS, maxNodes: 50 };
    const lines = await read("a;b\n".repeat(10_000), limits);
    expect(lines.rows.flat()).toHaveLength(50);
    expect(lines.warnings).toMatchObject([{ code: "text_truncated" }]);
    const row = await read(",".repeat(1_000_000), limits);
    expect(row.warnings).toContainEqual(expect.objectContaining({ code: "text_truncated" }));
    const quoted = await read(`a,"${"x,".repeat(60)}"\n`, limits);
    expect(quoted.rows).toEqual([["a", "x,".repeat(60)]]);
  });

  it("may be one row of very many cells", async () => {
    const { tables, pages } = await read(Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(","));
    expect(tables[0]).toMatchObject({ rows: 1, columns: 5_000 });
    expect(pages[0]?.words).toHaveLength(5_000);
  });
});
