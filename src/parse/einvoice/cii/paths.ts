/** Elements of the three generations of the syntax: ZUGFeRD 1 names first what D16B and Order-X name second. */
export const CONTEXT = "SpecifiedExchangedDocumentContext|ExchangedDocumentContext";
export const HEADER = "HeaderExchangedDocument|ExchangedDocument";
export const TRADE = "SpecifiedSupplyChainTradeTransaction|SupplyChainTradeTransaction";
export const AGREEMENT = `${TRADE}/ApplicableSupplyChainTradeAgreement|ApplicableHeaderTradeAgreement`;
export const DELIVERY = `${TRADE}/ApplicableSupplyChainTradeDelivery|ApplicableHeaderTradeDelivery`;
export const SETTLEMENT = `${TRADE}/ApplicableSupplyChainTradeSettlement|ApplicableHeaderTradeSettlement`;

export const LINE_AGREEMENT = "SpecifiedSupplyChainTradeAgreement|SpecifiedLineTradeAgreement";
export const LINE_DELIVERY = "SpecifiedSupplyChainTradeDelivery|SpecifiedLineTradeDelivery";
export const LINE_SETTLEMENT = "SpecifiedSupplyChainTradeSettlement|SpecifiedLineTradeSettlement";

/** The number of a document that is referred to. */
export const REFERENCE = "IssuerAssignedID|ID";
export const RATE = "ApplicablePercent|RateApplicablePercent";

const INNER = "DateTimeString|DateString|DateTime|Date";

/** Where a date stands: in a string with a format inside its element, or in the element itself. */
export function dateAt(path: string): string[] {
  const own = INNER.split("|")
    .map((name) => `[!${name}]`)
    .join("");
  return [`${path}/${INNER}`, `${path}${own}`];
}
