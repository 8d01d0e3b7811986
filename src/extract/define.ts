import type { z } from "zod";
import type { DocumentType } from "../model/extraction.ts";

/**
 * A document type's definition: one file in kinds/ feeds the embedded engine, the models' schema,
 * validation and the docs. The embedded engine's own shapes (labels, roles) extend this in the kinds.
 */
export interface Extractor {
  readonly kind: DocumentType;
  /** Raised whenever what it gives can change: part of the cache's key. */
  readonly version: number;
  readonly title: string;
  readonly schema: z.ZodType<Record<string, unknown>>;
  /** JSON Pointers of the values that a complete result has. */
  readonly required: readonly string[];
}
