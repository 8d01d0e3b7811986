import type { BiffBody } from "./biff-records.ts";
import { decodeCodePage } from "./code-pages.ts";

/** What decides how texts are kept: the version (2 to 5, or 8), and the code page before 8. */
export interface BiffVersion {
  readonly version: number;
  readonly codePage: number;
}

/** A text at a place, behind its length of one byte or two. */
export function textAt(
  body: BiffBody,
  at: number,
  lengthBytes: 1 | 2,
  { version, codePage }: BiffVersion,
): string {
  body.seek(at);
  const length = lengthBytes === 1 ? body.nextUint8() : body.nextUint16();
  if (version < 8) return decodeCodePage(codePage, body.nextBytes(length));
  return richText(body, length);
}

/** Runs of formats and what helps to read it aloud follow the characters, and are left out. */
function richText(body: BiffBody, length: number): string {
  const flags = body.nextUint8();
  const runs = flags & 8 ? body.nextUint16() : 0;
  const extension = flags & 4 ? body.nextUint32() : 0;
  const text = body.nextCharacters(length, (flags & 1) === 1);
  body.skip(runs * 4 + extension);
  return text;
}

/** The texts that cells point to; as many as there are, whatever the record says ([MS-XLS] 2.4.265). */
export function sharedTexts(body: BiffBody, most: number): string[] {
  const texts: string[] = [];
  body.seek(8);
  while (!body.atEnd && texts.length < most) texts.push(richText(body, body.nextUint16()));
  return texts;
}
