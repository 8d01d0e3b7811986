import { AppError } from "../../errors.ts";
import type { DocumentSource, OpenedCopies, PageCopies, PdfReader } from "../../ports.ts";
import { copyTiffPages } from "../images/tiff/copy-pages.ts";

/** Copies pages: a PDF's by its reader, a TIFF's directory by directory. `maxBytes` bounds what one copy may have. */
export function createPageCopies(pdf: PdfReader, maxBytes: number): PageCopies {
  return {
    open: async (source) => {
      if (source.format === "pdf") return openPdf(source, pdf, maxBytes);
      if (source.format === "tiff") return openTiff(source);
      throw new AppError("unsupported_format", "Pages are copied out of PDFs and TIFFs alone.");
    },
  };
}

async function openPdf(source: DocumentSource, pdf: PdfReader, maxBytes: number): Promise<OpenedCopies> {
  const handle = await pdf.open(source, {});
  try {
    // What cannot be copied is found out here, before anything is made of the first page.
    await handle.copyPages([1], maxBytes);
  } catch (error) {
    handle.close();
    throw error;
  }
  return {
    mediaType: "application/pdf",
    ending: ".pdf",
    copy: (from, to) => handle.copyPages(range(from, to), maxBytes),
    close: handle.close,
  };
}

async function openTiff(source: DocumentSource): Promise<OpenedCopies> {
  const bytes = await source.bytes();
  copyTiffPages(bytes, [1]);
  return {
    mediaType: "image/tiff",
    ending: ".tiff",
    copy: async (from, to) => copyTiffPages(bytes, range(from, to)),
    close: () => undefined,
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
