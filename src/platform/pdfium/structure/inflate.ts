import { Unzlib } from "fflate";
import { AppError } from "../../../errors.ts";

/** Small pieces keep what one of them may unpack to small. */
const PIECE_BYTES = 2_048;

/**
 * Unpacks a Flate stream, stopping at `maxBytes`; one that is cut off gives what it holds.
 * @throws AppError archive_too_large, file_damaged
 */
export function inflate(packed: Uint8Array, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((part) => {
    size += part.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      stream.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (size === 0) throw new AppError("file_damaged", "The stream is damaged.", { cause: error });
  }
  return join(parts, size);
}

/** Bytes that are handed to the runtime's own decompressor at a time. */
const SLICE_BYTES = 64 * 1024;

/**
 * Unpacks a Flate stream with the runtime's decompressor, many times faster for large ones, stopping at `maxBytes`;
 * one that is cut off gives what it holds. `packed` gives bytes from an offset, as they stand when they are asked for.
 * @throws AppError archive_too_large, file_damaged
 */
export async function inflateStream(
  packed: (offset: number, length: number) => Uint8Array<ArrayBuffer>,
  length: number,
  maxBytes: number,
): Promise<Uint8Array> {
  let offset = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const part = packed(offset, Math.min(SLICE_BYTES, length - offset));
      offset += part.length;
      if (part.length > 0) controller.enqueue(part);
      if (part.length === 0 || offset >= length) controller.close();
    },
  });
  const reader = source.pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maxBytes) {
        await reader.cancel();
        throw tooLarge(maxBytes);
      }
      parts.push(value);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (size === 0) throw new AppError("file_damaged", "The stream is damaged.", { cause: error });
  }
  return join(parts, size);
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What is said of a file inside a PDF that is larger than what is read. */
export function tooLarge(maxBytes: number): AppError {
  return new AppError(
    "archive_too_large",
    `The file unpacks to more than the ${maxBytes} bytes that are read. Send it by itself.`,
  );
}
