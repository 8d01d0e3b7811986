import { z } from "zod";

/** A decimal string. */
export const Money = z.string().regex(/^-?\d+(?:\.\d+)?$/);
export const IsoDate = z.iso.date();
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/);
export const Quantity = z.string().regex(/^-?\d+(?:\.\d+)?$/);

const AddressParts = z
  .object({
    street: z.string(),
    postal_code: z.string(),
    city: z.string(),
    region: z.string(),
    country: z.string(),
  })
  .partial();

export const Party = z
  .object({
    name: z.string(),
    legal_name: z.string(),
    trading_name: z.string(),
    identifier: z.string(),
    tax_id: z.string(),
    tax_number: z.string(),
    registration_number: z.string(),
    legal_information: z.string(),
    address: z.string(),
    address_parts: AddressParts,
    electronic_address: z.string(),
    contact_name: z.string(),
    email: z.string(),
    phone: z.string(),
    website: z.string(),
  })
  .partial();

export const BankAccount = z
  .object({
    iban: z.string(),
    bic: z.string(),
    account_number: z.string(),
    account_name: z.string(),
    routing: z.string(),
  })
  .partial();

export const Tax = z
  .object({
    category: z.string(),
    rate: z.string(),
    taxable_amount: Money,
    amount: Money,
    exemption_reason: z.string(),
    exemption_code: z.string(),
  })
  .partial();

/** A discount or a surcharge (EN 16931 BG-20, 21, 27, 28). */
export const AllowanceCharge = z
  .object({
    kind: z.enum(["allowance", "charge"]),
    amount: Money,
    unit_amount: Money,
    base_amount: Money,
    percentage: z.string(),
    tax_category: z.string(),
    tax_rate: z.string(),
    reason: z.string(),
    reason_code: z.string(),
  })
  .partial();

export const Note = z.object({ subject_code: z.string(), text: z.string() }).partial();

export const LineItem = z
  .object({
    line_number: z.string(),
    parent_line: z.string(),
    status_code: z.string(),
    product_code: z.string(),
    buyer_product_code: z.string(),
    standard_product_code: z.string(),
    classification_code: z.string(),
    manufacturer_product_code: z.string(),
    name: z.string(),
    description: z.string(),
    note: z.string(),
    attributes: z.array(z.object({ name: z.string(), value: z.string() }).partial()),
    lot_number: z.string(),
    serial_number: z.string(),
    country_of_origin: z.string(),
    quantity: Quantity,
    outstanding_quantity: Quantity,
    unit: z.string(),
    unit_price: Money,
    gross_unit_price: Money,
    price_base_quantity: Quantity,
    discount: z.string(),
    charge: Money,
    allowances_charges: z.array(AllowanceCharge),
    tax_category: z.string(),
    tax_rate: z.string(),
    tax_amount: Money,
    amount: Money,
    /** Of a line inside another one, or one that sums others: it counts in theirs. */
    amount_included: Money,
    date: IsoDate,
    service_start_date: IsoDate,
    service_end_date: IsoDate,
    purchase_order_number: z.string(),
    order_line_number: z.string(),
    despatch_number: z.string(),
    tracking_number: z.string(),
    accounting_reference: z.string(),
    object_identifier: z.string(),
  })
  .partial();
