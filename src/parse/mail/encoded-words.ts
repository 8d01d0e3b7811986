import { decodeText } from "./charset.ts";
import { decodeBase64, decodeQuotedPrintable } from "./transfer-encoding.ts";
import { bytesOf, joined } from "./read-lines.ts";

/** An encoded word (RFC 2047, with the language of RFC 2231, 5), its bytes raw or not. */
const WORD = /=\?([^?\s*]{1,60})(?:\*[^?]{0,40})?\?([bBqQ])\?([^?]*)\?=/g;

interface Piece {
  readonly charset: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Decodes a header's value, given as bytes in a string: encoded words in any charset, and raw bytes beside them as
 * UTF-8 or as `fallback`. Words that follow one another are joined before they are decoded, since some senders cut
 * inside a character.
 */
export function decodeWords(latin: string, fallback?: string): string {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of latin.matchAll(WORD)) {
    const [whole, charset = "", encoding = "", content = ""] = match;
    const between = latin.slice(from, match.index);
    const last = pieces.at(-1);
    const follows = last !== undefined && last.charset !== null && between.trim() === "";
    if (between !== "" && !follows) pieces.push({ charset: null, bytes: bytesOf(between) });
    const bytes = /b/i.test(encoding)
      ? decodeBase64(bytesOf(content))
      : decodeQuotedPrintable(bytesOf(content.replace(/_/g, " ")));
    const name = charset.toLowerCase();
    if (follows && last.charset === name)
      pieces[pieces.length - 1] = { ...last, bytes: joined(last.bytes, bytes) };
    else pieces.push({ charset: name, bytes });
    from = match.index + whole.length;
  }
  if (from < latin.length) pieces.push({ charset: null, bytes: bytesOf(latin.slice(from)) });
  return pieces.map(({ charset, bytes }) => decodeText(bytes, charset, fallback).text).join("");
}

/** A value fit to show on one line: no control marks, spaces collapsed. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}
