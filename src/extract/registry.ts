import type { DocumentType } from "../model/extraction.ts";
import type { Extractor } from "./define.ts";
import { archive } from "./kinds/archive.ts";
import { creditNote } from "./kinds/credit-note.ts";
import { despatchAdvice } from "./kinds/despatch-advice.ts";
import { email } from "./kinds/email.ts";
import { form } from "./kinds/form.ts";
import { generic } from "./kinds/generic.ts";
import { invoice } from "./kinds/invoice.ts";
import { orderResponse } from "./kinds/order-response.ts";
import { purchaseOrder } from "./kinds/purchase-order.ts";
import { receipt } from "./kinds/receipt.ts";

/** Every document type's definition; a type without one does not compile. */
export const extractors = {
  invoice,
  credit_note: creditNote,
  receipt,
  purchase_order: purchaseOrder,
  order_response: orderResponse,
  despatch_advice: despatchAdvice,
  form,
  email,
  archive,
  generic,
} as const satisfies Record<DocumentType, Extractor>;
