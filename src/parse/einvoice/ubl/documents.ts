import type { StructuredKind } from "../../../model/structured.ts";
import { childrenOf, textOf, type XmlElement, xpathOf } from "../../xml/parse-xml.ts";
import { group, type Rule, term } from "../mapping.ts";
import { documentAdjustments, payment, taxes, totals } from "./amounts.ts";
import { catalogueLines, despatchLines, invoiceLines, orderLines } from "./lines.ts";
import {
  buyer,
  correspondent,
  delivery,
  despatchDelivery,
  orderDelivery,
  payee,
  seller,
  taxRepresentative,
} from "./parties.ts";

/** BG-1: UBL writes the subject's code into the note, `#AAC#text` (EN 16931-3-2). */
function notes(root: XmlElement, { groups }: Parameters<Rule>[1]): void {
  for (const note of childrenOf(root, "Note")) {
    const content = textOf(note).trim();
    if (content === "") continue;
    const [, code, text = content] = /^#([A-Z]{3})#(.*)$/s.exec(content) ?? [];
    const xpath = xpathOf(note);
    const subject = code === undefined ? [] : [{ id: "BT-21", value: code, content: code, xpath }];
    groups.push({
      id: "BG-1",
      xpath,
      terms: [...subject, { id: "BT-22", value: text.trim(), content, xpath }],
      groups: [],
    });
  }
}

const control = group("BG-2", ".", term("BT-23", "ProfileID"), term("BT-24", "CustomizationID"));

const supportingDocuments = group(
  "BG-24",
  "AdditionalDocumentReference[DocumentTypeCode!=130|50]",
  term("BT-122", "ID"),
  term("BT-123", "DocumentDescription"),
  term("BT-124", "Attachment/ExternalReference/URI"),
  term("BT-125", "Attachment/EmbeddedDocumentBinaryObject"),
);

const invoice: readonly Rule[] = [
  term("BT-1", "ID"),
  term("BT-2", "IssueDate"),
  term("BT-3", "InvoiceTypeCode|CreditNoteTypeCode"),
  term("BT-5", "DocumentCurrencyCode"),
  term("BT-6", "TaxCurrencyCode"),
  term("BT-7", "TaxPointDate"),
  term("BT-8", "InvoicePeriod/DescriptionCode", { first: true }),
  term("BT-9", ["DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"], { first: true }),
  term("BT-10", "BuyerReference"),
  term("BT-11", ["ProjectReference/ID", "AdditionalDocumentReference[DocumentTypeCode=50]/ID"]),
  term("BT-12", "ContractDocumentReference/ID"),
  term("BT-13", "OrderReference/ID"),
  term("BT-14", "OrderReference/SalesOrderID"),
  term("BT-15", "ReceiptDocumentReference/ID"),
  term("BT-16", "DespatchDocumentReference/ID"),
  term("BT-17", "OriginatorDocumentReference/ID"),
  term("BT-18", "AdditionalDocumentReference[DocumentTypeCode=130]/ID"),
  term("BT-19", "AccountingCost"),
  term("BT-20", "PaymentTerms/Note"),
  term("issue_time", "IssueTime"),
  control,
  notes,
  group(
    "BG-3",
    "BillingReference/InvoiceDocumentReference|CreditNoteDocumentReference",
    term("BT-25", "ID"),
    term("BT-26", "IssueDate"),
  ),
  seller("AccountingSupplierParty/Party"),
  buyer("AccountingCustomerParty/Party"),
  payee,
  taxRepresentative,
  delivery,
  payment,
  ...documentAdjustments,
  totals,
  taxes,
  supportingDocuments,
  invoiceLines,
];

/** The dates of a span at a path behind a delivery: its last day, or the only one. */
const spanPaths = (kind: string): string[] => [
  `Delivery/${kind}DeliveryPeriod/EndDate`,
  `Delivery/${kind}DeliveryPeriod[!EndDate]/StartDate`,
];

/** What an order and everything that answers it say alike. */
const trade: readonly Rule[] = [
  term("BT-5", ["DocumentCurrencyCode", ".[!DocumentCurrencyCode]/PricingCurrencyCode"]),
  term("BT-10", "BuyerReference"),
  term("BT-11", "ProjectReference/ID"),
  term("BT-12", ["Contract/ID", "ContractDocumentReference/ID"]),
  term("BT-17", "OriginatorDocumentReference/ID"),
  term("BT-19", "AccountingCost"),
  term("BT-20", "PaymentTerms/Note"),
  term("customer_reference", "CustomerReference"),
  term("issue_time", "IssueTime"),
  term("validity_start_date", "ValidityPeriod/StartDate"),
  term("validity_end_date", "ValidityPeriod/EndDate"),
  term("delivery_terms", ["DeliveryTerms/ID", "DeliveryTerms/SpecialTerms"]),
  term(
    "delivery_date",
    [
      ...spanPaths("Promised"),
      ...spanPaths("Requested"),
      "Delivery/RequestedDeliveryDate",
      "Delivery/ActualDeliveryDate",
    ],
    { first: true },
  ),
  control,
  notes,
  seller("SellerSupplierParty/Party"),
  buyer("BuyerCustomerParty/Party"),
  orderDelivery,
  payment,
  ...documentAdjustments,
  totals,
  taxes,
  supportingDocuments,
  orderLines,
];

const order: readonly Rule[] = [
  term("order_number", "ID"),
  term("order_date", "IssueDate"),
  term("order_type_code", "OrderTypeCode"),
  term("quotation_number", "QuotationDocumentReference/ID"),
  term("referenced_document_number", "OrderDocumentReference/ID"),
  term("BT-14", "SalesOrderID"),
  ...trade,
];

const orderChange: readonly Rule[] = [
  term("order_number", ["OrderReference/ID", ".[!OrderReference/ID]/ID"]),
  term("referenced_document_number", ".[OrderReference/ID]/ID"),
  term("order_date", "IssueDate"),
  term("sequence_number", "SequenceNumberID"),
  term("BT-14", ["SalesOrderID", "OrderReference/SalesOrderID"], { first: true }),
  ...trade,
];

const orderCancellation: readonly Rule[] = [...orderChange, term("response_reason", "CancellationNote")];

const orderResponse: readonly Rule[] = [
  term("response_number", "ID"),
  term("response_date", "IssueDate"),
  term("response_code", "OrderResponseCode"),
  term("accepted", "AcceptedIndicator"),
  term("response_reason", "RejectionNote"),
  term("order_number", "OrderReference/ID"),
  term("order_date", "OrderReference/IssueDate"),
  term("BT-14", ["SalesOrderID", "OrderReference/SalesOrderID"], { first: true }),
  ...trade,
];

const despatchAdvice: readonly Rule[] = [
  term("despatch_number", "ID"),
  term("despatch_date", ["Shipment/Delivery/Despatch/ActualDespatchDate", "IssueDate"], { first: true }),
  term("despatch_type_code", "DespatchAdviceTypeCode"),
  term("order_number", "OrderReference/ID"),
  term("order_date", "OrderReference/IssueDate"),
  term("BT-14", "OrderReference/SalesOrderID"),
  term("issue_time", "IssueTime"),
  term("shipment_number", "Shipment/ID[.!=NA]"),
  term("tracking_number", ["Shipment/Delivery/TrackingID", "Shipment/TransportHandlingUnit/ID"]),
  term("carrier_name", [
    "Shipment/Consignment/CarrierParty/PartyName/Name",
    "Shipment/Delivery/CarrierParty/PartyName/Name",
  ]),
  term("gross_weight", "Shipment/GrossWeightMeasure"),
  term(
    "delivery_date",
    [
      "Shipment/Delivery/ActualDeliveryDate",
      "Shipment/Delivery/EstimatedDeliveryPeriod/EndDate",
      "Shipment/Delivery/EstimatedDeliveryPeriod/StartDate",
      "Shipment/Delivery/EstimatedDeliveryDate",
      "Shipment/Delivery/RequestedDeliveryPeriod/EndDate",
    ],
    { first: true },
  ),
  control,
  notes,
  seller("SellerSupplierParty/Party"),
  seller(".[!SellerSupplierParty]/DespatchSupplierParty/Party"),
  buyer("BuyerCustomerParty/Party"),
  buyer(".[!BuyerCustomerParty]/DeliveryCustomerParty/Party"),
  correspondent("shipper", ".[SellerSupplierParty]/DespatchSupplierParty/Party"),
  despatchDelivery,
  supportingDocuments,
  despatchLines,
];

const applicationResponse: readonly Rule[] = [
  term("response_number", "ID"),
  term("response_date", "IssueDate"),
  term("issue_time", "IssueTime"),
  control,
  notes,
  correspondent("sender", "SenderParty"),
  correspondent("receiver", "ReceiverParty"),
  group(
    "document_response",
    "DocumentResponse",
    term("response_code", "Response/ResponseCode"),
    term("response_reason", ["Response/Description", "Response/Status/StatusReason"]),
    term("referenced_document_number", "DocumentReference/ID"),
    term("referenced_document_type", "DocumentReference/DocumentTypeCode"),
  ),
];

const catalogue: readonly Rule[] = [
  term("catalogue_number", "ID"),
  term("catalogue_date", "IssueDate"),
  term("document_name", "Name"),
  term("validity_start_date", "ValidityPeriod/StartDate"),
  term("validity_end_date", "ValidityPeriod/EndDate"),
  control,
  notes,
  correspondent("sender", "ProviderParty"),
  correspondent("receiver", "ReceiverParty"),
  seller("SellerSupplierParty/Party"),
  catalogueLines,
];

/** UBL 2.x documents by their root element, without its prefix. */
export const UBL_DOCUMENTS: ReadonlyMap<
  string,
  { readonly kind: StructuredKind; readonly rules: readonly Rule[] }
> = new Map([
  ["Invoice", { kind: "invoice", rules: invoice }],
  ["CreditNote", { kind: "credit_note", rules: invoice }],
  ["SelfBilledInvoice", { kind: "invoice", rules: invoice }],
  ["SelfBilledCreditNote", { kind: "credit_note", rules: invoice }],
  ["Order", { kind: "order", rules: order }],
  ["OrderChange", { kind: "order_change", rules: orderChange }],
  ["OrderCancellation", { kind: "order_cancellation", rules: orderCancellation }],
  ["OrderResponse", { kind: "order_response", rules: orderResponse }],
  ["OrderResponseSimple", { kind: "order_response", rules: orderResponse }],
  ["DespatchAdvice", { kind: "despatch_advice", rules: despatchAdvice }],
  ["ApplicationResponse", { kind: "application_response", rules: applicationResponse }],
  ["Catalogue", { kind: "catalogue", rules: catalogue }],
]);
