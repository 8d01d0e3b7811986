import type { FileEntry } from "@zip.js/zip.js";
import { ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { chunksOf, toStream } from "./streams.ts";

/** What is read around a small piece that is asked for: headers and small members lie side by side. */
const WINDOW = 256 * 1024;
/** A directory of 4 MB lists some 40,000 files. */
const MOST_DIRECTORY = 4 * 1024 * 1024;
/** Bytes that may stand behind an archive: signatures and padding. */
const MOST_APPENDED = 64 * 1024;

export type Ranged = Pick<DocumentSource, "range" | "size">;

/** What the directory says of a file, and the way to its content. */
export type ZipEntry = Omit<FileEntry, "directory"> & { readonly directory: boolean };

/** A source as zip.js takes it: pieces at offsets, of which the last ones read are kept. */
export class RangeReader {
  readonly size: number;
  readonly #source: Ranged;
  #window = new Uint8Array();
  #start = 0;

  constructor(source: Ranged) {
    this.#source = source;
    this.size = source.size;
  }

  /** @throws AppError too_many_members for a piece so large that only a directory of far too many files asks for it */
  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > MOST_DIRECTORY) {
      throw new AppError(
        "too_many_members",
        `The archive's directory alone has ${length} bytes. Split the archive and send its parts.`,
      );
    }
    const at = offset - this.#start;
    if (at < 0 || at + length > this.#window.length) {
      this.#window = await readFully(this.#source, offset, Math.max(length, WINDOW));
      this.#start = offset;
    }
    return this.#window.slice(offset - this.#start, offset - this.#start + length);
  }

  get readable(): ReadableStream<Uint8Array> {
    return this.createReadable({ offset: 0, size: this.size });
  }

  createReadable({ offset, size }: { offset: number; size: number }): ReadableStream<Uint8Array> {
    return toStream(this.chunks(offset, size));
  }

  /** The bytes of a member, of which small ones come out of the window. */
  async *chunks(offset: number, length: number): AsyncGenerator<Uint8Array> {
    if (length > WINDOW) yield* chunksOf(this.#source, offset, length);
    else if (length > 0) {
      const whole = await this.readUint8Array(offset, length);
      if (whole.length > 0) yield whole;
    }
  }
}

/** As much of a range as the file has: a source may give less than was asked for. */
async function readFully(source: Ranged, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = Math.max(0, Math.min(length, source.size - offset));
  const whole = new Uint8Array(wanted);
  for (let done = 0; done < wanted;) {
    const part = await source.range(offset + done, wanted - done);
    if (part.length === 0) return whole.slice(0, done);
    whole.set(part.subarray(0, wanted - done), done);
    done += part.length;
  }
  return whole;
}

/**
 * The entries of an archive by its central directory, at most `most` of them that are no folders.
 * @throws AppError too_many_members; zip.js's own errors where there is no directory that can be read
 */
export async function readEntries(
  reader: RangeReader,
  most: number,
): Promise<{ entries: ZipEntry[]; directoryOffset: number }> {
  const zip = new ZipReader(reader, {
    strictness: "tolerant",
    maxAppendedDataSize: MOST_APPENDED,
    useWebWorkers: false,
  });
  const entries: ZipEntry[] = [];
  for await (const entry of zip.getEntriesGenerator()) {
    if (entry.directory) continue;
    if (entries.length >= most) throw tooManyMembers(most);
    entries.push(entry);
  }
  return { entries, directoryOffset: zip.directoryOffset ?? reader.size };
}

export function tooManyMembers(most: number): AppError {
  return new AppError(
    "too_many_members",
    `The archive holds more than the ${most} files that are read. Split it and send its parts.`,
  );
}
