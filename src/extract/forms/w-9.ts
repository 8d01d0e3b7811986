import { check, digits, inline, type NamedForm, text } from "./define-form.ts";

/** Form W-9, revisions of 2011 to 2024. */
export const w9: NamedForm = {
  id: "W-9",
  title: "Request for Taxpayer Identification Number and Certification",
  marks: [
    ["request for taxpayer"],
    ["name as shown on your income tax", "exempt payee code", "backup withholding"],
  ],
  yearly: false,
  fields: [
    text("Name", ["name as shown on your income tax return", "name of entity/individual"], {
      acro: /\bf1_0?1\[0\]$/,
    }),
    text("BusinessName", "business name/disregarded entity name", { acro: /\bf1_0?2\[0\]$/ }),
    check("TaxClassifyIndividual", "individual/sole proprietor", { acro: /\bc1_0?1\[0\]$/ }),
    check("TaxClassifyCCorp", "c corporation", { acro: /\bc1_0?1\[1\]$/ }),
    check("TaxClassifySCorp", "s corporation", { acro: /\bc1_0?1\[2\]$/ }),
    check("TaxClassifyPartnership", "partnership", { acro: /\bc1_0?1\[3\]$/ }),
    check("TaxClassifyTrust", "trust/estate", { acro: /\bc1_0?1\[4\]$/ }),
    check("TaxClassifyLLC", ["limited liability company", "llc. enter the tax classification"], {
      acro: /\bc1_0?1\[5\]$/,
    }),
    inline("LLC_Classification", ["limited liability company", "llc. enter the tax classification"], {
      acro: /\bf1_0?3\[0\]$/,
    }),
    check("TaxClassifyOther", "other see instructions", { acro: /\bc1_0?1\[6\]$/ }),
    inline("OtherClassification", "other see instructions", { acro: /\bf1_0?4\[0\]$/ }),
    inline("ExemptPayeeCode", "exempt payee code", { acro: /\bf1_0?5\[0\]$/ }),
    inline("FATCA_Code", ["code if any", "exemption from fatca reporting code"], {
      after: "exempt payee code",
      acro: /\bf1_0?6\[0\]$/,
    }),
    text("Address", "address number street and apt", { acro: /\bf1_0?7\[0\]$/ }),
    text("CityStateZip", "city state and zip code", { acro: /\bf1_0?8\[0\]$/ }),
    text("RequesterNameAddress", ["requester's name and address", "requesters name and address"], {
      acro: /\bf1_0?9\[0\]$/,
    }),
    text("AccountNumbers", ["list account numbers here", "list account number s here"], {
      acro: /\bf1_10\[0\]$/,
    }),
    digits("SSN", "social security number", { acro: /\bf1_1[123]\[0\]$/ }),
    digits("EIN", "employer identification number", { acro: /\bf1_1[45]\[0\]$/ }),
    inline("Date", "date", { after: "certification instructions" }),
  ],
  sections: [
    "part i",
    "part ii",
    "taxpayer identification number tin",
    "under penalties of perjury i certify",
  ],
  printed: [
    "check appropriate box for federal tax classification",
    "check the appropriate box for federal tax classification",
    "exemptions",
    "exemption from fatca reporting",
    "note: check the appropriate box",
    "note if the account",
    "applies to accounts maintained outside",
    "or",
    "enter your tin in the appropriate box",
    "signature of u.s. person",
    "sign here",
    "general instructions",
    "purpose of form",
    "single-member llc",
    "if on line 3a you checked",
  ],
};
