import type { DocumentType } from "../model/extraction.ts";
import type { Extractor } from "./define.ts";
import { creditNote } from "./kinds/credit-note.ts";
import { generic } from "./kinds/generic.ts";
import { invoice } from "./kinds/invoice.ts";
import { purchaseOrder } from "./kinds/purchase-order.ts";
import { receipt } from "./kinds/receipt.ts";

/** Every document type's definition; a type without one does not compile. */
export const extractors = {
  invoice,
  credit_note: creditNote,
  receipt,
  purchase_order: purchaseOrder,
  generic,
} as const satisfies Record<DocumentType, Extractor>;
