import type { z } from "zod";
import type { CheckName } from "../model/check-name.ts";
import type { DocumentType, ExtractedData } from "../model/extraction.ts";
import type { ParsedDocument, Warning } from "../model/parsed.ts";
import type { Hints } from "../model/hints.ts";
import type { TitleKind } from "../model/titles.ts";
import type { AmountRole } from "./engine/amount-candidates.ts";
import type { Declaration } from "./declared/declaration.ts";
import type { DraftValue } from "./engine/draft.ts";
import type { Reading } from "./engine/reading.ts";
import type { DateKey, LabelKey, PartyKey } from "./labels/label-key.ts";
import type { ScoredRead } from "./scorer/rescore.ts";

/** How the embedded engine finds one value. */
export type FieldSource =
  | {
      /** One word or group with a digit, under a label or behind the document's title. */
      readonly kind: "identifier";
      readonly keys: readonly LabelKey[];
      readonly titles?: readonly TitleKind[];
      /** Words without a digit count too. */
      readonly words?: boolean;
    }
  | {
      /** A date; `unlabelled` is what one without a label is worth (0..1). */
      readonly kind: "date";
      readonly keys: readonly DateKey[];
      readonly vague?: readonly DateKey[];
      readonly titles?: readonly TitleKind[];
      readonly unlabelled: number;
    }
  | {
      /** The two dates of a period; the pointer's field takes the first or the last. */
      readonly kind: "period";
      readonly keys: readonly DateKey[];
      readonly end: "first" | "last";
    }
  | { readonly kind: "text"; readonly keys: readonly LabelKey[]; readonly maxLength: number }
  | { readonly kind: "time" }
  | { readonly kind: "payment_method" }
  | { readonly kind: "card_last4" }
  | { readonly kind: "incoterms" };

/** A value's place in `data` and where it comes from. It is given from `threshold` (0..1) on. */
export interface FieldSpec {
  readonly pointer: string;
  readonly source: FieldSource;
  readonly threshold: number;
}

export type PartyDetail = "address" | "tax_id" | "registration_number" | "phone" | "email" | "website";

/** A party of the document and what of it is read. */
export interface PartySpec {
  readonly pointer: string;
  readonly role: "issuer" | "addressee" | "delivery" | "merchant";
  readonly keys: readonly PartyKey[];
  readonly details: readonly PartyDetail[];
}

/** How the embedded engine reads a document type. */
export interface Reads {
  readonly fields: readonly FieldSpec[];
  /** Pointers of the amounts. */
  readonly amounts: Readonly<Partial<Record<AmountRole, string>>>;
  /** Pointer of the lines' sum, where it is printed besides the net total. */
  readonly lineTotal?: string;
  readonly parties: readonly PartySpec[];
  /** Pointer of the currency, and of the country where it is read. */
  readonly currency: string;
  readonly country?: string;
  /** Pointers of what the title says of the document's kind, and of what a purchase was. */
  readonly subtype?: string;
  readonly category?: string;
  readonly bankAccounts: boolean;
  readonly taxes: boolean;
  /** A till receipt: narrow, no table header, prices hold the tax. */
  readonly receipt: boolean;
  /** Values that a learned scorer chooses among all candidates; where its weights are empty the rules' stay. */
  readonly scored?: readonly ScoredRead[];
}

/** What a type's own reading gives. */
export interface Draft {
  readonly data?: ExtractedData;
  readonly values: readonly DraftValue[];
  /** What was left out of it. */
  readonly warnings?: readonly Warning[];
}

/**
 * A document type's definition: one file in kinds/ feeds the embedded engine, the models' schema,
 * validation and the docs.
 */
export interface Extractor {
  readonly kind: DocumentType;
  /** Raised whenever what it gives can change: part of the cache's key. */
  readonly version: number;
  readonly title: string;
  /** By what its documents are known, beside what the classifier itself knows. */
  readonly hints?: Hints;
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
  /** Names of the checks that its documents have to meet. */
  readonly checks?: readonly CheckName[];
  /** How the values of business papers are read: parties, amounts that close, lines, numbers and dates. */
  readonly reads?: Reads;
  /** Values that are found by their labels; where `reads` or `draft` gives one too, theirs stays. */
  readonly declares?: Declaration;
  /** Labels that its own code reads by, for users' extractors that ask for the same. */
  readonly vocabulary?: Declaration;
  /**
   * How a type without a list of fields is read: drafts for every value, and the data itself where it holds
   * more than they say (empty lists).
   */
  readonly draft?: (reading: Reading, parsed: ParsedDocument) => Draft;
}

/** Types a definition without widening it. */
export function defineExtractor<const T extends Extractor>(extractor: T): T {
  return extractor;
}
