import { FlateErrorCode, Gunzip } from "fflate";
import { AppError } from "../../errors.ts";
import { crc32Of } from "../../model/crc32.ts";
import type { ParseLimits } from "../parser.ts";
import { BITE, damaged, isFlateError, MOST_SILENT, nextBite } from "./inflate.ts";
import type { Chunks } from "./streams.ts";

const FREE_BYTES = 1024 * 1024;
const TRAILER_BYTES = 8;
/** Files of many members (BGZF) put 64 KB into each: so many make more than may be unpacked. */
const MOST_MEMBERS = 10_000;
/** Bytes that are kept, so that a trailer is at hand even behind a header of the longest kind. */
const KEPT_BYTES = MOST_SILENT + 4 * BITE;

/**
 * Unpacks GZIP (RFC 1952) while it is read: all of its members, each held to its checksum and size. What stands
 * behind the last one is passed over, as gzip does.
 * @throws AppError file_damaged, archive_too_large
 */
export async function* gunzip(
  packed: Chunks,
  limits: Pick<ParseLimits, "maxUnpackedBytes" | "maxRatio">,
): AsyncGenerator<Uint8Array> {
  const reading = new Reading();
  let total = 0;
  let size = BITE;
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length && !reading.ended;) {
      const bite = chunk.subarray(at, at + size);
      at += bite.length;
      let made = 0;
      for (const content of reading.push(bite)) {
        made += content.length;
        refuseBomb(total + made, reading.taken, limits);
        yield content;
      }
      total += made;
      size = nextBite(bite.length, made);
    }
    if (reading.ended) return;
  }
  reading.finish();
}

function refuseBomb(
  made: number,
  taken: number,
  { maxUnpackedBytes, maxRatio }: Pick<ParseLimits, "maxUnpackedBytes" | "maxRatio">,
): void {
  if (made > maxUnpackedBytes) {
    throw new AppError(
      "archive_too_large",
      `The file unpacks to more than the ${maxUnpackedBytes} bytes that are read. Split it and send its parts.`,
    );
  }
  if (made > FREE_BYTES && made > Math.max(taken, BITE) * maxRatio) {
    throw new AppError(
      "archive_too_large",
      `The file unpacks to more than ${maxRatio} times its size, as files do that are made to do harm.`,
    );
  }
}

/** The members of a file, one behind the other. */
class Reading {
  /** Bytes taken in. */
  taken = 0;
  /** True when what follows the last member is no other one. */
  ended = false;
  #out: Uint8Array[] = [];
  readonly #recent: Uint8Array[] = [];
  #kept = 0;
  #crc = 0;
  #size = 0;
  #silent = 0;
  #members = 1;
  readonly #inflater = new Gunzip((chunk) => {
    if (chunk.length === 0) return;
    this.#out.push(chunk);
    this.#crc = crc32Of(chunk, this.#crc);
    this.#size += chunk.length;
  });

  constructor() {
    this.#inflater.onmember = (offset) => {
      const behind = this.taken - offset;
      const recent = this.#tail(behind + TRAILER_BYTES);
      const at = recent.length - behind - TRAILER_BYTES;
      if (trailerAt(recent, this.#trailer(), at) === null) throw differs();
      [this.#crc, this.#size, this.#silent] = [0, 0, 0];
      this.#members += 1;
      if (this.#members > MOST_MEMBERS) throw tooMany();
    };
  }

  push(bite: Uint8Array): readonly Uint8Array[] {
    this.#out = [];
    this.#recent.push(bite);
    this.#kept += bite.length;
    while (this.#kept > KEPT_BYTES) this.#kept -= this.#recent.shift()?.length ?? this.#kept;
    this.taken += bite.length;
    try {
      this.#inflater.push(bite);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (!this.#isJunk(error)) throw damaged(error);
      this.ended = true;
    }
    this.#silent = this.#out.length > 0 ? 0 : this.#silent + bite.length;
    if (this.#silent > MOST_SILENT && !this.ended) throw damaged(undefined);
    return this.#out;
  }

  /** Holds the last member to its trailer. @throws AppError file_damaged */
  finish(): void {
    if (trailerAt(this.#tail(Infinity), this.#trailer()) === null) throw differs();
    this.ended = true;
  }

  /** No header, but behind a member that is whole. */
  #isJunk(error: unknown): boolean {
    const noHeader = isFlateError(error) && error.code === FlateErrorCode.InvalidHeader;
    return (
      noHeader && this.taken > TRAILER_BYTES && trailerAt(this.#tail(Infinity), this.#trailer()) !== null
    );
  }

  #trailer(): Uint8Array {
    const trailer = new Uint8Array(TRAILER_BYTES);
    const view = new DataView(trailer.buffer);
    view.setUint32(0, this.#crc, true);
    view.setUint32(4, this.#size % 2 ** 32, true);
    return trailer;
  }

  /** At least so many of the last bytes, where that many were kept. */
  #tail(bytes: number): Uint8Array {
    let first = this.#recent.length;
    let length = 0;
    while (first > 0 && length < bytes) {
      first -= 1;
      length += this.#recent[first]?.length ?? 0;
    }
    const [only, ...more] = this.#recent.slice(first);
    return only && more.length === 0 ? only : joined(this.#recent.slice(first), length);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Where a trailer stands: at an offset, or the last one of its kind; null when it does not. */
function trailerAt(bytes: Uint8Array, trailer: Uint8Array, offset?: number): number | null {
  const first = offset ?? bytes.length - TRAILER_BYTES;
  for (let at = first; at >= (offset ?? 0); at -= 1) {
    if (trailer.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return null;
}

function differs(): AppError {
  return new AppError(
    "file_damaged",
    "The file is cut off or damaged: its content and its checksum differ. Send the original file.",
  );
}

function tooMany(): AppError {
  return new AppError(
    "too_many_members",
    `The file consists of more than ${MOST_MEMBERS} pieces that were packed one by one. Pack it as one.`,
  );
}
