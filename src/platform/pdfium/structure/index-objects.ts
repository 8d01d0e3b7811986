import { inflate } from "./inflate.ts";
import {
  type Budget,
  type Dictionary,
  isArray,
  isDictionary,
  Name,
  Reference,
  SyntaxReader,
  type Value,
} from "./syntax.ts";

/** More objects than this are not told apart: what the file says of itself then stays unknown. */
const MAX_OBJECTS = 150_000;
/** Object streams are unpacked up to these sizes, each and together. */
const MAX_OBJECT_STREAM_BYTES = 4 * 1024 * 1024;
const MAX_OBJECT_STREAMS_BYTES = 12 * 1024 * 1024;
/** Objects that are kept once they have been read. */
const MAX_READ = 20_000;
/** What may be read of all objects together (see Budget): some 20 MB of memory at worst. */
const MAX_VALUES = 300_000;
const WINDOW_BYTES = 1024 * 1024;
const OVERLAP_BYTES = 64;
/** A reference to a reference to a reference ends somewhere. */
const MAX_HOPS = 8;

/** Where an object's text begins: in the file, or in an unpacked object stream. */
interface Place {
  readonly bytes: Uint8Array | null;
  readonly at: number;
}

/** A name that is looked for anywhere in a file, plain or in object streams (`JavaScript`). */
export type Needle = string;

/** Where a stream's bytes stand in the file, and how they are packed. */
export interface StreamPlace {
  readonly start: number;
  readonly length: number;
  readonly packing: "none" | "flate" | "other";
}

/**
 * The objects of a PDF by number, found by looking for them rather than by its cross-reference table, so that a
 * damaged file has them too; where a number stands twice, the later object counts. pdfium has no way to ask for
 * what stands in the catalog, so this is read beside it. Nothing in it throws for what the file holds.
 */
export class ObjectIndex {
  readonly #file: () => Uint8Array;
  readonly #places = new Map<number, Place>();
  readonly #seen = new Set<Needle>();
  readonly #read = new Map<number, Value>();
  readonly #budget: Budget = { left: MAX_VALUES };
  #root = 0;
  #encrypted = false;

  /** `file` gives the bytes as they stand now: wasm memory moves when it grows. */
  constructor(file: () => Uint8Array, needles: readonly Needle[]) {
    this.#file = file;
    const streams = this.#scan(needles);
    if (!this.#encrypted) this.#unpack(streams, needles);
  }

  /** Which of the needles stand somewhere. */
  get seen(): ReadonlySet<Needle> {
    return this.#seen;
  }

  /** True where the file had more to say than is read. */
  get exhausted(): boolean {
    return this.#budget.left < 0;
  }

  /** True where strings and streams are enciphered. */
  get encrypted(): boolean {
    return this.#encrypted;
  }

  /** The document catalog (PDF 32000-1, 7.7.2), or null. */
  get catalog(): Dictionary | null {
    const root = this.resolve(new Reference(this.#root));
    return isDictionary(root) ? root : null;
  }

  /** The value itself, or what it refers to. */
  resolve(value: Value | undefined): Value {
    let found = value ?? null;
    for (let hop = 0; found instanceof Reference; hop++) {
      if (hop >= MAX_HOPS) return null;
      found = this.#object(found.number);
    }
    return found;
  }

  #object(number: number): Value {
    const known = this.#read.get(number);
    const place = this.#places.get(number);
    if (known !== undefined || !place) return known ?? null;
    const read = new SyntaxReader(place.bytes ?? this.#file(), place.at, this.#budget).read();
    if (this.#read.size < MAX_READ) this.#read.set(number, read);
    return read;
  }

  dictionary(value: Value | undefined): Dictionary | null {
    const found = this.resolve(value);
    return isDictionary(found) ? found : null;
  }

  array(value: Value | undefined): readonly Value[] {
    const found = this.resolve(value);
    return isArray(found) ? found : [];
  }

  /** Where a stream stands; null where that cannot be told. */
  streamPlace(value: Value | undefined): StreamPlace | null {
    const place = value instanceof Reference ? this.#places.get(value.number) : undefined;
    const raw = place && place.bytes === null ? this.#rawStream(place.at) : null;
    if (!raw) return null;
    return { start: raw.start, length: raw.length, packing: this.#packingOf(raw.dictionary) };
  }

  #packingOf(dictionary: Dictionary): StreamPlace["packing"] {
    const filter = this.resolve(dictionary.get("Filter"));
    const filters = isArray(filter) ? filter.map((one) => this.resolve(one)) : [filter];
    const [only = null] = filters;
    if (this.#encrypted || filters.length > 1) return "other";
    if (only === null) return "none";
    const flate = only instanceof Name && (only.text === "FlateDecode" || only.text === "Fl");
    const parameters = this.resolve(dictionary.get("DecodeParms"));
    return flate && !isDictionary(parameters) ? "flate" : "other";
  }

  #rawStream(at: number): { dictionary: Dictionary; start: number; length: number } | null {
    const file = this.#file();
    const reader = new SyntaxReader(file, at, this.#budget);
    const dictionary = reader.read();
    if (!isDictionary(dictionary) || !reader.accept("stream")) return null;
    let start = reader.at;
    if (file[start] === 13) start++;
    if (file[start] === 10) start++;
    const length = this.resolve(dictionary.get("Length"));
    if (typeof length !== "number" || length < 0 || start + length > file.length) return null;
    return { dictionary, start, length };
  }

  /** Finds objects, the catalog's number and object streams; gives those streams' places. */
  #scan(needles: readonly Needle[]): number[] {
    const file = this.#file();
    const decoder = new TextDecoder("latin1");
    const streams: number[] = [];
    const patterns = needles.map(patternOf);
    let last = 0;
    for (let from = 0; from < file.length; from += WINDOW_BYTES) {
      const text = decoder.decode(file.subarray(from, from + WINDOW_BYTES + OVERLAP_BYTES));
      const marks =
        /(?<!\d)(\d{1,10})\s{1,4}\d{1,5}\s{1,4}obj\b|\/(ObjStm|Encrypt|Root)\b(?:\s+(\d{1,10})\s+\d{1,5}\s+R)?/g;
      for (const { 1: number, 2: mark, 3: target, 0: whole, index } of text.matchAll(marks)) {
        if (index >= WINDOW_BYTES) break;
        if (number !== undefined) {
          last = from + index + whole.length;
          if (this.#places.size < MAX_OBJECTS) this.#places.set(Number(number), { bytes: null, at: last });
        } else if (mark === "ObjStm" && streams.at(-1) !== last) streams.push(last);
        else if (mark === "Encrypt") this.#encrypted = true;
        else if (mark === "Root" && target !== undefined) this.#root = Number(target);
      }
      this.#look(text, needles, patterns);
    }
    return streams;
  }

  #look(text: string, needles: readonly Needle[], patterns: readonly RegExp[]): void {
    for (const [index, needle] of needles.entries()) {
      if (!this.#seen.has(needle) && patterns[index]?.test(text)) this.#seen.add(needle);
    }
  }

  /** Takes in the objects of object streams (PDF 32000-1, 7.5.7). */
  #unpack(streams: readonly number[], needles: readonly Needle[]): void {
    const patterns = needles.map(patternOf);
    const decoder = new TextDecoder("latin1");
    let left = MAX_OBJECT_STREAMS_BYTES;
    for (const at of streams) {
      const raw = this.#rawStream(at);
      const count = this.resolve(raw?.dictionary.get("N"));
      const first = this.resolve(raw?.dictionary.get("First"));
      if (!raw || typeof count !== "number" || typeof first !== "number") continue;
      const packed = this.#file().subarray(raw.start, raw.start + raw.length);
      const bytes = inflateQuietly(packed, Math.min(left, MAX_OBJECT_STREAM_BYTES));
      if (!bytes) continue;
      left -= bytes.length;
      this.#look(decoder.decode(bytes), needles, patterns);
      const reader = new SyntaxReader(bytes);
      for (let index = 0; index < count && this.#places.size < MAX_OBJECTS; index++) {
        const number = reader.integer();
        const offset = reader.integer();
        if (number === null || offset === null) break;
        const known = this.#places.get(number);
        if (!known || known.bytes !== null || known.at < at) {
          this.#places.set(number, { bytes, at: first + offset });
        }
      }
    }
  }
}

/** A name, whichever of its letters are written as `#xx`. */
function patternOf(needle: Needle): RegExp {
  const letters = Array.from(needle, (letter) => {
    const hex = letter.charCodeAt(0).toString(16).padStart(2, "0");
    return `(?:${letter}|#(?:${hex}|${hex.toUpperCase()}))`;
  });
  return new RegExp(String.raw`/${letters.join("")}(?![\w#])`);
}

function inflateQuietly(packed: Uint8Array, maxBytes: number): Uint8Array | null {
  try {
    return inflate(packed, maxBytes);
  } catch {
    return null;
  }
}
