import type { GroupId, TermId } from "../../../model/en16931.ts";
import { childOf, textOf, type XmlElement } from "../../xml/parse-xml.ts";
import { group, type Rule, term } from "../mapping.ts";

/** BG-16 to BG-19 at each `PaymentMeans`. */
export const payment: Rule = group(
  "BG-16",
  "PaymentMeans",
  term("BT-81", "PaymentMeansCode"),
  term("BT-82", ["PaymentMeansCode/@name", ".[!PaymentMeansCode/@name]/InstructionNote"]),
  term("BT-83", ["PaymentID", ".[!PaymentID]/InstructionID"]),
  group(
    "BG-17",
    "PayeeFinancialAccount",
    term("BT-84", "ID"),
    term("BT-85", "Name"),
    term("BT-86", [
      "FinancialInstitutionBranch/ID",
      "FinancialInstitutionBranch[!ID]/FinancialInstitution/ID",
    ]),
  ),
  group("BG-18", "CardAccount", term("BT-87", "PrimaryAccountNumberID"), term("BT-88", "HolderName")),
  group(
    "BG-19",
    "PaymentMandate",
    term("BT-89", "ID"),
    creditor(),
    term("BT-91", "PayerFinancialAccount/ID"),
  ),
  group("BG-19", ".[PaymentMeansCode=49|59][!PaymentMandate]", creditor()),
);

/** The creditor's SEPA identifier stands with the party that is paid. */
function creditor(): Rule {
  return term(
    "BT-90",
    [
      "/PayeeParty/PartyIdentification/ID[@schemeID=SEPA]",
      "/AccountingSupplierParty/Party/PartyIdentification/ID[@schemeID=SEPA]",
    ],
    { first: true },
  );
}

/** The terms of an allowance or charge: amount, base, percentage, category, rate, reason, reason code. */
type AdjustmentIds = readonly [TermId, TermId, TermId, TermId | null, TermId | null, TermId, TermId];

function adjustment(id: GroupId, path: string, ids: AdjustmentIds): Rule {
  const [amount, base, percentage, category, rate, reason, code] = ids;
  return group(
    id,
    path,
    term(amount, "Amount"),
    term(base, "BaseAmount"),
    term(percentage, "MultiplierFactorNumeric"),
    ...(category === null ? [] : [term(category, "TaxCategory/ID")]),
    ...(rate === null ? [] : [term(rate, "TaxCategory/Percent")]),
    term(reason, "AllowanceChargeReason"),
    term(code, "AllowanceChargeReasonCode"),
  );
}

/** BG-20 and BG-21. */
export const documentAdjustments: readonly Rule[] = [
  adjustment("BG-20", "AllowanceCharge[ChargeIndicator!=true|1]", [
    "BT-92",
    "BT-93",
    "BT-94",
    "BT-95",
    "BT-96",
    "BT-97",
    "BT-98",
  ]),
  adjustment("BG-21", "AllowanceCharge[ChargeIndicator=true|1]", [
    "BT-99",
    "BT-100",
    "BT-101",
    "BT-102",
    "BT-103",
    "BT-104",
    "BT-105",
  ]),
];

/** BG-27 and BG-28, behind a path to what holds them. */
export function lineAdjustments(path: string): Rule[] {
  return [
    adjustment("BG-27", `${path}AllowanceCharge[ChargeIndicator!=true|1]`, [
      "BT-136",
      "BT-137",
      "BT-138",
      null,
      null,
      "BT-139",
      "BT-140",
    ]),
    adjustment("BG-28", `${path}AllowanceCharge[ChargeIndicator=true|1]`, [
      "BT-141",
      "BT-142",
      "BT-143",
      null,
      null,
      "BT-144",
      "BT-145",
    ]),
  ];
}

const inDocument = term("BT-110", "TaxTotal/TaxAmount");
const inOther = term("BT-111", "TaxTotal/TaxAmount");

/** The tax's total is told from the one in the accounting currency (BT-6) by its currency alone. */
function taxTotals(root: XmlElement, into: Parameters<Rule>[1]): void {
  const currency = textOf(childOf(root, "DocumentCurrencyCode")).trim();
  const accounting = textOf(childOf(root, "TaxCurrencyCode")).trim();
  const isAccounting = (of: string | undefined): boolean =>
    accounting !== "" && accounting !== currency && of === accounting;
  const found: typeof into = { terms: [], groups: [] };
  inDocument(root, found);
  into.terms.push(...found.terms.filter((total) => !isAccounting(total.currency)));
  found.terms.length = 0;
  inOther(root, found);
  into.terms.push(...found.terms.filter((total) => isAccounting(total.currency)));
}

/** BG-22 of an invoice (`LegalMonetaryTotal`) or an order (`AnticipatedMonetaryTotal`). */
export const totals: Rule = group(
  "BG-22",
  ".",
  term("BT-106", "LegalMonetaryTotal|AnticipatedMonetaryTotal/LineExtensionAmount"),
  term("BT-107", "LegalMonetaryTotal|AnticipatedMonetaryTotal/AllowanceTotalAmount"),
  term("BT-108", "LegalMonetaryTotal|AnticipatedMonetaryTotal/ChargeTotalAmount"),
  term("BT-109", "LegalMonetaryTotal|AnticipatedMonetaryTotal/TaxExclusiveAmount"),
  taxTotals,
  term("BT-112", "LegalMonetaryTotal|AnticipatedMonetaryTotal/TaxInclusiveAmount"),
  term("BT-113", "LegalMonetaryTotal|AnticipatedMonetaryTotal/PrepaidAmount"),
  term("BT-114", "LegalMonetaryTotal|AnticipatedMonetaryTotal/PayableRoundingAmount"),
  term("BT-115", "LegalMonetaryTotal|AnticipatedMonetaryTotal/PayableAmount"),
);

/** BG-23 at each `TaxSubtotal` of every total. */
export const taxes: Rule = group(
  "BG-23",
  "TaxTotal/TaxSubtotal",
  term("BT-116", "TaxableAmount"),
  term("BT-117", "TaxAmount"),
  term("BT-118", "TaxCategory/ID"),
  term("BT-119", ["TaxCategory/Percent", ".[!TaxCategory/Percent]/Percent"]),
  term("BT-120", "TaxCategory/TaxExemptionReason"),
  term("BT-121", "TaxCategory/TaxExemptionReasonCode"),
);
