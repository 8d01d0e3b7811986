import { INVOICE_CHECKS } from "../../model/check-name.ts";
import { defineExtractor } from "../define.ts";
import { invoiceSchema, readsInvoice } from "./invoice-like.ts";

export const invoice = defineExtractor({
  kind: "invoice",
  version: 3,
  title: "Invoice",
  checks: [...INVOICE_CHECKS, "total_sign"],
  schema: invoiceSchema,
  required: ["/invoice_number", "/invoice_date", "/vendor/name", "/total", "/currency"],
  reads: readsInvoice(["invoice_number"], ["invoice", "credit_note"]),
});
