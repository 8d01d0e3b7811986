import type { Format } from "./format.ts";

/** Bytes that stand in memory, as what a reader takes: the source of a file inside another one. */
export function byteSource(bytes: Uint8Array, filename: string, format: Format) {
  return {
    size: bytes.length,
    filename,
    format,
    stream: async () => byteStream(bytes),
    range: async (offset: number, length: number): Promise<Uint8Array> =>
      bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)),
    bytes: async (): Promise<Uint8Array> => bytes,
  };
}

/** Bytes as a stream of one piece. */
export function byteStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
