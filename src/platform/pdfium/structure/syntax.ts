/** A name (`/Type`), without its slash and with `#xx` resolved. */
export class Name {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A reference to an indirect object. */
export class Reference {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** A string's bytes, as they stand in the file: encrypted where the file is. */
export class ByteString {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export type Dictionary = ReadonlyMap<string, Value>;
export type Value = null | boolean | number | Name | Reference | ByteString | readonly Value[] | Dictionary;

/** Deeper nesting is an attack: the value ends there. */
const MAX_DEPTH = 40;
/** More entries than any dictionary or array that says something of a whole file. */
const MAX_ENTRIES = 20_000;

const WHITE = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITERS = new Set(Array.from("()<>[]{}/%", (mark) => mark.charCodeAt(0)));
const CODE = {
  slash: 0x2f,
  open: 0x28,
  close: 0x29,
  less: 0x3c,
  more: 0x3e,
  left: 0x5b,
  right: 0x5d,
} as const;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;

export function isDictionary(value: Value | undefined): value is Dictionary {
  return value instanceof Map;
}

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** What may still be read: a value costs 1, and so do 32 bytes of a string or of what stands between values. */
export interface Budget {
  left: number;
}

const BYTES_PER_UNIT = 32;
const MAX_STRING_BYTES = 256 * 1024;
const READ_BUDGET = 100_000;

/** Reads PDF objects (PDF 32000-1, 7.3) from bytes; what is malformed ends the value, and nothing throws. */
export class SyntaxReader {
  readonly #bytes: Uint8Array;
  readonly #budget: Budget;
  at: number;

  constructor(bytes: Uint8Array, at = 0, budget: Budget = { left: READ_BUDGET }) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.at = at;
  }

  /** The next value; null where there is none. */
  read(depth = 0): Value {
    this.#skip();
    this.#spend(1);
    const code = this.#bytes[this.at];
    if (code === undefined) return null;
    if (depth > MAX_DEPTH) {
      this.at++;
      return null;
    }
    if (code === CODE.slash) return this.#name();
    if (code === CODE.open) return this.#literal();
    if (code === CODE.left) return this.#array(depth);
    if (code === CODE.less) {
      if (this.#bytes[this.at + 1] !== CODE.less) return this.#hex();
      return this.#dictionary(depth);
    }
    return this.#keyword();
  }

  /** A run of digits, or null. */
  integer(): number | null {
    this.#skip();
    const start = this.at;
    const token = this.#token();
    if (/^\d{1,10}$/.test(token)) return Number(token);
    this.at = start;
    return null;
  }

  /** Steps over a word; false, and no step, where another stands there. */
  accept(word: string): boolean {
    this.#skip();
    for (let index = 0; index < word.length; index++) {
      if (this.#bytes[this.at + index] !== word.charCodeAt(index)) return false;
    }
    this.at += word.length;
    return true;
  }

  /** Ends all reading where the budget is used up. */
  #spend(units: number): void {
    this.#budget.left -= units;
    if (this.#budget.left < 0) this.at = this.#bytes.length;
  }

  #skip(): void {
    const start = this.at;
    for (;;) {
      const code = this.#bytes[this.at];
      if (code === undefined || this.at - start > MAX_STRING_BYTES) break;
      if (code === PERCENT) {
        while (this.at < this.#bytes.length && !isLineEnd(this.#bytes[this.at])) {
          if (++this.at - start > MAX_STRING_BYTES) break;
        }
      } else if (WHITE.has(code)) this.at++;
      else break;
    }
    this.#spend(Math.floor((this.at - start) / BYTES_PER_UNIT));
  }

  #token(): string {
    const start = this.at;
    while (this.at < this.#bytes.length && this.at - start < 256) {
      const code = this.#bytes[this.at] ?? 0;
      if (WHITE.has(code) || DELIMITERS.has(code)) break;
      this.at++;
    }
    return String.fromCharCode(...this.#bytes.subarray(start, this.at));
  }

  #keyword(): Value {
    const start = this.at;
    const token = this.#token();
    if (token === "") {
      this.at++;
      return null;
    }
    if (token === "true" || token === "false") return token === "true";
    const number = Number(token);
    if (!Number.isFinite(number)) return null;
    if (!/^\d+$/.test(token)) return number;
    const behind = this.at;
    const generation = this.integer();
    if (generation !== null && this.accept("R")) return new Reference(number);
    this.at = behind > start ? behind : start + 1;
    return number;
  }

  #name(): Name {
    this.at++;
    return new Name(
      this.#token().replace(/#([\da-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    );
  }

  #array(depth: number): readonly Value[] {
    this.at++;
    const values: Value[] = [];
    for (;;) {
      this.#skip();
      const code = this.#bytes[this.at];
      if (code === CODE.right) this.at++;
      if (code === undefined || code === CODE.right || values.length >= MAX_ENTRIES) return values;
      if (code === CODE.more) return values;
      values.push(this.read(depth + 1));
    }
  }

  #dictionary(depth: number): Dictionary {
    this.at += 2;
    const entries = new Map<string, Value>();
    for (;;) {
      this.#skip();
      const code = this.#bytes[this.at];
      if (code === CODE.more) this.at += 2;
      if (code !== CODE.slash || entries.size >= MAX_ENTRIES) return entries;
      const key = this.#name().text;
      entries.set(key, this.read(depth + 1));
    }
  }

  #hex(): ByteString {
    const start = ++this.at;
    let digits = "";
    while (this.at - start < MAX_STRING_BYTES) {
      const code = this.#bytes[this.at++];
      if (code === undefined || code === CODE.more) break;
      if (!WHITE.has(code)) digits += String.fromCharCode(code);
    }
    this.#spend(Math.floor((this.at - start) / BYTES_PER_UNIT));
    const pairs = digits.match(/[\da-f]{1,2}/gi) ?? [];
    return new ByteString(Uint8Array.from(pairs, (pair) => Number.parseInt(pair.padEnd(2, "0"), 16)));
  }

  #literal(): ByteString {
    const start = ++this.at;
    const out: number[] = [];
    let open = 1;
    while (this.at < this.#bytes.length && this.at - start < MAX_STRING_BYTES) {
      const code = this.#bytes[this.at++] ?? 0;
      if (code === BACKSLASH) this.#escape(out);
      else if (code === CODE.close && --open === 0) break;
      else {
        if (code === CODE.open) open++;
        out.push(code);
      }
    }
    this.#spend(Math.floor((this.at - start) / BYTES_PER_UNIT));
    return new ByteString(Uint8Array.from(out));
  }

  #escape(out: number[]): void {
    const code = this.#bytes[this.at++] ?? 0;
    const named = "nrtbf".indexOf(String.fromCharCode(code));
    if (named >= 0) out.push([10, 13, 9, 8, 12][named] ?? 0);
    else if (code >= 0x30 && code <= 0x37) {
      let octal = code - 0x30;
      for (let more = 0; more < 2; more++) {
        const next = this.#bytes[this.at] ?? 0;
        if (next < 0x30 || next > 0x37) break;
        octal = octal * 8 + next - 0x30;
        this.at++;
      }
      out.push(octal & 255);
    } else if (code === 13) {
      if (this.#bytes[this.at] === 10) this.at++;
    } else if (code !== 10) out.push(code);
  }
}

function isLineEnd(code: number | undefined): boolean {
  return code === 10 || code === 13;
}

/** PDFDocEncoding where it differs from Latin-1 (PDF 32000-1, annex D.2), from 0x80. */
const DOC_ENCODING = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD€";
const DOC_ACCENTS = "˘ˇˆ˙˝˛˚˜";

/** A text string (PDF 32000-1, 7.9.2.2): UTF-16 or UTF-8 with its mark, else PDFDocEncoding. */
export function textOf(value: Value | undefined): string {
  if (!(value instanceof ByteString)) return "";
  const { bytes } = value;
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes.subarray(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return Array.from(bytes, (code) => {
    if (code >= 0x80 && code <= 0xa0) return DOC_ENCODING[code - 0x80] ?? "\uFFFD";
    if (code >= 0x18 && code < 0x20) return DOC_ACCENTS[code - 0x18] ?? "";
    return String.fromCharCode(code);
  }).join("");
}
