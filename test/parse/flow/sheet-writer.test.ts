import { describe, expect, it } from "vitest";
import { composeSheet } from "../../../src/parse/flow/compose-sheet.ts";
import { measureTable, placeTable } from "../../../src/parse/flow/place-table.ts";
import { type Place, type Sheet, SheetWriter } from "../../../src/parse/flow/sheet-writer.ts";
import { type SetRow, wrapText } from "../../../src/parse/flow/wrap-text.ts";

const PLACE: Place = { left: 4, room: 92, scale: 1, rows: 1, rightToLeft: false };

/** Rows of one word each, which count how often they are made. */
function countedRows(count: number): { make: () => SetRow[]; made: () => number } {
  const text = Array.from({ length: count }, (_, index) => `w${index}`).join("\n");
  let made = 0;
  return {
    make: () => {
      made += 1;
      return wrapText(text, 92);
    },
    made: () => made,
  };
}

const textOf = (sheets: readonly Sheet[]): string[] =>
  sheets.flatMap((sheet, index) => composeSheet(sheet, index + 1, "text_layer").text.split("\n"));

describe("a block over many pages", () => {
  it("is set once for all of them", () => {
    const writer = new SheetWriter(null, 100);
    const { make, made } = countedRows(3_000);
    writer.write(make, PLACE, { role: "paragraph" });
    expect(writer.sheets).toHaveLength(50);
    expect(textOf(writer.sheets)).toEqual(Array.from({ length: 3_000 }, (_, index) => `w${index}`));
    expect(made()).toBeLessThanOrEqual(2);
  });

  it("is set again when it is read again behind others, so that not all are kept", () => {
    const writer = new SheetWriter(null, 100);
    const blocks = Array.from({ length: 3 }, () => countedRows(30_000));
    for (const { make } of blocks) writer.write(make, PLACE, { role: "paragraph" });
    expect(textOf(writer.sheets)).toHaveLength(90_000);
    for (const { made } of blocks) expect(made()).toBe(2);
  });

  it("costs each page of a long cell its own rows alone", () => {
    const writer = new SheetWriter(null, 100);
    let asked = 0;
    const words = Array.from({ length: 3_000 }, (_, index) => `w${index}`);
    const cell = {
      get text(): string {
        asked += 1;
        return words.join("\n");
      },
    };
    placeTable(writer, measureTable({ kind: "table", headerRows: 0, rows: [[cell, { text: "b" }]] }));
    const lines: string[] = [];
    const before = asked;
    for (const sheet of writer.sheets) lines.push(...composeSheet(sheet, 1, "cell").text.split("\n"));
    expect(lines.filter((line) => line.startsWith("w"))).toEqual(words);
    // Each page asks for the cell's text to show it and to see its direction, and does not set it again.
    expect(asked - before).toBeLessThan(3.5 * writer.sheets.length);
  });
});
