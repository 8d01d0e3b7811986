import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate, LineItem, Party } from "./shapes.ts";

const schema = z
  .object({
    despatch_number: z.string(),
    despatch_date: IsoDate,
    delivery_date: IsoDate,
    purchase_order_number: z.string(),
    sales_order_number: z.string(),
    note: z.string(),
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
  schema,
  required: ["/despatch_number"],
});
