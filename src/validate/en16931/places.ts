import type { EvidenceMap, ExtractedData } from "../../model/extraction.ts";
import { valueAt } from "../../model/json-pointer.ts";
import type { Part } from "./invoice.ts";

/** Where terms and groups stand in our data, whether or not they are there; `*` is a position in a list. */
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
  "BT-106": "/line_total",
  "BT-107": "/discount_total",
  "BT-108": "/charge_total",
  "BT-109": "/subtotal",
  "BT-110": "/tax_total",
  "BT-112": "/total",
  "BT-113": "/prepaid",
  "BT-114": "/rounding",
  "BT-115": "/amount_due",
  "BG-23": "/taxes/*",
  "BT-116": "/taxes/*/taxable_amount",
  "BT-117": "/taxes/*/amount",
  "BT-118": "/taxes/*/category",
  "BT-119": "/taxes/*/rate",
  "BG-25": "/line_items/*",
  "BT-126": "/line_items/*/line_number",
  "BT-129": "/line_items/*/quantity",
  "BT-130": "/line_items/*/unit",
  "BT-131": "/line_items/*/amount",
  "BT-146": "/line_items/*/unit_price",
  "BT-151": "/line_items/*/tax_category",
  "BT-152": "/line_items/*/tax_rate",
  "BT-153": "/line_items/*/name",
};

/** Leads from terms of a structured document to where our data holds them. */
export class Places {
  readonly #data: ExtractedData;
  readonly #pointers = new Map<string, string>();

  /** `evidence` tells which value was read from which XPath. */
  constructor(data: ExtractedData, evidence: EvidenceMap) {
    this.#data = data;
    for (const pointer in evidence) {
      for (const { xpath } of evidence[pointer]?.citations ?? []) {
        if (xpath !== undefined && !this.#pointers.has(xpath)) this.#pointers.set(xpath, pointer);
      }
    }
  }

  /** True where the data has a list of lines. */
  hasLines(): boolean {
    return Array.isArray(this.#data["line_items"]);
  }

  /**
   * Where a term or a group of a part stands: a JSON Pointer into the data that holds it, or else its XPath. Of what
   * is missing: the pointer that it would have, or else the XPath of the group that lacks it.
   */
  of(part: Part, id: string): string {
    const xpath = part.term(id)?.xpath ?? part.parts(id)[0]?.group.xpath;
    const read = xpath === undefined ? undefined : this.#pointers.get(xpath);
    if (read !== undefined) return read;
    const pointer = this.#pointerOf(part, id);
    if (pointer !== null && (xpath === undefined || valueAt(this.#data, pointer) !== undefined))
      return pointer;
    return xpath ?? part.group.xpath;
  }

  /**
   * Lists leave out what says nothing, so a position is told by what else of the part was read into the list. For the
   * document it is the list.
   */
  #pointerOf(part: Part, id: string): string | null {
    const pointer = POINTERS[id];
    const [list, field] = pointer?.split("/*") ?? [];
    if (pointer === undefined || list === undefined || field === undefined) return pointer ?? null;
    if (part.group.id === "BG-0") return list;
    for (const { xpath } of part.everyTerm()) {
      const read = this.#pointers.get(xpath);
      if (read?.startsWith(`${list}/`)) return `${list}/${read.split("/")[2]}${field}`;
    }
    return null;
  }
}
