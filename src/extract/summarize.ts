import { foldText } from "../model/fold.ts";
import type { DocumentType, ExtractedData, Review } from "../model/extraction.ts";
import type { Summary } from "../ports.ts";
import { LEGAL_FORMS } from "./labels/names.ts";

/** Currencies without cents, and those with three places (ISO 4217). */
const NO_MINOR = new Set(["JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF"]);
const THREE_MINOR = new Set(["BHD", "KWD", "OMR", "JOD", "TND"]);

const FORMS: ReadonlySet<string> = new Set(
  LEGAL_FORMS.map((form) => foldText(form).replace(/[^\p{L}\p{N}]/gu, "")),
);

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
  return {
    type,
    pageCount,
    vendorName,
    vendorKey: vendorName === null ? null : foldVendor(vendorName),
    invoiceNumber:
      text(data, "invoice_number") ?? text(data, "receipt_number") ?? text(data, "purchase_order_number"),
    salesOrderHeaderId: text(data, "sales_order_header_id"),
    documentDate: text(data, "invoice_date") ?? text(data, "transaction_date") ?? text(data, "order_date"),
    dueDate: text(data, "due_date"),
    currency,
    totalMinor: toMinor(text(data, "total"), currency),
    review,
  };
}

/** A vendor's name for searching: folded, without its legal forms, letters and digits alone. */
export function foldVendor(name: string): string {
  const words = foldText(name)
    .replace(/\([^)]*\)/g, " ")
    .split(/[\s,;&/]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ""))
    .filter(Boolean);
  const kept = words.filter(
    (word, index) =>
      index === 0 || (!FORMS.has(word) && !["sdn", "bhd", "sp", "zoo", "z", "oo"].includes(word)),
  );
  return kept.join("");
}

function text(data: ExtractedData, ...path: readonly string[]): string | null {
  let node: unknown = data;
  for (const key of path) {
    if (typeof node !== "object" || node === null) return null;
    node = (node as Record<string, unknown>)[key];
  }
  return typeof node === "string" && node !== "" ? node : null;
}

/** A decimal string in the currency's minor units; null when it does not fit a safe integer. */
export function toMinor(amount: string | null, currency: string | null): number | null {
  if (amount === null || !/^-?\d+(?:\.\d+)?$/.test(amount)) return null;
  const places =
    currency !== null && NO_MINOR.has(currency) ? 0 : currency !== null && THREE_MINOR.has(currency) ? 3 : 2;
  const minor = Math.round(Number(amount) * 10 ** places);
  return Number.isSafeInteger(minor) ? minor : null;
}
