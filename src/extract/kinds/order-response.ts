import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { CurrencyCode, IsoDate, LineItem, Money, Party } from "./shapes.ts";

const schema = z
  .object({
    order_response_number: z.string(),
    response_date: IsoDate,
    response_code: z.string(),
    purchase_order_number: z.string(),
    sales_order_number: z.string(),
    delivery_date: IsoDate,
    note: z.string(),
    buyer: Party,
    supplier: Party,
    currency: CurrencyCode,
    subtotal: Money,
    tax_total: Money,
    total: Money,
    line_items: z.array(LineItem),
  })
  .partial();

export const orderResponse = defineExtractor({
  kind: "order_response",
  version: 1,
  title: "Order response",
  schema,
  required: ["/order_response_number", "/purchase_order_number"],
});
