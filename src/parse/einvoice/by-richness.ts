import type { StructuredDocument } from "../../model/structured.ts";

/** Documents that say the same, the richest first: the newer syntax, then the one with more groups. */
export function byRichness(documents: readonly StructuredDocument[]): StructuredDocument[] {
  const age = ({ profile }: StructuredDocument): number => (/^urn:ferd:/i.test(profile?.id ?? "") ? 1 : 0);
  return documents.toSorted((a, b) => age(a) - age(b) || b.root.groups.length - a.root.groups.length);
}
