import type { ObjectIndex } from "./index-objects.ts";
import { type Dictionary, isArray, Name, Reference, textOf, type Value } from "./syntax.ts";

/** Pages beyond are not looked at for what stands beside their content. */
const MAX_PAGES = 2_000;
const MAX_DEPTH = 30;
const MAX_NOTES = 500;

/** Annotations that hold a remark of a reader, not content of the page (PDF 32000-1, 12.5.6). */
const REMARKS = new Set([
  "Text",
  "Popup",
  "Highlight",
  "Underline",
  "Squiggly",
  "StrikeOut",
  "Caret",
  "Ink",
  "Line",
  "Square",
  "Circle",
  "Polygon",
  "PolyLine",
  "FileAttachment",
]);

/** Bits of /F (PDF 32000-1, table 165). */
const FLAG = { hidden: 1 << 1, noView: 1 << 5 } as const;

/** A remark that somebody left on a page; `page` counts from 1. */
export interface Note {
  readonly page: number;
  readonly author: string;
  readonly text: string;
  readonly hidden: boolean;
}

/** The dictionaries of the pages in their order (PDF 32000-1, 7.7.3). */
export function readPages(index: ObjectIndex): Dictionary[] {
  const pages: Dictionary[] = [];
  const seen = new Set<number>();
  const visit = (value: Value | undefined, depth: number): void => {
    if (value instanceof Reference) {
      if (seen.has(value.number)) return;
      seen.add(value.number);
    }
    const node = index.dictionary(value);
    if (!node || depth > MAX_DEPTH || pages.length >= MAX_PAGES) return;
    const kids = index.resolve(node.get("Kids"));
    if (isArray(kids)) for (const kid of kids) visit(kid, depth + 1);
    else pages.push(node);
  };
  visit(index.catalog?.get("Pages"), 0);
  return pages;
}

/** What readers have written beside the pages: the text of their annotations. */
export function readNotes(index: ObjectIndex, pages: readonly Dictionary[]): Note[] {
  const notes: Note[] = [];
  for (const [page, dictionary] of pages.entries()) {
    for (const reference of index.array(dictionary.get("Annots"))) {
      const annotation = index.dictionary(reference);
      const subtype = index.resolve(annotation?.get("Subtype"));
      if (!annotation || !(subtype instanceof Name) || !REMARKS.has(subtype.text)) continue;
      const text = textOf(index.resolve(annotation.get("Contents"))).trim();
      if (text === "" || notes.length >= MAX_NOTES) continue;
      if (notes.some((note) => note.page === page + 1 && note.text === text)) continue;
      const flags = index.resolve(annotation.get("F"));
      notes.push({
        page: page + 1,
        author: textOf(index.resolve(annotation.get("T"))).trim(),
        text,
        hidden: typeof flags === "number" && (flags & (FLAG.hidden | FLAG.noView)) !== 0,
      });
    }
  }
  return notes;
}

/** The file specifications of the pages' file attachment annotations and of their associated files. */
export function readPageFiles(index: ObjectIndex, pages: readonly Dictionary[]): Value[] {
  return pages.flatMap((page) => [
    ...index.array(page.get("Annots")).flatMap((reference) => {
      const annotation = index.dictionary(reference);
      const subtype = index.resolve(annotation?.get("Subtype"));
      const isFile = subtype instanceof Name && subtype.text === "FileAttachment";
      return isFile ? [annotation?.get("FS") ?? null] : [];
    }),
    ...index.array(page.get("AF")),
  ]);
}
