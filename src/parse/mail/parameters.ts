import { decodeText } from "./charset.ts";
import { decodeWords, oneLine } from "./encoded-words.ts";
import { bytesOf } from "./read-lines.ts";

/** A structured value (RFC 2045, 5.1; RFC 2183): `multipart/mixed; boundary=x`. */
export interface StructuredValue {
  /** In lower case, without comments. */
  readonly value: string;
  /** Decoded (RFC 2231, and encoded words, which many senders put here), by names in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

/** `name=value`, quoted or not. A value without quotes may hold spaces: senders forget the quotes. */
const PARAMETER = /;\s*([^\s=;"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g;

/** Reads a value and its parameters; `raw` is bytes in a string. */
export function structuredValue(raw: string): StructuredValue {
  const [head = ""] = raw.split(";", 1);
  const sections = new Map<string, { order: number; text: string; encoded: boolean }[]>();
  for (const match of raw.slice(head.length).matchAll(PARAMETER)) {
    const [, key = "", quoted, bare = ""] = match;
    const parts = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(key.toLowerCase());
    if (!parts) continue;
    const [, name = "", order, star] = parts;
    const text = quoted === undefined ? bare.trim() : quoted.replace(/\\([\\"])/g, "$1");
    const known = sections.get(name) ?? [];
    known.push({ order: order === undefined ? -1 : Number(order), text, encoded: star !== undefined });
    sections.set(name, known);
  }
  const params = new Map<string, string>();
  for (const [name, found] of sections) params.set(name, valueOf(found));
  return {
    value: head
      .replace(/\([^)]*\)/g, "")
      .trim()
      .toLowerCase(),
    params,
  };
}

/** One value of its sections: whole ones win, the extended form before the plain one. */
function valueOf(found: readonly { order: number; text: string; encoded: boolean }[]): string {
  const whole = found.find((part) => part.order < 0 && part.encoded) ?? found.find((part) => part.order < 0);
  const parts = whole ? [whole] : found.toSorted((a, b) => a.order - b.order);
  if (!parts.some((part) => part.encoded))
    return oneLine(decodeWords(parts.map((part) => part.text).join("")));
  let charset: string | null = null;
  let bytes = "";
  for (const [index, part] of parts.entries()) {
    let { text } = part;
    const said = index === 0 && part.encoded ? /^([^']*)'[^']*'/.exec(text) : null;
    if (said) {
      charset = said[1] ?? null;
      text = text.slice(said[0].length);
    }
    bytes += part.encoded
      ? text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      : text;
  }
  return oneLine(decodeText(bytesOf(bytes), charset).text);
}
