import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { declaredEncoding } from "./declared-encoding.ts";
import { type DecodedText, decodeText } from "./decode-text.ts";

/**
 * Takes a text into memory and decodes it; `declares` for formats that may name their encoding themselves.
 * @throws AppError text_too_long before it is read, and as decodeText
 */
export async function readText(
  source: DocumentSource,
  maxBytes: number,
  { declares = false } = {},
): Promise<DecodedText> {
  if (source.size > maxBytes) throw tooLong(source.size, maxBytes);
  const bytes = await source.bytes();
  if (bytes.length > maxBytes) throw tooLong(bytes.length, maxBytes);
  return decodeText(bytes, declares ? declaredEncoding(bytes) : null);
}

function tooLong(size: number, limit: number): AppError {
  return new AppError(
    "text_too_long",
    `The text has ${size} bytes, more than the ${limit} that are read. Send the part that matters.`,
  );
}
