import type { Check, DocumentType } from "../../model/extraction.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { Group, StructuredDocument, StructuredKind } from "../../model/structured.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import { checkAgreement } from "./agree.ts";
import { draftInvoice } from "./invoice.ts";
import { draftDespatchAdvice, draftOrder, draftOrderResponse } from "./orders.ts";
import { Printed } from "./printed.ts";
import { Sheet } from "./sheet.ts";

type Drafting = (sheet: Sheet, root: Group) => void;

/** How each kind fills the schema of the types it may be read as. */
const DRAFTINGS: Readonly<Partial<Record<StructuredKind, Partial<Record<DocumentType, Drafting>>>>> = {
  invoice: { invoice: draftInvoice, credit_note: draftInvoice },
  credit_note: { invoice: draftInvoice, credit_note: draftInvoice },
  order: { purchase_order: draftOrder },
  order_change: { purchase_order: draftOrder },
  order_cancellation: { purchase_order: draftOrder },
  order_response: { order_response: draftOrderResponse },
  despatch_advice: { despatch_advice: draftDespatchAdvice },
};

/** The structured document that a type is read from: the first that has its data. */
export function structuredFor(
  documents: readonly StructuredDocument[],
  type: DocumentType,
): StructuredDocument | null {
  return documents.find(({ kind }) => DRAFTINGS[kind]?.[type] !== undefined) ?? null;
}

/** What the pages of the same document say, beside the structure. */
interface PageSide {
  readonly parsed: ParsedDocument;
  /** Null where the pages are made from the structure itself: they print its values as they are. */
  readonly reading: Reading | null;
  /** What the pages' own reading gives. */
  readonly page: readonly DraftValue[];
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
}

/**
 * Every value of a structured document under the fields of a type's schema, with its place on the pages that print
 * it, and whether those pages agree. Lines that the structure leaves to the pages (Factur-X MINIMUM and BASIC WL), and
 * required values that it lacks, are the pages'.
 */
export function readStructuredDocument(
  document: StructuredDocument,
  type: DocumentType,
  { parsed, reading, page, required }: PageSide,
): { values: DraftValue[]; checks: Check[] } {
  const printed = new Printed(parsed, reading, page);
  const sheet = new Sheet(document, printed.locate);
  DRAFTINGS[document.kind]?.[type]?.(sheet, document.root);
  const values = [...sheet.values];
  const checks = document.attachment === null ? [] : [checkAgreement(parsed, values, page, printed)];
  const left = (draft: DraftValue): boolean => required.includes(draft.pointer);
  values.push(...page.filter(values.some(isLine) ? left : (draft) => left(draft) || isLine(draft)));
  return { values, checks };
}

function isLine({ pointer }: DraftValue): boolean {
  return pointer.startsWith("/line_items/");
}
