import { group, type Rule, term } from "../mapping.ts";
import { lineAdjustments } from "./amounts.ts";
import { dateAt, LINE_AGREEMENT, LINE_DELIVERY, LINE_SETTLEMENT, RATE, REFERENCE, TRADE } from "./paths.ts";

const QUANTITY = `${LINE_DELIVERY}/BilledQuantity`;
const ORDERED = [
  `${LINE_DELIVERY}[!BilledQuantity]/AgreedQuantity`,
  `${LINE_DELIVERY}[!BilledQuantity][!AgreedQuantity]/RequestedQuantity`,
];
const NET = `${LINE_AGREEMENT}/NetPriceProductTradePrice`;
const GROSS = `${LINE_AGREEMENT}/GrossPriceProductTradePrice`;

const price = group(
  "BG-29",
  ".",
  term("BT-146", `${NET}/ChargeAmount`),
  term("BT-147", `${GROSS}/AppliedTradeAllowanceCharge[ChargeIndicator!=true|1]/ActualAmount`),
  term("BT-148", `${GROSS}/ChargeAmount`),
  term("BT-149", [`${NET}/BasisQuantity`, `${GROSS}/BasisQuantity`], { first: true }),
  term("BT-150", [`${NET}/BasisQuantity/@unitCode`, `${GROSS}/BasisQuantity/@unitCode`], { first: true }),
);

const PRODUCT = "SpecifiedTradeProduct";
const item = group(
  "BG-31",
  PRODUCT,
  term("BT-153", "Name"),
  term("BT-154", "Description"),
  term("BT-155", "SellerAssignedID"),
  term("BT-156", "BuyerAssignedID"),
  term("BT-157", "GlobalID"),
  term("BT-158", "DesignatedProductClassification/ClassCode"),
  term("BT-159", "OriginTradeCountry/ID"),
  group(
    "BG-32",
    "ApplicableProductCharacteristic",
    term("BT-160", ["Description", ".[!Description]/TypeCode"]),
    term("BT-161", ["Value", ".[!Value]/ValueMeasure"]),
  ),
);

/** BG-25. */
export const lines: Rule = group(
  "BG-25",
  `${TRADE}/IncludedSupplyChainTradeLineItem`,
  term("BT-126", "AssociatedDocumentLineDocument/LineID"),
  term("parent_line", "AssociatedDocumentLineDocument/ParentLineID"),
  term("line_status_code", [
    "AssociatedDocumentLineDocument/LineStatusReasonCode",
    "AssociatedDocumentLineDocument[!LineStatusReasonCode]/LineStatusCode",
  ]),
  term("BT-127", "AssociatedDocumentLineDocument/IncludedNote/Content"),
  term("BT-128", `${LINE_SETTLEMENT}/AdditionalReferencedDocument[TypeCode=130]/${REFERENCE}`, {
    scheme: "ReferenceTypeCode",
  }),
  term("BT-129", [QUANTITY, ...ORDERED]),
  term(
    "BT-130",
    [QUANTITY, ...ORDERED].map((path) => `${path}/@unitCode`),
  ),
  term(
    "BT-131",
    `${LINE_SETTLEMENT}/SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount`,
  ),
  term("tax_amount", `${LINE_SETTLEMENT}/ApplicableTradeTax/CalculatedAmount`),
  term("BT-132", `${LINE_AGREEMENT}/BuyerOrderReferencedDocument/LineID`),
  term("order_number", `${LINE_AGREEMENT}/BuyerOrderReferencedDocument/${REFERENCE}`),
  term("BT-133", `${LINE_SETTLEMENT}/ReceivableSpecifiedTradeAccountingAccount/ID`),
  term(
    "delivery_date",
    [
      ...dateAt(`${LINE_DELIVERY}/ActualDeliverySupplyChainEvent/OccurrenceDateTime`),
      ...dateAt(`${LINE_DELIVERY}/RequestedDeliverySupplyChainEvent/OccurrenceDateTime`),
    ],
    { first: true },
  ),
  term(
    "despatch_number",
    `${LINE_DELIVERY}/DespatchAdviceReferencedDocument|DeliveryNoteReferencedDocument/${REFERENCE}`,
  ),
  group(
    "BG-26",
    `${LINE_SETTLEMENT}/BillingSpecifiedPeriod`,
    term("BT-134", dateAt("StartDateTime")),
    term("BT-135", dateAt("EndDateTime")),
  ),
  ...lineAdjustments(LINE_SETTLEMENT),
  price,
  group(
    "BG-30",
    `${LINE_SETTLEMENT}/ApplicableTradeTax`,
    term("BT-151", "CategoryCode"),
    term("BT-152", RATE),
  ),
  item,
  term("manufacturer_id", `${PRODUCT}/ManufacturerAssignedID`),
  term("lot_number", `${PRODUCT}/IndividualTradeProductInstance/BatchID`),
  term("serial_number", `${PRODUCT}/IndividualTradeProductInstance/SupplierAssignedSerialID`),
);
