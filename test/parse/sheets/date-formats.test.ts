import { SSF } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { type FormatNumber, numberContent } from "../../../src/parse/sheets/number-format.ts";

const format: FormatNumber = (code, value, options) => SSF.format(code, value, options);
const shown = (number: number, code: string): readonly string[] => {
  const { text, value } = numberContent(number, code, false, format);
  return [text, value.type, value.value];
};

describe("a date's number format", () => {
  it("may part day, month and year with dots that nothing escapes", () => {
    expect(shown(45730, "dd.mm.yyyy")).toEqual(["14.03.2025", "date", "2025-03-14"]);
    expect(shown(45730, "[$-407]d. mmmm yyyy;@")).toEqual(["14. March 2025", "date", "2025-03-14"]);
    expect(shown(45730.5, "d.m.yy h:mm")).toEqual(["14.3.25 12:00", "datetime", "2025-03-14T12:00:00"]);
    expect(shown(45730, 'dd\\.mm\\."x.y"')).toEqual(["14.03.x.y", "date", "2025-03-14"]);
  });

  it("keeps the point before fractions of seconds", () => {
    expect(shown(0.5, "hh:mm:ss.00")).toEqual(["12:00:00.00", "time", "12:00:00"]);
  });

  it("shows the date itself where its code cannot be written, not the number of days", () => {
    const fails: FormatNumber = () => {
      throw new Error("unknown code");
    };
    expect(numberContent(45730.5, "dd/mm/yyyy hh:mm", false, fails).text).toBe("2025-03-14 12:00:00");
    expect(numberContent(12.5, "0.00", false, fails).text).toBe("12.5");
  });
});
