import { type Column, columnOf } from "./line-items-columns.ts";
import type { ColumnField } from "./line-items-lexicon.ts";
import { isNumberText, multiplies, readNumber } from "./line-items-numbers.ts";
import type { ItemRow } from "./line-items-rows.ts";

const MAX_ROWS = 40;

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
  for (const missing of ["quantity", "unit_price", "amount"] as const) {
    if (fields().includes(missing)) continue;
    for (const [number, column] of named.entries()) {
      const again = column.field !== null && fields().indexOf(column.field) < number;
      const counts = column.field === "line_number" && missing === "quantity";
      if (column.field !== null && !counts && !(again && column.field.endsWith("price"))) continue;
      const guess = fields().map((field, i) => (i === number ? missing : field));
      if (!mostlyMultiply(guess, texts, decimal)) continue;
      named[number] = { ...column, field: missing };
      break;
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

function mostlyMultiply(
  fields: readonly (ColumnField | null)[],
  texts: readonly (readonly string[])[],
  decimal: "." | "," | null,
): boolean {
  const columns = (["quantity", "unit_price", "amount"] as const).map((field) => fields.indexOf(field));
  if (columns.some((column) => column < 0)) return false;
  let [tried, right] = [0, 0];
  for (const row of texts) {
    const values = columns.map((column) => numberOf(row[column] ?? "", decimal));
    const [quantity, price, amount] = values;
    if (quantity === undefined || price === undefined || amount === undefined) continue;
    if (Number.isNaN(quantity) || Number.isNaN(price) || Number.isNaN(amount)) continue;
    tried++;
    if (multiplies(quantity, price, amount)) right++;
  }
  return tried > 0 && right >= 0.6 * tried;
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
