import { z } from "zod";
import { PAPER_ARITHMETIC } from "../../model/check-name.ts";
import { defineExtractor } from "../define.ts";
import { receiptFields } from "../scorer/receipt-fields.ts";
import { CurrencyCode, IsoDate, LineItem, Money, Party, Tax } from "./shapes.ts";

const schema = z
  .object({
    merchant: Party,
    transaction_date: IsoDate,
    transaction_time: z.string().regex(/^\d{2}:\d{2}(?::\d{2})?$/),
    receipt_number: z.string(),
    subtotal: Money,
    discount_total: Money,
    charge_total: Money,
    tax_total: Money,
    tip: Money,
    rounding: Money,
    total: Money,
    currency: CurrencyCode,
    country: z.string().regex(/^[A-Z]{2}$/),
    payment_method: z.string(),
    card_last4: z.string().regex(/^\d{4}$/),
    category: z.string(),
    taxes: z.array(Tax),
    line_items: z.array(LineItem),
  })
  .partial();

export const receipt = defineExtractor({
  kind: "receipt",
  version: 3,
  title: "Receipt",
  checks: [
    ...PAPER_ARITHMETIC,
    "dates_plausible",
    "currency_present",
    "currency_agrees",
    "tax_id_checksum",
    "gtin_checksum",
    "card_number_masked",
    "duplicate_document",
    "near_duplicate",
    "unusual_amount",
  ],
  schema,
  required: ["/merchant/name", "/transaction_date", "/total"],
  reads: {
    fields: [
      {
        pointer: "/transaction_date",
        source: {
          kind: "date",
          keys: ["invoice_date"],
          vague: ["date"],
          titles: ["receipt"],
          unlabelled: 0.66,
        },
        threshold: 0.25,
      },
      { pointer: "/transaction_time", source: { kind: "time" }, threshold: 0.4 },
      {
        pointer: "/receipt_number",
        source: { kind: "identifier", keys: ["receipt_number", "invoice_number"], titles: ["receipt"] },
        threshold: 0.5,
      },
      { pointer: "/payment_method", source: { kind: "payment_method" }, threshold: 0.5 },
      { pointer: "/card_last4", source: { kind: "card_last4" }, threshold: 0.5 },
    ],
    amounts: {
      subtotal: "/subtotal",
      discount: "/discount_total",
      charge: "/charge_total",
      tax: "/tax_total",
      tip: "/tip",
      rounding: "/rounding",
      total: "/total",
    },
    parties: [
      {
        pointer: "/merchant",
        role: "merchant",
        keys: ["vendor"],
        details: ["address", "tax_id", "registration_number", "phone", "email", "website"],
      },
    ],
    currency: "/currency",
    country: "/country",
    category: "/category",
    bankAccounts: false,
    taxes: true,
    receipt: true,
    scored: receiptFields,
  },
});
