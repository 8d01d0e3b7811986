import { AppError } from "../../errors.ts";
import { guard } from "./guard.ts";
import type { PdfiumInstance } from "./instance.ts";

/** FPDF_FILEWRITE of fpdf_save.h: a version, and the function that takes a block. */
const FILE_WRITE = { bytes: 8, version: 1 } as const;
/** The table's slot of the null pointer is nobody's: it is lent for as long as a file is written. */
const LENT_SLOT = 0;
/** FPDF_GetSecurityHandlerRevision of a file without protection. */
const UNPROTECTED = -1;

/** Whether a document is encrypted, also one that opens without a password. */
export function isProtected({ exports }: PdfiumInstance, document: number): boolean {
  return exports.FPDF_GetSecurityHandlerRevision(document) !== UNPROTECTED;
}

/**
 * A PDF of some pages of a document, counted from 1, with what they need and nothing else.
 * @throws AppError file_damaged, payload_too_large above `maxBytes`
 */
export function copyPages(
  pdfium: PdfiumInstance,
  document: number,
  pages: readonly number[],
  { writer, maxBytes }: { readonly writer: WebAssembly.Module; readonly maxBytes: number },
): Uint8Array {
  const { exports } = pdfium;
  return guard(pdfium, () => {
    const copy = exports.FPDF_CreateNewDocument();
    if (copy === 0) throw new AppError("payload_too_large", "The PDF is too large to be taken apart.");
    try {
      importPages(pdfium, copy, document, pages);
      return save(pdfium, copy, writer, maxBytes);
    } finally {
      exports.FPDF_CloseDocument(copy);
    }
  });
}

function importPages(pdfium: PdfiumInstance, copy: number, document: number, pages: readonly number[]): void {
  const { exports } = pdfium;
  const indices = exports.malloc(pages.length * 4);
  for (const [at, page] of pages.entries()) pdfium.view().setInt32(indices + at * 4, page - 1, true);
  const done = exports.FPDF_ImportPagesByIndex(copy, document, indices, pages.length, 0);
  exports.free(indices);
  if (done === 0) throw new AppError("file_damaged", "Pages of the PDF are damaged and cannot be copied.");
}

function save(
  pdfium: PdfiumInstance,
  copy: number,
  writer: WebAssembly.Module,
  maxBytes: number,
): Uint8Array {
  const { exports } = pdfium;
  const blocks: Uint8Array[] = [];
  let size = 0;
  const write = (_self: number, at: number, length: number): number => {
    size += length;
    if (size > maxBytes) return 0;
    blocks.push(pdfium.bytes().slice(at, at + length));
    return 1;
  };
  const { write: entry } = new WebAssembly.Instance(writer, { host: { write } }).exports;
  const file = exports.malloc(FILE_WRITE.bytes);
  pdfium.view().setInt32(file, FILE_WRITE.version, true);
  pdfium.view().setInt32(file + 4, LENT_SLOT, true);
  exports.__indirect_function_table.set(LENT_SLOT, entry);
  let done = 0;
  try {
    done = exports.FPDF_SaveAsCopy(copy, file, 0);
  } finally {
    exports.__indirect_function_table.set(LENT_SLOT, null);
    exports.free(file);
  }
  if (size > maxBytes)
    throw new AppError("payload_too_large", `Its pages make a file of more than ${maxBytes} bytes.`);
  if (done === 0) throw new AppError("file_damaged", "Pages of the PDF are damaged and cannot be copied.");
  return join(blocks, size);
}

function join(blocks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  return bytes;
}
