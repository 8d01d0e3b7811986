import { z } from "zod";

/** A user's extractor goes by a name that is none of the document types' own. */
export const ExtractorName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{1,63}$/, "has to be 2 to 64 lower-case letters, digits, _ or -, a letter first");
export type ExtractorName = z.infer<typeof ExtractorName>;

/** An extractor as a request names it: `label`, or `label@3` for one version of it. */
export const ExtractorReference = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{1,63}(?:@[1-9]\d{0,5})?$/, "has to be an extractor's name, or name@version");
export type ExtractorReference = z.infer<typeof ExtractorReference>;

/** One version of a user's own extractor: what to read, as a JSON Schema (draft 2020-12) of the `data` wanted. */
export const CustomExtractor = z.object({
  name: ExtractorName,
  version: z.number().int().min(1),
  title: z.string(),
  schema: z.record(z.string(), z.unknown()),
});
export type CustomExtractor = z.infer<typeof CustomExtractor>;

/** An extractor as the API shows it: a document type of ours, or one of the user's own. */
export const ExtractorView = z.object({
  name: z.string(),
  version: z.number().int(),
  title: z.string(),
  kind: z.enum(["built_in", "custom"]),
  /** JSON Schema (draft 2020-12) of `data`. */
  schema: z.record(z.string(), z.unknown()),
  /** JSON Pointers of the values that a complete result has. */
  required: z.array(z.string()),
});
export type ExtractorView = z.infer<typeof ExtractorView>;

/** The name and version that results carry, as in `label@3`. */
export function extractorId({ name, version }: Pick<CustomExtractor, "name" | "version">): string {
  return `${name}@${version}`;
}

/** The name and the version that a reference asks for; null for the newest. */
export function readReference(reference: ExtractorReference): {
  name: ExtractorName;
  version: number | null;
} {
  const [name = "", version] = reference.split("@");
  return { name, version: version === undefined ? null : Number(version) };
}
