import { z } from "zod";
import type { Comparison } from "./normalise.ts";

/** Where a truth's field stands in our data; `*` stands for any index. The value at any of the pointers counts. */
export interface FieldRule {
  readonly pointers: readonly string[];
  readonly compare: Comparison;
}

/** How a truth file's names meet ours. */
export interface Mapping {
  readonly fields: Readonly<Record<string, FieldRule>>;
  /** The same for the truth of an e-mail. */
  readonly email: Readonly<Record<string, FieldRule>>;
  /** Names of a truth's line fields to the names of ours that count for them. */
  readonly lines: Readonly<Record<string, FieldRule>>;
  /** Types of the truth to the types of ours that a reader would accept; a type that is missing accepts any. */
  readonly types: Readonly<Record<string, readonly string[]>>;
}

const party = (field: string): string[] =>
  ["vendor", "merchant", "supplier"].map((name) => `/${name}/${field}`);
const customer = (field: string): string[] => ["customer", "buyer"].map((name) => `/${name}/${field}`);
const money = (...pointers: string[]): FieldRule => ({ pointers, compare: "money" });
const identifier = (...pointers: string[]): FieldRule => ({ pointers, compare: "identifier" });
const named = (...pointers: string[]): FieldRule => ({ pointers, compare: "name" });
const dated = (...pointers: string[]): FieldRule => ({ pointers, compare: "date" });

/** Names as truth files commonly have them. */
export const DEFAULT_MAPPING: Mapping = {
  fields: {
    vendor_name: named(...party("name"), ...party("legal_name")),
    vendor_address: named(...party("address")),
    vendor_vat: identifier(...party("tax_id")),
    customer_name: named(...customer("name"), ...customer("legal_name")),
    invoice_number: identifier("/invoice_number", "/receipt_number"),
    receipt_number: identifier("/receipt_number", "/invoice_number"),
    po_number: identifier("/purchase_order_number"),
    buyer_reference: identifier("/buyer_reference"),
    date: dated("/invoice_date", "/transaction_date", "/order_date"),
    due_date: dated("/due_date"),
    currency: { pointers: ["/currency"], compare: "currency" },
    subtotal: money("/subtotal"),
    tax: money("/tax_total"),
    total: money("/total"),
    discount: money("/discount_total"),
    shipping: money("/charge_total"),
    prepaid: money("/prepaid"),
    amount_paid: money("/prepaid"),
    amount_due: money("/amount_due"),
    line_total: money("/line_total", "sum:/line_items/*/amount"),
    iban: identifier("/bank_accounts/*/iban"),
  },
  email: {
    from: identifier("people:/from"),
    to: identifier("people:/to"),
    cc: identifier("people:/cc"),
    subject: identifier("/subject"),
    date: { pointers: ["/date"], compare: "instant" },
    message_id: identifier("/message_id"),
    attachments: identifier("count:/attachments"),
  },
  lines: {
    description: named("/description", "/name", "join:/name+/description"),
    desc: named("/description", "/name", "join:/name+/description"),
    name: named("/name", "/description"),
    quantity: money("/quantity"),
    qty: money("/quantity"),
    unit_price: money("/unit_price"),
    unitPrice: money("/unit_price"),
    price_unit: money("/unit_price"),
    price: money("/unit_price"),
    amount: money("/amount"),
    price_subtotal: money("/amount"),
    part: identifier("/product_code"),
    code: identifier("/product_code"),
    product_code: identifier("/product_code"),
    unit: identifier("/unit"),
    uom: identifier("/unit"),
  },
  types: {
    invoice: ["invoice"],
    credit_note: ["credit_note"],
    receipt: ["receipt"],
    purchase_order: ["purchase_order"],
    form: ["form"],
    email: ["email"],
  },
};

const Rule = z.union([
  z.null(),
  z.string(),
  z.array(z.string()).min(1),
  z.strictObject({
    pointers: z.array(z.string()).min(1),
    compare: z.enum(["date", "money", "currency", "name", "identifier"]).optional(),
  }),
]);

/**
 * A user's mapping file: `fields` and `line_items` map their names to our JSON Pointers
 * (one, several, or with the comparison), `null` leaves a name out; `types` maps theirs to ours.
 */
export const MappingFile = z.strictObject({
  fields: z.record(z.string(), Rule).default({}),
  line_items: z.record(z.string(), Rule).default({}),
  types: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
});
export type MappingFile = z.infer<typeof MappingFile>;

/** The default mapping with a user's on top. */
export function mergeMapping(file: MappingFile): Mapping {
  return {
    fields: applyRules(DEFAULT_MAPPING.fields, file.fields),
    email: DEFAULT_MAPPING.email,
    lines: applyRules(DEFAULT_MAPPING.lines, file.line_items),
    types: {
      ...DEFAULT_MAPPING.types,
      ...Object.fromEntries(
        Object.entries(file.types).map(([name, types]) => [name, Array.isArray(types) ? types : [types]]),
      ),
    },
  };
}

function applyRules(
  base: Readonly<Record<string, FieldRule>>,
  rules: Readonly<Record<string, z.infer<typeof Rule>>>,
): Record<string, FieldRule> {
  const merged: Record<string, FieldRule> = { ...base };
  for (const [name, rule] of Object.entries(rules)) {
    delete merged[name];
    if (rule === null) continue;
    const full =
      typeof rule === "string" ? { pointers: [rule] } : Array.isArray(rule) ? { pointers: rule } : rule;
    const pointers = full.pointers.map((pointer) =>
      /^(\/|sum:|join:)/u.test(pointer) ? pointer : `/${pointer}`,
    );
    merged[name] = { pointers, compare: full.compare ?? compareOf(pointers[0] ?? "") };
  }
  return merged;
}

const MONEY_FIELD =
  /(total|amount|amount_due|price|quantity|rate|discount|prepaid|rounding|balance|tip|tax_amount|value)$/u;

/** How values at one of our pointers are compared, by its name. */
export function compareOf(pointer: string): Comparison {
  if (pointer.endsWith("date")) return "date";
  if (pointer.endsWith("currency")) return "currency";
  if (pointer.startsWith("sum:") || MONEY_FIELD.test(pointer)) return "money";
  return /(name|address|description|text|title)$/u.test(pointer) ? "name" : "identifier";
}
