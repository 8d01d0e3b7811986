import type { Cited } from "./draft.ts";
import type { LineItemCell, LineItemDraft, LineItemField, LineItemHints } from "./line-item.ts";
import type { CellPart, RawItem } from "./line-items-gather.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import {
  isNumberText,
  type LostMark,
  multiplies,
  type ReadNumber,
  readNumber,
} from "./line-items-numbers.ts";
import { withLeadingQuantity } from "./line-items-leading.ts";
import type { ItemWord } from "./line-items-rows.ts";

/** A number of an item with the words that carry it. */
interface Figure {
  readonly read: ReadNumber;
  readonly part: CellPart;
  value: string;
}

/** An item with its values, and whether quantity, price and amount prove one another. */
export interface ReadItem {
  readonly draft: LineItemDraft;
  readonly raw: RawItem;
  readonly proven: boolean;
  readonly amount: number | null;
}

const SURE = 0.9;
const LIKELY = 0.75;
const UNPROVEN = 0.6;
const CONTRADICTED = 0.45;
const SUMMED = 0.93;
const MAX_DESCRIPTION = 600;

/** Reads one item's cells; quantity times price choosing between readings and between net and gross columns. */
export function readItem(found: RawItem, hints: LineItemHints, centsPrinted: boolean): ReadItem {
  const raw = withLeadingQuantity(found, hints.decimal);
  const ocr = raw.rows.some((row) => row.ocr);
  const lostIn = (field: ColumnField): LostMark => {
    if (!ocr) return "none";
    return centsPrinted && field !== "quantity" && field !== "tax_rate" ? "likely" : "maybe";
  };
  const figure = (field: ColumnField): Figure | null => {
    for (const part of raw.cells.get(field) ?? []) {
      const read =
        isNumberText(part.text) || field === "quantity"
          ? readNumber(part.text, hints.decimal, lostIn(field))
          : null;
      if (read) return { read, part, value: read.readings[0] ?? "" };
    }
    return null;
  };
  const quantity = figure("quantity");
  const [net, gross] = [figure("amount"), figure("gross_amount")];
  const [price, grossPrice] = [figure("unit_price"), figure("gross_price")];
  const discount = figure("discount");
  let proven = false;
  let [usedPrice, usedAmount] = [price ?? grossPrice, net ?? gross];
  for (const [p, a] of [
    [price, net],
    [grossPrice, net],
    [price, gross],
    [grossPrice, gross],
  ] as const) {
    if (!quantity || !p || !a || !prove(quantity, p, a, discount)) continue;
    proven = true;
    usedPrice = p;
    usedAmount = net ?? a;
    break;
  }
  const cells: Partial<Record<LineItemField, LineItemCell>> = {};
  const against = !proven && quantity !== null && usedPrice !== null && usedAmount !== null;
  if (ocr && against && Number(usedAmount?.value) === 0) usedAmount = null;
  const sure = proven ? SURE : against ? CONTRADICTED : LIKELY;
  const put = (field: LineItemField, found: Figure | null, confidence: number): void => {
    if (found) cells[field] = { value: found.value, cited: [citeNumber(found)], confidence };
  };
  put("quantity", quantity, sure);
  put("unit_price", usedPrice, sure);
  put("amount", usedAmount, sure);
  put("discount", discount, LIKELY);
  put("tax_amount", figure("tax_amount"), LIKELY);
  const rate = figure("tax_rate");
  if (rate && Math.abs(Number(rate.value)) <= 60) put("tax_rate", rate, LIKELY);
  readTexts(raw, cells, quantity, hints.dayFirst);
  return { draft: { cells }, raw, proven, amount: usedAmount ? Number(usedAmount.value) : null };
}

/** An item whose amount is one of those that add up to a printed sum: more certain by that. */
export function raisedBySum(item: ReadItem): ReadItem {
  const { amount } = item.draft.cells;
  if (!amount) return item;
  const confidence = Math.max(amount.confidence, item.proven ? 0.97 : SUMMED);
  return { ...item, draft: { cells: { ...item.draft.cells, amount: { ...amount, confidence } } } };
}

/** Picks the readings with which quantity times price is the amount, with or without the discount. */
function prove(quantity: Figure, price: Figure, amount: Figure, discount: Figure | null): boolean {
  const off = discount ? Math.abs(Number(discount.read.readings[0])) : 0;
  for (const q of quantity.read.readings) {
    for (const p of price.read.readings) {
      for (const a of amount.read.readings) {
        const [quantityValue, priceValue, amountValue] = [Number(q), Number(p), Number(a)];
        const whole = multiplies(quantityValue, priceValue, amountValue);
        const rated =
          off > 0 && off <= 100 && multiplies(quantityValue, priceValue * (1 - off / 100), amountValue);
        const less = off > 0 && Math.abs(quantityValue * priceValue - off - amountValue) < 0.02;
        if (!whole && !rated && !less) continue;
        quantity.value = q;
        price.value = p;
        amount.value = a;
        return true;
      }
    }
  }
  return false;
}

/** Cites the words that the number itself stands in, without unit and currency around it. */
function citeNumber({ read, part }: Figure): Cited {
  let at = 0;
  const words: ItemWord[] = [];
  for (const word of part.words) {
    const end = at + word.text.length;
    if (end > read.start && at < read.end) words.push(word);
    at = end + 1;
  }
  return cite(words, read.content);
}

export function cite(words: readonly ItemWord[], content: string): Cited {
  return {
    page: words[0]?.page ?? 1,
    words: words.map((word) => word.index).toSorted((a, b) => a - b),
    content,
  };
}

function readTexts(
  raw: RawItem,
  cells: Partial<Record<LineItemField, LineItemCell>>,
  quantity: Figure | null,
  dayFirst: boolean | null,
): void {
  const lines = (["name", "description"] as const).flatMap((field) =>
    (raw.cells.get(field) ?? []).filter((part) => /[\p{L}\d]/u.test(part.text)),
  );
  const described = splitCode(lines, cells);
  const description = textCell(described);
  if (description) cells.description = description;
  const name = firstParagraph(described, raw.wrapAt);
  if (name.length < described.length && name.some((part) => /\p{L}/u.test(part.text)))
    setText(cells, "name", name);
  const code = raw.cells.get("product_code")?.[0];
  if (code && code.text.length <= 40 && /[\p{L}\d]/u.test(code.text)) {
    setText(cells, !description && /\p{L}{3,}.*\s\p{L}/u.test(code.text) ? "description" : "product_code", [
      code,
    ]);
  }
  const number = raw.cells.get("line_number")?.[0];
  const counted = number ? /^\(?0*(\d{1,5}(?:\.\d{1,3})?)[.)]?$/u.exec(number.text) : null;
  if (number && counted?.[1]) {
    cells.line_number = { value: counted[1], cited: [cite(number.words, number.text)], confidence: LIKELY };
  }
  const unit = unitOf(raw, quantity);
  if (unit) cells.unit = unit;
  const order = raw.cells.get("purchase_order_number")?.[0];
  if (order && /\d/u.test(order.text) && order.text.length <= 30)
    setText(cells, "purchase_order_number", [order]);
  const day = raw.cells.get("date")?.[0];
  const iso = day ? isoDate(day.text, dayFirst) : null;
  if (day && iso) cells.date = { value: iso, cited: [cite(day.words, day.text)], confidence: LIKELY };
}

/** The lines of a description up to the first that ends although the next one's first word would still fit. */
function firstParagraph(lines: readonly CellPart[], wrapAt: number): readonly CellPart[] {
  for (let i = 1; i < lines.length; i++) {
    const [last, next] = [lines[i - 1]?.words.at(-1), lines[i]?.words[0]];
    if (!last || !next) return lines.slice(0, i);
    const broken = /\p{L}[-‐]$/u.test(last.text);
    const [end, start] = [lines[i]?.words.at(-1)?.x1 ?? 0, lines[i - 1]?.words[0]?.x0 ?? next.x0];
    const apart = end > wrapAt + 2 || Math.abs(next.x0 - start) > 0.8 * (next.y1 - next.y0);
    const labelled = lines[i]?.words.slice(0, 3).some((word) => /[:：]$/u.test(word.text)) === true;
    if (apart || labelled) return lines.slice(0, i);
    if (!broken && last.x1 + (next.x1 - next.x0) + 0.3 * (next.y1 - next.y0) < wrapAt)
      return lines.slice(0, i);
  }
  return lines;
}

/** Takes an article number in brackets off the beginning of a description: `[A-123] Desk`. */
function splitCode(
  lines: readonly CellPart[],
  cells: Partial<Record<LineItemField, LineItemCell>>,
): readonly CellPart[] {
  const [head, ...rest] = lines;
  const word = head?.words[0];
  const alone =
    head?.words.length === 1 &&
    rest.length > 0 &&
    word &&
    /^(?=.*\d)[\p{Lu}\d][\p{Lu}\d._/-]{2,17}$/u.test(word.text);
  if (alone && word) {
    cells.product_code = { value: word.text, cited: [cite([word], word.text)], confidence: UNPROVEN };
    return rest;
  }
  const code = word
    ? /^[[(*]([\p{L}\d._/-]*\d[\p{L}\d._/-]*|[\p{Lu}\d]+[_-][\p{Lu}\d_-]+)[\])*]$/u.exec(word.text)
    : null;
  if (!head || !word || !code?.[1] || head.words.length < 2) return lines;
  cells.product_code = { value: code[1], cited: [cite([word], code[1])], confidence: LIKELY };
  const words = head.words.slice(1);
  return [{ words, text: words.map((each) => each.text).join(" ") }, ...rest];
}

/** A cell that is a date and nothing else, in ISO 8601; null for what is none or could be two. */
function isoDate(text: string, dayFirst: boolean | null): string | null {
  const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/u.exec(text);
  const yearLast = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})$/u.exec(text);
  if (yearFirst) return validDate(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  if (!yearLast) return null;
  const [a, b, printed] = [Number(yearLast[1]), Number(yearLast[3]), Number(yearLast[4])];
  const year = printed < 100 ? 2000 + printed : printed;
  if (a > 12 || b > 12) return a > 12 ? validDate(year, b, a) : validDate(year, a, b);
  if (yearLast[2] !== "." && dayFirst === null) return null;
  return dayFirst === false ? validDate(year, a, b) : validDate(year, b, a);
}

function validDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return null;
  return date.toISOString().slice(0, 10);
}

function setText(
  cells: Partial<Record<LineItemField, LineItemCell>>,
  field: LineItemField,
  parts: readonly CellPart[],
): void {
  const cell = textCell(parts);
  if (cell) cells[field] = cell;
}

function textCell(parts: readonly CellPart[]): LineItemCell | undefined {
  const value = parts
    .map((part) => part.text)
    .join(" ")
    .trim();
  if (value === "" || parts.length === 0) return undefined;
  const cited: Cited[] = [];
  let length = 0;
  for (const part of parts) {
    if (length + part.text.length > MAX_DESCRIPTION && cited.length > 0) break;
    length += part.text.length + 1;
    cited.push(cite(part.words, part.text));
  }
  return { value: cited.map((each) => each.content).join(" "), cited, confidence: LIKELY };
}

/** The unit from its own column, or what stands behind the quantity's number. */
function unitOf(raw: RawItem, quantity: Figure | null): LineItemCell | undefined {
  const own = raw.cells.get("unit")?.[0];
  if (own && /\p{L}/u.test(own.text) && own.text.length <= 20) return textCell([own]);
  if (!quantity) return undefined;
  const rest = quantity.part.text.slice(quantity.read.end).trim();
  if (!/^\p{L}[\p{L}²³./() ]{0,14}$/u.test(rest)) return undefined;
  const words: ItemWord[] = [];
  let at = 0;
  for (const word of quantity.part.words) {
    if (at + word.text.length > quantity.read.end) words.push(word);
    at += word.text.length + 1;
  }
  if (/^[x@]$/iu.test(rest)) return undefined;
  return { value: rest, cited: [cite(words, rest)], confidence: UNPROVEN };
}
