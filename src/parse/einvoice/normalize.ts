import { TERMS, type TermType } from "../../model/en16931.ts";
import { OWN_TERMS } from "./own-terms.ts";

const OWN: ReadonlyMap<string, TermType> = new Map(Object.entries(OWN_TERMS));

/** How a term's value is written; text for one that nobody has listed. */
export function typeOf(id: string): TermType {
  return TERMS.get(id)?.type ?? OWN.get(id) ?? "text";
}

/**
 * A value as the semantic model writes it; what cannot be read so stays as it is, for a rule to complain of.
 * `format` is the date format of UN/CEFACT (UNTDID 2379), where the syntax gives one.
 */
export function normalize(content: string, type: TermType, format: string | null = null): string {
  switch (type) {
    case "date":
      return normalizeDate(content, format);
    case "amount":
    case "unit_price":
    case "quantity":
    case "percentage":
      return normalizeDecimal(content);
    case "text":
    case "identifier":
    case "code":
    case "binary":
      return content;
  }
}

/** Formats of UNTDID 2379 that begin with a whole date: CCYYMMDD, alone or with a time. */
const WHOLE_DATES: ReadonlySet<string> = new Set(["102", "203", "204", "205"]);

function normalizeDate(content: string, format: string | null): string {
  const plain = /^(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/.exec(content);
  if (plain && (content.length === 8 || WHOLE_DATES.has(format ?? ""))) {
    return `${plain[1]}-${plain[2]}-${plain[3]}`;
  }
  return /^\d{4}-\d{2}-\d{2}(?=$|T|Z|[+-]\d{2}:)/.exec(content)?.[0] ?? content;
}

/** xs:decimal without a plus and with a digit before the point; digits stay as many as they are. */
function normalizeDecimal(content: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(content);
  if (!match) return content;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return content;
  return `${sign === "-" ? "-" : ""}${whole || "0"}${fraction === "" ? "" : `.${fraction}`}`;
}
