import { z } from "zod";
import { DocumentType } from "./extraction.ts";
import { BBox } from "./geometry.ts";
import { DocumentId } from "./ids.ts";

/** A text near the value, and where the value stands from it, in fractions of the page. */
export const Anchor = z.object({
  /** Folded words without digits. */
  text: z.string(),
  relation: z.enum(["before", "left", "above", "right", "below"]),
  /** From the anchor's left, right and middle edges to the value's. */
  dx0: z.number(),
  dx1: z.number(),
  dy: z.number(),
});
export type Anchor = z.infer<typeof Anchor>;

/** What a value is like, and so how it is looked for. */
export const LessonKind = z.enum(["date", "money", "words", "block", "choice", "fixed"]);
export type LessonKind = z.infer<typeof LessonKind>;

/** Where a value stands and what it looks like. */
export const Spot = z.object({
  /** Counted from the first page; -1 is the last one, where there is more than one. */
  page: z.number().int(),
  bbox: BBox,
  anchors: z.array(Anchor).max(8),
  /** Letters and digits as `A` and `9`, in runs: `A-9999`. */
  shape: z.string(),
  /** Which of the dates or amounts of its run of text it is, from 0. */
  order: z.number().int(),
  /** The mark or the word that ends it inside its printed line; empty where the line ends with it. */
  behind: z.string().max(40),
  /** The last folded words without digits that are read before it, over the ends of lines too. */
  lead: z.array(z.string()).max(4),
  /** What the line right under its last one says, as anchors compare it; empty where there is a gap. */
  under: z.string(),
  /** The value as anchors compare it, where it has no digits: what stands there again is the same. */
  says: z.string(),
  /** Words of the value, and its printed lines. */
  words: z.number().int(),
  lines: z.number().int(),
});
export type Spot = z.infer<typeof Spot>;

/** What one corrected value teaches for the next document of the vendor. */
export const Lesson = z.object({
  id: z.string(),
  document_id: DocumentId,
  type: DocumentType,
  /** Name of the user's extractor that the document was read with; null for a built-in type. */
  extractor: z.string().nullable(),
  pointer: z.string(),
  vendor: z.string(),
  vendor_name: z.string().nullable(),
  /** What leads to it from another document. */
  keys: z.array(z.string()),
  /** The look of the page: least hashes of its words without digits. */
  layout: z.array(z.number().int()),
  kind: LessonKind,
  /** How the printed words become the value: as they are, without spaces, only letters and digits, or with the other sign. */
  form: z.enum(["printed", "unspaced", "bare", "negated"]),
  /** What joins the printed lines of the value. */
  joint: z.enum(["\n", ", ", " "]),
  /** Where the right value stands; none where it stands nowhere. */
  right: z.array(Spot).max(3),
  /** The right value itself, where it is the vendor's own and stays the same. */
  value: z.string().nullable(),
  /** Where what had been chosen wrongly stands. */
  wrong: Spot.nullable(),
  created_ms: z.number().int(),
});
export type Lesson = z.infer<typeof Lesson>;

/** What has been learned of one vendor. */
export const VendorMemory = z.object({
  vendor: z.string(),
  name: z.string().nullable(),
  lessons: z.array(
    z.object({
      type: DocumentType,
      pointer: z.string(),
      /** The correction's document. */
      document_id: DocumentId,
      learned_at: z.iso.datetime(),
      /** `prefers` a place for a value, or `avoids` what was chosen wrongly. */
      effect: z.enum(["prefers", "avoids"]),
    }),
  ),
});
export type VendorMemory = z.infer<typeof VendorMemory>;
