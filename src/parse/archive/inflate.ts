import { FlateErrorCode, Inflate } from "fflate";
import { AppError } from "../../errors.ts";
import type { Chunks } from "./streams.ts";

/**
 * Deflate unpacks a byte to at most 1,032, and what is put in comes out in one piece: 4 KB make 4 MB at most.
 * The platform's own DecompressionStream holds whatever comes out until it is read, and has no such bound.
 */
export const BITE = 4 * 1024;
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
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += BITE) {
      const bite = chunk.subarray(at, at + BITE);
      const made = push(bite, false);
      silent = made.length > 0 ? 0 : silent + bite.length;
      if (silent > MOST_SILENT) throw damaged(undefined);
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
