import { bankStatement } from "./kinds/bank-statement.ts";
import { contract } from "./kinds/contract.ts";
import { deliveryNote } from "./kinds/delivery-note.ts";
import { form } from "./kinds/form.ts";
import { generic } from "./kinds/generic.ts";
import { idDocument } from "./kinds/id-document.ts";
import { creditNote, invoice } from "./kinds/invoice.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { legalDocument } from "./kinds/legal-document.ts";
import { medicalRecord } from "./kinds/medical-record.ts";
import { payStub } from "./kinds/pay-stub.ts";
import { purchaseOrder } from "./kinds/purchase-order.ts";
import { receipt } from "./kinds/receipt.ts";
import { utilityBill } from "./kinds/utility-bill.ts";

/** Every kind that can be drawn. */
export const KINDS: readonly KindSpec[] = [
  payStub,
  bankStatement,
  contract,
  legalDocument,
  medicalRecord,
  idDocument,
  utilityBill,
  deliveryNote,
  invoice,
  creditNote,
  purchaseOrder,
  receipt,
  form,
  generic,
];
