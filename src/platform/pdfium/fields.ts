import type { FormField, Warning } from "../../model/parsed.ts";
import { boxOfRect, flatten, type Form, readFields } from "./form.ts";
import type { PdfiumInstance } from "./instance.ts";
import { frameOf } from "./page.ts";
import { type FieldEntry, MAX_FIELDS } from "./structure/fields.ts";
import type { Structure } from "./structure/read-structure.ts";

/** Most characters that are taken from a field's appearance. */
const MAX_DRAWN = 2_000;
const MAX_NAMES = 10;

/** A loaded document's form. */
export interface FormSource {
  readonly pdfium: PdfiumInstance;
  readonly document: number;
  readonly form: Form | null;
  readonly pageCount: number;
  /** Pages whose annotations have been drawn into their content. */
  readonly flattened: Set<number>;
}

/**
 * Lists a document's fields: by the file's own structure where that can be read, which knows widgets that no form
 * lists and fields without a widget too; else as pdfium has them (an enciphered file).
 */
export function listFields(
  source: FormSource,
  structure: Structure,
): { fields: FormField[]; remarks: Warning[] } {
  const { pdfium, document, form, pageCount } = source;
  if (structure.fields.length === 0) {
    return { fields: form ? readFields(pdfium, document, form, pageCount) : [], remarks: [] };
  }
  const byPage = Map.groupBy(structure.fields, (entry) => entry.page);
  const fields: FormField[] = [];
  for (const [page, entries] of byPage) {
    if (page === null || page >= pageCount)
      fields.push(...entries.map((entry) => asField(entry, null, null)));
    else fields.push(...readPageFields(source, page, entries));
  }
  return { fields, remarks: [...remarkHidden(structure.fields), ...remarkCut(structure.fields)] };
}

function readPageFields(source: FormSource, page: number, entries: readonly FieldEntry[]): FormField[] {
  const { pdfium, document } = source;
  const { exports } = pdfium;
  const handle = exports.FPDF_LoadPage(document, page);
  if (handle === 0) return entries.map((entry) => asField(entry, null, page + 1));
  const frame = frameOf(pdfium, handle);
  const drawn = entries.filter((entry) => entry.drawn && !entry.hidden);
  const before = drawn.length > 0 ? readInside(pdfium, handle, drawn) : [];
  if (drawn.length > 0) {
    flatten(pdfium, handle, source.form);
    source.flattened.add(page + 1);
  }
  exports.FPDF_ClosePage(handle);
  const shown = new Map<FieldEntry, string>();
  for (const [index, text] of readAgain(source, page, drawn).entries()) {
    const entry = drawn[index];
    if (entry && text !== "" && before[index] === "") shown.set(entry, text);
  }
  return entries.map((entry) => {
    const bbox = entry.rect ? boxOfRect(entry.rect, frame) : null;
    return asField({ ...entry, value: entry.value ?? shown.get(entry) ?? null }, bbox, page + 1);
  });
}

function readAgain({ pdfium, document }: FormSource, page: number, drawn: readonly FieldEntry[]): string[] {
  if (drawn.length === 0) return [];
  const handle = pdfium.exports.FPDF_LoadPage(document, page);
  if (handle === 0) return [];
  const texts = readInside(pdfium, handle, drawn);
  pdfium.exports.FPDF_ClosePage(handle);
  return texts;
}

/** The text that stands inside each widget on a loaded page. */
function readInside(pdfium: PdfiumInstance, page: number, entries: readonly FieldEntry[]): string[] {
  const { exports } = pdfium;
  const textPage = exports.FPDFText_LoadPage(page);
  if (textPage === 0) return entries.map(() => "");
  const buffer = exports.malloc(MAX_DRAWN * 2);
  const texts = entries.map(({ rect }) => {
    if (!rect || buffer === 0) return "";
    const [left, bottom, right, top] = rect;
    const length = exports.FPDFText_GetBoundedText(textPage, left, top, right, bottom, buffer, MAX_DRAWN);
    const bytes = pdfium.bytes().slice(buffer, buffer + Math.min(Math.max(0, length), MAX_DRAWN) * 2);
    return new TextDecoder("utf-16le").decode(bytes).replaceAll("\0", "").trim();
  });
  if (buffer !== 0) exports.free(buffer);
  exports.FPDFText_ClosePage(textPage);
  return texts;
}

function asField(entry: FieldEntry, bbox: FormField["bbox"], page: number | null): FormField {
  const { name, label, kind, option } = entry;
  const checkable = kind === "checkbox" || kind === "radio";
  const value = checkable ? (entry.checked ? "selected" : "unselected") : entry.value;
  const called = kind === "radio" ? (option ?? label) : label;
  return { name, label: called, kind, value: kind === "button" ? null : value, page, bbox };
}

function remarkCut({ length }: readonly FieldEntry[]): Warning[] {
  if (length < MAX_FIELDS) return [];
  const message = `Of the form the first ${MAX_FIELDS} fields were listed; there may be more. Split the document and send its parts.`;
  return [{ code: "form_not_read", message }];
}

function remarkHidden(entries: readonly FieldEntry[]): Warning[] {
  const hidden = entries.filter((entry) => entry.hidden && (entry.value !== null || entry.checked));
  if (hidden.length === 0) return [];
  const names = hidden.slice(0, MAX_NAMES).map((entry) => entry.name.slice(0, 100));
  const more = hidden.length > names.length ? ` and ${hidden.length - names.length} more` : "";
  return [
    {
      code: "hidden_content",
      message: `Fields of the form are filled in and hidden: ${names.join(", ")}${more}.`,
    },
  ];
}
