import type { ExtractedData } from "../../model/extraction.ts";
import { valueAt } from "../../model/json-pointer.ts";
import type { Part } from "./invoice.ts";

/** Terms and groups with a place in our data; `{line}` is the line's position, `{n}` that of the term's own group. */
const POINTERS: Readonly<Record<string, string>> = {
  "BT-1": "/invoice_number",
  "BT-2": "/invoice_date",
  "BT-3": "/document_subtype",
  "BT-5": "/currency",
  "BT-9": "/due_date",
  "BT-10": "/buyer_reference",
  "BT-12": "/contract_number",
  "BT-13": "/purchase_order_number",
  "BT-14": "/sales_order_number",
  "BT-20": "/payment_terms",
  "BT-25": "/referenced_invoice_number",
  "BT-27": "/vendor/name",
  "BT-30": "/vendor/registration_number",
  "BT-31": "/vendor/tax_id",
  "BG-5": "/vendor/address",
  "BT-42": "/vendor/phone",
  "BT-43": "/vendor/email",
  "BT-44": "/customer/name",
  "BT-46": "/customer/customer_id",
  "BT-47": "/customer/registration_number",
  "BT-48": "/customer/tax_id",
  "BG-8": "/customer/address",
  "BG-15": "/ship_to/address",
  "BT-72": "/delivery_date",
  "BT-73": "/service_start_date",
  "BT-74": "/service_end_date",
  "BT-81": "/payment_means",
  "BT-83": "/payment_reference",
  "BT-107": "/discount_total",
  "BT-108": "/charge_total",
  "BT-109": "/subtotal",
  "BT-110": "/tax_total",
  "BT-112": "/total",
  "BT-113": "/prepaid",
  "BT-114": "/rounding",
  "BT-115": "/amount_due",
  "BG-23": "/taxes/{n}",
  "BT-116": "/taxes/{n}/taxable_amount",
  "BT-117": "/taxes/{n}/amount",
  "BT-118": "/taxes/{n}/category",
  "BT-119": "/taxes/{n}/rate",
  "BG-25": "/line_items/{line}",
  "BT-126": "/line_items/{line}/line_number",
  "BT-129": "/line_items/{line}/quantity",
  "BT-130": "/line_items/{line}/unit",
  "BT-131": "/line_items/{line}/amount",
  "BT-146": "/line_items/{line}/unit_price",
  "BT-152": "/line_items/{line}/tax_rate",
  "BT-153": "/line_items/{line}/name",
};

function pointerOf(part: Part, id: string): string | null {
  const template = POINTERS[id];
  if (template === undefined || (template.includes("{line}") && part.line === null)) return null;
  return template.replace("{line}", String(part.line)).replace("{n}", String(part.index));
}

/**
 * Where a term of a part stands: a JSON Pointer into the data that holds it, or else its XPath. For a term that is
 * missing: the pointer that it would have, or else the group that lacks it.
 */
export function placeOf(part: Part, id: string, data: ExtractedData): string {
  const pointer = pointerOf(part, id);
  const xpath = part.term(id)?.xpath ?? part.parts(id)[0]?.group.xpath;
  if (pointer !== null && (xpath === undefined || valueAt(data, pointer) !== undefined)) return pointer;
  return xpath ?? part.group.xpath;
}
