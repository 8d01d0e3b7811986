import { z } from "zod";

/** A decimal string. */
export const Money = z.string().regex(/^-?\d+(?:\.\d+)?$/);
export const IsoDate = z.iso.date();
export const CurrencyCode = z.string().regex(/^[A-Z]{3}$/);
export const Quantity = z.string().regex(/^-?\d+(?:\.\d+)?$/);

export const Party = z
  .object({
    name: z.string(),
    legal_name: z.string(),
    tax_id: z.string(),
    registration_number: z.string(),
    address: z.string(),
    email: z.string(),
    phone: z.string(),
    website: z.string(),
  })
  .partial();

export const BankAccount = z
  .object({ iban: z.string(), bic: z.string(), account_number: z.string(), routing: z.string() })
  .partial();

export const Tax = z
  .object({ category: z.string(), rate: z.string(), taxable_amount: Money, amount: Money })
  .partial();

export const LineItem = z
  .object({
    line_number: z.string(),
    product_code: z.string(),
    name: z.string(),
    description: z.string(),
    quantity: Quantity,
    unit: z.string(),
    unit_price: Money,
    discount: z.string(),
    tax_rate: z.string(),
    tax_amount: Money,
    amount: Money,
    date: IsoDate,
    purchase_order_number: z.string(),
  })
  .partial();
