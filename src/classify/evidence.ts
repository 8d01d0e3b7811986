import type { DocumentType } from "../model/extraction.ts";

/** One thing that speaks for a type (or, with a negative weight, against it). */
export interface Evidence {
  readonly type: DocumentType;
  /** What kind of thing it is, by which its weight is adjusted to what it proved to be worth. */
  readonly key: string;
  readonly weight: number;
  /** In words, for a reader; null for what only tells against. */
  readonly reason: string | null;
}

/** Most of a text that is looked at: a long document says what it is at its beginning. */
export const MAX_CHARACTERS = 20_000;
/** Pages that are looked at. */
export const PAGES = 3;
