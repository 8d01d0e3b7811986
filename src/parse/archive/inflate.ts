import { FlateErrorCode, Inflate } from "fflate";
import { AppError } from "../../errors.ts";
import type { Chunks } from "./streams.ts";

/**
 * What is put in at once. Deflate unpacks a byte to 1,032 at most, and what is put in comes out in one piece: 4 MB
 * once, and 1 MB where little goes on to unpack to much. The platform's own DecompressionStream holds whatever comes
 * out until it is read, and has no such bound.
 */
export const BITE = 4 * 1024;
const SMALL_BITE = 1024;

/** How much to put in behind a bite that made so many bytes. */
export function nextBite(bite: number, made: number): number {
  return made > bite * 64 ? SMALL_BITE : BITE;
}

/** A block that is stored comes out when the whole of it (64 KB) is in: what stays silent for longer is no deflate. */
export const MOST_SILENT = 256 * 1024;

/**
 * Unpacks raw deflate (RFC 1951) while it is read, at most 4 MB of it in memory.
 * @throws AppError file_damaged
 */
export async function* inflate(packed: Chunks): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  const inflater = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  const push = (bite: Uint8Array, last: boolean): Uint8Array[] => {
    out = [];
    try {
      inflater.push(bite, last);
    } catch (error) {
      throw damaged(error);
    }
    return out;
  };
  let silent = 0;
  let size = SMALL_BITE;
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length;) {
      const bite = chunk.subarray(at, at + size);
      at += bite.length;
      const made = push(bite, false);
      silent = made.length > 0 ? 0 : silent + bite.length;
      if (silent > MOST_SILENT) throw damaged(undefined);
      size = nextBite(
        bite.length,
        made.reduce((sum, { length }) => sum + length, 0),
      );
      yield* made;
    }
  }
  yield* push(new Uint8Array(), true);
}

/** What fflate found, said for a reader. */
export function damaged(cause: unknown): AppError {
  const cut = isFlateError(cause) && cause.code === FlateErrorCode.UnexpectedEOF;
  return new AppError(
    "file_damaged",
    cut
      ? "The packed data is cut off: it ends before its content does. Send the original file."
      : "The packed data is damaged: it cannot be unpacked. Send the original file.",
    { cause },
  );
}

export function isFlateError(error: unknown): error is { readonly code: number } {
  return error instanceof Error && "code" in error;
}
