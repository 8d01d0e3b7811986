import type { DocumentType, ExtractedData, Review } from "../model/extraction.ts";
import { toMinor } from "../model/money.ts";
import { vendorKey } from "../model/vendor-key.ts";
import type { Summary } from "../ports.ts";

/** The columns that a result is searched by. */
export function summarize(
  type: DocumentType,
  data: ExtractedData,
  pageCount: number,
  review: Review,
): Summary {
  const vendorName =
    text(data, "vendor", "name") ?? text(data, "merchant", "name") ?? text(data, "supplier", "name");
  const currency = text(data, "currency");
  const total = text(data, "total");
  return {
    type,
    pageCount,
    vendorName,
    vendorKey: vendorName === null ? null : vendorKey(vendorName),
    invoiceNumber:
      text(data, "invoice_number") ?? text(data, "receipt_number") ?? text(data, "purchase_order_number"),
    salesOrderHeaderId: text(data, "sales_order_header_id"),
    documentDate: text(data, "invoice_date") ?? text(data, "transaction_date") ?? text(data, "order_date"),
    dueDate: text(data, "due_date"),
    currency,
    totalMinor: total === null ? null : toMinor(total, currency),
    review,
  };
}

function text(data: ExtractedData, ...path: readonly string[]): string | null {
  let node: unknown = data;
  for (const key of path) {
    if (typeof node !== "object" || node === null) return null;
    node = (node as Record<string, unknown>)[key];
  }
  return typeof node === "string" && node !== "" ? node : null;
}
