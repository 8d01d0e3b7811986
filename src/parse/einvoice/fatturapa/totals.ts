import type { TermId } from "../../../model/en16931.ts";
import type { Term } from "../../../model/structured.ts";
import { childOf, type XmlElement, xpathOf } from "../../xml/parse-xml.ts";
import { type Rule, term } from "../mapping.ts";

const SUMMARY = "DatiBeniServizi/DatiRiepilogo";
const GENERAL = "DatiGenerali/DatiGeneraliDocumento";

const bases = term("BT-109", `${SUMMARY}/ImponibileImporto`);
const taxes = term("BT-110", [`${SUMMARY}/Imposta`, "DatiBeniServizi/DatiIVA/Imposta"]);
const total = term("BT-112", `${GENERAL}/ImportoTotaleDocumento`);
const simple = term("BT-112", "DatiBeniServizi[Descrizione]/Importo");
const rounding = term("BT-114", `${GENERAL}/Arrotondamento`);
const payable = term("BT-115", "DatiPagamento/DettaglioPagamento/ImportoPagamento");

function found(rule: Rule, body: XmlElement): Term[] {
  const into = { terms: [] as Term[], groups: [] };
  rule(body, into);
  return into.terms;
}

/**
 * BG-22: FatturaPA gives sums by tax rate and by payment, not for the document. What is one amount is that amount;
 * several are added up exactly, and say so by `derived`.
 */
export function totals(body: XmlElement, { groups }: Parameters<Rule>[1]): void {
  const place = xpathOf(childOf(body, "DatiBeniServizi") ?? body);
  const base = found(bases, body);
  const tax = found(taxes, body);
  const given = found(total, body);
  const whole = found(simple, body);
  const terms = [
    ...sum("BT-109", base, place),
    ...sum("BT-110", tax, place),
    ...(given.length > 0
      ? given
      : whole.length > 0
        ? sum("BT-112", whole, place)
        : hasCorrections(body)
          ? []
          : sum("BT-112", base.length > 0 ? [...base, ...tax] : [], place)),
    ...found(rounding, body),
    ...sum("BT-115", found(payable, body), xpathOf(childOf(body, "DatiPagamento") ?? body)),
  ];
  if (terms.length > 0) groups.push({ id: "BG-22", xpath: place, terms, groups: [] });
}

/** Discounts and rounding of the whole document: whether they are part of the sums by rate the format leaves open. */
function hasCorrections(body: XmlElement): boolean {
  const general = childOf(body, "DatiGenerali", "DatiGeneraliDocumento");
  return childOf(general, "ScontoMaggiorazione") !== null || childOf(general, "Arrotondamento") !== null;
}

function sum(id: TermId, terms: readonly Term[], xpath: string): Term[] {
  const [only] = terms;
  if (only === undefined) return [];
  if (terms.length === 1) return [{ ...only, id }];
  const value = addDecimals(terms.map((one) => one.value));
  if (value === null) return [];
  return [{ id, value, content: terms.map((one) => one.content).join(" + "), xpath, derived: true }];
}

/** Adds decimal strings exactly; null where one is none. */
function addDecimals(values: readonly string[]): string | null {
  const parts = values.map((value) => /^(-?)(\d+)(?:\.(\d+))?$/.exec(value));
  const digits = Math.max(0, ...parts.map((part) => part?.[3]?.length ?? 0));
  let total = 0n;
  for (const part of parts) {
    if (!part) return null;
    const units = BigInt((part[2] ?? "0") + (part[3] ?? "").padEnd(digits, "0"));
    total += part[1] === "-" ? -units : units;
  }
  const text = String(total < 0n ? -total : total).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${total < 0n ? "-" : ""}${whole}${digits === 0 ? "" : `.${text.slice(-digits)}`}`;
}
