import { z } from "zod";
import type { TitleKind } from "../../model/titles.ts";
import type { FieldSpec, PartySpec, Reads } from "../define.ts";
import type { IdentifierKey, LabelKey } from "../labels/label-key.ts";
import { invoiceFields } from "../scorer/paper-fields.ts";
import { partyFields } from "../scorer/party-fields.ts";
import {
  AllowanceCharge,
  BankAccount,
  CurrencyCode,
  IsoDate,
  LineItem,
  Money,
  Note,
  Party,
  Tax,
} from "./shapes.ts";

/** The values that invoices and credit notes share (EN 16931). */
export const invoiceSchema = z
  .object({
    invoice_number: z.string(),
    document_subtype: z.string(),
    invoice_date: IsoDate,
    due_date: IsoDate,
    currency: CurrencyCode,
    tax_currency: CurrencyCode,
    tax_point_date: IsoDate,
    tax_point_date_code: z.string(),
    business_process: z.string(),
    specification: z.string(),
    buyer_reference: z.string(),
    project_reference: z.string(),
    accounting_reference: z.string(),
    object_identifier: z.string(),
    tender_reference: z.string(),
    receiving_advice_number: z.string(),
    despatch_advice_number: z.string(),
    delivery_note_number: z.string(),
    order_date: IsoDate,
    purchase_order_number: z.string(),
    sales_order_number: z.string(),
    sales_order_header_id: z.string(),
    contract_number: z.string(),
    referenced_invoice_number: z.string(),
    preceding_invoices: z.array(z.object({ number: z.string(), date: IsoDate }).partial()),
    customer_id: z.string(),
    vendor: Party,
    customer: Party.extend({ customer_id: z.string().optional() }),
    payee: Party,
    tax_representative: Party,
    ship_to: Party,
    service_start_date: IsoDate,
    service_end_date: IsoDate,
    delivery_date: IsoDate,
    payment_terms: z.string(),
    payment_means: z.string(),
    payment_means_code: z.string(),
    payment_reference: z.string(),
    payment_card: z.array(z.object({ number: z.string(), holder: z.string() }).partial()),
    direct_debit: z
      .object({ mandate_reference: z.string(), creditor_id: z.string(), debited_account: z.string() })
      .partial(),
    installments: z.array(z.object({ due_date: IsoDate, amount: Money, note: z.string() }).partial()),
    bank_accounts: z.array(BankAccount),
    line_total: Money,
    subtotal: Money,
    discount_total: Money,
    charge_total: Money,
    tax_total: Money,
    tax_total_in_tax_currency: Money,
    stamp_duty: Money,
    withholding_total: Money,
    total: Money,
    prepaid: Money,
    rounding: Money,
    amount_due: Money,
    previous_balance: Money,
    taxes: z.array(Tax),
    allowances_charges: z.array(AllowanceCharge),
    notes: z.array(Note),
    supporting_documents: z.array(
      z
        .object({ reference: z.string(), description: z.string(), location: z.string(), file: z.string() })
        .partial(),
    ),
    line_items: z.array(LineItem),
  })
  .partial();

function fieldsOf(numberKeys: readonly LabelKey[], titles: readonly TitleKind[]): FieldSpec[] {
  const identifier = (pointer: string, key: LabelKey, threshold = 0.6): FieldSpec => ({
    pointer,
    source: { kind: "identifier", keys: [key] },
    threshold,
  });
  return [
    { pointer: "/invoice_number", source: { kind: "identifier", keys: numberKeys, titles }, threshold: 0.34 },
    {
      pointer: "/invoice_date",
      source: { kind: "date", keys: ["invoice_date"], vague: ["date"], titles, unlabelled: 0.42 },
      threshold: 0.3,
    },
    { pointer: "/due_date", source: { kind: "date", keys: ["due_date"], unlabelled: 0 }, threshold: 0.4 },
    {
      pointer: "/delivery_date",
      source: { kind: "date", keys: ["delivery_date"], unlabelled: 0 },
      threshold: 0.5,
    },
    {
      pointer: "/service_start_date",
      source: { kind: "period", keys: ["service_period"], end: "first" },
      threshold: 0.5,
    },
    {
      pointer: "/service_end_date",
      source: { kind: "period", keys: ["service_period"], end: "last" },
      threshold: 0.5,
    },
    {
      pointer: "/purchase_order_number",
      // A bare `Order No.` on an invoice is taken for the buyer's order, unless another label names that.
      source: { kind: "identifier", keys: ["order_number", "sales_order_number", "buyer_reference"] },
      threshold: 0.5,
    },
    identifier("/sales_order_number", "sales_order_number"),
    {
      pointer: "/sales_order_header_id",
      source: { kind: "identifier", keys: ["sales_order_header_id", "sales_order_number"] },
      threshold: 0.6,
    },
    identifier("/contract_number", "contract_number"),
    {
      pointer: "/buyer_reference",
      source: { kind: "identifier", keys: ["buyer_reference"], words: true },
      threshold: 0.6,
    },
    identifier("/payment_reference", "payment_reference", 0.7),
    identifier("/referenced_invoice_number", "referenced_invoice"),
    identifier("/customer/customer_id", "customer_id"),
    {
      pointer: "/payment_terms",
      source: { kind: "text", keys: ["payment_terms"], maxLength: 120 },
      threshold: 0.6,
    },
    {
      pointer: "/payment_means",
      source: { kind: "text", keys: ["payment_method"], maxLength: 60 },
      threshold: 0.7,
    },
  ];
}

const PARTIES: readonly PartySpec[] = [
  {
    pointer: "/vendor",
    role: "issuer",
    keys: ["vendor"],
    details: ["address", "tax_id", "registration_number", "phone", "email", "website"],
  },
  {
    pointer: "/customer",
    role: "addressee",
    keys: ["customer"],
    details: ["address", "tax_id", "phone", "email"],
  },
  { pointer: "/ship_to", role: "delivery", keys: ["ship_to"], details: ["address"] },
];

/** How invoices are read; a credit note differs in its own number's labels and its title. */
export function readsInvoice(numberKeys: readonly IdentifierKey[], titles: readonly TitleKind[]): Reads {
  return {
    fields: fieldsOf(numberKeys, titles),
    amounts: {
      subtotal: "/subtotal",
      discount: "/discount_total",
      charge: "/charge_total",
      tax: "/tax_total",
      total: "/total",
      prepaid: "/prepaid",
      rounding: "/rounding",
      amount_due: "/amount_due",
      previous_balance: "/previous_balance",
    },
    lineTotal: "/line_total",
    parties: PARTIES,
    currency: "/currency",
    subtype: "/document_subtype",
    bankAccounts: true,
    taxes: true,
    receipt: false,
    scored: [...partyFields(PARTIES), ...invoiceFields(numberKeys, titles)],
  };
}
