import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { chunksOf, toStream } from "./streams.ts";

/** What is read around a small piece that is asked for: headers and small members lie side by side. */
const WINDOW = 256 * 1024;
/** Most that is asked for at once: a ZIP's directory of 4 MB lists some 40,000 files. */
const MOST_AT_ONCE = 4 * 1024 * 1024;

export type Ranged = Pick<DocumentSource, "range" | "size">;

/** A source as readers of archives take it, zip.js among them: pieces at offsets, with what lies behind the last one kept. */
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
    const end = Math.min(offset + length, this.size);
    if (end - offset > MOST_AT_ONCE) {
      throw new AppError(
        "too_many_members",
        `The archive's directory alone has ${end - offset} bytes. Split the archive and send its parts.`,
      );
    }
    if (offset < this.#start || end > this.#start + this.#window.length) {
      this.#window = await readFully(this.#source, offset, Math.max(length, WINDOW));
      this.#start = offset;
    }
    return this.#window.slice(offset - this.#start, Math.max(offset, end) - this.#start);
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

export function tooManyMembers(most: number): AppError {
  return new AppError(
    "too_many_members",
    `The archive holds more than the ${most} files that are read. Split it and send its parts.`,
  );
}
