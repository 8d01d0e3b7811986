import type { CustomExtractor } from "../model/custom-extractor.ts";
import type { DocumentType, Extraction } from "../model/extraction.ts";
import type { Lesson } from "../model/lesson.ts";
import type { ParsedDocument } from "../model/parsed.ts";

/** Makes a typed result from a parsed document. */
export interface Engine {
  /** Name and version, as in `embedded/1`; part of the cache's key. */
  readonly id: string;
  readonly extract: (
    parsed: ParsedDocument,
    type: DocumentType,
    options?: {
      /** A user's extractor, which then says what is read; `type` is what the document is. */
      readonly custom?: CustomExtractor | undefined;
      /** What corrections of like documents have taught: candidates, never rules. */
      readonly lessons?: readonly Lesson[];
    },
  ) => Promise<Extraction>;
}
