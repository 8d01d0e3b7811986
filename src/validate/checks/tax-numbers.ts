import { checkVAT, countries } from "jsvat";
import { type DocumentCheck, textAt } from "./check.ts";

type Verdict = "right" | "wrong" | "unknown";

/** Indian GSTIN: 15 characters, the last by weights 1 and 2 in base 36. */
function judgeGstin(id: string): Verdict {
  if (!/^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z\d]Z[A-Z\d]$/.test(id)) return "unknown";
  let sum = 0;
  for (let at = 0; at < 14; at += 1) {
    const product = Number.parseInt(id.charAt(at), 36) * (at % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return (36 - (sum % 36)) % 36 === Number.parseInt(id.charAt(14), 36) ? "right" : "wrong";
}

/** Brazilian CNPJ (14 digits) and CPF (11): two digits by weights modulo 11. */
function judgeBrazilian(printed: string): Verdict {
  const cnpj = /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}$/.test(printed);
  if (!cnpj && !/^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(printed)) return "unknown";
  const digits = Array.from(printed.replace(/\D/g, ""), Number);
  const most = cnpj ? 9 : Number.POSITIVE_INFINITY;
  const digitOf = (length: number): number => {
    let [sum, weight] = [0, 2];
    for (let at = length - 1; at >= 0; at -= 1) {
      sum += (digits[at] ?? 0) * weight;
      weight = weight === most ? 2 : weight + 1;
    }
    return sum % 11 < 2 ? 0 : 11 - (sum % 11);
  };
  const first = digits.length - 2;
  return digitOf(first) === digits[first] && digitOf(first + 1) === digits[first + 1] ? "right" : "wrong";
}

/** Australian ABN: 11 digits, weighted, the first less one, divisible by 89. */
function judgeAbn(digits: string): Verdict {
  const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];
  const sum = weights.reduce(
    (total, weight, at) => total + weight * (Number(digits[at]) - (at === 0 ? 1 : 0)),
    0,
  );
  return sum % 89 === 0 ? "right" : "wrong";
}

/** First two digits that the United States' revenue service has given out for employers (IRM 21.7.13). */
const EIN_PREFIXES = new Set(
  (
    "01 02 03 04 05 06 10 11 12 13 14 15 16 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 " +
    "45 46 47 48 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 71 72 73 74 75 76 77 80 81 82 83 84 " +
    "85 86 87 88 90 91 92 93 94 95 98 99"
  ).split(" "),
);

/**
 * Whether a tax number can be right: by its country's check digits, where its form tells the country. `unknown` for
 * national numbers without any.
 */
function judgeTaxNumber(printed: string, australian: boolean): Verdict {
  const text = printed.trim().toUpperCase();
  const id = text.replace(/[\s./_-]/g, "");
  const ein = /^(\d{2})-\d{7}$/.exec(text)?.[1];
  if (ein !== undefined) return EIN_PREFIXES.has(ein) ? "right" : "wrong";
  const brazilian = judgeBrazilian(text);
  if (brazilian !== "unknown") return brazilian;
  if (/^(?:ABN)?\d{11}$/.test(id) && (australian || id.startsWith("ABN")))
    return judgeAbn(id.replace("ABN", ""));
  if (/^\d{2}[A-Z]{5}/.test(id)) return judgeGstin(id);
  if (!/^[A-Z]{2,3}/.test(id)) return "unknown";
  const result = checkVAT(id.replace(/(?:MWST|TVA|IVA|MVA)$/, ""), countries);
  if (!result.isSupportedCountry || !result.isValidFormat) return "unknown";
  return result.isValid ? "right" : "wrong";
}

const PARTIES = [
  "/vendor",
  "/customer",
  "/merchant",
  "/supplier",
  "/buyer",
  "/payee",
  "/tax_representative",
] as const;

/** Check digits of tax numbers. */
export const taxIdChecksum: DocumentCheck = {
  paths: PARTIES.map((party) => `${party}/tax_id`),
  proves:
    "A tax number's check digits are right: VAT numbers of Europe, GSTIN, ABN, CNPJ, CPF, and an EIN's form.",
  strength: "guard",
  run: ({ data }, report) => {
    const right: string[] = [];
    const wrong: string[] = [];
    for (const party of PARTIES) {
      const printed = textAt(data, `${party}/tax_id`);
      if (printed === null) continue;
      const australian =
        data["currency"] === "AUD" || /australia/i.test(textAt(data, `${party}/address`) ?? "");
      const verdict = judgeTaxNumber(printed, australian);
      if (verdict === "right") right.push(`${party}/tax_id`);
      if (verdict === "wrong") wrong.push(`${party}/tax_id`);
    }
    if (wrong.length > 0)
      return [report.fail(wrong, "A tax number's check digits are wrong: it was misread or misprinted.")];
    return right.length > 0
      ? [report.pass(right, "The tax numbers' check digits are right.")]
      : [report.skip([], "There is no tax number with check digits.")];
  },
};
