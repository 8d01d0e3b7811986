import type { Citation, EvidenceSource } from "../../model/extraction.ts";

/**
 * Words of one page that carry a value. `content` is what is printed of them; when it is only a part
 * of the words' text (`RM31.80` for `31.80`), the box is cut to the part.
 */
export interface Cited {
  /** The page's number, counted from 1. */
  readonly page: number;
  /** Indices in the page's words, in reading order; all of one printed line. */
  readonly words: readonly number[];
  readonly content: string;
}

/** Where a value stands in the file's own structure, beside the words of a page or without any. */
export type Place = Omit<Citation, "span">;

/** A value before it becomes `data` and `evidence`: one citation a printed line. */
export interface DraftValue {
  /** JSON Pointer into `data`; array indices are numbers without gaps, e.g. `/line_items/0/amount`. */
  readonly pointer: string;
  readonly value: string | number | boolean;
  readonly cited: readonly Cited[];
  /** 0..1, from evidence. */
  readonly confidence: number;
  /** True when the value is not printed itself but follows from the words cited (a currency from its sign). */
  readonly derived?: boolean;
  /** True when it was read otherwise than the reader did: letters as digits, a point put back. */
  readonly repaired?: boolean;
  /** True when the document also says something else for it, as clearly. */
  readonly contradicted?: boolean;
  /** Its place in the file's own structure; `cited` may then be empty. */
  readonly place?: Place;
  /** As the file has it, where no words are cited. */
  readonly content?: string;
  /** Who says so, where it is not the page. */
  readonly source?: EvidenceSource;
  /** Which part of the engine chose it; the rules unless told. */
  readonly reader?: "scored" | "guessed" | "declared" | "own";
}
