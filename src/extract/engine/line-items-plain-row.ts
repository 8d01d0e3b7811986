import type { LineItemHints } from "./line-item.ts";
import { isMoneyWord, multiplies, type ReadNumber, readNumber } from "./line-items-numbers.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";

/** Letters beside a price that tell its tax, and no name. */
const TAX_LETTER = /^(?:[A-Z*#]|SR|ZR|ZRL|OS|TX|NT|Z|S|T)\.?$/u;
const CURRENCY =
  /^(?:\p{Sc}|[A-Z]{1,2}\p{Sc}|RM|EUR|USD|GBP|CHF|MYR|SGD|AUD|CAD|PLN|SEK|NOK|DKK|CZK|HUF|RON|Rs\.?|kr\.?|zł|Kč|Ft|lei|Fr\.?)$/u;
/** Dots that lead to the amount. */
const LEADER = /^[._…·]{2,}$/u;
const TIMES = /^[xX×*@]$/u;

/** A number and the word that carries it. */
export interface Price {
  readonly number: ReadNumber;
  readonly word: ItemWord;
}

/** What a row of a till receipt says: words of a name, how many at which price, and the amount at its end. */
export interface PlainRow {
  readonly row: ItemRow;
  readonly name: readonly ItemWord[];
  readonly amount: Price | null;
  readonly quantity: Price | null;
  readonly price: Price | null;
  readonly unit: ItemWord | null;
}

/** A price's likeliest value; NaN for none. */
export function first(price: Price | null): number {
  return Number(price?.number.readings[0] ?? Number.NaN);
}

/** What may stand behind an amount: a tax letter or a currency. */
function isMark(text: string): boolean {
  return TAX_LETTER.test(text) || CURRENCY.test(text);
}

/** Takes a row without columns apart, from its end: tax letter, amount, how many at which price, name. */
export function readPlainRow(row: ItemRow, hints: LineItemHints): PlainRow {
  const words = [...row.words];
  while (words.length > 1 && isMark(words.at(-1)?.text ?? "") && isMoneyWord(words.at(-2)?.text ?? "")) {
    words.pop();
  }
  let amount: Price | null = null;
  const times = takeTimes(words, hints, row.ocr);
  const end = words.at(-1);
  if (end && isMoneyWord(end.text)) {
    amount = priceOf(end, hints, row.ocr);
    words.pop();
    if (CURRENCY.test(words.at(-1)?.text ?? "")) words.pop();
    while (LEADER.test(words.at(-1)?.text ?? "")) words.pop();
  }
  if (!times && amount) {
    if (/^\d{1,2}(?:[.,]\d{1,2})?%$/u.test(words.at(-1)?.text ?? "")) words.pop();
    dropTimesSign(words);
    const counted = takeCount(words, amount, hints, row.ocr);
    if (counted) return { row, name: words, amount, ...counted, unit: null };
  }
  return {
    row,
    name: words,
    amount,
    quantity: times?.quantity ?? null,
    price: times?.price ?? null,
    unit: times?.unit ?? null,
  };
}

function priceOf(word: ItemWord, hints: LineItemHints, ocr: boolean): Price | null {
  const number = readNumber(word.text, hints.decimal, ocr ? "maybe" : "none");
  return number ? { number, word } : null;
}

/** Takes `3X8.00`, printed as one word. */
function takeFused(
  words: ItemWord[],
  hints: LineItemHints,
  ocr: boolean,
): { quantity: Price; price: Price; unit: null } | null {
  for (const [index, word] of words.entries()) {
    const match = /^(\d{1,4}(?:[.,]\d{1,3})?)[xX×@*](\d[\d.,]*[.,]\d{2})$/u.exec(word.text);
    const [quantity, price] = [match?.[1], match?.[2]].map((text) =>
      text ? readNumber(text, hints.decimal, ocr ? "maybe" : "none") : null,
    );
    if (!quantity || !price) continue;
    words.splice(index, 1);
    return { quantity: { number: quantity, word }, price: { number: price, word }, unit: null };
  }
  return null;
}

/** Takes `2 x 3.50`, `0.635 kg @ 3.99/kg` or `2x3.50` out of a row's words. */
function takeTimes(
  words: ItemWord[],
  hints: LineItemHints,
  ocr: boolean,
): { quantity: Price; price: Price; unit: ItemWord | null } | null {
  const fused = takeFused(words, hints, ocr);
  if (fused) return fused;
  const at = words.findIndex((word, i) => i > 0 && TIMES.test(word.text));
  const glued = words.findIndex((word) => /^\d+(?:[.,]\d+)?[xX×@]$/u.test(word.text));
  const mark = at > 0 ? at : glued;
  if (mark < 0) return null;
  const unit =
    at > 0 && /^(?:kg|g|lb|lbs|l|ltr|oz|m|pcs|pc|ea|stk|st)\.?$/iu.test(words[at - 1]?.text ?? "")
      ? words[at - 1]
      : null;
  const from = at > 0 ? at - (unit ? 2 : 1) : glued;
  const left = words[from];
  const skip = CURRENCY.test(words[mark + 1]?.text ?? "") ? 2 : 1;
  const right = words[mark + skip];
  if (!left || !right || !/^\p{Sc}?\d/u.test(right.text) || !/^@?\d/u.test(left.text)) return null;
  const [a, b] = [priceOf(left, hints, ocr), priceOf(right, hints, ocr)];
  if (!a || !b) return null;
  words.splice(from, mark + skip - from + 1);
  const swapped = isMoneyWord(left.text) && /^\d{1,4}$/u.test(right.text);
  return swapped ? { quantity: b, price: a, unit: null } : { quantity: a, price: b, unit: unit ?? null };
}

/** Drops the sign of `2 x Coffee`: what follows is a name, no price. */
function dropTimesSign(words: ItemWord[]): void {
  const [count, sign, name] = words;
  if (!count || !sign || !name || !/^[1-9]\d?$/u.test(count.text)) return;
  if (TIMES.test(sign.text) && /\p{L}/u.test(name.text)) words.splice(1, 1);
}

/** Whether count and price stand within a sentence (`rehearsals, 6 evenings at 45.00`), whose words they then are. */
function isTold(words: readonly ItemWord[], count: ItemWord, price: ItemWord): boolean {
  const at = words.indexOf(count);
  const between = words.slice(at + 1, Math.max(at + 1, words.indexOf(price)));
  return at > 0 && between.length >= 2 && between.every((word) => /^\p{Ll}{2,}$/u.test(word.text));
}

/**
 * Takes a count and a price that prove the row's amount (`2 Coffee 3.50 7.00`, `5 1.32 0.00 6.60`), or
 * else a small leading count, out of a row's words.
 */
function takeCount(
  words: ItemWord[],
  amount: Price,
  hints: LineItemHints,
  ocr: boolean,
): { quantity: Price; price: Price | null } | null {
  const numbers = words.filter((word) => /^\p{Sc}?\d[\d.,]*[xX]?$/u.test(word.text) && word.text.length <= 9);
  for (const price of numbers.filter((word) => isMoneyWord(word.text)).toReversed()) {
    for (const count of numbers) {
      if (count === price || (isMoneyWord(count.text) && count.x0 > price.x0)) continue;
      const [quantity, each] = [priceOf(count, hints, ocr), priceOf(price, hints, ocr)];
      if (!quantity || !each || !multiplies(first(quantity), first(each), first(amount))) continue;
      if (!hints.receipt && isTold(words, count, price)) return { quantity, price: each };
      const taken = new Set([count, price, ...numbers.filter((word) => isMoneyWord(word.text))]);
      words.splice(0, words.length, ...words.filter((word) => !taken.has(word)));
      return { quantity, price: each };
    }
  }
  const [head] = words;
  const quantity =
    head && words.length > 1 && /^[1-9]\d?[xX]?$/u.test(head.text) ? priceOf(head, hints, ocr) : null;
  if (!quantity) return null;
  words.shift();
  return { quantity, price: null };
}
