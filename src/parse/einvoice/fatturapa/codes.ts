import type { StructuredKind } from "../../../model/structured.ts";

/** TipoDocumento (FatturaPA 1.2, table of codes) as UNTDID 1001; one that is not listed is an invoice (380). */
export const TYPE_CODES: Readonly<Record<string, string>> = {
  TD01: "380",
  TD02: "386",
  TD03: "386",
  TD04: "381",
  TD05: "383",
  TD06: "380",
  TD07: "380",
  TD08: "381",
  TD09: "383",
  TD16: "389",
  TD17: "389",
  TD18: "389",
  TD19: "389",
  TD20: "389",
  TD21: "389",
  TD22: "389",
  TD23: "389",
  TD24: "380",
  TD25: "380",
  TD26: "380",
  TD27: "389",
  TD28: "389",
};

/** Nota di credito, and the simplified one. */
export function kindOf(type: string): StructuredKind {
  return TYPE_CODES[type] === "381" ? "credit_note" : "invoice";
}

/** ModalitaPagamento as UNTDID 4461, where both mean the same; others stay. */
export const PAYMENT_CODES: Readonly<Record<string, string>> = {
  MP01: "10",
  MP02: "20",
  MP05: "30",
  MP08: "48",
  MP16: "49",
  MP19: "59",
  MP20: "59",
  MP21: "59",
};
