import type { Check } from "../../model/extraction.ts";
import { foldKey } from "../../model/fold.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Printed } from "./printed.ts";
import type { ValueForm } from "./sheet.ts";

/** What page and XML are compared in: what is paid, to whom, when, and for which document. */
const COMPARED: readonly (readonly [string, ValueForm])[] = [
  ["/invoice_number", "text"],
  ["/invoice_date", "date"],
  ["/currency", "text"],
  ["/tax_total", "amount"],
  ["/total", "amount"],
  ["/vendor/name", "text"],
  ["/bank_accounts/0/iban", "text"],
];

/** From here on a reading of the page is believed against the XML. */
const CONFIDENT = 0.7;

/**
 * Whether the pages of a document show what the XML inside it says. A value that is printed anywhere agrees; one
 * that is not, while the page is read as saying another one, does not. The XML's value stands either way.
 */
export function checkAgreement(
  parsed: ParsedDocument,
  structured: readonly DraftValue[],
  page: readonly DraftValue[],
  printed: Printed,
): Check {
  const code = "page_agrees_with_xml";
  if (!parsed.pages.some((one) => one.source !== "xml" && one.words.length > 0)) {
    return {
      code,
      paths: [],
      verdict: "not_applicable",
      detail: "There is no page to compare the XML with.",
    };
  }
  const shown: string[] = [];
  const differing: { path: string; detail: string }[] = [];
  for (const [path, form] of COMPARED) {
    const said = structured.find((draft) => draft.pointer === path);
    if (said === undefined || said.derived === true) continue;
    const value = String(said.value);
    if (
      printed.prints({ value, form }) ||
      (form === "amount" && printed.prints({ value: negated(value), form }))
    ) {
      shown.push(path);
      continue;
    }
    const other = page.find((draft) => draft.pointer === path);
    if (other === undefined || other.confidence < CONFIDENT || alike(value, String(other.value), form))
      continue;
    differing.push({ path, detail: `${path}: the XML says ${value}, the page ${String(other.value)}` });
  }
  if (differing.length > 0) {
    const paths = differing.map(({ path }) => path);
    return { code, paths, verdict: "fail", detail: `${differing.map(({ detail }) => detail).join("; ")}.` };
  }
  if (shown.length === 0) {
    return {
      code,
      paths: [],
      verdict: "not_applicable",
      detail: "The pages show none of the values compared.",
    };
  }
  return { code, paths: shown, verdict: "pass", detail: "The pages print what the XML says." };
}

/** A credit note's amounts have a minus on one side and none on the other: the document's kind says the same. */
function negated(value: string): string {
  return value.startsWith("-") ? value.slice(1) : `-${value}`;
}

/** Names and numbers that one holds the other say the same; so do amounts and dates of one value. */
function alike(said: string, read: string, form: ValueForm): boolean {
  if (form === "amount") return Math.abs(Number(said)) === Math.abs(Number(read));
  const [a, b] = [foldKey(said), foldKey(read)];
  return a === b || (a.length >= 4 && b.includes(a)) || (b.length >= 4 && a.includes(b));
}
