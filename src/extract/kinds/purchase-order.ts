import { z } from "zod";
import { ORDER_CHECKS } from "../../model/check-name.ts";
import { defineExtractor, type PartySpec } from "../define.ts";
import { orderFields } from "../scorer/paper-fields.ts";
import { partyFields } from "../scorer/party-fields.ts";
import { AllowanceCharge, CurrencyCode, IsoDate, LineItem, Money, Note, Party, Tax } from "./shapes.ts";

const schema = z
  .object({
    purchase_order_number: z.string(),
    order_date: IsoDate,
    document_subtype: z.string(),
    change_number: z.string(),
    cancellation_reason: z.string(),
    validity_end_date: IsoDate,
    delivery_date: IsoDate,
    specification: z.string(),
    quotation_number: z.string(),
    project_reference: z.string(),
    buyer_reference: z.string(),
    customer_reference: z.string(),
    accounting_reference: z.string(),
    sales_order_number: z.string(),
    sales_order_header_id: z.string(),
    contract_number: z.string(),
    buyer: Party,
    supplier: Party,
    ship_to: Party,
    payment_terms: z.string(),
    incoterms: z.string(),
    currency: CurrencyCode,
    line_total: Money,
    subtotal: Money,
    discount_total: Money,
    charge_total: Money,
    tax_total: Money,
    total: Money,
    taxes: z.array(Tax),
    allowances_charges: z.array(AllowanceCharge),
    notes: z.array(Note),
    line_items: z.array(LineItem),
  })
  .partial();

const PARTIES: readonly PartySpec[] = [
  {
    pointer: "/buyer",
    role: "issuer",
    keys: ["customer"],
    details: ["address", "tax_id", "phone", "email", "website"],
  },
  {
    pointer: "/supplier",
    role: "addressee",
    keys: ["vendor"],
    details: ["address", "tax_id", "phone", "email"],
  },
  { pointer: "/ship_to", role: "delivery", keys: ["ship_to"], details: ["address"] },
];

export const purchaseOrder = defineExtractor({
  kind: "purchase_order",
  version: 3,
  title: "Purchase order",
  checks: [...ORDER_CHECKS, "duplicate_document", "near_duplicate"],
  schema,
  required: ["/purchase_order_number", "/order_date", "/supplier/name"],
  reads: {
    fields: [
      {
        pointer: "/purchase_order_number",
        source: { kind: "identifier", keys: ["order_number"], titles: ["purchase_order"] },
        threshold: 0.34,
      },
      {
        pointer: "/order_date",
        source: {
          kind: "date",
          keys: ["order_date", "invoice_date"],
          vague: ["date"],
          titles: ["purchase_order"],
          unlabelled: 0.42,
        },
        threshold: 0.3,
      },
      {
        pointer: "/delivery_date",
        source: { kind: "date", keys: ["delivery_date"], unlabelled: 0 },
        threshold: 0.45,
      },
      {
        pointer: "/sales_order_number",
        source: { kind: "identifier", keys: ["sales_order_number"] },
        threshold: 0.7,
      },
      {
        pointer: "/sales_order_header_id",
        source: { kind: "identifier", keys: ["sales_order_header_id"] },
        threshold: 0.6,
      },
      {
        pointer: "/contract_number",
        source: { kind: "identifier", keys: ["contract_number"] },
        threshold: 0.6,
      },
      {
        pointer: "/payment_terms",
        source: { kind: "text", keys: ["payment_terms"], maxLength: 120 },
        threshold: 0.6,
      },
      { pointer: "/incoterms", source: { kind: "incoterms" }, threshold: 0.5 },
    ],
    amounts: {
      subtotal: "/subtotal",
      discount: "/discount_total",
      charge: "/charge_total",
      tax: "/tax_total",
      total: "/total",
    },
    lineTotal: "/line_total",
    parties: PARTIES,
    currency: "/currency",
    bankAccounts: false,
    taxes: true,
    receipt: false,
    scored: [...partyFields(PARTIES), ...orderFields],
  },
});
