import { INVOICE_CHECKS } from "../../model/check-name.ts";
import { defineExtractor } from "../define.ts";
import { invoiceSchema, readsInvoice } from "./invoice-like.ts";

export const creditNote = defineExtractor({
  kind: "credit_note",
  version: 3,
  title: "Credit note",
  checks: INVOICE_CHECKS,
  schema: invoiceSchema,
  required: ["/invoice_number", "/invoice_date", "/vendor/name", "/total", "/currency"],
  reads: readsInvoice(["credit_note_number", "invoice_number"], ["credit_note", "invoice"]),
});
