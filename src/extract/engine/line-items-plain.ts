import type { LineItemHints } from "./line-item.ts";
import type { ItemRow } from "./line-items-rows.ts";
import type { ReadItem } from "./line-items-values.ts";

/** Items of pages without a header row: rows that end in amounts. */
export function readPlainItems(_pages: readonly (readonly ItemRow[])[], _hints: LineItemHints): ReadItem[] {
  return [];
}
