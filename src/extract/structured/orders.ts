import { termsOf } from "../../model/en16931.ts";
import type { Group } from "../../model/structured.ts";
import { draftTaxes, draftNotes } from "./invoice.ts";
import { DOCUMENT_ADJUSTMENTS, draftAdjustments, draftFields, draftLines } from "./lines.ts";
import { BUYER, draftParty, SELLER, SHIP_TO } from "./parties.ts";
import type { Sheet, ValueForm } from "./sheet.ts";

type Fields = readonly (readonly [string, string, ValueForm])[];

const SHARED: Fields = [
  ["order_date", "order_date", "date"],
  ["sales_order_number", "BT-14", "text"],
  ["delivery_date", "delivery_date", "date"],
  ["currency", "BT-5", "text"],
  ["line_total", "BT-106", "amount"],
  ["discount_total", "BT-107", "amount"],
  ["charge_total", "BT-108", "amount"],
  ["tax_total", "BT-110", "amount"],
  ["specification", "BT-24", "code"],
];

const ORDER: Fields = [
  ["purchase_order_number", "order_number", "text"],
  ...SHARED,
  ["document_subtype", "order_type_code", "code"],
  ["sales_order_header_id", "BT-14", "text"],
  ["change_number", "sequence_number", "text"],
  ["cancellation_reason", "response_reason", "text"],
  ["quotation_number", "quotation_number", "text"],
  ["contract_number", "BT-12", "text"],
  ["project_reference", "BT-11", "text"],
  ["buyer_reference", "BT-10", "text"],
  ["customer_reference", "customer_reference", "text"],
  ["accounting_reference", "BT-19", "text"],
  ["incoterms", "delivery_terms", "text"],
  ["validity_end_date", "validity_end_date", "date"],
];

const RESPONSE: Fields = [
  ["order_response_number", "response_number", "text"],
  ["response_date", "response_date", "date"],
  ["response_code", "response_code", "code"],
  ["accepted", "accepted", "code"],
  ["rejection_reason", "response_reason", "text"],
  ["purchase_order_number", "order_number", "text"],
  ...SHARED,
  ["customer_reference", "customer_reference", "text"],
];

const DESPATCH: Fields = [
  ["despatch_number", "despatch_number", "text"],
  ["despatch_date", "despatch_date", "date"],
  ["document_subtype", "despatch_type_code", "code"],
  ["delivery_date", "delivery_date", "date"],
  ["purchase_order_number", "order_number", "text"],
  ["order_date", "order_date", "date"],
  ["sales_order_number", "BT-14", "text"],
  ["shipment_number", "shipment_number", "text"],
  ["tracking_number", "tracking_number", "text"],
  ["carrier", "carrier_name", "text"],
  ["gross_weight", "gross_weight", "amount"],
  ["specification", "BT-24", "code"],
];

/** An order, a change to one or its cancellation. */
export function draftOrder(sheet: Sheet, root: Group): void {
  draftFields(sheet, root, "", ORDER);
  sheet.joined("/payment_terms", root, termsOf(root, "BT-20"), "\n");
  draftTrade(sheet, root);
}

/** What a seller answers to an order. */
export function draftOrderResponse(sheet: Sheet, root: Group): void {
  draftFields(sheet, root, "", RESPONSE);
  draftTrade(sheet, root);
}

/** What was sent. */
export function draftDespatchAdvice(sheet: Sheet, root: Group): void {
  draftFields(sheet, root, "", DESPATCH);
  draftParties(sheet, root);
  draftNotes(sheet, root);
  draftLines(sheet, root);
}

function draftTrade(sheet: Sheet, root: Group): void {
  draftTotals(sheet, root);
  draftParties(sheet, root);
  draftTaxes(sheet, root);
  draftAdjustments(sheet, root, "/allowances_charges", DOCUMENT_ADJUSTMENTS);
  draftNotes(sheet, root);
  draftLines(sheet, root);
}

/** Orders often give nothing but what is to be paid and the sum of the lines. */
function draftTotals(sheet: Sheet, root: Group): void {
  const first = (...ids: readonly string[]): string =>
    ids.find((id) => termsOf(root, id).length > 0) ?? "BT-109";
  sheet.term("/subtotal", root, first("BT-109", "BT-106"), "amount");
  sheet.term("/total", root, first("BT-112", "BT-115"), "amount");
}

function draftParties(sheet: Sheet, root: Group): void {
  draftParty(sheet, root, "/buyer", BUYER);
  draftParty(sheet, root, "/supplier", SELLER);
  draftParty(sheet, root, "/ship_to", SHIP_TO);
}
