import { type Column, columnOf } from "./line-items-columns.ts";
import { isDetailLine } from "./line-items-details.ts";
import { readEnding } from "./line-items-endings.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { isNumberText, multiplies, type ReadNumber, readNumber } from "./line-items-numbers.ts";
import { type BodyRow, type CellPart, gatherItems, isTextField, type RawItem } from "./line-items-gather.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";

export interface BodyItems {
  readonly items: readonly RawItem[];
  /** True when a sum or something else ended the table before the rows did. */
  readonly ended: boolean;
}

const TEXT_FIELDS: ReadonlySet<ColumnField | null> = new Set([
  "description",
  "name",
  "product_code",
  "other",
  null,
]);
const AMOUNT_FIELDS: readonly (ColumnField | null)[] = ["amount", "gross_amount"];
const PRICE_FIELDS: readonly (ColumnField | null)[] = ["unit_price", "gross_price"];
/** A pause of this many heights ends a table that has items. */
const MAX_PAUSE = 9;
/** Rows that tell where a column's runs start. */
const MAX_STARTS = 200;
/** Spaces of a line of text are narrower, in heights. */
const WIDE_SPACE = 0.8;

/** Reads the rows under a header into items; words without amounts join the item that they stand nearest to. */
export function readBody(
  rows: readonly ItemRow[],
  columns: readonly Column[],
  decimal: "." | "," | null,
): BodyItems {
  const body: BodyRow[] = [];
  const starts = textStarts(rows, columns);
  let ended = false;
  let anchors = 0;
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1];
    const height = Math.max(1, row.y1 - row.y0);
    if (above && anchors > 0 && row.y0 - above.y1 > MAX_PAUSE * height) {
      ended = true;
      break;
    }
    const read = readRow(row, columns, decimal, starts);
    if (!read) continue;
    if (endsTable(read, columns, decimal)) {
      if (!read.ending.carry) ended = true;
      continue;
    }
    if (ended) {
      if (!read.anchor || !isWhole(read.parts, columns, decimal)) continue;
      ended = false;
    }
    if (read.ending.carry && !isPriced(read, columns, decimal)) continue;
    if (read.anchor) anchors++;
    body.push(read);
  }
  return { items: gatherItems(body, columns), ended };
}

/** Where runs of descriptions start. */
function textStarts(rows: readonly ItemRow[], columns: readonly Column[]): number[] {
  const runs = rows.slice(0, MAX_STARTS).flatMap((row) => row.segments.map((run) => run[0]));
  const described = runs.flatMap((word) =>
    word && isTextField(columns[columnOf(columns, word)]?.field) ? [Math.round(word.x0 * 2) / 2] : [],
  );
  return [...new Set(described)].filter((start) => described.filter((other) => other === start).length >= 2);
}

function readRow(
  row: ItemRow,
  columns: readonly Column[],
  decimal: "." | "," | null,
  starts: readonly number[],
): BodyRow | null {
  const words = row.words.filter((word) => columnOf(columns, word) >= 0);
  if (words.length === 0) return null;
  const ending = readEnding(row.words.map(({ text }) => wordingOf(text)).join(" "));
  const placed = columns.map((_, number) =>
    partOf(words.filter((word) => columnOf(columns, word) === number)),
  );
  const parts = inOrder(row, placed, columns, decimal);
  const anchor = isAnchor(row, parts, columns, decimal);
  const settled = anchor ? parts : runsByStart(row, columns, starts);
  const hasText = settled.some((part, i) => isTextField(columns[i]?.field) && /\p{L}/u.test(part.text));
  return { row, parts: settled, anchor, ending, hasText };
}

/** Writings without spaces set a label and its amount as one word. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2}/u;

/** What a word says beside its figures. */
function wordingOf(text: string): string {
  if (!/\d/u.test(text)) return text;
  return DENSE.test(text) ? text.replace(/[\d.,]+/g, " ") : "";
}

/**
 * A row's cells by place, or, when it has one run for each column and only then quantity times price
 * is the amount, by their order: text tables drift.
 */
function inOrder(
  row: ItemRow,
  placed: readonly CellPart[],
  columns: readonly Column[],
  decimal: "." | "," | null,
): readonly CellPart[] {
  if (columns.length < 4 || row.segments.length !== columns.length || isWhole(placed, columns, decimal)) {
    return placed;
  }
  const ordered = row.segments.map((run) => partOf(run));
  return isWhole(ordered, columns, decimal) ? ordered : placed;
}

function partOf(words: readonly ItemWord[]): CellPart {
  return { words, text: words.map((word) => word.text).join(" ") };
}

/** Parts a run on the border of two columns: at a space wider than words have, or before where other runs start. */
function splitRun(
  run: readonly ItemWord[],
  columns: readonly Column[],
  starts: readonly number[],
): ItemWord[][] {
  const parts: ItemWord[][] = [[]];
  for (const [at, word] of run.entries()) {
    const before = run[at - 1];
    const wide =
      before &&
      (word.x0 - before.x1 > WIDE_SPACE * (word.y1 - word.y0) ||
        starts.some((start) => Math.abs(start - word.x0) < 1));
    if (wide && columns.some(({ from }) => from > before.x1 - 1 && from < word.x0 + 1)) parts.push([]);
    parts.at(-1)?.push(word);
  }
  return parts;
}

/** A row without amounts: each printed run belongs wholly to the column in which it starts. */
function runsByStart(row: ItemRow, columns: readonly Column[], starts: readonly number[]): CellPart[] {
  const words: ItemWord[][] = columns.map(() => []);
  for (const run of row.segments.flatMap((segment) => splitRun(segment, columns, starts))) {
    const first = run[0];
    const start = first
      ? columns.findIndex((column) => first.x0 + 1 >= column.from && first.x0 + 1 < column.to)
      : -1;
    words[start]?.push(...run);
  }
  return words.map((group) => partOf(group));
}

function numberIn(part: CellPart | undefined, decimal: "." | "," | null): ReadNumber | null {
  return part && part.text !== "" && isNumberText(part.text) ? readNumber(part.text, decimal) : null;
}

function has(
  parts: readonly CellPart[],
  columns: readonly Column[],
  fields: readonly (ColumnField | null)[],
  decimal: "." | "," | null,
): boolean {
  return columns.some((column, i) => fields.includes(column.field) && numberIn(parts[i], decimal) !== null);
}

/** Whether a row opens an item: it has the table's amount, or enough of its other numbers. */
function isAnchor(
  row: ItemRow,
  parts: readonly CellPart[],
  columns: readonly Column[],
  decimal: "." | "," | null,
): boolean {
  if (isProse(row, parts, columns)) return false;
  const fields = columns.map((column) => column.field);
  if (has(parts, columns, AMOUNT_FIELDS, decimal)) return true;
  const others = [has(parts, columns, ["quantity"], decimal), has(parts, columns, PRICE_FIELDS, decimal)];
  const count = others.filter(Boolean).length;
  if (fields.some((field) => AMOUNT_FIELDS.includes(field))) {
    const numbered = columns.findIndex((column) => column.field === "line_number");
    return count === 2 && (numbered < 0 || (parts[numbered]?.text ?? "") !== "");
  }
  return fields.some((field) => PRICE_FIELDS.includes(field)) ? others[1] === true : count >= 1;
}

/** Whether a text runs on through the columns of numbers: a note that happens to hold a number there. */
function isProse(row: ItemRow, parts: readonly CellPart[], columns: readonly Column[]): boolean {
  for (const run of row.segments) {
    const first = run[0];
    if (!first || run.length < 4) continue;
    const start = columns.findIndex((column) => first.x0 + 1 >= column.from && first.x0 + 1 < column.to);
    const end = run.at(-1);
    const stop = end ? columnOf(columns, end) : start;
    if (start < 0 || stop <= start || !TEXT_FIELDS.has(columns[start]?.field ?? null)) continue;
    const crossing = run.findIndex((word) => columnOf(columns, word) > start);
    const [before, behind] = [run[crossing - 1], run[crossing]];
    const numbers = parts
      .slice(start + 1)
      .filter((part) => part.text !== "" && isNumberText(part.text)).length;
    if (before && behind && behind.x0 - before.x1 < 0.45 * (behind.y1 - behind.y0) && numbers < 2)
      return true;
  }
  return false;
}

function isPriced(read: BodyRow, columns: readonly Column[], decimal: "." | "," | null): boolean {
  return (
    has(read.parts, columns, ["quantity"], decimal) &&
    has(read.parts, columns, [...PRICE_FIELDS, ...AMOUNT_FIELDS], decimal)
  );
}

/** Whether a row proves itself an item: quantity times price is its amount. */
function isWhole(parts: readonly CellPart[], columns: readonly Column[], decimal: "." | "," | null): boolean {
  const value = (fields: readonly (ColumnField | null)[]): number => {
    const number = columns.findIndex(
      (column, i) => fields.includes(column.field) && (parts[i]?.text ?? "") !== "",
    );
    return Number(numberIn(parts[number], decimal)?.readings[0] ?? Number.NaN);
  };
  const [quantity, price, amount] = [value(["quantity"]), value(PRICE_FIELDS), value(AMOUNT_FIELDS)];
  const off = Math.abs(value(["discount"]));
  if (quantity * price === 0) return false;
  if (off > 0 && off < 100 && multiplies(quantity, price * (1 - off / 100), amount)) return true;
  return multiplies(quantity, price, amount);
}

function endsTable(read: BodyRow, columns: readonly Column[], decimal: "." | "," | null): boolean {
  if (!read.ending.sum && !startsSum(read.row)) return false;
  if (isDetailLine(read.row.words.map((word) => word.text).join(" "))) return false;
  const fields = columns.map((column) => column.field);
  if (fields.includes("quantity") && has(read.parts, columns, ["quantity"], decimal)) {
    if (
      has(read.parts, columns, [...PRICE_FIELDS, ...AMOUNT_FIELDS], decimal) &&
      read.hasText &&
      read.anchor
    ) {
      return read.parts.filter((part) => part.text !== "").length < 3 || isSumOnly(read);
    }
  }
  return read.row.words.length <= 24;
}

function isSumOnly(read: BodyRow): boolean {
  return read.ending.pure && read.ending.sum && read.parts.filter((part) => part.text !== "").length <= 3;
}

/** A sum may stand at the right of a row whose left says something else. */
function startsSum(row: ItemRow): boolean {
  return row.segments.slice(1).some((run) => {
    const text = run.map((word) => word.text).join(" ");
    return /\p{L}{3}/u.test(text) && readEnding(text.replace(/\d\S*/gu, "")).sum;
  });
}
