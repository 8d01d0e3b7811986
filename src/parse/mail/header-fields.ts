import { decodeWords, oneLine } from "./encoded-words.ts";
import { breakLength, latin1 } from "./read-lines.ts";

/** A header field: its name in lower case, its value unfolded, as bytes in a string. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A part's header fields, in the file's order. */
export interface HeaderFields {
  readonly fields: readonly HeaderField[];
  /** Raw values of a field, in order. */
  readonly all: (name: string) => readonly string[];
  /** The first raw value of a field, empty where there is none. */
  readonly first: (name: string) => string;
  /** The first value that says something, decoded to one line; null where there is none. */
  readonly text: (name: string) => string | null;
}

/** Longest value that is read as text: a longer subject says nothing more. */
const MAX_TEXT = 4_000;
const FIELD = /^([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:/;

/** Whether a line begins a field: a name without spaces, and a colon. */
export function beginsField(line: string): boolean {
  return FIELD.test(line);
}

/** Names that make lines a header: without any of them, lines with a colon are text. */
const KNOWN =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|received|return-path|delivered-to|mime-version|comments|keywords|importance|priority|status|(?:x|content|resent|list|arc|dkim|authentication|disposition|original|thread|final)-?.*)$/;

/**
 * Reads header lines. `used` says how many of them are header: what follows the last field without an empty line
 * between is body, and lines of which none is a known field are all body.
 */
export function fieldsOf(lines: readonly Uint8Array[]): { header: HeaderFields; used: number } {
  const texts = lines.map((line) => latin1(line.subarray(0, line.length - breakLength(line))));
  let used = texts.findLastIndex(beginsField) + 1;
  while (used > 0 && /^[ \t]/.test(texts[used] ?? "")) used += 1;
  const fields: { name: string; value: string[] }[] = [];
  for (const text of texts.slice(0, used)) {
    const name = FIELD.exec(text)?.[0];
    if (name !== undefined) {
      fields.push({ name: name.slice(0, -1).trim().toLowerCase(), value: [text.slice(name.length).trim()] });
    } else if (/^[ \t]/.test(text)) {
      fields.at(-1)?.value.push(text.trim());
    }
  }
  if (!fields.some(({ name }) => KNOWN.test(name))) return { header: headerOf([]), used: 0 };
  return { header: headerOf(fields.map(({ name, value }) => ({ name, value: value.join(" ") }))), used };
}

/** Fields as they are asked for. */
export function headerOf(fields: readonly HeaderField[]): HeaderFields {
  const all = (name: string): string[] =>
    fields.filter((field) => field.name === name).map(({ value }) => value);
  return {
    fields,
    all,
    first: (name) => fields.find((field) => field.name === name)?.value ?? "",
    text: (name) =>
      all(name)
        .map((value) => oneLine(decodeWords(value)).slice(0, MAX_TEXT))
        .find((value) => value !== "") ?? null,
  };
}
