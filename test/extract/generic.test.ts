import { describe, expect, test } from "vitest";
import { read } from "../../src/extract/engine/reading.ts";
import { draftGeneric, generic } from "../../src/extract/kinds/generic.ts";
import type { ParsedDocument, ParsedPage } from "../../src/model/parsed.ts";
import { drawPage, grid, table } from "../parse/layout/draw.ts";
import { parsedDocument } from "../fixtures/parsed.ts";

function documentOf(pages: ParsedPage[]): ParsedDocument {
  return parsedDocument(pages);
}

const PAGE = drawPage(
  [
    { x: 40, y: 40, text: "Stock report", size: 20 },
    { x: 40, y: 90, text: "Report date: 03 March 2026" },
    { x: 40, y: 106, text: "Contact: jane@example.org" },
    { x: 40, y: 122, text: "Tel. +44 20 7946 0958 or www.example.org" },
    { x: 40, y: 138, text: "Account DE89 3704 0044 0532 0130 00" },
    { x: 40, y: 154, text: "Value" },
    { x: 300, y: 154, text: "EUR 1,234.50", right: true },
    ...table(
      [{ x: 46 }, { x: 260 }, { x: 360 }],
      [
        ["Item", "Count", "Shelf"],
        ["Blue pen", "300", "A-1"],
        ["Red pen", "", "A-2"],
      ],
      205,
    ),
  ],
  { rulings: grid([40, 240, 340, 440], [200, 220, 240, 260]) },
);

describe("a document of no known type", () => {
  const { data, values } = draftGeneric(read(documentOf([PAGE])));

  test("gives its title, labels with values and tables", () => {
    expect(data.title).toBe("Stock report");
    expect(data.key_values).toContainEqual({ key: "Report date", value: "03 March 2026" });
    expect(data.key_values).toContainEqual({ key: "Value", value: "EUR 1,234.50" });
    expect(data.tables).toEqual([
      {
        columns: ["Item", "Count", "Shelf"],
        rows: [
          ["Blue pen", "300", "A-1"],
          ["Red pen", null, "A-2"],
        ],
      },
    ]);
  });

  test("takes a cell of blanks, as sheets have them, for an empty one", () => {
    const tables = PAGE.tables.map((table) => {
      const cells = table.cells.map((cell) =>
        cell.text === "" ? Object.assign({}, cell, { text: " " }) : cell,
      );
      return Object.assign({}, table, { cells });
    });
    expect(tables.some(({ cells }) => cells.some(({ text }) => text === " "))).toBe(true);
    const blank = draftGeneric(read(documentOf([{ ...PAGE, tables }])));
    expect(blank.data.tables).toEqual(data.tables);
  });

  test("gives dates, money, mail, web, telephone and bank account, normalised", () => {
    expect(data.entities).toContainEqual({ kind: "date", value: "2026-03-03" });
    expect(data.entities).toContainEqual({ kind: "money", value: "1234.50", currency: "EUR" });
    expect(data.entities).toContainEqual({ kind: "email", value: "jane@example.org" });
    expect(data.entities).toContainEqual({ kind: "url", value: "www.example.org" });
    expect(data.entities).toContainEqual({ kind: "phone", value: "+44 20 7946 0958" });
    expect(data.entities).toContainEqual({ kind: "iban", value: "DE89370400440532013000" });
  });

  test("has a draft with words of the page for every value, and fits its schema", () => {
    expect(generic.schema.parse(data)).toEqual(data);
    const leaves = new Map<string, unknown>();
    const visit = (value: unknown, pointer: string): void => {
      if (value === null) return;
      if (typeof value !== "object") leaves.set(pointer, value);
      else for (const [key, child] of Object.entries(value)) visit(child, `${pointer}/${key}`);
    };
    visit(data, "");
    expect(leaves).toEqual(new Map(values.map((value) => [value.pointer, value.value])));
    for (const { cited } of values) {
      expect(cited.length).toBeGreaterThan(0);
      for (const { words, content } of cited) {
        expect(words.map((index) => PAGE.words[index]?.text).join(" ")).toContain(content);
      }
    }
  });

  test("an empty document gives empty lists", () => {
    expect(draftGeneric(read(documentOf([])))).toEqual({
      data: { key_values: [], tables: [], entities: [] },
      values: [],
      warnings: [],
    });
  });

  test("thousands of pairs, cells and dates are capped", () => {
    const texts = Array.from({ length: 900 }, (_, i) => ({
      x: 10 + (i % 6) * 95,
      y: 10 + Math.floor(i / 6) * 5,
      size: 4,
      text: `key${i}: 0${1 + (i % 9)}.02.2026`,
    }));
    const pages = [1, 2, 3].map((number) => drawPage(texts, { number }));
    const { data } = draftGeneric(read(documentOf(pages)));
    expect(data.key_values).toHaveLength(300);
    expect(data.entities).toHaveLength(500);
  });
});
