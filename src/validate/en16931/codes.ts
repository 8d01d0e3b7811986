import {
  ADDRESS_SCHEMES,
  ALLOWANCE_REASONS,
  CHARGE_REASONS,
  CLASSIFICATIONS,
  COUNTRIES,
  CURRENCIES,
  DOCUMENT_TYPES,
  EXEMPTIONS,
  IDENTIFIER_SCHEMES,
  PAYMENT_MEANS,
  REFERENCE_CODES,
  TAX_POINTS,
  VAT_CATEGORIES,
} from "./code-lists.ts";
import { ALL, breaks, DOCUMENT, FULL, HOLDS, type Rule, type TermRule } from "./rule.ts";
import { isUnit } from "./units.ts";
import type { Term } from "../../model/structured.ts";

type Listed = (code: string) => boolean;

function among(list: ReadonlySet<string>): Listed {
  return (code) => list.has(code);
}

/** A rule that a code is one of its list. */
function coded(
  id: string,
  each: readonly string[],
  list: string,
  isListed: Listed,
  codeOf: (term: Term) => string | undefined = (term) => term.value,
): TermRule {
  return {
    id,
    text: `The code is in ${list}.`,
    reach: DOCUMENT,
    each,
    test: (term) => {
      const code = codeOf(term)?.trim();
      if (!code) return null;
      return isListed(code) ? HOLDS : breaks(`It is "${code}".`);
    },
  };
}

/** Lists that grow twice a year: a code that ours lacks may be newer than it, so nobody has to look. */
function growing(rule: TermRule): TermRule {
  return { ...rule, severity: "warning" };
}

/** Factur-X EXTENDED takes the codes of allowances and of charges from one list. */
function reason(id: string, each: readonly string[], list: string, codes: ReadonlySet<string>): TermRule {
  return { ...growing(coded(id, each, list, among(codes))), reach: ["full", "without_lines"] };
}

function scheme(term: Term): string | undefined {
  return term.scheme;
}

/** A bank's creditor identifier stands among the identifiers of a party, under the scheme SEPA. */
function isIdentifierScheme(code: string): boolean {
  return IDENTIFIER_SCHEMES.test(code) || code === "SEPA";
}

/** The amounts of the document whose currencies are given. */
const AMOUNTS = ["BT-106", "BT-107", "BT-108", "BT-109", "BT-110", "BT-111", "BT-112", "BT-113", "BT-114"];

/** BR-CL-01 to BR-CL-26: codes are those of their lists. BR-CL-24 (media types of attachments) is left to the parser. */
export const CODES: readonly Rule[] = [
  coded("BR-CL-01", ["BT-3"], "UNTDID 1001 for invoices and credit notes", among(DOCUMENT_TYPES)),
  coded(
    "BR-CL-03",
    [...AMOUNTS, "BT-115", "BT-116", "BT-117"],
    "ISO 4217",
    among(CURRENCIES),
    (term) => term.currency,
  ),
  { ...coded("BR-CL-04", ["BT-5"], "ISO 4217", among(CURRENCIES)), reach: ALL },
  coded("BR-CL-05", ["BT-6"], "ISO 4217", among(CURRENCIES)),
  coded("BR-CL-06", ["BT-8"], "UNTDID 2005", among(TAX_POINTS)),
  growing(
    coded("BR-CL-07", ["BT-18", "BT-128"], "UNTDID 1153", (code) => REFERENCE_CODES.test(code), scheme),
  ),
  growing(coded("BR-CL-08", ["BT-21"], "UNTDID 4451", (code) => REFERENCE_CODES.test(code))),
  growing(coded("BR-CL-10", ["BT-29", "BT-46", "BT-60"], "ISO 6523", isIdentifierScheme, scheme)),
  growing(coded("BR-CL-11", ["BT-30", "BT-47", "BT-61"], "ISO 6523", isIdentifierScheme, scheme)),
  growing(coded("BR-CL-13", ["BT-158"], "UNTDID 7143", among(CLASSIFICATIONS), scheme)),
  coded("BR-CL-14", ["BT-40", "BT-55", "BT-69", "BT-80"], "ISO 3166-1", among(COUNTRIES)),
  coded("BR-CL-15", ["BT-159"], "ISO 3166-1", among(COUNTRIES)),
  growing(coded("BR-CL-16", ["BT-81"], "UNTDID 4461", among(PAYMENT_MEANS))),
  coded("BR-CL-17", ["BT-95", "BT-102", "BT-118"], "UNTDID 5305", among(VAT_CATEGORIES)),
  { ...coded("BR-CL-18", ["BT-151"], "UNTDID 5305", among(VAT_CATEGORIES)), reach: FULL },
  reason("BR-CL-19", ["BT-98", "BT-140"], "UNTDID 5189", ALLOWANCE_REASONS),
  reason("BR-CL-20", ["BT-105", "BT-145"], "UNTDID 7161", CHARGE_REASONS),
  growing(coded("BR-CL-21", ["BT-157"], "ISO 6523", isIdentifierScheme, scheme)),
  growing(coded("BR-CL-22", ["BT-121"], "VATEX", (code) => EXEMPTIONS.has(code.toUpperCase()))),
  growing(coded("BR-CL-23", ["BT-130", "BT-150"], "UN/ECE Recommendations 20 and 21", isUnit)),
  growing(coded("BR-CL-25", ["BT-34", "BT-49"], "EAS", among(ADDRESS_SCHEMES), scheme)),
  growing(coded("BR-CL-26", ["BT-71"], "ISO 6523", isIdentifierScheme, scheme)),
];
