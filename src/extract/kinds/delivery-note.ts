import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate, LineItem, Party, Quantity } from "./shapes.ts";

const schema = z
  .object({
    delivery_note_number: z.string(),
    delivery_date: IsoDate,
    document_date: IsoDate,
    purchase_order_number: z.string(),
    order_date: IsoDate,
    sales_order_number: z.string(),
    sales_order_header_id: z.string(),
    customer_id: z.string(),
    supplier: Party,
    customer: Party,
    ship_to: Party,
    carrier: z.string(),
    tracking_number: z.string(),
    incoterms: z.string(),
    packages: z.string(),
    gross_weight: Quantity,
    weight_unit: z.string(),
    received_by: z.string(),
    line_items: z.array(LineItem),
  })
  .partial();

export const deliveryNote = defineExtractor({
  kind: "delivery_note",
  version: 1,
  title: "Delivery note",
  checks: ["dates_in_order", "dates_plausible", "parties_differ", "gtin_checksum"],
  schema,
  required: ["/delivery_note_number", "/supplier/name"],
  declares: { fields: [], rows: [] },
});
