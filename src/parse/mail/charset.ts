import { decodeBytes } from "../text/decode-bytes.ts";
import { guessEncoding } from "../text/guess-encoding.ts";
import { bytesOf, latin1 } from "./read-lines.ts";

/** Text, and whether its encoding had to be guessed because what was said of it is missing or cannot be true. */
export interface DecodedText {
  readonly text: string;
  readonly guessed: boolean;
}

/** Names of encodings that mail uses and the Encoding Standard does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  gb2312: "gb18030",
  gbk: "gb18030",
  "x-gbk": "gb18030",
  cp936: "gb18030",
  cp932: "shift_jis",
  "x-ms-cp932": "shift_jis",
  "windows-932": "shift_jis",
  cp949: "euc-kr",
  cp950: "big5",
  "big5-hkscs": "big5",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  latin1: "windows-1252",
  ansi: "windows-1252",
  cp874: "windows-874",
  "tis-620": "windows-874",
};

/** Names that say nothing of what stands above ASCII. */
const VAGUE =
  /^(?:|us-ascii|ascii|ansi_x3\.4-1968|default|unknown(?:-8bit)?|x-unknown|binary|8bit|7bit|_.*)$/;

/**
 * Decodes text in the encoding that it names, UTF-7 too. Bytes that cannot be that, or of which nothing is said, are
 * read as UTF-8 where they are valid UTF-8, else as `fallback`, else as what their letters look like.
 */
export function decodeText(bytes: Uint8Array, charset: string | null, fallback?: string): DecodedText {
  const name = (charset ?? "")
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  if (/^(?:unicode-1-1-)?(?:x-)?utf-?7$/.test(name)) return { text: decodeUtf7(bytes), guessed: false };
  const vague = VAGUE.test(name);
  const said = vague ? null : decoderOf(name);
  if (said?.encoding === "utf-8" || !said) {
    if (isAscii(bytes)) return { text: latin1(bytes), guessed: !said && !vague };
    const text = strictly("utf-8", bytes);
    if (text !== null) return { text, guessed: !said };
    const other = fallback === undefined ? null : decoderOf(fallback);
    return { text: other ? other.decode(bytes) : guessed(bytes), guessed: true };
  }
  return { text: said.decode(bytes), guessed: false };
}

/** With fewer letters outside of ASCII their likeness says nothing: Western text is the most frequent. */
const FEW = 8;

function guessed(bytes: Uint8Array): string {
  const telling = bytes.reduce((count, byte) => count + (byte >>> 7), 0) >= FEW;
  const text = telling ? decodeBytes(bytes, guessEncoding(bytes).encoding) : null;
  return text ?? new TextDecoder("windows-1252").decode(bytes);
}

/** Whether a name is one of an encoding that is read. */
export function isCharset(name: string): boolean {
  return decoderOf(name.trim().toLowerCase()) !== null;
}

function decoderOf(name: string): TextDecoder | null {
  const bare = name.replace(/^x-/, "");
  const page = /^(?:cp|ms|ibm|windows)?-?(125\d|874|866)$/.exec(bare)?.[1];
  const candidates = [ALIASES[name], ALIASES[bare], name, bare];
  if (page !== undefined) candidates.push(page === "866" ? "ibm866" : `windows-${page}`);
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    try {
      return new TextDecoder(candidate);
    } catch {
      // The next name may be one that is known.
    }
  }
  return null;
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80 && byte !== 0x1b);
}

/** UTF-7 (RFC 2152): UTF-16 in base64 between `+` and `-`. */
function decodeUtf7(bytes: Uint8Array): string {
  return latin1(bytes).replace(/\+([A-Za-z0-9+/]*)-?/g, (_, packed: string) => {
    if (packed === "") return "+";
    try {
      const raw = bytesOf(atob(packed.slice(0, packed.length - (packed.length % 4 === 1 ? 1 : 0))));
      return new TextDecoder("utf-16be").decode(raw.subarray(0, raw.length & ~1));
    } catch {
      return packed;
    }
  });
}
