import type { DocumentType } from "../../model/extraction.ts";
import type { Warning } from "../../model/parsed.ts";
import { findIbans } from "./bank.ts";
import { isForeign } from "./language.ts";
import type { Money } from "./money.ts";
import type { Reading } from "./reading.ts";
import { textOf } from "./view.ts";

/** Types whose values are told by the labels of business papers. */
const LABELLED: ReadonlySet<DocumentType> = new Set([
  "invoice",
  "credit_note",
  "receipt",
  "purchase_order",
  "order_response",
  "utility_bill",
  "bank_statement",
]);
const FEWEST_AMOUNTS = 2;

/**
 * Says of a business paper that no labels of its language are known: what arithmetic and shape prove is given, the rest
 * is for a person to find. Of a paper without a kind only where its amounts add up or an IBAN stands on it.
 */
export function doubtLanguage(reading: Reading, type: DocumentType): Warning[] {
  if (!LABELLED.has(type) && type !== "generic") return [];
  const amounts = [...reading.money.values()].flat().filter(isPrinted);
  if (amounts.length < FEWEST_AMOUNTS) return [];
  if (type === "generic" && !looksLikeBill(amounts.map(({ units }) => units)) && !showsIban(reading))
    return [];
  if (!isForeign(reading.view, [...reading.labels.values()].flat())) return [];
  const message =
    "It is in a language of which no labels are known: only what arithmetic and shape tell is given.";
  return [{ code: "language_unknown", message }];
}

/** Whether a number is an amount by its look: decimals, a currency, thousands set apart. */
function isPrinted({ decimals, currency, units, piece }: Money): boolean {
  return units > 0 && (decimals === 2 || currency !== null || /\d[.,'’ ]\d{3}(?!\d)/.test(textOf(piece)));
}

/** Whether one of the greatest amounts is the sum of two others, or the greatest is printed again: as a row's and a sum. */
function looksLikeBill(units: readonly number[]): boolean {
  const most = Math.max(...units);
  if (units.length >= 4 && units.filter((size) => size === most).length >= 2) return true;
  const sizes = [...new Set(units)].sort((a, b) => b - a).slice(0, 60);
  const known = new Set(sizes);
  return sizes
    .slice(0, 3)
    .some((total) => sizes.some((part) => part < total && part * 2 !== total && known.has(total - part)));
}

function showsIban({ view }: Reading): boolean {
  return view.segments.some((segment) => findIbans(segment).some(({ valid }) => valid));
}
