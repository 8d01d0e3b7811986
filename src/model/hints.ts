import type { DocumentType } from "./extraction.ts";

/** How a document of a type is known, in any language; case, accents and punctuation do not count. */
export interface Hints {
  /** What such a document is called at its head: "Packing list", "Lieferschein". */
  readonly titles: readonly string[];
  /** Words of its trade, which other documents hardly use: "bill of lading", "Frachtführer". */
  readonly words: readonly string[];
}

/** The hints of the types that give some. */
export type HintsByType = Readonly<Partial<Record<DocumentType, Hints>>>;
