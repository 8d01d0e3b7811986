import { ERR_INVALID_PASSWORD } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { AppError } from "../../errors.ts";
import { inflate } from "./inflate.ts";
import { type Chunks, cutOff, verified } from "./streams.ts";
import type { RangeReader } from "./range-reader.ts";
import type { ZipEntry } from "./zip-reader.ts";

const LOCAL_BYTES = 30;
const DEFLATED = 8;
/** WinZip's AES leaves the checksum empty in its second version: its own code guards the content. */
const isUnsummed = (entry: ZipEntry) => entry.encrypted && !entry.zipCrypto;

/**
 * An entry's content, unpacked while it is read and held to the size and checksum that the directory gives.
 * @throws AppError file_damaged, archive_too_large, password_incorrect
 */
export async function* contentOf(
  reader: RangeReader,
  entry: ZipEntry,
  password: string | undefined,
): AsyncGenerator<Uint8Array> {
  const packed = entry.encrypted ? decrypted(entry, password ?? "") : packedBytes(reader, entry);
  const content = entry.compressionMethod === DEFLATED ? inflate(packed) : packed;
  const promised = { size: entry.uncompressedSize, crc: isUnsummed(entry) ? null : (entry.crc32 ?? null) };
  try {
    yield* verified(content, promised);
  } catch (error) {
    if (entry.zipCrypto && error instanceof AppError && error.code !== "password_incorrect")
      throw wrongKey(error);
    throw error;
  }
}

/** @throws AppError file_damaged where no header stands before the entry */
async function* packedBytes(reader: RangeReader, entry: ZipEntry): Chunks {
  const header = await reader.readUint8Array(entry.offset, LOCAL_BYTES);
  if (header.length < LOCAL_BYTES) throw cutOff();
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (view.getUint32(0, true) !== 0x04034b50) {
    throw new AppError(
      "file_damaged",
      "The member is damaged: the archive's list leads to no header of it. Send the original archive.",
    );
  }
  const start = entry.offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  yield* reader.chunks(start, entry.compressedSize);
}

/** The packed bytes of an encrypted entry (traditional encryption, or WinZip's AES). */
async function* decrypted(entry: ZipEntry, password: string): Chunks {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const done = entry.getData(pipe.writable, { password, passThrough: "compressed", useWebWorkers: false });
  // What fails before the first byte leaves the pipe open.
  done.catch((error: unknown) => pipe.writable.abort(error)).catch(() => undefined);
  const stream = pipe.readable.getReader();
  try {
    for (;;) {
      const step = await stream.read();
      if (step.done) break;
      yield step.value;
    }
    await done;
  } catch (error) {
    throw mapped(error);
  } finally {
    await stream.cancel().catch(() => undefined);
  }
}

/** @throws AppError password_incorrect */
export async function checkPassword(entry: ZipEntry, password: string): Promise<void> {
  try {
    await entry.getData(new WritableStream(), {
      password,
      checkPasswordOnly: true,
      passThrough: "compressed",
      useWebWorkers: false,
    });
  } catch (error) {
    const known = mapped(error);
    if (known.code === "password_incorrect") throw known;
  }
}

function mapped(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : "";
  if (message === ERR_INVALID_PASSWORD) {
    return new AppError(
      "password_incorrect",
      "The `password` is not the one that the archive was packed with.",
      {
        cause: error,
      },
    );
  }
  return new AppError(
    "file_damaged",
    "The encrypted member is damaged: it cannot be decrypted. Send the original archive.",
    { cause: error },
  );
}

/** Traditional encryption lets a wrong password in 256 pass its check: what comes out then is noise. */
function wrongKey(cause: AppError): AppError {
  return new AppError(
    "password_incorrect",
    "What the `password` makes of the member is no content: the password is wrong, or the archive is damaged.",
    { cause },
  );
}
