import type { ErrorCode } from "../errors.ts";
import { FORMAT_NAMES, type Format } from "../model/format.ts";

/** What a file is, or why it is not read. */
export type Sniffed =
  | { readonly format: Format; readonly mediaType: string }
  | { readonly format: null; readonly mediaType: string; readonly code: ErrorCode; readonly message: string };

/** The file beyond its first bytes, for the few kinds that these do not tell. */
export interface StoredFile {
  readonly size: number;
  /** Some bytes from an offset; fewer where the file ends. */
  readonly range: (offset: number, length: number) => Promise<Uint8Array>;
}

const TITLES = Object.values(FORMAT_NAMES).map(({ title }) => title);
const READABLE = `${TITLES.slice(0, -1).join(", ")} and ${TITLES.at(-1)}`;

/** A file of a format that is read. */
export function readable(format: Format): Sniffed {
  return { format, mediaType: FORMAT_NAMES[format].mediaType };
}

/** A file of a kind that is known and not read; `instead` says what to send. */
export function unsupported(mediaType: string, what: string, instead = `Send one of: ${READABLE}.`): Sniffed {
  return {
    format: null,
    mediaType,
    code: "unsupported_format",
    message: `${what}, which is not read. ${instead}`,
  };
}

/** A file that is not what its name promises. */
export function damaged(what: string): Sniffed {
  return {
    format: null,
    mediaType: "application/octet-stream",
    code: "file_damaged",
    message: `${what}. Send the original file.`,
  };
}

/** The name's ending in small letters, without its dot; empty where there is none. */
export function endingOf(filename: string): string {
  const dot = filename.lastIndexOf(".");
  return dot <= 0 ? "" : filename.slice(dot + 1).toLowerCase();
}

/** Whether an ending is one of a format's. */
export function isEndingOf(format: Format, ending: string): boolean {
  return endingsOf(format).includes(ending);
}

export function endingsOf(format: Format): readonly string[] {
  return FORMAT_NAMES[format].endings;
}

/** Bytes as characters of the same number, so that signatures can be compared as text. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
