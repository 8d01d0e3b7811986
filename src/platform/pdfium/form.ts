import { AppError } from "../../errors.ts";
import type { BBox } from "../../model/geometry.ts";
import type { FormField } from "../../model/parsed.ts";
import type { PdfiumInstance } from "./instance.ts";
import { frameOf } from "./page.ts";
import { type PageFrame, toUpright } from "./text.ts";
import { readWide } from "./wide.ts";

/** More fields or pages than any form has: beyond them nothing is listed. */
const MAX_FIELDS = 5_000;
const MAX_PAGES = 300;
const MAX_ANNOTATIONS = 5_000;
/** Drawing one into its page takes a millisecond or two: more would hold up all other documents. */
const MAX_DRAWN = 10_000;

/** FPDF_ANNOT_SUBTYPE of fpdf_annot.h: those whose appearance holds text that belongs to the page. */
const SUBTYPE = { freeText: 3, stamp: 13, widget: 20 } as const;
const PRINTED: ReadonlySet<number> = new Set(Object.values(SUBTYPE));

/** FPDF_FORMFIELD of fpdf_formfill.h, from 1. */
const KINDS = ["button", "checkbox", "radio", "choice", "choice", "text", "signature"] as const;

const FLAT_NORMAL_DISPLAY = 0;
/** sizeof(FPDF_FORMFILLINFO) with room to spare; only its version is set, every callback stays null. */
const FORM_INFO_BYTES = 512;

/** pdfium's form environment of one document. */
export interface Form {
  readonly handle: number;
  readonly info: number;
}

/** Opens the form environment; null for a document without fields. */
export function openForm(pdfium: PdfiumInstance, document: number): Form | null {
  const { exports } = pdfium;
  if (exports.FPDF_GetFormType(document) === 0) return null;
  const info = exports.malloc(FORM_INFO_BYTES);
  if (info === 0) return null;
  pdfium.bytes().fill(0, info, info + FORM_INFO_BYTES);
  pdfium.view().setInt32(info, 1, true);
  const handle = exports.FPDFDOC_InitFormFillEnvironment(document, info);
  if (handle !== 0) return { handle, info };
  exports.free(info);
  return null;
}

export function closeForm(pdfium: PdfiumInstance, form: Form): void {
  pdfium.exports.FPDFDOC_ExitFormFillEnvironment(form.handle);
  pdfium.exports.free(form.info);
}

/** Lists the fields with their values and places, page by page, as pdfium knows them. */
export function readFields(
  pdfium: PdfiumInstance,
  document: number,
  form: Form,
  pageCount: number,
): FormField[] {
  const fields: FormField[] = [];
  const { exports } = pdfium;
  for (let index = 0; index < Math.min(pageCount, MAX_PAGES); index++) {
    const page = exports.FPDF_LoadPage(document, index);
    if (page === 0) continue;
    // Without it pdfium takes every box for unchecked.
    exports.FORM_OnAfterLoadPage(page, form.handle);
    const frame = frameOf(pdfium, page);
    eachAnnotation(pdfium, page, (annotation, subtype) => {
      if (subtype !== SUBTYPE.widget || fields.length >= MAX_FIELDS) return;
      const field = readField(pdfium, form, annotation, frame, index + 1);
      if (field) fields.push(field);
    });
    exports.FORM_OnBeforeClosePage(page, form.handle);
    exports.FPDF_ClosePage(page);
  }
  return fields;
}

function eachAnnotation(
  pdfium: PdfiumInstance,
  page: number,
  work: (annotation: number, subtype: number) => void,
): void {
  const { exports } = pdfium;
  const count = Math.min(exports.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS);
  for (let index = 0; index < count; index++) {
    const annotation = exports.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    work(annotation, exports.FPDFAnnot_GetSubtype(annotation));
    exports.FPDFPage_CloseAnnot(annotation);
  }
}

function readField(
  pdfium: PdfiumInstance,
  form: Form,
  annotation: number,
  frame: PageFrame,
  page: number,
): FormField | null {
  const { exports } = pdfium;
  const { handle } = form;
  const kind = KINDS[exports.FPDFAnnot_GetFormFieldType(handle, annotation) - 1];
  if (!kind) return null;
  const text = (
    ask:
      | "FPDFAnnot_GetFormFieldName"
      | "FPDFAnnot_GetFormFieldAlternateName"
      | "FPDFAnnot_GetFormFieldValue"
      | "FPDFAnnot_GetFormFieldExportValue",
  ) => readWide(pdfium, (buffer, length) => exports[ask](handle, annotation, buffer, length));
  const checkable = kind === "checkbox" || kind === "radio";
  const option = kind === "radio" ? text("FPDFAnnot_GetFormFieldExportValue") : "";
  const checked = checkable && exports.FPDFAnnot_IsChecked(handle, annotation) !== 0;
  const value = checkable
    ? checked
      ? "selected"
      : "unselected"
    : text("FPDFAnnot_GetFormFieldValue") || null;
  return {
    name: text("FPDFAnnot_GetFormFieldName"),
    label: text("FPDFAnnot_GetFormFieldAlternateName") || option || null,
    kind,
    value: kind === "button" || kind === "signature" ? null : value,
    page,
    bbox: boxOf(pdfium, annotation, frame),
  };
}

function boxOf(pdfium: PdfiumInstance, annotation: number, frame: PageFrame): BBox | null {
  const { scratch } = pdfium;
  if (pdfium.exports.FPDFAnnot_GetRect(annotation, scratch) === 0) return null;
  const view = pdfium.view();
  const edge = (index: number) => view.getFloat32(scratch + index * 4, true);
  return boxOfRect([edge(0), edge(1), edge(2), edge(3)], frame);
}

/** A rectangle of the page's own coordinates as a box of the upright page; null where it is none. */
export function boxOfRect(
  [left, bottom, right, top]: readonly [number, number, number, number],
  frame: PageFrame,
): BBox | null {
  const [xa, ya] = toUpright(left, bottom, frame);
  const [xb, yb] = toUpright(right, top, frame);
  const { width, height } = frame.size;
  const box = [
    Math.min(xa, xb) / width,
    Math.min(ya, yb) / height,
    Math.max(xa, xb) / width,
    Math.max(ya, yb) / height,
  ];
  if (!box.every(Number.isFinite)) return null;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box.map((part) => Math.min(1, Math.max(0, part)));
  return [x0, y0, x1, y1];
}

/**
 * Whether a loaded page shows text through annotations: filled fields, free text, stamps.
 * @throws AppError file_damaged where there are so many that they were made to cost time
 */
export function hasPrintedAnnotations(pdfium: PdfiumInstance, page: number): boolean {
  const count = pdfium.exports.FPDFPage_GetAnnotCount(page);
  if (count === 0) return false;
  if (count > MAX_DRAWN) {
    throw new AppError("file_damaged", `A page holds ${count} annotations, more than any form has.`);
  }
  let printed = false;
  eachAnnotation(pdfium, page, (_, subtype) => {
    printed ||= PRINTED.has(subtype);
  });
  return printed;
}

/**
 * Draws annotations into the page's content, so that what was filled in is read with the rest.
 * The page has to be loaded again afterwards.
 */
export function flatten(pdfium: PdfiumInstance, page: number, form: Form | null): void {
  const { exports } = pdfium;
  if (form) exports.FORM_OnAfterLoadPage(page, form.handle);
  exports.FPDFPage_Flatten(page, FLAT_NORMAL_DISPLAY);
  if (form) exports.FORM_OnBeforeClosePage(page, form.handle);
}
