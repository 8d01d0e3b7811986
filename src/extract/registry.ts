import { z } from "zod";
import type { DocumentType } from "../model/extraction.ts";
import type { HintsByType } from "../model/hints.ts";
import type { Extractor } from "./define.ts";
import * as listed from "./document-types.ts";

declare module "../model/extraction.ts" {
  /** Every name in the list is a document type, and none else. */
  interface DocumentTypes extends Record<keyof typeof listed, unknown> {}
}

/** Every document type's definition; one that does not say the name under which it is listed does not compile. */
export const extractors = { ...listed } as const satisfies {
  readonly [Type in DocumentType]: Extractor & { readonly kind: Type };
};

/** A document type that may be asked for. */
// Object.keys forgets what the keys are.
export const BuiltInType = z.enum(Object.keys(extractors) as DocumentType[]);

/** How documents of each type are known, as far as its definition says. */
export const hints: HintsByType = Object.fromEntries(
  Object.values<Extractor>(extractors).flatMap(({ kind, hints }) => (hints ? [[kind, hints]] : [])),
);
