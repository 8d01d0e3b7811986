import { z } from "zod";
import { ExtractedData } from "./extraction.ts";
import { BBox } from "./geometry.ts";
import { Run } from "./ids.ts";

/** A value as a correction gives it; null takes it away. */
const CorrectedValue = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);

/** One value set right: its JSON Pointer into `data`, and where it stands, for whoever knows. */
export const Correction = z.strictObject({
  pointer: z
    .string()
    .max(300)
    .regex(/^(?:\/(?:[^/~]|~[01])+)+$/, "has to be a JSON Pointer into data, such as /total"),
  value: CorrectedValue,
  page: z.number().int().min(1).optional(),
  bbox: BBox.optional(),
});
export type Correction = z.infer<typeof Correction>;

/** What is asked to be set right at once. */
export const CorrectionRequest = z.strictObject({
  corrections: z.array(Correction).min(1).max(200),
  reason: z.string().max(500).optional(),
});
export type CorrectionRequest = z.infer<typeof CorrectionRequest>;

/** A value's change: null where there was none, or is none any more. */
export const FieldChange = z.object({
  pointer: z.string(),
  old: ExtractedData.valueType.nullable(),
  new: ExtractedData.valueType.nullable(),
  /** Who or what had given the old one. */
  old_source: z.string().nullable(),
});
export type FieldChange = z.infer<typeof FieldChange>;

/** Who changed what, when and why. */
export const CorrectionEntry = z.object({
  run: Run,
  revision: z.number().int().min(1),
  at: z.iso.datetime(),
  /** Id of the API key. */
  by: z.string(),
  reason: z.string().nullable(),
  digest: z.string(),
  changes: z.array(FieldChange),
});
export type CorrectionEntry = z.infer<typeof CorrectionEntry>;
