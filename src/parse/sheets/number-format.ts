import { Big } from "big.js";
import type { CellValue } from "../../model/parsed.ts";
import type { SheetCell } from "./sheet.ts";

/** A cell's text and value, without its place. */
export type CellContent = Pick<SheetCell, "text" | "value">;

/** Writes a number by a format code of Office; what the sheets' library gives. */
export type FormatNumber = (code: string, value: number, options: { date1904: boolean }) => string;

const MS_PER_DAY = 86_400_000;
/** 31 December 9999: the last day that sheets know. */
const LAST_SERIAL = 2_958_466;
/** Longer codes are not written by any program, and cost more than they say. */
const MAX_CODE = 255;

/**
 * Codes by their number (ECMA-376 part 1, 18.8.30). Those that show what the reader's own country is used to (dates,
 * a currency) have neutral ones here: ISO 8601, and no sign.
 */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  5: "#,##0",
  6: "#,##0",
  7: "#,##0.00",
  8: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  14: "yyyy-mm-dd",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-mm-dd hh:mm",
  37: "#,##0;(#,##0)",
  38: "#,##0;(#,##0)",
  39: "#,##0.00;(#,##0.00)",
  40: "#,##0.00;(#,##0.00)",
  41: "#,##0;(#,##0);-",
  42: "#,##0;(#,##0);-",
  43: "#,##0.00;(#,##0.00);-",
  44: "#,##0.00;(#,##0.00);-",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  48: "##0.0E+0",
  49: "@",
  ...Object.fromEntries([27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, "yyyy-mm-dd"])),
};

/** Workbooks before Excel 97 write the codes of 14 and 22 out. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  "m/d/yy": "yyyy-mm-dd",
  "m/d/yy h:mm": "yyyy-mm-dd hh:mm",
};

/** The format code of a number; `custom` are those that the file defines. */
export function formatCode(id: number, custom: ReadonlyMap<number, string>): string {
  const code = custom.get(id) ?? BUILT_IN[id] ?? "General";
  return SPELLED_OUT[code] ?? code;
}

/**
 * A number as a cell shows it, and what it is: a date or time where its format says so. Days count from 1900 with the
 * 29 February that never was, or from 1904.
 */
export function numberContent(
  number: number,
  code: string,
  date1904: boolean,
  format: FormatNumber,
): CellContent {
  if (!Number.isFinite(number)) return { text: "#NUM!", value: { type: "error", value: "#NUM!" } };
  const exact = decimalOf(number);
  const value = temporalValue(number, code, date1904) ?? { type: "number", value: exact };
  if (isGeneral(code)) return { text: exact.length > 30 ? String(number) : exact, value };
  const shown = shownText(number, isTemporal(value) ? withPlainDots(code) : code, date1904, format);
  return { text: shown || (isTemporal(value) ? value.value.replace("T", " ") : exact), value };
}

/** A date's or a time's number of days would tell a reader nothing: what it is stands in its place. */
function isTemporal({ type }: CellValue): boolean {
  return type === "date" || type === "datetime" || type === "time";
}

/** The library takes a dot for a decimal point even between day and month (`dd.mm.yyyy`), and fails. */
function withPlainDots(code: string): string {
  return code.replace(/"[^"]*"|\\.|\[[^\]]*\]|\.(?!0)/g, (part) => (part === "." ? "\\." : part));
}

/**
 * The decimal that sheets mean: 15 digits, as they calculate with (ECMA-376 part 1, 18.3.1.96 leaves more to the
 * binary number's error), and without an exponent.
 */
export function decimalOf(number: number): string {
  if (Number.isSafeInteger(number)) return String(number);
  return new Big(number.toPrecision(15)).toFixed();
}

function isGeneral(code: string): boolean {
  return /^(?:general|@)?$/i.test(code) || code.length > MAX_CODE;
}

function shownText(number: number, code: string, date1904: boolean, format: FormatNumber): string {
  try {
    return format(code, number, { date1904 }).replace(/\s+/g, " ").trim();
  } catch {
    return "";
  }
}

function temporalValue(number: number, code: string, date1904: boolean): CellValue | null {
  const kind = temporalKind(code);
  if (!kind || number < 0 || number >= LAST_SERIAL) return null;
  if (kind === "time") {
    if (number >= 1) return null;
    return { type: "time", value: isoOf(number, true).slice(11) };
  }
  const iso = isoOf(number, date1904);
  const whole = iso.endsWith("T00:00:00");
  if (kind === "date" && whole) return { type: "date", value: iso.slice(0, 10) };
  return { type: "datetime", value: iso };
}

/** Serial days to a timestamp without a zone, to the second. */
function isoOf(serial: number, date1904: boolean): string {
  const origin = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const ms = Math.round((serial * MS_PER_DAY) / 1_000) * 1_000;
  return new Date(origin + ms).toISOString().slice(0, 19);
}

/** Whether a format shows a date, a time of day or both; null for other numbers and for durations. */
export function temporalKind(code: string): "date" | "time" | "datetime" | null {
  if (code.length > MAX_CODE) return null;
  const [section = ""] = code.split(";");
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return null;
  const bare = section.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "").replace(/general/gi, "");
  const time = /[hs]|AM\/PM/i.test(bare);
  const date = /[yd]/i.test(bare) || (/m/i.test(bare.replace(/AM\/PM|A\/P/gi, "")) && !time);
  if (date) return time ? "datetime" : "date";
  return time ? "time" : null;
}

/** What a cell says of a truth value. */
export function booleanContent(truth: boolean): CellContent {
  return { text: truth ? "TRUE" : "FALSE", value: { type: "boolean", value: String(truth) } };
}

export function textContent(text: string): CellContent {
  return { text, value: { type: "text", value: text } };
}

export function errorContent(text: string): CellContent {
  return { text, value: { type: "error", value: text } };
}

/** Error values by their number in the binary formats ([MS-XLS] 2.5.10). */
const ERRORS: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
  43: "#GETTING_DATA",
};

export function errorName(number: number): string {
  return ERRORS[number] ?? "#ERROR!";
}
