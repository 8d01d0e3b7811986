import { AppError } from "../../errors.ts";
import type { PdfiumInstance } from "./instance.ts";

/** What is said of a PDF that pdfium cannot open, or that brings it down. */
export const damaged = (cause?: unknown) =>
  new AppError(
    "file_damaged",
    "The PDF is damaged and cannot be opened. Save or export it again and send the new file.",
    { cause },
  );

/** Runs what enters pdfium. A trap leaves its memory in an unknown state, so the instance is not used again. */
export function guard<T>(pdfium: PdfiumInstance, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    pdfium.broken = true;
    throw damaged(error);
  }
}
