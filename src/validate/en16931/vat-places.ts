import type { Invoice } from "./invoice.ts";

/** Where a VAT category can stand: the number of its first rule in a family, the group, its category and rate. */
export const VAT_PLACES = [
  { number: 2, group: "BG-25", category: "BT-151", rate: "BT-152" },
  { number: 3, group: "BG-20", category: "BT-95", rate: "BT-96" },
  { number: 4, group: "BG-21", category: "BT-102", rate: "BT-103" },
] as const;

export type VatPlace = (typeof VAT_PLACES)[number];

/** True where a line, an allowance or a charge is of a category. */
export function usesCategory(invoice: Invoice, code: string): boolean {
  return VAT_PLACES.some(({ category }) => invoice.codes(category).has(code));
}
