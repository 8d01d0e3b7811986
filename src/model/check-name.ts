import { z } from "zod";

/**
 * The checks that a document type may name in its definition. A new one starts here; the registry of checks then does
 * not compile without it.
 */
export const CheckName = z.enum([
  "totals_add_up",
  "lines_add_up",
  "line_amounts",
  "taxes_by_rate",
  "amount_due",
  "total_sign",
  "dates_in_order",
  "dates_plausible",
  "due_from_terms",
  "currency_present",
  "currency_agrees",
  "parties_differ",
  "iban_checksum",
  "tax_id_checksum",
  "gtin_checksum",
  "card_number_masked",
  "mrz_checksum",
  "balances_close",
  "running_balance",
  "net_pay",
  "earnings_add_up",
  "meter_readings",
  "duplicate_document",
  "near_duplicate",
  "unusual_amount",
]);
export type CheckName = z.infer<typeof CheckName>;

/** The arithmetic that any business paper with lines and totals has to meet. */
export const PAPER_ARITHMETIC = [
  "totals_add_up",
  "lines_add_up",
  "line_amounts",
  "taxes_by_rate",
  "amount_due",
] as const satisfies readonly CheckName[];

/** What is checked of invoices, credit notes and bills. */
export const INVOICE_CHECKS = [
  ...PAPER_ARITHMETIC,
  "dates_in_order",
  "dates_plausible",
  "due_from_terms",
  "currency_present",
  "currency_agrees",
  "parties_differ",
  "iban_checksum",
  "tax_id_checksum",
  "gtin_checksum",
  "card_number_masked",
  "duplicate_document",
  "near_duplicate",
  "unusual_amount",
] as const satisfies readonly CheckName[];

/** What is checked of orders and their answers. */
export const ORDER_CHECKS = [
  ...PAPER_ARITHMETIC,
  "dates_in_order",
  "dates_plausible",
  "currency_present",
  "currency_agrees",
  "parties_differ",
  "tax_id_checksum",
  "gtin_checksum",
] as const satisfies readonly CheckName[];
