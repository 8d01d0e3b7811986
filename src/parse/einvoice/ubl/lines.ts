import { group, type Rule, term } from "../mapping.ts";
import { lineAdjustments } from "./amounts.ts";

/** BG-31 with BG-32, at an `Item`. */
function item(path: string): Rule {
  return group(
    "BG-31",
    path,
    term("BT-153", "Name"),
    term("BT-154", "Description"),
    term("BT-155", "SellersItemIdentification/ID"),
    term("BT-156", "BuyersItemIdentification/ID"),
    term("BT-157", "StandardItemIdentification/ID"),
    term("BT-158", "CommodityClassification/ItemClassificationCode"),
    term("BT-159", "OriginCountry/IdentificationCode"),
    group(
      "BG-32",
      "AdditionalItemProperty",
      term("BT-160", "Name"),
      term("BT-161", ["Value", ".[!Value]/ValueQuantity"]),
    ),
  );
}

/** What an item has beyond the model, behind its path; it is asked for with the line. */
function itemBeyond(path: string): Rule[] {
  return [
    term("manufacturer_id", `${path}/ManufacturersItemIdentification/ID`),
    term("lot_number", `${path}/ItemInstance/LotIdentification/LotNumberID`),
    term("serial_number", `${path}/ItemInstance/SerialID`),
  ];
}

/** BG-29, at a `Price`. */
function price(path: string): Rule {
  return group(
    "BG-29",
    path,
    term("BT-146", "PriceAmount"),
    term("BT-147", "AllowanceCharge/Amount"),
    term("BT-148", "AllowanceCharge/BaseAmount"),
    term("BT-149", "BaseQuantity"),
    term("BT-150", "BaseQuantity/@unitCode"),
  );
}

/** BG-30, at a `ClassifiedTaxCategory`. */
function lineTax(path: string): Rule {
  return group("BG-30", path, term("BT-151", "ID"), term("BT-152", "Percent"));
}

const invoiceLine: readonly Rule[] = [
  term("BT-126", "ID"),
  term("BT-127", "Note"),
  term("BT-128", "DocumentReference/ID"),
  term("BT-129", "InvoicedQuantity|CreditedQuantity"),
  term("BT-130", "InvoicedQuantity|CreditedQuantity/@unitCode"),
  term("BT-131", "LineExtensionAmount"),
  term("tax_amount", "TaxTotal/TaxAmount"),
  term("BT-132", "OrderLineReference/LineID"),
  term("order_number", "OrderLineReference/OrderReference/ID"),
  term("BT-133", "AccountingCost"),
  term("delivery_date", "Delivery/ActualDeliveryDate"),
  term("despatch_number", "DespatchLineReference/DocumentReference/ID"),
  group("BG-26", "InvoicePeriod[StartDate,EndDate]", term("BT-134", "StartDate"), term("BT-135", "EndDate")),
  ...lineAdjustments(""),
  price("Price"),
  lineTax("Item/ClassifiedTaxCategory"),
  item("Item"),
  ...itemBeyond("Item"),
];

/** Lines inside lines (an extension of XRechnung), three deep at most. */
function subLines(depth: number): Rule {
  return group(
    "sub_line",
    "SubInvoiceLine|SubCreditNoteLine",
    ...invoiceLine,
    ...(depth > 1 ? [subLines(depth - 1)] : []),
  );
}

/** BG-25 of an invoice or a credit note. */
export const invoiceLines: Rule = group("BG-25", "InvoiceLine|CreditNoteLine", ...invoiceLine, subLines(3));

/** When goods are promised, asked for or were delivered, in this order: the last day of a span. */
const lineDelivery = term(
  "delivery_date",
  ["Promised", "Requested"]
    .flatMap((kind) => [
      `LineItem/Delivery/${kind}DeliveryPeriod/EndDate`,
      `LineItem/Delivery/${kind}DeliveryPeriod[!EndDate]/StartDate`,
    ])
    .concat("LineItem/Delivery/RequestedDeliveryDate", "LineItem/Delivery/ActualDeliveryDate"),
  { first: true },
);

/** BG-25 of an order and of what answers or changes it; the line's own elements stand in its `LineItem`. */
export const orderLines: Rule = group(
  "BG-25",
  "OrderLine",
  term("BT-126", "LineItem/ID"),
  term("BT-127", ["Note", "LineItem/Note"]),
  term("BT-129", "LineItem/Quantity"),
  term("BT-130", "LineItem/Quantity/@unitCode"),
  term("BT-131", "LineItem/LineExtensionAmount"),
  term("tax_amount", ["LineItem/TotalTaxAmount", "LineItem[!TotalTaxAmount]/TaxTotal/TaxAmount"]),
  term("BT-132", "OrderLineReference/LineID"),
  term("BT-133", "LineItem/AccountingCost"),
  term("line_status_code", "LineItem/LineStatusCode"),
  lineDelivery,
  ...lineAdjustments("LineItem/"),
  price("LineItem/Price"),
  lineTax("LineItem/Item/ClassifiedTaxCategory"),
  item("LineItem/Item"),
  ...itemBeyond("LineItem/Item"),
);

/** BG-25 of a despatch advice. */
export const despatchLines: Rule = group(
  "BG-25",
  "DespatchLine",
  term("BT-126", "ID"),
  term("BT-127", ["Note", "OutstandingReason"]),
  term("BT-129", "DeliveredQuantity"),
  term("BT-130", "DeliveredQuantity/@unitCode"),
  term("outstanding_quantity", "OutstandingQuantity"),
  term("BT-132", "OrderLineReference/LineID"),
  term("order_number", "OrderLineReference/OrderReference/ID"),
  term("tracking_number", "Shipment/TransportHandlingUnit/ID"),
  item("Item"),
  ...itemBeyond("Item"),
);

/** BG-25 of a catalogue. */
export const catalogueLines: Rule = group(
  "BG-25",
  "CatalogueLine",
  term("BT-126", "ID"),
  term("BT-127", "Note"),
  term("BT-129", "ContentUnitQuantity"),
  term("BT-130", ["ContentUnitQuantity/@unitCode", ".[!ContentUnitQuantity]/OrderableUnit"]),
  term("line_status_code", "ActionCode"),
  price("RequiredItemLocationQuantity/Price"),
  lineTax("Item/ClassifiedTaxCategory"),
  item("Item"),
  ...itemBeyond("Item"),
);
