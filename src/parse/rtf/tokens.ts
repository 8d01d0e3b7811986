/** A piece of an RTF file (RTF 1.9.1, "Formal syntax"). */
export type RtfToken =
  | { readonly kind: "open" | "close" }
  | { readonly kind: "word"; readonly word: string; readonly number: number | null }
  /** A character that stands for itself behind a backslash. */
  | { readonly kind: "symbol"; readonly symbol: string }
  /** A byte of text in the font's code page, written as it is or in hexadecimal. */
  | { readonly kind: "byte"; readonly byte: number };

const [BACKSLASH, OPEN, CLOSE, QUOTE, MINUS] = [0x5c, 0x7b, 0x7d, 0x27, 0x2d];
const OPENING: RtfToken = { kind: "open" };
const CLOSING: RtfToken = { kind: "close" };
const BYTES: readonly RtfToken[] = Array.from({ length: 256 }, (_, byte): RtfToken => ({
  kind: "byte",
  byte,
}));

/** Where a picture's content stands in the file: as hexadecimal digits, or as it is behind `\\bin`. */
export interface RtfPicture {
  /** The word that says its kind: `pngblip`, `wmetafile`; empty where none does. */
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly isBinary: boolean;
  readonly sizeBytes: number;
}

/** More than may be members; the rest are counted with them. */
const MAX_PICTURES = 10_000;
const PICTURE_KINDS = /^(?:(?:png|jpeg|emf)blip|[dw]i?bitmap|wmetafile|macpict|pmmetafile)$/;

/** Takes RTF apart from its start to its end. Binary data is jumped over; where pictures stand is noted. */
export class RtfScanner {
  /** Pictures that have gone by, wherever they stood. */
  readonly pictures: RtfPicture[] = [];
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next token; null at the end. */
  next(): RtfToken | null {
    const bytes = this.#bytes;
    for (; this.#at < bytes.length;) {
      const byte = bytes[this.#at++] ?? 0;
      if (byte === OPEN) return OPENING;
      if (byte === CLOSE) return CLOSING;
      if (byte === BACKSLASH) return this.#control();
      if (byte !== 0x0a && byte !== 0x0d && byte !== 0) return BYTES[byte] ?? null;
    }
    return null;
  }

  /**
   * Jumps behind the end of the group that is open. Binary data in it may hold anything, braces too. Pictures in it
   * are noted unless they are the same ones once more, for old readers (`nonshppict`).
   */
  skipGroup(notesPictures = true): void {
    const bytes = this.#bytes;
    for (let depth = 1; this.#at < bytes.length;) {
      const byte = bytes[this.#at++];
      if (byte === OPEN) depth += 1;
      else if (byte === CLOSE) {
        depth -= 1;
        if (depth === 0) return;
      } else if (byte === BACKSLASH) {
        const token = this.#control();
        if (!notesPictures || token?.kind !== "word") continue;
        if (token.word === "pict") this.skipPicture();
        else if (token.word === "nonshppict") this.skipGroup(false);
        else continue;
        depth -= 1;
        if (depth === 0) return;
      }
    }
  }

  /** Jumps behind the end of the picture's group that is open, and notes where its content stands. */
  skipPicture(): void {
    const bytes = this.#bytes;
    let [kind, from, to, digits] = ["", 0, 0, 0];
    let isBinary = false;
    for (; this.#at < bytes.length;) {
      const at = this.#at++;
      const byte = bytes[at] ?? 0;
      if (byte === CLOSE) break;
      if (byte === OPEN) this.skipGroup(false);
      else if (byte === BACKSLASH) {
        const token = this.#control();
        if (token?.kind !== "word") continue;
        if (PICTURE_KINDS.test(token.word)) kind = token.word;
        if (token.word !== "bin" || token.number === null || token.number <= 0) continue;
        isBinary = true;
        from = this.#at - token.number;
        to = Math.min(this.#at, bytes.length);
      } else if (!isBinary && isHex(byte)) {
        if (digits === 0) from = at;
        digits += 1;
        to = at + 1;
      }
    }
    const sizeBytes = isBinary ? to - from : digits >> 1;
    if (this.pictures.length < MAX_PICTURES) this.pictures.push({ kind, from, to, isBinary, sizeBytes });
  }

  #control(): RtfToken | null {
    const bytes = this.#bytes;
    const first = bytes[this.#at] ?? 0;
    if (!isLetter(first)) {
      this.#at += 1;
      if (first !== QUOTE) return { kind: "symbol", symbol: String.fromCharCode(first) };
      const value = hex(bytes[this.#at]) * 16 + hex(bytes[this.#at + 1]);
      this.#at += 2;
      return BYTES[value] ?? { kind: "symbol", symbol: "'" };
    }
    const start = this.#at;
    while (isLetter(bytes[this.#at] ?? 0) && this.#at - start < 32) this.#at += 1;
    let word = "";
    for (let at = start; at < this.#at; at += 1) word += String.fromCharCode(bytes[at] ?? 0);
    const number = this.#number();
    if (bytes[this.#at] === 0x20) this.#at += 1;
    if (word === "bin" && number !== null && number > 0) this.#at += number;
    return { kind: "word", word, number };
  }

  #number(): number | null {
    const bytes = this.#bytes;
    const isNegative = bytes[this.#at] === MINUS && isDigit(bytes[this.#at + 1] ?? 0);
    if (isNegative) this.#at += 1;
    if (!isDigit(bytes[this.#at] ?? 0)) return null;
    let value = 0;
    for (let digits = 0; isDigit(bytes[this.#at] ?? 0) && digits < 10; digits += 1) {
      value = value * 10 + (bytes[this.#at++] ?? 0x30) - 0x30;
    }
    return isNegative ? -value : value;
  }
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46);
}

function hex(byte: number | undefined): number {
  const value = Number.parseInt(String.fromCharCode(byte ?? 0), 16);
  return Number.isNaN(value) ? 0 : value;
}
