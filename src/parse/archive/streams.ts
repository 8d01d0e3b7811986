import { AppError } from "../../errors.ts";
import { crc32Of } from "../../model/crc32.ts";
import type { DocumentSource } from "../../ports.ts";

/** Most bytes of an archive that are asked for at once: a call costs more than a megabyte does. */
const WINDOW = 1024 * 1024;

type Ranged = Pick<DocumentSource, "range" | "size">;

/** Chunks of bytes, each made when it is asked for. */
export type Chunks = AsyncIterable<Uint8Array>;

/** The bytes from an offset, a window at a time. @throws AppError file_damaged where the file ends before */
export async function* chunksOf(source: Ranged, offset: number, length: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length;) {
    const part = await source.range(offset + done, Math.min(WINDOW, length - done));
    if (part.length === 0) throw cutOff();
    yield part;
    done += part.length;
  }
}

/** A stream that makes a chunk only when it is read, so that at most one of them stands in memory. */
export function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const step = await chunks.next();
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      cancel: async () => {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** What a container promises of a member's content. Null for what it does not say. */
export interface Promised {
  readonly size: number;
  readonly crc: number | null;
}

/**
 * Passes content on and holds it to what was promised.
 * @throws AppError archive_too_large as soon as there is more of it, file_damaged at its end when there is less or
 *   when its checksum differs
 */
export async function* verified(content: Chunks, promised: Promised): AsyncGenerator<Uint8Array> {
  let size = 0;
  let crc = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > promised.size) {
      throw new AppError(
        "archive_too_large",
        `The member unpacks to more than the ${promised.size} bytes that the archive declares for it, as archives do that are made to do harm.`,
      );
    }
    if (promised.crc !== null) crc = crc32Of(chunk, crc);
    yield chunk;
  }
  if (size < promised.size) {
    throw new AppError(
      "file_damaged",
      `The member is damaged: ${size} bytes are left of the ${promised.size} that the archive declares. Send the original archive.`,
    );
  }
  if (promised.crc !== null && crc !== promised.crc) {
    throw new AppError(
      "file_damaged",
      "The member is damaged: its checksum differs from the archive's. Send the original archive.",
    );
  }
}

/** The error of a file that ends before its parts do. */
export function cutOff(): AppError {
  return new AppError(
    "file_damaged",
    "The file is cut off: it ends in the middle of a member. Send the whole file.",
  );
}
