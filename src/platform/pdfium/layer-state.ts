import type { PdfiumInstance } from "./instance.ts";
import { readWide } from "./wide.ts";

/** Whether a layer (optional content) shows an object; `unsure` where only drawing the page tells. */
export type LayerState = "shown" | "hidden" | "unsure";

/** Tells what the layers say of page objects. */
export interface LayerReader {
  /** `around` is the state of what the object stands in. */
  readonly stateOf: (object: number, around: LayerState) => LayerState;
  /** The state inside a form XObject, which may belong to a layer by an entry that pdfium does not give. */
  readonly insideForm: (state: LayerState) => LayerState;
}

const MAX_MARKS = 32;

/** `hidden` holds the names of layers that are off; without any, nothing is looked at. */
export function createLayerReader(pdfium: PdfiumInstance, hidden: ReadonlySet<string>): LayerReader {
  if (hidden.size === 0) return { stateOf: () => "shown", insideForm: () => "shown" };
  const { exports } = pdfium;
  const key = withCString(pdfium, "Name");
  return {
    stateOf: (object, around) => {
      if (around === "hidden") return around;
      let state = around;
      const count = Math.min(exports.FPDFPageObj_CountMarks(object), MAX_MARKS);
      for (let index = 0; index < count; index++) {
        const mark = exports.FPDFPageObj_GetMark(object, index);
        if (
          readOut(pdfium, (at, size, length) => exports.FPDFPageObjMark_GetName(mark, at, size, length)) !==
          "OC"
        )
          continue;
        const name = readOut(pdfium, (at, size, length) =>
          key((pointer) => exports.FPDFPageObjMark_GetParamStringValue(mark, pointer, at, size, length)),
        );
        if (hidden.has(name)) return "hidden";
        if (name === "") state = "unsure";
      }
      return state;
    },
    insideForm: (state) => (state === "shown" ? "unsure" : state),
  };
}

/** Lends `text`, ASCII, as a C string. */
function withCString(pdfium: PdfiumInstance, text: string) {
  const encoded = new TextEncoder().encode(`${text}\0`);
  return <T>(work: (pointer: number) => T): T => {
    const pointer = pdfium.exports.malloc(encoded.length);
    pdfium.bytes().set(encoded, pointer);
    try {
      return work(pointer);
    } finally {
      pdfium.exports.free(pointer);
    }
  };
}

/** Reads a text from one of the functions that give its length in bytes by pointer. */
function readOut(
  pdfium: PdfiumInstance,
  ask: (buffer: number, size: number, length: number) => number,
): string {
  return readWide(pdfium, (buffer, size) => {
    const known = ask(buffer, size, pdfium.scratch) !== 0;
    return known ? pdfium.view().getUint32(pdfium.scratch, true) : 0;
  });
}
