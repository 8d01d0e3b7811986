import { z } from "zod";
import { ORDER_CHECKS } from "../../model/check-name.ts";
import { defineExtractor } from "../define.ts";
import { AllowanceCharge, CurrencyCode, IsoDate, LineItem, Money, Note, Party, Tax } from "./shapes.ts";

const schema = z
  .object({
    order_response_number: z.string(),
    response_date: IsoDate,
    response_code: z.string(),
    accepted: z.enum(["true", "false"]),
    rejection_reason: z.string(),
    purchase_order_number: z.string(),
    order_date: IsoDate,
    sales_order_number: z.string(),
    customer_reference: z.string(),
    delivery_date: IsoDate,
    specification: z.string(),
    notes: z.array(Note),
    buyer: Party,
    supplier: Party,
    ship_to: Party,
    currency: CurrencyCode,
    line_total: Money,
    subtotal: Money,
    discount_total: Money,
    charge_total: Money,
    tax_total: Money,
    total: Money,
    taxes: z.array(Tax),
    allowances_charges: z.array(AllowanceCharge),
    line_items: z.array(LineItem),
  })
  .partial();

export const orderResponse = defineExtractor({
  kind: "order_response",
  version: 1,
  title: "Order response",
  checks: ORDER_CHECKS,
  schema,
  required: ["/order_response_number", "/purchase_order_number"],
});
