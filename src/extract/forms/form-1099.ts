import { check, digits, type FormFieldSpec, type NamedForm, text } from "./define-form.ts";

const PAYER = "payer's name street address city or town";

/** What all forms of the series 1099 begin with. */
const PARTIES: readonly FormFieldSpec[] = [
  text("PayerName", [PAYER, "payers name street address city or town"], {
    more: ["or foreign postal code", "and telephone no", "zip or foreign postal code"],
    lines: "first",
  }),
  text("PayerAddress", [PAYER, "payers name street address city or town"], {
    more: ["or foreign postal code", "and telephone no", "zip or foreign postal code"],
    lines: "rest",
  }),
  text("PayerTIN", ["payer's tin", "payer's federal identification number"]),
  text("RecipientTIN", ["recipient's tin", "recipient's identification number"]),
  text("RecipientName", "recipient's name"),
  text("RecipientAddress", "street address including apt"),
  text("RecipientAddress", [
    "city or town state or province country",
    "city or town province or state country",
  ]),
  text("AccountNumber", "account number see instructions"),
  check("FATCA", "fatca filing", { more: ["requirement"] }),
  check("2ndTIN", "2nd tin not"),
  check("Void", "void"),
  check("Corrected", "corrected"),
];

const PRINTED: readonly string[] = [
  "omb no",
  "form 1099",
  "copy a",
  "copy b",
  "copy c",
  "copy 1",
  "copy 2",
  "for payer",
  "for recipient",
  "for state tax department",
  "department of the treasury",
  "this is important tax",
  "for privacy act",
  "reduction act",
  "notice see the",
  "general instructions",
  "to be filed with recipient's",
];

function state(first: number): FormFieldSpec[] {
  return [
    text("StateTaxWithheld", [`${first} state tax withheld`, "state tax withheld"]),
    text("StateNo", [
      `${first + 1} state/payer's state no`,
      "state/payer's state no",
      "state identification no",
      "payer's state no",
    ]),
    text("StateIncome", [`${first + 2} state income`, "state income"]),
  ];
}

function form1099(
  letters: string,
  title: string,
  marks: readonly string[],
  fields: readonly FormFieldSpec[],
): NamedForm {
  return {
    id: `1099-${letters}`,
    title,
    marks: [[`1099-${letters.toLowerCase()}`, `1099 ${letters.toLowerCase()}`], marks],
    yearly: true,
    fields: [...PARTIES, ...fields],
    printed: PRINTED,
    sections: [],
  };
}

export const misc1099 = form1099(
  "MISC",
  "Miscellaneous Information",
  ["rents", "royalties"],
  [
    text("Rents", "rents"),
    text("Royalties", "royalties"),
    text("OtherIncome", "other income"),
    text("FederalIncomeTaxWithheld", "federal income tax withheld"),
    text("FishingBoatProceeds", "fishing boat proceeds"),
    text("MedicalHealthCarePayments", "medical and health care payments"),
    text("NonemployeeCompensation", "nonemployee compensation"),
    check("DirectSale5000", "payer made direct sales", {
      more: [
        "totaling 5000 or more of",
        "consumer products to",
        "recipient for resale",
        "of 5000 or more of",
      ],
    }),
    text("SubstitutePayments", "substitute payments in lieu of", { more: ["dividends or interest"] }),
    text("CropInsuranceProceeds", "crop insurance proceeds"),
    text("GrossProceedsAttorney", "gross proceeds paid to an", { more: ["attorney"] }),
    text("FishResale", "fish purchased for resale"),
    text("409ADeferrals", "section 409a deferrals"),
    text("409AIncome", "section 409a income"),
    text("ExcessGoldenParachutePayments", "excess golden parachute", { more: ["payments"] }),
    text("NonqualifiedDeferredCompensation", "nonqualified deferred", { more: ["compensation"] }),
    ...state(15),
  ],
);

export const nec1099 = form1099(
  "NEC",
  "Nonemployee Compensation",
  ["nonemployee compensation"],
  [
    text("NonemployeeCompensation", "1 nonemployee compensation"),
    check("DirectSale5000", "payer made direct sales", {
      more: ["consumer products to recipient for resale", "totaling 5000 or more of"],
    }),
    text("ExcessGoldenParachutePayments", "excess golden parachute payments"),
    text("FederalIncomeTaxWithheld", "federal income tax withheld"),
    ...state(5),
  ],
);

export const int1099 = form1099(
  "INT",
  "Interest Income",
  ["interest income"],
  [
    text("PayerRTN", "payer's rtn"),
    text("InterestIncome", "1 interest income"),
    text("EarlyWithdrawalPenalty", "early withdrawal penalty"),
    text("InterestUSSavingsBonds", "interest on u.s. savings bonds"),
    text("FederalIncomeTaxWithheld", "federal income tax withheld"),
    text("InvestmentExpenses", "investment expenses"),
    text("ForeignTaxPaid", "foreign tax paid"),
    text("ForeignCountry", "foreign country or u.s. territory"),
    text("TaxExemptInterest", "tax-exempt interest"),
    text("SpecifiedPrivateActivityBondInterest", "specified private activity bond", { more: ["interest"] }),
    text("MarketDiscount", "market discount"),
    text("BondPremium", "11 bond premium"),
    text("BondPremiumTreasury", "bond premium on treasury obligations"),
    text("BondPremiumTaxExempt", "bond premium on tax-exempt bond"),
    text("BondCusipNo", "tax-exempt and tax credit", { more: ["bond cusip no"] }),
  ],
);

export const div1099 = form1099(
  "DIV",
  "Dividends and Distributions",
  ["total ordinary dividends"],
  [
    text("TotalOrdinaryDividends", "total ordinary dividends"),
    text("QualifiedDividends", "qualified dividends"),
    text("TotalCapitalGainDistribution", "total capital gain distr"),
    text("UnrecapturedSection1250Gain", "unrecap sec 1250 gain"),
    text("Section1202Gain", "section 1202 gain"),
    text("CollectiblesGain", "collectibles 28% gain"),
    text("Section897OrdinaryDividends", "section 897 ordinary dividends"),
    text("Section897CapitalGain", "section 897 capital gain"),
    text("NondividendDistributions", "nondividend distributions"),
    text("FederalIncomeTaxWithheld", "federal income tax withheld"),
    text("Section199ADividends", "section 199a dividends"),
    text("InvestmentExpenses", "investment expenses"),
    text("ForeignTaxPaid", "foreign tax paid"),
    text("ForeignCountry", "foreign country or u.s. possession"),
    text("CashLiquidationDistributions", "cash liquidation distributions"),
    text("NoncashLiquidationDistributions", "noncash liquidation distributions"),
    text("ExemptInterestDividends", "exempt-interest dividends"),
    text("SpecifiedPrivateActivityBondDividends", "specified private activity", {
      more: ["bond interest dividends"],
    }),
  ],
);

export const r1099 = form1099(
  "R",
  "Distributions From Pensions, Annuities, Retirement or Profit-Sharing Plans",
  ["gross distribution"],
  [
    text("GrossDistribution", "gross distribution"),
    text("TaxableAmount", "2a taxable amount"),
    check("TaxableAmountNotDetermined", "taxable amount not determined", { more: ["not determined"] }),
    check("TotalDistribution", "total distribution", { more: ["distribution"] }),
    text("CapitalGain", "capital gain included in"),
    text("FederalIncomeTaxWithheld", "federal income tax", { more: ["withheld"] }),
    text("EmployeeContributions", "employee contributions"),
    text("NetUnrealizedAppreciation", "net unrealized"),
    digits("DistributionCode", "distribution"),
  ],
);

export const g1099 = form1099(
  "G",
  "Certain Government Payments",
  ["unemployment compensation"],
  [
    text("UnemploymentCompensation", "unemployment compensation"),
    text("StateLocalTaxRefunds", "state or local income tax", { more: ["refunds credits or offsets"] }),
    text("TaxYearOfRefund", "box 2 amount is for tax year"),
    text("FederalIncomeTaxWithheld", "federal income tax withheld"),
    text("RTAAPayments", "rtaa payments"),
    text("TaxableGrants", "taxable grants"),
    text("AgriculturePayments", "agriculture payments"),
    text("MarketGain", "market gain"),
  ],
);

export const forms1099: readonly NamedForm[] = [misc1099, nec1099, int1099, div1099, g1099, r1099];
