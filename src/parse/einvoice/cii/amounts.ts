import type { GroupId, TermId } from "../../../model/en16931.ts";
import type { Group, Term } from "../../../model/structured.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../xml/parse-xml.ts";
import { group, groupAt, type Rule, term } from "../mapping.ts";
import { compilePath } from "../path.ts";
import { RATE, SETTLEMENT } from "./paths.ts";

const settlements = compilePath(SETTLEMENT);

const means: readonly Rule[] = [
  term("BT-81", "TypeCode"),
  term("BT-82", "Information"),
  group(
    "BG-17",
    ".[PayeePartyCreditorFinancialAccount]",
    term("BT-84", "PayeePartyCreditorFinancialAccount/IBANID", { schemeName: "IBAN" }),
    term("BT-84", "PayeePartyCreditorFinancialAccount/ProprietaryID"),
    term("BT-85", "PayeePartyCreditorFinancialAccount/AccountName"),
    term("BT-86", "PayeeSpecifiedCreditorFinancialInstitution/BICID"),
  ),
  term("BT-86", ".[!PayeePartyCreditorFinancialAccount]/PayeeSpecifiedCreditorFinancialInstitution/BICID"),
  group(
    "BG-18",
    "ApplicableTradeSettlementFinancialCard",
    term("BT-87", "ID"),
    term("BT-88", "CardholderName"),
  ),
];

const remittance = term("BT-83", "PaymentReference");
const mandate: readonly Rule[] = [
  term("BT-89", "SpecifiedTradePaymentTerms/DirectDebitMandateID", { first: true }),
  term("BT-90", "CreditorReferenceID"),
  term("BT-91", "SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount/IBANID"),
];

/** BG-16 to BG-19. What is sent with the money and the mandate stand beside the means: they go to the means they suit. */
export function payment(root: XmlElement, into: Parameters<Rule>[1]): void {
  for (const { element } of settlements(root)) {
    const elements = childrenOf(element, "SpecifiedTradeSettlementPaymentMeans");
    const made = elements.map((own) => groupAt("BG-16", own, means));
    remittance(element, made[0] ?? into);
    const debit = groupAt("BG-19", element, mandate);
    if (debit.terms.length > 0) (made[indexOfDebit(elements)] ?? into).groups.push(debit);
    into.groups.push(...made);
  }
}

/** 49 and 59 are direct debits (UNTDID 4461). */
function indexOfDebit(elements: readonly XmlElement[]): number {
  const by = (test: (element: XmlElement) => boolean): number => elements.findIndex(test);
  const account = by((element) => childOf(element, "PayerPartyDebtorFinancialAccount") !== null);
  const code = by((element) => ["49", "59"].includes(textOf(childOf(element, "TypeCode")).trim()));
  return [account, code, 0].find((index) => index >= 0) ?? 0;
}

/** The terms of an allowance or charge: amount, base, percentage, category, rate, reason, reason code. */
type AdjustmentIds = readonly [TermId, TermId, TermId, TermId | null, TermId | null, TermId, TermId];

function adjustment(id: GroupId, path: string, ids: AdjustmentIds): Rule {
  const [amount, base, percentage, category, rate, reason, code] = ids;
  return group(
    id,
    path,
    term(amount, "ActualAmount"),
    term(base, "BasisAmount"),
    term(percentage, "CalculationPercent"),
    ...(category === null ? [] : [term(category, "CategoryTradeTax/CategoryCode", { first: true })]),
    ...(rate === null ? [] : [term(rate, `CategoryTradeTax/${RATE}`, { first: true })]),
    term(reason, "Reason"),
    term(code, "ReasonCode"),
  );
}

const IS_CHARGE = "[ChargeIndicator=true|1]";
const IS_ALLOWANCE = "[ChargeIndicator!=true|1]";

/** BG-20 and BG-21. ZUGFeRD's logistics charges are charges like others. */
export const documentAdjustments: readonly Rule[] = [
  adjustment("BG-20", `${SETTLEMENT}/SpecifiedTradeAllowanceCharge${IS_ALLOWANCE}`, [
    "BT-92",
    "BT-93",
    "BT-94",
    "BT-95",
    "BT-96",
    "BT-97",
    "BT-98",
  ]),
  adjustment("BG-21", `${SETTLEMENT}/SpecifiedTradeAllowanceCharge${IS_CHARGE}`, [
    "BT-99",
    "BT-100",
    "BT-101",
    "BT-102",
    "BT-103",
    "BT-104",
    "BT-105",
  ]),
  group(
    "BG-21",
    `${SETTLEMENT}/SpecifiedLogisticsServiceCharge`,
    term("BT-99", "AppliedAmount"),
    term("BT-102", "AppliedTradeTax/CategoryCode", { first: true }),
    term("BT-103", `AppliedTradeTax/${RATE}`, { first: true }),
    term("BT-104", "Description"),
  ),
];

/** BG-27 and BG-28, behind a path to the line's settlement. */
export function lineAdjustments(path: string): Rule[] {
  return [
    adjustment("BG-27", `${path}/SpecifiedTradeAllowanceCharge${IS_ALLOWANCE}`, [
      "BT-136",
      "BT-137",
      "BT-138",
      null,
      null,
      "BT-139",
      "BT-140",
    ]),
    adjustment("BG-28", `${path}/SpecifiedTradeAllowanceCharge${IS_CHARGE}`, [
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

const summation = group(
  "BG-22",
  `${SETTLEMENT}/SpecifiedTradeSettlementMonetarySummation|SpecifiedTradeSettlementHeaderMonetarySummation`,
  term("BT-106", "LineTotalAmount"),
  term("BT-107", "AllowanceTotalAmount"),
  term("BT-108", "ChargeTotalAmount"),
  term("BT-109", "TaxBasisTotalAmount"),
  term("BT-110", "TaxTotalAmount"),
  term("BT-112", "GrandTotalAmount"),
  term("BT-113", "TotalPrepaidAmount"),
  term("BT-114", "RoundingAmount"),
  term("BT-115", "DuePayableAmount"),
);

/** BG-22. What is given in a second currency is told from the first by its currency alone. */
export function totals(root: XmlElement, into: Parameters<Rule>[1]): void {
  const found: { terms: Term[]; groups: Group[] } = { terms: [], groups: [] };
  summation(root, found);
  const settlement = settlements(root)[0]?.element;
  const currency = textOf(
    childOf(settlement, "InvoiceCurrencyCode") ?? childOf(settlement, "OrderCurrencyCode"),
  );
  const accounting = textOf(childOf(settlement, "TaxCurrencyCode")).trim();
  for (const made of found.groups) {
    const own = made.terms.filter((one) => !isForeign(one, currency.trim(), made.terms));
    for (const one of made.terms) {
      const foreign = one.id === "BT-110" && !own.includes(one);
      if (foreign && (accounting === "" || one.currency === accounting)) own.push({ ...one, id: "BT-111" });
    }
    into.groups.push({ ...made, terms: own });
  }
}

/** Given in another currency than the document's, and given in that one too. */
function isForeign(one: Term, currency: string, all: readonly Term[]): boolean {
  if (one.currency === undefined || one.currency === currency) return false;
  return all.some((other) => other.id === one.id && (other.currency ?? currency) === currency);
}

/** BG-23. */
export const taxes: Rule = group(
  "BG-23",
  `${SETTLEMENT}/ApplicableTradeTax`,
  term("BT-116", "BasisAmount"),
  term("BT-117", "CalculatedAmount"),
  term("BT-118", "CategoryCode"),
  term("BT-119", RATE),
  term("BT-120", "ExemptionReason"),
  term("BT-121", "ExemptionReasonCode"),
);
