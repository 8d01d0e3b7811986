import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate, LineItem, Note, Party, Quantity } from "./shapes.ts";

const schema = z
  .object({
    despatch_number: z.string(),
    despatch_date: IsoDate,
    document_subtype: z.string(),
    delivery_date: IsoDate,
    purchase_order_number: z.string(),
    order_date: IsoDate,
    sales_order_number: z.string(),
    shipment_number: z.string(),
    tracking_number: z.string(),
    carrier: z.string(),
    gross_weight: Quantity,
    specification: z.string(),
    notes: z.array(Note),
    buyer: Party,
    supplier: Party,
    ship_to: Party,
    line_items: z.array(LineItem),
  })
  .partial();

export const despatchAdvice = defineExtractor({
  kind: "despatch_advice",
  version: 1,
  title: "Despatch advice",
  checks: ["dates_in_order", "dates_plausible", "parties_differ", "gtin_checksum"],
  schema,
  required: ["/despatch_number"],
});
