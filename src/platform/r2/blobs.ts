import { AppError } from "../../errors.ts";
import { toHex } from "../../model/hex.ts";
import type { Blobs } from "../../ports.ts";

/** R2's smallest part of a multipart upload, and the most of a body that is ever held in memory. */
const PART_BYTES = 5 * 1024 * 1024;
/** What a buffer starts with: most documents fit, and many uploads run at once. */
const SMALL_BYTES = 64 * 1024;
/** What sniffing looks at. */
const HEAD_BYTES = 4_096;
/** Most keys that R2 deletes in one call. */
const DELETE_BATCH = 1_000;

/** Objects in an R2 bucket. */
export function createBlobs(bucket: R2Bucket): Blobs {
  return {
    putStream: (key, body, options) => putStream(bucket, key, body, options),
    put: async (key, value, contentType) => {
      await bucket.put(key, value, { httpMetadata: { contentType } });
    },
    get: async (key) => {
      const object = await bucket.get(key);
      if (!object) return null;
      return {
        body: object.body,
        size: object.size,
        contentType: object.httpMetadata?.contentType ?? "application/octet-stream",
      };
    },
    getText: async (key) => {
      const object = await bucket.get(key);
      return object ? object.text() : null;
    },
    getRange: async (key, offset, length) => {
      if (length <= 0) return new Uint8Array();
      try {
        const object = await bucket.get(key, { range: { offset, length } });
        return object ? new Uint8Array(await object.arrayBuffer()) : null;
      } catch (error) {
        const size = (await bucket.head(key))?.size;
        if (size === undefined) return null;
        if (offset >= size) return new Uint8Array();
        throw error;
      }
    },
    delete: async (keys) => {
      for (let at = 0; at < keys.length; at += DELETE_BATCH) {
        await bucket.delete(keys.slice(at, at + DELETE_BATCH));
      }
    },
    list: async (prefix, options = {}) => {
      const page = await bucket.list({
        prefix,
        limit: options.limit ?? 1_000,
        ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
      });
      return page.objects.map((object) => ({
        key: object.key,
        uploadedMs: object.uploaded.getTime(),
        size: object.size,
      }));
    },
  };
}

/** Counts, hashes and keeps the head of what passes by; refuses what is too much. */
class Meter {
  size = 0;
  readonly #maxBytes: number;
  readonly #digest = new crypto.DigestStream("SHA-256");
  readonly #writer = this.#digest.getWriter();
  readonly #head: number[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.size += chunk.byteLength;
    if (this.size > this.#maxBytes) throw tooLarge(this.#maxBytes);
    if (this.#head.length < HEAD_BYTES) {
      this.#head.push(...chunk.subarray(0, HEAD_BYTES - this.#head.length));
    }
    await this.#writer.write(chunk);
  }

  async finish(): Promise<{ size: number; sha256: string; head: Uint8Array }> {
    await this.#writer.close();
    const digest = new Uint8Array(await this.#digest.digest);
    const sha256 = toHex(digest);
    return { size: this.size, sha256, head: Uint8Array.from(this.#head) };
  }

  /** Ends the digest of a body that will not be finished. */
  abandon(): void {
    this.#digest.digest.catch(() => undefined);
    this.#writer.abort().catch(() => undefined);
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(
    "payload_too_large",
    `The file is larger than the limit of ${maxBytes} bytes. Send a smaller file, or split it.`,
    { detail: { max_bytes: maxBytes } },
  );
}

async function putStream(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  options: { length: number | null; maxBytes: number; contentType: string },
): Promise<{ size: number; sha256: string; head: Uint8Array }> {
  if (options.length !== null && options.length > options.maxBytes) {
    await body.cancel().catch(() => undefined);
    throw tooLarge(options.maxBytes);
  }
  const meter = new Meter(options.maxBytes);
  try {
    if (options.length !== null && options.length > PART_BYTES) {
      await putKnownLength(bucket, key, body, options.length, options.contentType, meter);
    } else {
      await putUnknownLength(bucket, key, body, options.contentType, meter);
    }
    if (options.length !== null && meter.size !== options.length) {
      await bucket.delete(key);
      throw cutOff(options.length, meter.size);
    }
    return await meter.finish();
  } catch (error) {
    meter.abandon();
    throw error;
  }
}

function cutOff(expected: number, received: number): AppError {
  return new AppError(
    "length_mismatch",
    `The body has ${received} bytes where ${expected} were announced. Nothing was kept; send the file again.`,
    { detail: { expected, received } },
  );
}

/** The chunks of a body, metered; a body that breaks off is the sender's fault, not the store's. */
async function* chunksOf(body: ReadableStream<Uint8Array>, meter: Meter): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      let step: ReadableStreamReadResult<Uint8Array>;
      try {
        step = await reader.read();
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError(
          "length_mismatch",
          `The body broke off after ${meter.size} bytes. Nothing was kept; send the file again.`,
          { cause: error, detail: { received: meter.size } },
        );
      }
      if (step.done) return;
      await meter.add(step.value);
      yield step.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function putKnownLength(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  length: number,
  contentType: string,
  meter: Meter,
): Promise<void> {
  const fixed = new FixedLengthStream(length);
  const stored = bucket.put(key, fixed.readable, { httpMetadata: { contentType } });
  stored.catch(() => undefined);
  const writer = fixed.writable.getWriter();
  try {
    for await (const chunk of chunksOf(body, meter)) {
      if (meter.size > length) throw cutOff(length, meter.size);
      await writer.write(chunk);
    }
    if (meter.size < length) throw cutOff(length, meter.size);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    await stored.then(
      () => bucket.delete(key),
      () => undefined,
    );
    throw error;
  }
  await stored;
}

/** A part's buffer, four times as large, up to a whole part. */
function enlarge(part: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(PART_BYTES, part.length * 4));
  larger.set(part);
  return larger;
}

/** A body of unknown length: one put while it fits in a part, a multipart upload beyond. */
async function putUnknownLength(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  contentType: string,
  meter: Meter,
): Promise<void> {
  let part = new Uint8Array(SMALL_BYTES);
  let filled = 0;
  let upload: R2MultipartUpload | null = null;
  const parts: R2UploadedPart[] = [];
  try {
    for await (const chunk of chunksOf(body, meter)) {
      let at = 0;
      while (at < chunk.byteLength) {
        if (filled === part.length) part = enlarge(part);
        const taken = Math.min(part.length - filled, chunk.byteLength - at);
        part.set(chunk.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === PART_BYTES) {
          upload ??= await bucket.createMultipartUpload(key, { httpMetadata: { contentType } });
          parts.push(await upload.uploadPart(parts.length + 1, part));
          filled = 0;
        }
      }
    }
    if (!upload) {
      await bucket.put(key, part.subarray(0, filled), { httpMetadata: { contentType } });
      return;
    }
    if (filled > 0) parts.push(await upload.uploadPart(parts.length + 1, part.subarray(0, filled)));
    await upload.complete(parts);
  } catch (error) {
    await upload?.abort().catch(() => undefined);
    throw error;
  }
}
