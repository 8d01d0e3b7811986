import { isNumberLike } from "../layout/placed.ts";

/** Rows that are looked at. */
const SAMPLE = 40;

/**
 * How many rows at the top name the columns, where the format itself does not say so: one when the first row holds
 * names in every column and what stands beneath is of another kind, else none.
 */
export function guessHeaderRows(rows: readonly (readonly { readonly text: string }[])[]): 0 | 1 {
  const [first = [], ...rest] = rows.slice(0, SAMPLE);
  const body = rest.filter((row) => row.some((cell) => cell.text.trim() !== ""));
  const names = first.map((cell) => cell.text.trim());
  const named = names.filter((name) => name !== "");
  if (body.length === 0 || named.length < 2 || named.length < names.length - 1) return 0;
  if (named.some((name) => isNumberLike(name) || /[:：]$/u.test(name) || name.length > 60)) return 0;
  if (new Set(named.map((name) => name.toLowerCase())).size < named.length) return 0;
  // Two columns of labels and values look like a header at first; all values beneath have to be numbers.
  const isNumeric = (column: number, share: number): boolean => {
    const values = body.map((row) => row[column]?.text.trim() ?? "").filter((value) => value !== "");
    return values.length > 0 && values.filter((value) => isNumberLike(value)).length >= share * values.length;
  };
  if (names.length === 2) return body.length >= 2 && (isNumeric(1, 1) || isNumeric(0, 1)) ? 1 : 0;
  return names.some((_, column) => isNumeric(column, 0.6)) ? 1 : 0;
}
