import { AppError } from "../../errors.ts";
import type { Compound } from "../package/open-compound.ts";

/** A stream's bytes read as numbers; what lies outside reads as zero, so that no lie about a place is an accident. */
export class Numbers {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return at >= 0 && at + 2 <= this.bytes.length ? this.#view.getUint16(at, true) : 0;
  }

  u32(at: number): number {
    return at >= 0 && at + 4 <= this.bytes.length ? this.#view.getUint32(at, true) : 0;
  }
}

/** The parts of a Word document's text, one behind the other, by their length in characters ([MS-DOC] 2.5.4). */
export interface Parts {
  readonly main: number;
  readonly footnotes: number;
  readonly headers: number;
  readonly macros: number;
  readonly comments: number;
  readonly endnotes: number;
  readonly boxes: number;
  readonly headerBoxes: number;
}

/** A Word document's streams and where its tables lie in them. */
export interface Fib {
  readonly document: Numbers;
  readonly table: Numbers;
  /** Formatting too long for the pages that it belongs on. */
  readonly data: Numbers;
  readonly parts: Parts;
  /** True for Word 6 and 95, whose text lies in one piece and whose tables are others. */
  readonly isOld: boolean;
  /** Offset and length of a table by its number in FibRgFcLcb97 (2.5.6). */
  readonly place: (index: number) => { readonly at: number; readonly length: number };
}

const [NAMES, OLD_NAME] = [[0xa5ec, 0xa5dc], 0xa5dc];
/** The first version whose tables are as described ([MS-DOC] 2.5.2, nFib). */
const WORD_97 = 0x00c1;
const LENGTHS = 0x4c;
const PLACES = 0x9a;

/** Reads the head of a Word document ([MS-DOC] 2.5). @throws AppError file_damaged */
export function readFib(file: Compound): Fib {
  const bytes = file.bytes("WordDocument");
  const document = new Numbers(bytes ?? new Uint8Array());
  if (!bytes || !NAMES.includes(document.u16(0))) {
    throw new AppError(
      "file_damaged",
      "The document is damaged: its text cannot be found. Open it in Word, save it again and send that file.",
    );
  }
  const isOld = document.u16(2) < WORD_97 || document.u16(0) === OLD_NAME;
  const table = file.bytes(document.u16(0x0a) & 0x0200 ? "1Table" : "0Table");
  const length = (index: number): number =>
    isOld ? document.u32(0x34 + 4 * index) : document.u32(LENGTHS + 4 * index);
  const [main, footnotes, headers, macros, comments, endnotes, boxes, headerBoxes] = [
    0, 1, 2, 3, 4, 5, 6, 7,
  ].map((index) => Math.min(length(index), bytes.length));
  return {
    document,
    table: new Numbers(table ?? new Uint8Array()),
    data: new Numbers(file.bytes("Data") ?? new Uint8Array()),
    isOld,
    parts: {
      main: main ?? 0,
      footnotes: footnotes ?? 0,
      headers: headers ?? 0,
      macros: macros ?? 0,
      comments: comments ?? 0,
      endnotes: endnotes ?? 0,
      boxes: boxes ?? 0,
      headerBoxes: headerBoxes ?? 0,
    },
    place: (index) => ({
      at: document.u32(PLACES + 8 * index),
      length: document.u32(PLACES + 8 * index + 4),
    }),
  };
}
