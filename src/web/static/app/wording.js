/** @import { DocumentStatus } from "./types.js" */

/** Words of field names that are not simply lower case. @type {Record<string, string>} */
const SPELLED = { id: "ID", iban: "IBAN", bic: "BIC", last4: "last 4", po: "PO", vat: "VAT", url: "URL" };

/** @type {Record<string, string>} */
const NAMES = {
  line_items: "Line items",
  tax_total: "Tax",
  discount_total: "Discount",
  charge_total: "Charges",
  key_values: "Labels and values",
};

const STATUS_WORDS = /** @type {const} */ ({
  queued: "Queued",
  processing: "Reading",
  completed: "Completed",
  partial: "Partly read",
  failed: "Failed",
  quarantined: "Quarantined",
  cancelled: "Cancelled",
});

const SOURCE_WORDS = /** @type {Record<string, string>} */ ({
  text_layer: "the document's own text",
  ocr: "the picture, by OCR",
  plain_text: "the text",
  xml: "structured data",
  header: "the message's header",
  form_field: "a form field",
  cell: "a cell",
  model: "a model",
  derived: "worked out from other values",
  memory: "earlier corrections",
  correction: "a correction",
});

/** The statuses after which nothing more happens to a run. @type {ReadonlySet<string>} */
export const TERMINAL = new Set(["completed", "partial", "failed", "quarantined", "cancelled"]);

/** @param {string} key a field's name, as in `due_date` */
export function labelOf(key) {
  const named = NAMES[key];
  if (named) return named;
  const words = key.split("_").map((word) => SPELLED[word] ?? word);
  const [first = ""] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...words.slice(1)].join(" ");
}

/** A JSON Pointer's parts. @param {string} pointer */
export function partsOf(pointer) {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A pointer one step further down. @param {string} pointer @param {string | number} part */
export function pointerTo(pointer, part) {
  return `${pointer}/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A pointer in words, as in `Line item 2, Amount`. @param {string} pointer */
export function nameOf(pointer) {
  /** @type {string[]} */
  const names = [];
  for (const part of partsOf(pointer)) {
    const last = names.length - 1;
    if (/^\d+$/.test(part) && last >= 0) names[last] = `${singular(names[last] ?? "")} ${Number(part) + 1}`;
    else names.push(labelOf(part));
  }
  return names.join(", ");
}

/** One of a list, as in `Line item`. @param {string} plural */
export function singular(plural) {
  return plural === "Taxes" ? "Tax" : plural.replace(/s$/, "");
}

/** @param {unknown} value */
export function valueText(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * A value as a person reads it: a code that no paper prints (`credit_note`, `female`) in words.
 * @param {unknown} value
 * @param {string | null | undefined} content what is printed of it
 */
export function shownText(value, content) {
  const text = valueText(value);
  const isCode = /^[a-z]+(?:_[a-z]+)+$/.test(text);
  // A word that is printed with a capital, or as another word, stands for itself nowhere.
  const isWord = /^[a-z]{4,}$/.test(text) && typeof content === "string" && !content.includes(text);
  return isCode || isWord ? labelOf(text) : text;
}

/**
 * A document's type in words. A file of pages that are several documents is no archive to a person.
 * @param {{ type: string | null, page_count: number | null }} view
 */
export function typeText({ type, page_count: pages }) {
  if (type === "archive" && pages) return "Several documents";
  return type ? labelOf(type) : "";
}

/** Pages by number, as in `Pages 3–5`. @param {readonly [number, number] | undefined} pages */
export function pagesText(pages) {
  if (!pages) return "";
  const [from, to] = pages;
  return from === to ? `Page ${from}` : `Pages ${from}–${to}`;
}

/** @param {number} confidence 0..1 @returns {"high" | "medium" | "low"} */
export function levelOf(confidence) {
  if (confidence >= 0.85) return "high";
  return confidence >= 0.6 ? "medium" : "low";
}

/** Never rounded up to certainty. @param {number} share 0..1 */
export function percent(share) {
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100}%`;
}

/** @param {string} status */
export function statusWord(status) {
  return STATUS_WORDS[/** @type {DocumentStatus} */ (status)] ?? labelOf(status);
}

/** @param {string} source */
export function sourceWord(source) {
  return SOURCE_WORDS[source] ?? labelOf(source).toLowerCase();
}

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {number} ms */
export function durationText(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** @param {number} count @param {string} noun */
export function countText(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** How long ago, and past a day the date. @param {string} iso @param {number} nowMs */
export function agoText(iso, nowMs) {
  const seconds = Math.round((nowMs - Date.parse(iso)) / 1000);
  if (seconds < 45) return "just now";
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  return new Date(iso).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}

/** Why a person should look, in words. @param {string} reason as in `low_confidence:/total` */
export function reasonText(reason) {
  const [kind = "", ...rest] = reason.split(":");
  const about = rest.join(":");
  if (kind === "check_failed") return `Check failed: ${labelOf(about)}`;
  if (kind === "low_confidence") return `Not sure: ${nameOf(about)}`;
  return REASON_WORDS[kind] ?? labelOf(reason);
}

/** @type {Record<string, string>} */
const REASON_WORDS = {
  incomplete_reading: "Not all of it was read",
  nothing_found: "No value was found",
  currencies_differ: "Its sums are in two currencies",
  language_unknown: "It is in a language that Docket has no labels of",
  totals_differ: "It has totals that differ",
  words_differ: "Its total in words is not the one in figures",
  pages_not_sent: "Pages are missing",
  values_left_out: "It holds more than is listed here",
};
