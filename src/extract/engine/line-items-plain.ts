import type { LineItemCell, LineItemField, LineItemHints } from "./line-item.ts";
import { readEnding } from "./line-items-endings.ts";
import { columnNameAt, foldTokens, isHeaderFiller } from "./line-items-lexicon.ts";
import { isMoneyWord, multiplies, type ReadNumber, readNumber } from "./line-items-numbers.ts";
import { provenSums } from "./line-items-proof.ts";
import { type ItemRow, type ItemWord, median } from "./line-items-rows.ts";
import { cite, type ReadItem } from "./line-items-values.ts";

/** Letters beside a price that tell its tax, and no name. */
const TAX_LETTER = /^(?:[A-Z*#]|SR|ZR|ZRL|OS|TX|NT|Z|S|T)\.?$/u;
const CURRENCY = /^(?:\p{Sc}|[A-Z]{1,2}\p{Sc}|RM|EUR|USD|GBP|CHF|MYR|SGD|AUD|CAD|Rs\.?)$/u;
const TIMES = /^[xX×*@]$/u;
/** Rows between a name and its price at most; the price of an item stands next to it. */
const MAX_ITEMS = 400;
const PROVEN = 0.85;
const LIKELY = 0.55;

interface Price {
  readonly number: ReadNumber;
  readonly word: ItemWord;
}

/** What a row of a till receipt says: words of a name, how many at which price, and the amount at its end. */
interface PlainRow {
  readonly row: ItemRow;
  readonly name: readonly ItemWord[];
  readonly amount: Price | null;
  readonly quantity: Price | null;
  readonly price: Price | null;
  readonly unit: ItemWord | null;
}

interface Draft {
  name: readonly ItemWord[][];
  code: ItemWord | null;
  amount: Price;
  quantity: Price | null;
  price: Price | null;
  unit: ItemWord | null;
  rows: ItemRow[];
  proven: boolean;
  /** A discount or a charge, no item of its own. */
  extra: boolean;
}

/**
 * Items without a header row: a name and an amount on one row, or a name above its `2 x 3.50`. Given only
 * when they add up to a printed sum, or on a receipt where rows tell them clearly.
 */
export function readPlainItems(pages: readonly (readonly ItemRow[])[], hints: LineItemHints): ReadItem[] {
  const rows = pages.flat();
  if (rows.length > 3_000) return [];
  const drafts = collectDrafts(rows, hints, namesBelow(rows, hints));
  const clean = drafts.filter((draft) => !draft.extra);
  for (const choice of clean.length < drafts.length ? [clean, drafts] : [drafts]) {
    const items = choice.map((draft) => toItem(draft, PROVEN));
    if (provenSums(items, pages)) return items;
  }
  return hints.receipt ? clearDrafts(clean).map((draft) => toItem(draft, LIKELY)) : [];
}

/** Without a sum's proof: drafts with a clean name whose amounts end where the others' do, or that prove themselves. */
function clearDrafts(drafts: readonly Draft[]): readonly Draft[] {
  const right = median(drafts.map((draft) => draft.amount.word.x1));
  const clear = drafts.filter((draft) => {
    if (draft.proven) return true;
    const name = draft.name
      .flat()
      .map((word) => word.text)
      .join(" ");
    const aligned =
      Math.abs(draft.amount.word.x1 - right) < 2 * (draft.amount.word.y1 - draft.amount.word.y0);
    return aligned && /\p{L}{3}/u.test(name) && !/[=%]/u.test(name);
  });
  return clear.length >= 2 || clear.some((draft) => draft.proven) ? clear : [];
}

/** Whether names stand beneath their prices: the last price has words beneath it, the first none above. */
function namesBelow(rows: readonly ItemRow[], hints: LineItemHints): boolean {
  const drafts = collectDrafts(rows, hints, false);
  const [top, bottom] = [drafts[0]?.rows[0], drafts.at(-1)?.rows.at(-1)];
  if (!top || !bottom || !drafts[0]?.quantity) return false;
  const above = rows[rows.indexOf(top) - 1];
  const beneath = rows[rows.indexOf(bottom) + 1];
  if (!beneath || !isNear(bottom, beneath)) return false;
  const plain = readPlainRow(beneath, hints);
  const text = plain.name.map((word) => word.text).join(" ");
  const named = /\p{L}{2}/u.test(text) && !plain.amount && !plain.quantity && !readEnding(text).sum;
  return named && (!above || !isNear(above, top) || isColumnNames(readPlainRow(above, hints)));
}

/** What was read since the last item and waits for its amount. */
interface Waiting {
  readonly names: PlainRow[];
  times: PlainRow | null;
}

function collectDrafts(rows: readonly ItemRow[], hints: LineItemHints, below: boolean): Draft[] {
  const drafts: Draft[] = [];
  let waiting: Waiting = { names: [], times: null };
  for (const row of rows) {
    if (drafts.length >= MAX_ITEMS) break;
    const plain = readPlainRow(row, hints);
    const text = plain.name.map((word) => word.text).join(" ");
    const ending = readEnding(text);
    const open = drafts.at(-1);
    if (ending.sum && (plain.amount || open) && (ending.pure || !plain.quantity)) {
      if (open) break;
      waiting = { names: [], times: null };
    } else if (plain.amount) {
      const draft = closeItem(plain, text, waiting, open !== undefined);
      if (draft) {
        if (ending.discount || ending.charge || first(plain.amount) < 0) draft.extra = true;
        drafts.push(draft);
      }
      waiting = { names: [], times: null };
    } else if (plain.quantity && plain.price) {
      if (open && explains(open, plain)) complete(open, plain);
      else waiting.times = plain;
    } else if (/\p{L}{2}/u.test(text)) {
      if (open && (below || !isNamed(open)) && isNear(open.rows.at(-1) ?? row, row)) {
        open.name = [...open.name, [...plain.name]];
        open.rows.push(row);
      } else {
        waiting.names.push(plain);
      }
    }
  }
  return drafts;
}

/** The item that a row with an amount ends: named by itself, or by the rows that wait right above it. */
function closeItem(plain: PlainRow, text: string, waiting: Waiting, follows: boolean): Draft | null {
  if (/\p{L}{2}/u.test(text)) return draftOf(plain, [], null);
  const above: PlainRow[] = [];
  let below = waiting.times && isNear(waiting.times.row, plain.row) ? waiting.times.row : plain.row;
  const times = below === plain.row ? null : waiting.times;
  for (const row of waiting.names.toReversed()) {
    if (!isNear(row.row, below) || isColumnNames(row) || above.length >= (follows ? 3 : 1)) break;
    above.unshift(row);
    below = row.row;
  }
  return above.length > 0 || times || (plain.quantity && plain.price) ? draftOf(plain, above, times) : null;
}

/** Whether a draft has words of its own besides an article number. */
function isNamed(draft: Draft): boolean {
  return draft.name.some((words) => words.some((word) => /\p{L}{2}/u.test(word.text)));
}

/** Whether a row names columns (`ITEM  QTY  U/P`), and no item. */
function isColumnNames(plain: PlainRow): boolean {
  const tokens = plain.name.flatMap((word) => foldTokens(word.text));
  const known = tokens.filter((token, at) => columnNameAt(tokens, at) !== null || isHeaderFiller(token));
  return tokens.length > 0 && known.length >= 0.6 * tokens.length;
}

function isNear(above: ItemRow, row: ItemRow): boolean {
  return above.page === row.page && row.y0 - above.y1 < 1.6 * (row.y1 - row.y0);
}

/** Whether quantity and price of a row are those of the item above, which already has its amount. */
function explains(last: Draft | undefined, plain: PlainRow): boolean {
  if (!last || last.quantity || !plain.quantity || !plain.price) return false;
  return multiplies(first(plain.quantity), first(plain.price), first(last.amount));
}

function complete(last: Draft, plain: PlainRow): void {
  last.quantity = plain.quantity;
  last.price = plain.price;
  last.unit = plain.unit;
  last.rows.push(plain.row);
  last.proven = true;
}

function first(price: Price | null): number {
  return Number(price?.number.readings[0] ?? Number.NaN);
}

function draftOf(plain: PlainRow, above: readonly PlainRow[], times: PlainRow | null): Draft {
  const { amount, row } = plain;
  if (!amount) throw new RangeError("a draft needs an amount");
  const { quantity, price, unit } = plain.quantity || !times ? plain : times;
  const members = times ? [...above, times, plain] : [...above, plain];
  const lines = members.map((member) => member.name.slice());
  const code = takeCode(lines);
  const proven =
    quantity !== null && price !== null && multiplies(first(quantity), first(price), first(amount));
  const rows = [...members.slice(0, -1).map((member) => member.row), row];
  const name = lines.filter((words) => words.some((word) => /\p{L}{2}/u.test(word.text)));
  return { name, code, amount, quantity, price: proven ? price : null, unit, rows, proven, extra: false };
}

/** Takes a long number off the beginning of a line: an article number. */
function takeCode(lines: ItemWord[][]): ItemWord | null {
  for (const words of lines) {
    const [head] = words;
    if (head && /^\d{4,14}$/u.test(head.text)) {
      words.shift();
      return head;
    }
  }
  return null;
}

function readPlainRow(row: ItemRow, hints: LineItemHints): PlainRow {
  const words = [...row.words];
  while (
    words.length > 1 &&
    TAX_LETTER.test(words.at(-1)?.text ?? "") &&
    isMoneyWord(words.at(-2)?.text ?? "")
  ) {
    words.pop();
  }
  let amount: Price | null = null;
  const times = takeTimes(words, hints, row.ocr);
  const end = words.at(-1);
  if (end && isMoneyWord(end.text)) {
    amount = priceOf(end, hints, row.ocr);
    words.pop();
    if (CURRENCY.test(words.at(-1)?.text ?? "")) words.pop();
  }
  if (!times && amount) {
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

function toItem(draft: Draft, confidence: number): ReadItem {
  const cells: Partial<Record<LineItemField, LineItemCell>> = {};
  const put = (field: LineItemField, price: Price | null): void => {
    const value = price?.number.readings[0];
    if (!price || value === undefined) return;
    const sure = draft.proven ? Math.max(confidence, 0.75) : confidence;
    cells[field] = { value, cited: [cite([price.word], price.number.content)], confidence: sure };
  };
  const lines = draft.name.filter((words) => words.length > 0);
  if (lines.length > 0) {
    const texts = lines.map((words) => words.map((word) => word.text).join(" "));
    cells.description = {
      value: texts.join(" "),
      cited: lines.map((words, i) => cite(words, texts[i] ?? "")),
      confidence,
    };
  }
  if (draft.code) {
    cells.product_code = { value: draft.code.text, cited: [cite([draft.code], draft.code.text)], confidence };
  }
  put("quantity", draft.quantity);
  put("unit_price", draft.price);
  put("amount", draft.amount);
  if (draft.unit)
    cells.unit = { value: draft.unit.text, cited: [cite([draft.unit], draft.unit.text)], confidence };
  const ending = { sum: false, pure: false, carry: false, discount: draft.extra, charge: false };
  return {
    draft: { cells },
    raw: { cells: new Map(), columns: [], rows: draft.rows, ending, wrapAt: Infinity },
    proven: draft.proven,
    amount: first(draft.amount),
  };
}
