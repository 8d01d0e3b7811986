import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { decodeBytes } from "./decode-bytes.ts";
import { guessEncoding } from "./guess-encoding.ts";

/** A text with the encoding that it was read in; `sure` is false where another one is nearly as likely. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly sure: boolean;
}

/** Above this share of control or replacement characters the bytes are no text. */
const MAX_NOISE = 0.02;
/** Bytes looked at for the shape of UTF-16 and UTF-32. */
const SHAPE_BYTES = 4_096;

/** Byte order marks, the longer ones first. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ["utf-32le", [0xff, 0xfe, 0, 0]],
  ["utf-32be", [0, 0, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Decodes a text by its byte order mark, by the shape of UTF-8, 16 and 32, by the encoding that it was `declared` to
 * have, else by what its letters look like.
 * @throws AppError unsupported_format when the bytes are no text, empty_file when there is nothing but space
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const decoded = decode(bytes, declared);
  const { text } = decoded;
  let noise = 0;
  for (const match of text.matchAll(/[\p{Cc}\uFFFD]/gu)) if (!/\s/.test(match[0])) noise += 1;
  if (noise > MAX_NOISE * text.length) {
    throw new AppError(
      "unsupported_format",
      "The file is named a text but holds other data. Send it under its own name and kind.",
    );
  }
  if (text.trim() === "") throw new AppError("empty_file", "The text is empty. Send a file with content.");
  return decoded;
}

/** What a reader has to know of an encoding that was not sure. */
export function encodingWarnings({ sure, encoding }: DecodedText): Warning[] {
  if (sure) return [];
  const message = `The text does not say how it is encoded; it was read as ${encoding}. If letters are wrong, send it as UTF-8.`;
  return [{ code: "encoding_guessed", message }];
}

function decode(bytes: Uint8Array, declared: string | null): DecodedText {
  const mark = MARKS.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];
  const shape = mark ?? wideShape(bytes);
  if (shape !== null) return read(bytes, shape, true);
  if (isIso2022(bytes)) return read(bytes, "iso-2022-jp", true);
  const utf8 = readUtf8(bytes);
  if (utf8 !== null) return { text: utf8, encoding: "utf-8", sure: true };
  if (declared !== null) {
    const text = decodeBytes(bytes, declared);
    if (text !== null && replaced(text) <= text.length / 500) return { text, encoding: declared, sure: true };
  }
  const damaged = new TextDecoder().decode(bytes);
  if (isMostlyUtf8(damaged)) return { text: damaged, encoding: "utf-8", sure: false };
  const { encoding, sure } = guessEncoding(bytes);
  return read(bytes, encoding, sure);
}

function read(bytes: Uint8Array, encoding: string, sure: boolean): DecodedText {
  return { text: decodeBytes(bytes, encoding) ?? "", encoding, sure };
}

/** UTF-8 without a fault; a last character that is cut off is none. */
function readUtf8(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true });
    const isCutAlone = text.length < bytes.length && text.length >= bytes.length - 3 && isAscii(text);
    return isCutAlone ? null : text;
  } catch {
    return null;
  }
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7F]/.test(text);
}

function replaced(text: string): number {
  return text.match(/\uFFFD/g)?.length ?? 0;
}

/** UTF-8 in which a few bytes are damaged: other encodings hardly ever make as many valid characters. */
function isMostlyUtf8(text: string): boolean {
  const valid = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return valid >= 10 && valid > 10 * replaced(text);
}

/** UTF-16 and UTF-32 without a mark show by zero bytes at the same places of every character. */
function wideShape(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SHAPE_BYTES);
  const zeros = [0, 0, 0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  }
  const [a = 0, b = 0, c = 0, d = 0] = zeros;
  const quarter = sample.length / 4;
  if (bytes.length % 4 === 0 && quarter >= 2) {
    if (d > 0.95 * quarter && c > 0.8 * quarter && a < 0.1 * quarter) return "utf-32le";
    if (a > 0.95 * quarter && b > 0.8 * quarter && d < 0.1 * quarter) return "utf-32be";
  }
  const [even, odd] = [a + c, b + d];
  const least = Math.max(2, sample.length * 0.005);
  const label =
    odd >= least && even * 20 < odd ? "utf-16le" : even >= least && odd * 20 < even ? "utf-16be" : null;
  if (label === null) return null;
  const text = new TextDecoder(label).decode(sample.subarray(0, sample.length & ~1));
  const odds = text.match(/[\p{Cn}\p{Co}\p{Cs}\uFFFD]|(?!\s)\p{Cc}/gu)?.length ?? 0;
  return odds <= text.length * MAX_NOISE ? label : null;
}

/** Japanese mail switches between ASCII and JIS by escape sequences (RFC 1468), all in seven bits. */
function isIso2022(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  if (at < 0 || bytes.some((byte) => byte >= 0x80)) return false;
  const [, second = 0, third = 0] = bytes.subarray(at, at + 3);
  return second === 0x24 && (third === 0x40 || third === 0x42);
}
