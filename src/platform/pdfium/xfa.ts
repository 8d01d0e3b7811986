import type { PdfiumInstance } from "./instance.ts";

/** FORMTYPE of fpdf_formfill.h: a form that is nothing but XFA. */
const XFA_FULL = 2;
const DATASETS = "datasets";
/** More packets than an XFA form has (XDP 2.0 names about a dozen). */
const MAX_PACKETS = 64;
const MAX_DATA_BYTES = 4 * 1024 * 1024;

/** The XML of the data packet of a form that is nothing but XFA; null for other documents, empty where it has none. */
export function readFormData(pdfium: PdfiumInstance, document: number): Uint8Array | null {
  const { exports, scratch } = pdfium;
  if (exports.FPDF_GetFormType(document) !== XFA_FULL) return null;
  const count = Math.min(exports.FPDF_GetXFAPacketCount(document), MAX_PACKETS);
  for (let packet = 0; packet < count; packet++) {
    const name = readBytes(pdfium, (buffer, length) =>
      exports.FPDF_GetXFAPacketName(document, packet, buffer, length),
    );
    if (name === null || new TextDecoder().decode(name).replaceAll("\0", "") !== DATASETS) continue;
    const known = exports.FPDF_GetXFAPacketContent(document, packet, 0, 0, scratch) !== 0;
    const size = known ? pdfium.view().getUint32(scratch, true) : 0;
    if (size === 0 || size > MAX_DATA_BYTES) break;
    const data = readBytes(pdfium, (buffer, length) => {
      exports.FPDF_GetXFAPacketContent(document, packet, buffer, length, scratch);
      return size;
    });
    if (data) return data;
  }
  return new Uint8Array();
}

/** Calls a function that answers in bytes, first for their number; null where there are none. */
function readBytes(
  pdfium: PdfiumInstance,
  ask: (buffer: number, length: number) => number,
): Uint8Array | null {
  const size = ask(0, 0);
  const buffer = size > 0 ? pdfium.exports.malloc(size) : 0;
  if (buffer === 0) return null;
  try {
    ask(buffer, size);
    return pdfium.bytes().slice(buffer, buffer + size);
  } finally {
    pdfium.exports.free(buffer);
  }
}
