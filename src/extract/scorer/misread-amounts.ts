import { DIGIT_OF } from "../../model/misread.ts";
import type { Money } from "../engine/money.ts";
import { UNITS } from "../engine/money.ts";
import type { Segment } from "../engine/view.ts";

/** In an amount that has its decimal point, fainter likenesses count too. */
const DIGIT_IN_AMOUNT: Readonly<Record<string, string>> = {
  ...DIGIT_OF,
  s: "5",
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
    const digits = printed
      .replace(/[^\d.,]/gu, (letter) => DIGIT_IN_AMOUNT[letter] ?? letter)
      .replace(",", ".");
    if (/^\d+[.,]\d{2}$/u.test(printed) || !/^\d+\.\d{2}$/u.test(digits)) return [];
    const piece = { segment, start: match.index, end: match.index + printed.length };
    const units = Math.round(Number(digits) * UNITS);
    return [{ piece, units: Number.NaN, decimals: 2, currency: null, repairs: [units] }];
  });
}
