import type { Warning } from "../../../model/parsed.ts";
import { type FieldEntry, readFieldEntries } from "./fields.ts";
import { type EmbeddedFile, readEmbeddedFiles } from "./files.ts";
import { ObjectIndex } from "./index-objects.ts";
import { readLayers } from "./layers.ts";
import { type Note, readNotes, readPageFiles, readPages } from "./pages.ts";

/** What a PDF's objects say of the whole file and pdfium has no function for. */
export interface Structure {
  /** True where strings and streams are enciphered: all that follows then stays empty. */
  readonly encrypted: boolean;
  /** Names of layers that are off. */
  readonly hiddenLayers: ReadonlySet<string>;
  readonly files: { readonly named: readonly EmbeddedFile[]; readonly unnamed: readonly EmbeddedFile[] };
  readonly fields: readonly FieldEntry[];
  readonly notes: readonly Note[];
  readonly remarks: readonly Warning[];
}

/** Names of actions that run something, and how a reader is told. */
const ACTIVE = {
  JavaScript: "JavaScript",
  Launch: "actions that start programs",
  RichMedia: "embedded media",
  Movie: "embedded media",
  ImportData: "actions that import data",
  SubmitForm: "actions that send the form to a server",
} as const;

const NEEDLES = [...Object.keys(ACTIVE), "Widget"];

/** Reads a file's structure. `file` gives its bytes as they stand now. Nothing that the file holds makes it throw. */
export function readStructure(file: () => Uint8Array): Structure {
  const index = new ObjectIndex(file, NEEDLES);
  const remarks = [...remarkActive(index), ...remarkPortfolio(index)];
  if (index.encrypted) {
    const files = { named: [], unnamed: [] };
    return { encrypted: true, hiddenLayers: new Set(), files, fields: [], notes: [], remarks };
  }
  const pages = readPages(index);
  const hasFields = index.seen.has("Widget") || (index.catalog?.has("AcroForm") ?? false);
  const hiddenLayers = readLayers(index).hidden;
  const files = readEmbeddedFiles(index, readPageFiles(index, pages));
  const fields = hasFields ? readFieldEntries(index, pages) : [];
  const notes = readNotes(index, pages);
  if (index.exhausted) remarks.push({ code: "content_not_read", message: TOO_MUCH });
  return { encrypted: false, hiddenLayers, files, fields, notes, remarks };
}

const TOO_MUCH =
  "The PDF has more fields, comments or files beside its pages than are read; some of them may be missing.";

function remarkActive(index: ObjectIndex): Warning[] {
  const found = new Set(
    Object.entries(ACTIVE).flatMap(([needle, what]) => (index.seen.has(needle) ? [what] : [])),
  );
  if (found.size === 0) return [];
  const message = `The PDF holds ${[...found].join(", ")}. Nothing of it was run.`;
  return [{ code: "scripts_present", message }];
}

/** A portfolio (PDF 32000-1, 7.11.6) is its files: the page is no more than a cover. */
function remarkPortfolio(index: ObjectIndex): Warning[] {
  if (!index.catalog?.has("Collection")) return [];
  const message =
    "The PDF is a portfolio: its own pages are no more than a cover. What it is about are the files inside it.";
  return [{ code: "hidden_content", message }];
}
