import type { Money } from "../engine/money.ts";
import { UNITS } from "../engine/money.ts";
import type { Segment } from "../engine/view.ts";

const DIGIT_OF: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  Q: "0",
  D: "0",
  I: "1",
  l: "1",
  i: "1",
  "|": "1",
  "!": "1",
  S: "5",
  s: "5",
  B: "8",
  Z: "2",
  z: "2",
  G: "6",
  b: "6",
};
const AMOUNT =
  /(?<![\p{L}\d.,:/-])(?=[^\s]*\d)[\dOoQDIli|!SsBZzGb]{1,6}[.,][\dOoQDIli|!SsBZzGb]{2}(?![\p{L}\d.,:/-])/gu;

/** Amounts of a page read by OCR in which letters stand for digits (`1O.5O`, `l2.00`): possible, never sure. */
export function misreadAmounts(segment: Segment): Money[] {
  if (segment.page.source !== "ocr") return [];
  return [...segment.text.matchAll(AMOUNT)].flatMap((match) => {
    const printed = match[0];
    const digits = printed.replace(/[^\d.,]/gu, (letter) => DIGIT_OF[letter] ?? letter).replace(",", ".");
    if (/^\d+[.,]\d{2}$/u.test(printed) || !/^\d+\.\d{2}$/u.test(digits)) return [];
    const piece = { segment, start: match.index, end: match.index + printed.length };
    const units = Math.round(Number(digits) * UNITS);
    return [{ piece, units: Number.NaN, decimals: 2, currency: null, repairs: [units] }];
  });
}
