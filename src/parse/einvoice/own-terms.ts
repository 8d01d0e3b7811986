import type { TermType } from "../../model/en16931.ts";

/**
 * Terms that EN 16931 lacks and that orders, responses, despatch advices, catalogues and national invoices have,
 * with their types. They stand in the group that they speak of: the document (BG-0), a party, a line (BG-25).
 */
export const OWN_TERMS = {
  accepted: "code",
  amount: "amount",
  carrier_name: "text",
  catalogue_date: "date",
  catalogue_number: "identifier",
  customer_reference: "text",
  delivery_date: "date",
  delivery_terms: "text",
  despatch_date: "date",
  despatch_number: "identifier",
  despatch_type_code: "code",
  document_name: "text",
  due_date: "date",
  gross_weight: "quantity",
  installment_note: "text",
  issue_time: "text",
  line_status_code: "code",
  lot_number: "identifier",
  manufacturer_id: "identifier",
  order_date: "date",
  order_number: "identifier",
  order_type_code: "code",
  outstanding_quantity: "quantity",
  parent_line: "identifier",
  party_id: "identifier",
  party_name: "text",
  payment_terms_code: "code",
  pension_fund: "code",
  price_discount_percentage: "percentage",
  quotation_number: "identifier",
  referenced_document_number: "identifier",
  referenced_document_type: "code",
  response_code: "code",
  response_date: "date",
  response_number: "identifier",
  response_reason: "text",
  sequence_number: "identifier",
  serial_number: "identifier",
  shipment_number: "identifier",
  stamp_duty: "amount",
  tax_amount: "amount",
  tax_regime: "code",
  tax_type: "code",
  tracking_number: "identifier",
  unit_amount: "unit_price",
  validity_end_date: "date",
  validity_start_date: "date",
  website: "text",
  withholding: "amount",
} as const satisfies Record<string, TermType>;

export type OwnTermId = keyof typeof OWN_TERMS;

/**
 * Groups that EN 16931 lacks: a part of what is to be paid with its date; a line inside a line; what a response says
 * of one document; whoever sends and receives it, or the goods; and whoever bills and is billed instead of seller and buyer.
 */
export type OwnGroupId =
  | "installment"
  | "sub_line"
  | "document_response"
  | "sender"
  | "receiver"
  | "shipper"
  | "invoicee"
  | "invoicer";
