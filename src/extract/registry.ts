import type { DocumentType } from "../model/extraction.ts";
import type { Extractor } from "./define.ts";
import { deliveryNote } from "./kinds/delivery-note.ts";
import { utilityBill } from "./kinds/utility-bill.ts";
import { bankStatement } from "./kinds/bank-statement.ts";
import { payStub } from "./kinds/pay-stub.ts";
import { contract } from "./kinds/contract.ts";
import { legalDocument } from "./kinds/legal-document.ts";
import { medicalRecord } from "./kinds/medical-record.ts";
import { idDocument } from "./kinds/id-document.ts";
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
  delivery_note: deliveryNote,
  utility_bill: utilityBill,
  bank_statement: bankStatement,
  pay_stub: payStub,
  contract,
  legal_document: legalDocument,
  medical_record: medicalRecord,
  id_document: idDocument,
  form,
  email,
  archive,
  generic,
} as const satisfies Record<DocumentType, Extractor>;
