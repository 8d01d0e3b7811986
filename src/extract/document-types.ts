/**
 * The document types: a line names a definition. What else has to know of a type follows from here; a new one is
 * a file in kinds/ and its line (CONTRIBUTING.md).
 */
export { invoice } from "./kinds/invoice.ts";
export { creditNote as credit_note } from "./kinds/credit-note.ts";
export { receipt } from "./kinds/receipt.ts";
export { purchaseOrder as purchase_order } from "./kinds/purchase-order.ts";
export { orderResponse as order_response } from "./kinds/order-response.ts";
export { despatchAdvice as despatch_advice } from "./kinds/despatch-advice.ts";
export { deliveryNote as delivery_note } from "./kinds/delivery-note.ts";
export { utilityBill as utility_bill } from "./kinds/utility-bill.ts";
export { bankStatement as bank_statement } from "./kinds/bank-statement.ts";
export { payStub as pay_stub } from "./kinds/pay-stub.ts";
export { contract } from "./kinds/contract.ts";
export { legalDocument as legal_document } from "./kinds/legal-document.ts";
export { medicalRecord as medical_record } from "./kinds/medical-record.ts";
export { idDocument as id_document } from "./kinds/id-document.ts";
export { form } from "./kinds/form.ts";
export { email } from "./kinds/email.ts";
export { archive } from "./kinds/archive.ts";
export { generic } from "./kinds/generic.ts";
