import { SSF } from "@e965/xlsx";
import { expect, it } from "vitest";
import { readSheetPart } from "../../../src/parse/sheets/xlsx-sheet.ts";
import { LIMITS } from "../../fixtures/limits.ts";

const uncalculated = (cells: string): number => {
  const part = new TextEncoder().encode(`<worksheet><sheetData><row>${cells}</row></sheetData></worksheet>`);
  const book = {
    strings: [],
    codes: [],
    date1904: false,
    format: (code: string, value: number): string => SSF.format(code, value),
    budget: { cells: 100 },
  };
  return readSheetPart([part], book, LIMITS).formulas.uncalculated;
};

it("counts formulas whose result nobody calculated, however their writer left it out", () => {
  expect(uncalculated("<c><f>A1*2</f></c><c><f>A1*3</f><v></v></c><c><f>A1*4</f><v/></c>")).toBe(3);
  expect(uncalculated('<c><f>A1*2</f><v>8</v></c><c t="str"><f>""</f><v></v></c>')).toBe(0);
});
