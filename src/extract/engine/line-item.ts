import type { BBox } from "../../model/geometry.ts";
import type { Cited } from "./draft.ts";

/** The columns a line item can have (EN 16931 BG-25). */
export const LINE_ITEM_FIELDS = [
  "line_number",
  "product_code",
  "name",
  "description",
  "quantity",
  "unit",
  "unit_price",
  "discount",
  "tax_rate",
  "tax_amount",
  "amount",
  "date",
  "purchase_order_number",
] as const;
export type LineItemField = (typeof LINE_ITEM_FIELDS)[number];

/** One value of a line item: normalised (money and quantities as decimal strings, dates ISO 8601), with its words. */
export interface LineItemCell {
  readonly value: string;
  /** One entry a printed line: a description over two lines has two. */
  readonly cited: readonly Cited[];
  /** 0..1 */
  readonly confidence: number;
}

export interface LineItemDraft {
  readonly cells: Readonly<Partial<Record<LineItemField, LineItemCell>>>;
}

/** What is known of the whole document before its lines are read. */
export interface LineItemHints {
  /** The decimal mark of the document's amounts; null when they do not tell. */
  readonly decimal: "." | "," | null;
  /** Whether 03/04 is the 3rd of April; null when the document does not tell. */
  readonly dayFirst: boolean | null;
  /** ISO 4217, or null. */
  readonly currency: string | null;
  /** ISO 639-1, or null. */
  readonly language: string | null;
  /** True for a till receipt: narrow, no header row, prices at the right, items over one or two lines. */
  readonly receipt: boolean;
}

export interface LineItems {
  readonly items: readonly LineItemDraft[];
  /** Where the items stand (body without the header row): amounts inside are no totals. */
  readonly regions: readonly { readonly page: number; readonly bbox: BBox }[];
}
