import { type Column, columnOf } from "./line-items-columns.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { isNumberText, multiplies, readNumber } from "./line-items-numbers.ts";
import type { ItemRow } from "./line-items-rows.ts";

const MAX_ROWS = 40;
const MAX_OPEN = 7;
const TRIPLE = ["quantity", "unit_price", "amount"] as const;
/** Columns whose name arithmetic may overrule. */
const MOVABLE: ReadonlySet<ColumnField> = new Set([
  "quantity",
  "unit_price",
  "gross_price",
  "amount",
  "gross_amount",
  "line_number",
  "tax_rate",
  "tax_amount",
]);

/**
 * Names columns that the lexicon does not know by arithmetic: the column which, with two known ones, makes
 * quantity times price the amount in most rows, and the widest column of words as the description.
 */
export function nameColumns(
  columns: readonly Column[],
  rows: readonly ItemRow[],
  decimal: "." | "," | null,
): Column[] {
  const named = [...columns];
  const texts = rows.slice(0, MAX_ROWS).map((row) =>
    named.map((_, number) =>
      row.words
        .filter((word) => columnOf(columns, word) === number)
        .map((word) => word.text)
        .join(" "),
    ),
  );
  const fields = (): (ColumnField | null)[] => named.map((column) => column.field);
  const triple = bestTriple(fields(), texts, decimal);
  if (triple) {
    for (const [number, column] of named.entries()) {
      const own = TRIPLE[triple.indexOf(number)];
      const taken =
        column.field !== null && (TRIPLE as readonly (ColumnField | null)[]).includes(column.field);
      if (own) named[number] = { ...column, field: own };
      else if (taken) named[number] = { ...column, field: null };
    }
  }
  const described = named
    .map((_, i) => i)
    .filter((i) => ["description", "name"].includes(named[i]?.field ?? ""));
  for (const number of described.length > 1 ? described : []) {
    const column = named[number];
    if (!column || !mostlyCodes(texts.map((row) => row[number] ?? "")) || fields().includes("product_code"))
      continue;
    named[number] = { ...column, field: "product_code" };
  }
  if (!fields().some((field) => field === "description" || field === "name")) {
    const widest = widestText(named, texts);
    const column = named[widest];
    if (column) named[widest] = { ...column, field: "description" };
  }
  return named;
}

/** Whether a column holds article numbers: single words with digits in them. */
function mostlyCodes(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== "");
  return filled.length > 0 && filled.filter((text) => /^\S*\d\S*$/u.test(text)).length >= 0.6 * filled.length;
}

/**
 * The three columns of which two multiply to the third in most rows, when the header's own names do not
 * already say so; of several, the ones that the names agree with most.
 */
function bestTriple(
  fields: readonly (ColumnField | null)[],
  texts: readonly (readonly string[])[],
  decimal: "." | "," | null,
): readonly number[] | null {
  const discount = fields.indexOf("discount");
  const values = texts
    .filter((row) => discount < 0 || !/\d/u.test(row[discount] ?? ""))
    .map((row) => row.map((text) => numberOf(text, decimal)));
  const named = TRIPLE.map((field) => fields.indexOf(field));
  if (named.every((column) => column >= 0) && multiplyShare(named, values).share >= 0.5) return null;
  const open = fields
    .map((field, i) => (field === null || MOVABLE.has(field) ? i : -1))
    .filter((i) => i >= 0);
  let best: readonly number[] | null = null;
  let bestScore = 0;
  for (const quantity of open.slice(0, MAX_OPEN)) {
    for (const price of open.slice(0, MAX_OPEN)) {
      for (const amount of open.slice(0, MAX_OPEN)) {
        if (quantity === price || quantity === amount || price === amount) continue;
        const columns = [quantity, price, amount];
        const { share, hits } = multiplyShare(columns, values);
        const agree = columns.filter((column, i) => agrees(fields[column] ?? null, TRIPLE[i])).length;
        if (share < 0.6 || (hits < 2 && agree < 2)) continue;
        const order =
          (quantity < amount ? 0.1 : 0) + (price < amount ? 0.1 : 0) + (quantity < price ? 0.05 : 0);
        const score = share + agree * 0.3 + order;
        if (score <= bestScore) continue;
        best = columns;
        bestScore = score;
      }
    }
  }
  return best;
}

function agrees(field: ColumnField | null, wanted: (typeof TRIPLE)[number] | undefined): boolean {
  if (field === wanted) return true;
  return (
    (field === "gross_amount" && wanted === "amount") || (field === "gross_price" && wanted === "unit_price")
  );
}

function multiplyShare(
  columns: readonly number[],
  rows: readonly (readonly number[])[],
): { share: number; hits: number } {
  let [tried, hits] = [0, 0];
  for (const row of rows) {
    const [quantity = Number.NaN, price = Number.NaN, amount = Number.NaN] = columns.map(
      (column) => row[column],
    );
    if (Number.isNaN(quantity + price + amount) || amount === 0) continue;
    tried++;
    if (multiplies(quantity, price, amount)) hits++;
  }
  return { share: tried === 0 ? 0 : hits / tried, hits };
}

function numberOf(text: string, decimal: "." | "," | null): number {
  const read = isNumberText(text) ? readNumber(text, decimal) : null;
  return read ? Number(read.readings[0]) : Number.NaN;
}

function widestText(columns: readonly Column[], texts: readonly (readonly string[])[]): number {
  let best = -1;
  let most = 0;
  for (const [number, column] of columns.entries()) {
    if (column.field !== null && column.field !== "product_code") continue;
    let letters = 0;
    for (const row of texts) letters += (row[number] ?? "").match(/\p{L}/gu)?.length ?? 0;
    if (letters > most && letters >= 3 * texts.length) {
      best = number;
      most = letters;
    }
  }
  return best;
}
