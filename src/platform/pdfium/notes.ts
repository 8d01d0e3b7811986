import type { Warning } from "../../model/parsed.ts";
import type { Note } from "./structure/pages.ts";

const MAX_NOTES = 100;
const MAX_CHARACTERS = 4_000;

/**
 * What readers wrote beside the pages. It is printed nowhere, so it is no part of a page's text, where everything
 * can be pointed at: it is told with the document's metadata, as `comment 1` and so on.
 */
export function describeNotes(notes: readonly Note[]): {
  metadata: Record<string, string>;
  remarks: Warning[];
} {
  const shown = notes.filter((note) => !note.hidden);
  const metadata: Record<string, string> = {};
  for (const [index, { page, author, text }] of shown.slice(0, MAX_NOTES).entries()) {
    const from = author === "" ? `page ${page}` : `page ${page}, ${author}`;
    metadata[`comment ${index + 1}`] = `${from}: ${text.slice(0, MAX_CHARACTERS)}`;
  }
  const remarks: Warning[] = [];
  if (shown.length > MAX_NOTES) {
    remarks.push({
      code: "content_not_read",
      message: `Of ${shown.length} comments only the first ${MAX_NOTES} are given.`,
    });
  }
  const hidden = notes.filter((note) => note.hidden);
  if (hidden.length > 0) {
    const pages = [...new Set(hidden.map((note) => note.page))].slice(0, 10).join(", ");
    remarks.push({
      code: "hidden_content",
      message: `Comments that no viewer shows hold text, and were not read (page ${pages}).`,
    });
  }
  return { metadata, remarks };
}
