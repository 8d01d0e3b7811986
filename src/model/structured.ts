import { z } from "zod";

/**
 * A business term of a structured document, by its id in the semantic model of EN 16931-1 (`BT-1`).
 * Terms that the model lacks have names of ours in lower case (`order_date`), listed in parse/einvoice/own-terms.ts.
 */
export const Term = z.object({
  id: z.string(),
  /** Normalised: dates ISO 8601, decimals with a point, codes trimmed; text as it stands. */
  value: z.string(),
  /** As written in the file. */
  content: z.string(),
  /** Where it stands, with prefixes as in the file, e.g. `/Invoice/cbc:ID`. */
  xpath: z.string(),
  /** Scheme, unit, currency and the like, by the names of EN 16931's supplementary components. */
  scheme: z.string().optional(),
  unit: z.string().optional(),
  currency: z.string().optional(),
  /** True for what the syntax does not hold itself: a sum of what it holds. */
  derived: z.boolean().optional(),
});
export type Term = z.infer<typeof Term>;

/** A business group (`BG-25`, an invoice line), with its terms and the groups inside it, in the file's order. */
export const Group = z.object({
  id: z.string(),
  xpath: z.string(),
  terms: z.array(Term),
  get groups() {
    return z.array(Group);
  },
});
export type Group = z.infer<typeof Group>;

/** What a structured document is. */
export const StructuredKind = z.enum([
  "invoice",
  "credit_note",
  "order",
  "order_change",
  "order_cancellation",
  "order_response",
  "despatch_advice",
  "application_response",
  "catalogue",
]);
export type StructuredKind = z.infer<typeof StructuredKind>;

/** A document in a known XML syntax, read into its semantic model: exact, with no model and no doubt. */
export const StructuredDocument = z.object({
  syntax: z.enum(["ubl", "cii", "fatturapa"]),
  kind: StructuredKind,
  /** The specification it says it follows (BT-24), and what that is called: `XRechnung 3.0`, `Factur-X BASIC WL`. */
  profile: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Name of the file inside the document that holds it; null where the document itself is the XML. */
  attachment: z.string().nullable(),
  root: Group,
});
export type StructuredDocument = z.infer<typeof StructuredDocument>;
