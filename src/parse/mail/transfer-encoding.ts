import { joined, latin1 } from "./read-lines.ts";

/** How a part's bytes travel (RFC 2045, 6). */
export type TransferEncoding = "identity" | "base64" | "quoted_printable" | "uuencode";

/** The encoding that a Content-Transfer-Encoding header names; what is unknown is taken as it stands. */
export function transferEncodingOf(value: string): TransferEncoding {
  const name = value
    .replace(/\(.*?\)/g, "")
    .trim()
    .toLowerCase()
    .replace(/["';\s]/g, "");
  if (/^(?:base-?64|b64?)$/.test(name)) return "base64";
  if (/^(?:quoted-?printable|qp|quotedprintable)$/.test(name)) return "quoted_printable";
  return /^(?:x-)?uu(?:e|encode|encoded)?$/.test(name) ? "uuencode" : "identity";
}

/** Decodes a body piece by piece. `end` gives what was held back. */
export interface BodyDecoder {
  readonly push: (bytes: Uint8Array) => Uint8Array;
  readonly end: () => Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** A decoder that is fed a part's bytes as they stand in the file. Damage never stops it: what is no code is skipped. */
export function bodyDecoder(encoding: TransferEncoding): BodyDecoder {
  switch (encoding) {
    case "identity":
      return { push: (bytes) => bytes, end: () => NOTHING };
    case "base64":
      return base64Decoder();
    case "quoted_printable":
      return quotedPrintableDecoder();
    case "uuencode":
      return uuDecoder();
  }
}

/** Six bits by a base64 character's code; 64 for padding, 255 for what is no code. URL-safe letters count too. */
const SIX_BITS = new Uint8Array(256).fill(255);
for (const [bits, character] of Array.from(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
).entries()) {
  SIX_BITS[character.charCodeAt(0)] = bits;
}
SIX_BITS["-".charCodeAt(0)] = 62;
SIX_BITS["_".charCodeAt(0)] = 63;
SIX_BITS["=".charCodeAt(0)] = 64;

/** How many characters of a line carry base64's six bits. */
export function countBase64(line: Uint8Array): number {
  let count = 0;
  for (const byte of line) if ((SIX_BITS[byte] ?? 255) < 64) count += 1;
  return count;
}

function base64Decoder(): BodyDecoder {
  let held = 0;
  let bits = 0;
  return {
    push: (bytes) => {
      const out = new Uint8Array(Math.ceil((bytes.length * 3) / 4) + 3);
      let length = 0;
      for (const byte of bytes) {
        const six = SIX_BITS[byte] ?? 255;
        if (six === 64) {
          // Padding ends a run; what follows (pieces joined by a sender) begins anew.
          held = 0;
          bits = 0;
        } else if (six < 64) {
          held = ((held << 6) | six) & 0xffffff;
          bits += 6;
          if (bits >= 8) {
            bits -= 8;
            out[length] = (held >> bits) & 0xff;
            length += 1;
          }
        }
      }
      return out.subarray(0, length);
    },
    end: () => NOTHING,
  };
}

const EQUALS = 0x3d;

function quotedPrintableDecoder(): BodyDecoder {
  let rest: Uint8Array = NOTHING;
  const decode = (bytes: Uint8Array, last: boolean): Uint8Array => {
    const out = new Uint8Array(bytes.length);
    let length = 0;
    let at = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte !== EQUALS) {
        out[length] = byte;
        length += 1;
        continue;
      }
      let next = at + 1;
      while (bytes[next] === 0x20 || bytes[next] === 0x09) next += 1;
      if (!last && next + 1 >= bytes.length) break;
      if (bytes[next] === 0x0d || bytes[next] === 0x0a || next >= bytes.length) {
        at = bytes[next] === 0x0d && bytes[next + 1] === 0x0a ? next + 1 : next;
        continue;
      }
      const value = hexAt(bytes, at + 1);
      out[length] = value ?? EQUALS;
      length += 1;
      if (value !== null) at += 2;
    }
    rest = bytes.slice(at);
    return out.subarray(0, length);
  };
  return {
    push: (bytes) => decode(rest.length === 0 ? bytes : joined(rest, bytes), false),
    end: () => decode(rest, true),
  };
}

function hexAt(bytes: Uint8Array, at: number): number | null {
  const high = hexDigit(bytes[at]);
  const low = hexDigit(bytes[at + 1]);
  return high === null || low === null ? null : high * 16 + low;
}

function hexDigit(byte: number | undefined): number | null {
  if (byte === undefined) return null;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : null;
}

/** uuencode, line by line: everything between `begin` and `end`, or all of it where no `begin` stands. */
function uuDecoder(): BodyDecoder {
  let rest: Uint8Array = NOTHING;
  let ended = false;
  const decodeLine = (line: Uint8Array): Uint8Array => {
    const text = latin1(line).replace(/[\r\n]+$/, "");
    if (/^begin [0-7]{3,4} /.test(text)) return NOTHING;
    if (text === "end") ended = true;
    const length = (text.charCodeAt(0) - 32) & 63;
    if (ended || text === "" || length === 0) return NOTHING;
    const out = new Uint8Array(Math.ceil(length / 3) * 3);
    for (let group = 0; group * 3 < length; group += 1) {
      const six = [0, 1, 2, 3].map((index) => ((text.charCodeAt(1 + group * 4 + index) || 32) - 32) & 63);
      const [a = 0, b = 0, c = 0, d = 0] = six;
      out.set([((a << 2) | (b >> 4)) & 255, ((b << 4) | (c >> 2)) & 255, ((c << 6) | d) & 255], group * 3);
    }
    return out.subarray(0, length);
  };
  return {
    push: (bytes) => {
      const all = rest.length === 0 ? bytes : joined(rest, bytes);
      const parts: Uint8Array[] = [];
      let from = 0;
      for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, from)) {
        parts.push(decodeLine(all.subarray(from, at)));
        from = at + 1;
      }
      rest = all.slice(from);
      return joined(...parts);
    },
    end: () => decodeLine(rest),
  };
}

/** Decodes base64 that stands in memory; what is no code is skipped. */
export function decodeBase64(bytes: Uint8Array): Uint8Array {
  return base64Decoder().push(bytes);
}

/** Decodes quoted-printable that stands in memory. */
export function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const decoder = quotedPrintableDecoder();
  return joined(decoder.push(bytes), decoder.end());
}
