/** What a printed label can announce. Several keys only serve to keep a value away from another field. */
export type LabelKey = IdentifierKey | DateKey | AmountKey | PartyKey | ContactKey | TermKey | ColumnKey;

export type IdentifierKey =
  | "invoice_number"
  | "credit_note_number"
  | "receipt_number"
  | "order_number"
  | "sales_order_number"
  | "sales_order_header_id"
  | "delivery_note_number"
  | "contract_number"
  | "quote_number"
  | "customer_id"
  | "supplier_id"
  | "buyer_reference"
  | "payment_reference"
  | "account_number"
  | "referenced_invoice"
  | "other_number";

export type DateKey =
  | "invoice_date"
  | "due_date"
  | "order_date"
  | "delivery_date"
  | "service_period"
  | "date"
  | "other_date"
  | "time";

export type AmountKey =
  | "subtotal"
  | "discount"
  | "charge"
  | "tax"
  | "tax_base"
  | "total"
  | "prepaid"
  | "amount_due"
  | "rounding"
  | "previous_balance"
  | "tip"
  | "cash"
  | "change"
  | "saving"
  | "quantity_total";

export type PartyKey = "vendor" | "customer" | "ship_to" | "remit_to" | "account_holder" | "contact";

export type ContactKey =
  | "tax_id"
  | "customer_tax_id"
  | "registration_number"
  | "phone"
  | "fax"
  | "email"
  | "website"
  | "iban"
  | "bic"
  | "bank_account"
  | "routing"
  | "bank";

export type TermKey = "payment_terms" | "payment_method" | "incoterms" | "currency" | "note" | "page";

export type ColumnKey =
  | "column_description"
  | "column_quantity"
  | "column_unit"
  | "column_price"
  | "column_amount"
  | "column_code";

/** The labels of one language. Case, accents, spaces and punctuation do not count, `#` does. */
export type Lexicon = Readonly<Partial<Record<LabelKey, readonly string[]>>>;
