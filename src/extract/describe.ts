import { z } from "zod";
import type { CustomExtractor, ExtractorView } from "../model/custom-extractor.ts";
import { compileExtractor } from "./custom/compile.ts";
import type { Extractor } from "./define.ts";
import { extractors } from "./registry.ts";

/** The document types as the API lists them, each with the JSON Schema of its data. */
export function describeBuiltIn(): ExtractorView[] {
  return Object.values<Extractor>(extractors).map(({ kind, version, title, schema, required }) => ({
    name: kind,
    version,
    title,
    kind: "built_in" as const,
    schema: z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Record<string, unknown>,
    required: [...required],
  }));
}

/** A user's extractor as the API lists it. */
export function describeCustom(extractor: CustomExtractor): ExtractorView {
  const { name, version, title, schema } = extractor;
  return {
    name,
    version,
    title,
    kind: "custom",
    schema,
    required: [...compileExtractor(extractor).required],
  };
}
