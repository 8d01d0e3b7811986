import { Big } from "big.js";
import type { TermId } from "../../../model/en16931.ts";
import type { Term } from "../../../model/structured.ts";
import { childOf, type XmlElement, xpathOf } from "../../xml/parse-xml.ts";
import { type Rule, term } from "../mapping.ts";

const SUMMARY = "DatiBeniServizi/DatiRiepilogo";
const GENERAL = "DatiGenerali/DatiGeneraliDocumento";

const lineAmounts = term("BT-106", "DatiBeniServizi/DettaglioLinee/PrezzoTotale");
const surcharges = term("BT-108", [`${GENERAL}/DatiCassaPrevidenziale/ImportoContributoCassa`]);
const bases = term("BT-109", `${SUMMARY}/ImponibileImporto`);
const taxes = term("BT-110", [`${SUMMARY}/Imposta`, "DatiBeniServizi/DatiIVA/Imposta"]);
const total = term("BT-112", `${GENERAL}/ImportoTotaleDocumento`);
const simple = term("BT-112", "DatiBeniServizi[Descrizione]/Importo");
const rounding = term("BT-114", `${GENERAL}/Arrotondamento`);
const payable = term("BT-115", "DatiPagamento/DettaglioPagamento/ImportoPagamento");

/** Lines may have eight digits behind the point; their sum is an amount like others. */
const CENTS = 2;

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
    ...(hasCorrections(body) ? [] : sum("BT-106", found(lineAmounts, body), place, CENTS)),
    ...sum("BT-108", found(surcharges, body), place),
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

/** Discounts and rounding of the whole document: whether the sums by rate hold them, the format leaves open. */
function hasCorrections(body: XmlElement): boolean {
  const general = childOf(body, "DatiGenerali", "DatiGeneraliDocumento");
  return childOf(general, "ScontoMaggiorazione") !== null || childOf(general, "Arrotondamento") !== null;
}

function sum(id: TermId, terms: readonly Term[], xpath: string, digits = Infinity): Term[] {
  const [only] = terms;
  if (only === undefined) return [];
  if (terms.length === 1 && (only.value.split(".")[1]?.length ?? 0) <= digits) return [{ ...only, id }];
  const value = addDecimals(
    terms.map((one) => one.value),
    digits,
  );
  if (value === null) return [];
  return [{ id, value, content: terms.map((one) => one.content).join(" + "), xpath, derived: true }];
}

/** Adds decimal strings, to as many digits as any of them has and no more than are asked for; null where one is none. */
function addDecimals(values: readonly string[], most: number): string | null {
  if (!values.every((value) => /^-?\d+(?:\.\d+)?$/.test(value))) return null;
  const digits = Math.max(0, ...values.map((value) => value.split(".")[1]?.length ?? 0));
  return values.reduce((total, value) => total.plus(value), new Big(0)).toFixed(Math.min(digits, most));
}
