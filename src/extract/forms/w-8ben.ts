import { digits, inline, type NamedForm, text } from "./define-form.ts";

/** Form W-8BEN for individuals, revisions from 2014 on. Names are those of the labelled sets of this form. */
export const w8ben: NamedForm = {
  id: "W-8BEN",
  title:
    "Certificate of Foreign Status of Beneficial Owner for United States Tax Withholding and Reporting (Individuals)",
  marks: [["certificate of foreign status of beneficial owner"], ["for use by individuals", "individuals"]],
  yearly: false,
  fields: [
    text("Name", "name of individual who is the beneficial owner", { acro: /\bf_1\[0\]$/ }),
    text("Citizenship", "country of citizenship", { acro: /\bf_2\[0\]$/ }),
    text("PermanentStreetAddress", "permanent residence address", { acro: /\bf_3\[0\]$/ }),
    text("PermanentCityState", "city or town state or province", {
      after: "permanent residence address",
      acro: /\bf_4\[0\]$/,
    }),
    text("PermanentCountry", "country", { after: "permanent residence address", acro: /\bf_5\[0\]$/ }),
    text("MailingStreetAddress", "mailing address if different", { acro: /\bf_6\[0\]$/ }),
    text("MailingCityState", "city or town state or province", {
      after: "mailing address if different",
      acro: /\bf_7\[0\]$/,
    }),
    text("MailingCountry", "country", { after: "mailing address if different", acro: /\bf_8\[0\]$/ }),
    digits("SSN_ITIN", "u.s. taxpayer identification number", { acro: /\bf_9\[0\]$/ }),
    text("ForeignTaxIdentifyingNumber", "foreign tax identifying number", { acro: /\bf_10\[0\]$/ }),
    text("ReferenceNumber", ["reference numbers see", "reference number s see"], { acro: /\bf_11\[0\]$/ }),
    text("DateOfBirth", "date of birth", { acro: /\bf_12\[0\]$/ }),
    inline(
      "ClaimBenefitResident",
      ["i certify that the beneficial owner is a resident of", "beneficial owner is a resident of"],
      {
        acro: /\bf_13\[0\]$/,
      },
    ),
    inline("ArticleParagraph", "of the treaty identified on line 9", { side: "left", acro: /\bf_14\[0\]$/ }),
    inline("Rate", "rate of withholding on", { side: "left", acro: /\bf_15\[0\]$/ }),
    text("TypeOfIncome", "rate of withholding on", { wide: true, acro: /\bf_16\[0\]$/ }),
    inline("AdditionialConditions", "the beneficial owner meets to be eligible"),
    text("AdditionialConditions", "explain the additional conditions", {
      wide: true,
      acro: /\bf_1[789]\[0\]$/,
    }),
    inline("Date", "date mm-dd-yyyy", {
      side: "above",
      after: "under penalties of perjury",
      acro: /\bDate\[0\]$/,
    }),
    inline("NameOfSigner", "print name of signer", { side: "above", acro: /\bf_21\[0\]$/ }),
    inline("Capacity", "capacity in which acting", { side: "above", acro: /\bf_22\[0\]$/ }),
  ],
  sections: [
    "part i",
    "part ii",
    "part iii",
    "identification of beneficial owner",
    "claim of tax treaty benefits",
    "under penalties of perjury i declare",
  ],
  printed: [
    "within the meaning of the income tax",
    "treaty between the united states",
    "special rates and conditions",
    "above to claim a",
    "certification",
    "sign here",
    "signature of beneficial owner",
    "check if ftin not legally required",
    "for paperwork reduction act notice",
    "i certify that i have the capacity",
  ],
};
