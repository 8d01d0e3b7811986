import { z } from "zod";
import { INVOICE_CHECKS } from "../../model/check-name.ts";
import { defineExtractor } from "../define.ts";
import { invoiceSchema, readsInvoice } from "./invoice-like.ts";
import { IsoDate, Quantity } from "./shapes.ts";

const schema = invoiceSchema
  .extend({
    account_number: z.string(),
    utility: z.enum(["electricity", "gas", "water", "heating", "telephone", "internet", "waste", "other"]),
    service_address: z.string(),
    meters: z.array(
      z
        .object({
          meter_number: z.string(),
          previous_reading: Quantity,
          current_reading: Quantity,
          previous_date: IsoDate,
          current_date: IsoDate,
          consumption: Quantity,
          unit: z.string(),
        })
        .partial(),
    ),
  })
  .partial();

export const utilityBill = defineExtractor({
  kind: "utility_bill",
  version: 1,
  title: "Utility bill",
  checks: [...INVOICE_CHECKS, "meter_readings"],
  schema,
  required: ["/vendor/name", "/invoice_date", "/total"],
  reads: readsInvoice(["invoice_number"], ["invoice"]),
  declares: { fields: [], rows: [] },
});
