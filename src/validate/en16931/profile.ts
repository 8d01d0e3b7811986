import type { StructuredDocument } from "../../model/structured.ts";

/**
 * How much of EN 16931 a document is bound by:
 * `full`, the standard and what restricts it (XRechnung, Peppol, Factur-X BASIC and EN 16931);
 * `extended`, what adds to it and tolerates more (Factur-X EXTENDED);
 * `without_lines`, its document level alone (Factur-X BASIC WL);
 * `minimum`, four totals and no more (Factur-X MINIMUM);
 * `other`, what does not follow it or bends it to another country's tax (ZUGFeRD 1, FatturaPA, Peppol for Australia or
 * Singapore, other UBL): its sums have to close all the same.
 */
export type Reach = "full" | "extended" | "without_lines" | "minimum" | "other";

/** What a document says it follows, as the rules go by it. */
export interface Profile {
  readonly reach: Reach;
  /** Its name for a reader. */
  readonly name: string;
  /** Version of XRechnung (3.0 is 3), or null. */
  readonly xrechnung: number | null;
  /** True where payments to third parties count into what is due: XRechnung's extension. */
  readonly thirdPayments: boolean;
}

const XRECHNUNG = /xrechnung_(\d+(?:\.\d+)?)/;

/** What says in a specification identifier (BT-24) how far the rules reach; the first that fits decides. */
const REACHES: readonly (readonly [RegExp, Reach])[] = [
  [/urn:ferd:/, "other"],
  [/billing:international:/, "other"],
  [/basic[ -]?wl/, "without_lines"],
  [/:minimum/, "minimum"],
  [/urn:cen\.eu:en16931.*(?:factur-x|zugferd).*extended/, "extended"],
  [/urn:cen\.eu:en16931/, "full"],
];

/** The profile of a document, by its syntax and its specification identifier. */
export function profileOf(document: StructuredDocument): Profile {
  const id = document.profile?.id.trim().toLowerCase() ?? "";
  const name = document.profile?.name ?? "no specification named";
  if (document.syntax === "fatturapa") {
    return { reach: "other", name, xrechnung: null, thirdPayments: false };
  }
  const version = XRECHNUNG.exec(id)?.[1];
  const reach = REACHES.find(([pattern]) => pattern.test(id))?.[1] ?? "other";
  const xrechnung = version === undefined ? null : Number(version);
  return { reach, name, xrechnung, thirdPayments: id.includes("extension:xrechnung") };
}
