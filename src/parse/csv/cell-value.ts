import type { CellValue } from "../../model/parsed.ts";

/** Numbers with more digits are identifiers: no program holds them as numbers. */
const MAX_DIGITS = 15;

/**
 * What a cell of plain text holds, where there is no doubt: numbers with a point (with a comma where that does not
 * part the cells), ISO dates, truth values. Numbers with leading zeros are identifiers.
 */
export function cellValue(text: string, delimiter: string): CellValue | null {
  const value = text.trim();
  const number = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(value)
    ? value
    : delimiter !== "," && /^[+-]?(?:0|[1-9]\d*),\d{1,2}$/.test(value)
      ? value.replace(",", ".")
      : null;
  if (number !== null) {
    return number.replaceAll(/\D/g, "").length > MAX_DIGITS
      ? null
      : { type: "number", value: number.replace("+", "") };
  }
  if (/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(value)) return { type: "date", value };
  if (/^\d{4}-\d\d-\d\d[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/.test(value)) {
    return { type: "datetime", value: value.replace(" ", "T") };
  }
  if (/^(?:true|false)$/i.test(value)) return { type: "boolean", value: value.toLowerCase() };
  return null;
}

/** A column's letters and a row's number: `A1`, from 0 and 0. */
export function addressOf(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}
