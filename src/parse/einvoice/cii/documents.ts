import type { StructuredKind } from "../../../model/structured.ts";
import { childOf, textOf, type XmlElement } from "../../xml/parse-xml.ts";
import { group, type Rule, term } from "../mapping.ts";
import { documentAdjustments, payment, taxes, totals } from "./amounts.ts";
import { lines } from "./lines.ts";
import { buyer, deliverTo, payee, seller, taxRepresentative, trader } from "./parties.ts";
import { AGREEMENT, CONTEXT, dateAt, DELIVERY, HEADER, REFERENCE, SETTLEMENT } from "./paths.ts";

/** Codes of UNTDID 2475 for when the tax is due, as the model has them (UNTDID 2005). */
const TAX_POINT_CODES = { "5": "3", "29": "35", "72": "432" };

const SUPPORTING = `${AGREEMENT}/AdditionalReferencedDocument`;

/** What invoices, orders and responses say alike. */
const trade: readonly Rule[] = [
  term("document_name", `${HEADER}/Name`),
  term("BT-5", `${SETTLEMENT}/InvoiceCurrencyCode|OrderCurrencyCode`),
  term("BT-6", `${SETTLEMENT}/TaxCurrencyCode`),
  term("BT-7", dateAt(`${SETTLEMENT}/ApplicableTradeTax/TaxPointDate`), { first: true }),
  term("BT-8", `${SETTLEMENT}/ApplicableTradeTax/DueDateTypeCode`, { first: true, codes: TAX_POINT_CODES }),
  term("BT-9", dateAt(`${SETTLEMENT}/SpecifiedTradePaymentTerms/DueDateDateTime`), { first: true }),
  term("BT-10", `${AGREEMENT}/BuyerReference`),
  term("BT-11", `${AGREEMENT}/SpecifiedProcuringProject/ID`),
  term("BT-12", `${AGREEMENT}/ContractReferencedDocument/${REFERENCE}`),
  term("BT-14", `${AGREEMENT}/SellerOrderReferencedDocument/${REFERENCE}`),
  term("BT-15", `${DELIVERY}/ReceivingAdviceReferencedDocument/${REFERENCE}`),
  term("BT-16", `${DELIVERY}/DespatchAdviceReferencedDocument/${REFERENCE}`),
  term("BT-17", `${SUPPORTING}[TypeCode=50]/${REFERENCE}`),
  term("BT-18", `${SUPPORTING}[TypeCode=130]/${REFERENCE}`, { scheme: "ReferenceTypeCode" }),
  term("BT-19", `${SETTLEMENT}/ReceivableSpecifiedTradeAccountingAccount/ID`),
  term("BT-20", `${SETTLEMENT}/SpecifiedTradePaymentTerms/Description`),
  term("quotation_number", `${AGREEMENT}/QuotationReferencedDocument/${REFERENCE}`),
  term("delivery_terms", `${AGREEMENT}/ApplicableTradeDeliveryTerms/DeliveryTypeCode`),
  term("despatch_number", `${DELIVERY}/DeliveryNoteReferencedDocument/${REFERENCE}`),
  group("BG-1", `${HEADER}/IncludedNote`, term("BT-21", "SubjectCode"), term("BT-22", "Content")),
  group(
    "BG-2",
    CONTEXT,
    term("BT-23", "BusinessProcessSpecifiedDocumentContextParameter/ID"),
    term("BT-24", "GuidelineSpecifiedDocumentContextParameter/ID"),
  ),
  group(
    "BG-3",
    `${SETTLEMENT}/InvoiceReferencedDocument`,
    term("BT-25", REFERENCE),
    term("BT-26", [...dateAt("FormattedIssueDateTime"), ...dateAt("IssueDateTime")]),
  ),
  seller(`${AGREEMENT}/SellerTradeParty`),
  buyer(`${AGREEMENT}/BuyerTradeParty`),
  payee(`${SETTLEMENT}/PayeeTradeParty`),
  trader("invoicee", `${SETTLEMENT}/InvoiceeTradeParty`),
  trader("invoicer", `${SETTLEMENT}/InvoicerTradeParty`),
  taxRepresentative(`${AGREEMENT}/SellerTaxRepresentativeTradeParty`),
  group(
    "BG-13",
    ".",
    term("BT-70", `${DELIVERY}/ShipToTradeParty/Name`),
    term("BT-71", [`${DELIVERY}/ShipToTradeParty/ID`, `${DELIVERY}/ShipToTradeParty/GlobalID`]),
    term("BT-72", dateAt(`${DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime`)),
    group(
      "BG-14",
      `${SETTLEMENT}/BillingSpecifiedPeriod`,
      term("BT-73", dateAt("StartDateTime")),
      term("BT-74", dateAt("EndDateTime")),
    ),
    deliverTo(`${DELIVERY}/ShipToTradeParty/PostalTradeAddress`),
  ),
  payment,
  group(
    "installment",
    `${SETTLEMENT}/SpecifiedTradePaymentTerms[PartialPaymentAmount]`,
    term("due_date", dateAt("DueDateDateTime")),
    term("amount", "PartialPaymentAmount"),
    term("installment_note", "Description"),
  ),
  ...documentAdjustments,
  totals,
  taxes,
  group(
    "BG-24",
    `${SUPPORTING}[TypeCode!=50|130]`,
    term("BT-122", REFERENCE),
    term("BT-123", "Name"),
    term("BT-124", "URIID"),
    term("BT-125", "AttachmentBinaryObject"),
  ),
  lines,
];

const ORDER = `${AGREEMENT}/BuyerOrderReferencedDocument`;
const ordered = [
  term("order_date", [...dateAt(`${ORDER}/FormattedIssueDateTime`), ...dateAt(`${ORDER}/IssueDateTime`)]),
];
const EVENTS = "RequestedDeliverySupplyChainEvent|ActualDeliverySupplyChainEvent";
const requested = term(
  "delivery_date",
  [
    "OccurrenceDateTime",
    "OccurrenceSpecifiedPeriod/EndDateTime",
    "OccurrenceSpecifiedPeriod/StartDateTime",
  ].flatMap((place) => dateAt(`${DELIVERY}/${EVENTS}/${place}`)),
  { first: true },
);

const invoice: readonly Rule[] = [
  term("BT-1", `${HEADER}/ID`),
  term("BT-2", dateAt(`${HEADER}/IssueDateTime`)),
  term("BT-3", `${HEADER}/TypeCode`),
  term("BT-13", `${ORDER}/${REFERENCE}`),
  ...ordered,
  ...trade,
];

const order: readonly Rule[] = [
  term("order_number", `${HEADER}/ID`),
  term("order_date", dateAt(`${HEADER}/IssueDateTime`)),
  term("order_type_code", `${HEADER}/TypeCode`),
  requested,
  ...trade,
];

const orderResponse: readonly Rule[] = [
  term("response_number", `${HEADER}/ID`),
  term("response_date", dateAt(`${HEADER}/IssueDateTime`)),
  term("response_code", `${HEADER}/StatusCode`),
  term("order_number", `${ORDER}/${REFERENCE}`),
  ...ordered,
  requested,
  ...trade,
];

/** Cross Industry Order messages by their type code (UNTDID 1001): 230 changes an order, 231 answers it. */
const ORDER_KINDS: Readonly<Record<string, { kind: StructuredKind; rules: readonly Rule[] }>> = {
  "230": { kind: "order_change", rules: order },
  "231": { kind: "order_response", rules: orderResponse },
};

/** What a root element of UN/CEFACT's Cross Industry messages is; null for any other. */
export function ciiDocument(root: XmlElement): { kind: StructuredKind; rules: readonly Rule[] } | null {
  const header = childOf(root, "ExchangedDocument") ?? childOf(root, "HeaderExchangedDocument");
  if (header === null) return null;
  const code = textOf(childOf(header, "TypeCode")).trim();
  if (root.local === "SCRDMCCBDACIOMessageStructure" || root.local === "CrossIndustryOrder") {
    return ORDER_KINDS[code] ?? { kind: "order", rules: order };
  }
  const invoices = ["CrossIndustryInvoice", "CrossIndustryDocument", "Invoice"];
  return invoices.includes(root.local) ? { kind: "invoice", rules: invoice } : null;
}
