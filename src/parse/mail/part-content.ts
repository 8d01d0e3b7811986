import type { DocumentSource } from "../../ports.ts";
import type { MailPart } from "./mail-part.ts";
import { joined } from "./read-lines.ts";
import { bodyDecoder } from "./transfer-encoding.ts";

/** Bytes of the file that are asked for at once. */
const CHUNK = 1024 * 1024;

type Place = Pick<MailPart, "start" | "end" | "encoding">;

/** Streams a part's content, decoded, holding one piece of it. */
export function streamPart(source: Pick<DocumentSource, "range">, part: Place): ReadableStream<Uint8Array> {
  const decoder = bodyDecoder(part.encoding);
  let at = part.start;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      for (;;) {
        const length = Math.min(CHUNK, part.end - at);
        const bytes = length > 0 ? await source.range(at, length) : null;
        at += bytes?.length ?? 0;
        const decoded = bytes && bytes.length > 0 ? decoder.push(bytes) : decoder.end();
        if (decoded.length > 0) controller.enqueue(decoded.slice());
        if (!bytes || bytes.length === 0) {
          controller.close();
          return;
        }
        if (decoded.length > 0) return;
      }
    },
  });
}

/** The first bytes of a part's content, `maxBytes` at most, and whether there are more. */
export async function readPart(
  source: Pick<DocumentSource, "range">,
  part: Place,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; cut: boolean }> {
  // Each encoding takes at most three bytes for one, and line breaks.
  const most = Math.min(
    part.end - part.start,
    part.encoding === "identity" ? maxBytes + 1 : maxBytes * 3 + 256,
  );
  const decoder = bodyDecoder(part.encoding);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < most;) {
    const bytes = await source.range(part.start + at, Math.min(CHUNK, most - at));
    if (bytes.length === 0) break;
    at += bytes.length;
    pieces.push(decoder.push(bytes).slice());
  }
  if (most === part.end - part.start) pieces.push(decoder.end());
  const bytes = joined(...pieces);
  return { bytes: bytes.subarray(0, maxBytes), cut: bytes.length > maxBytes || most < part.end - part.start };
}
