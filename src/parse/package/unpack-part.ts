import { Inflate } from "fflate";
import { AppError } from "../../errors.ts";
import type { PackedPart } from "./read-directory.ts";

const STORED = 0;
const DEFLATED = 8;
/** Deflate makes at most 1,032 bytes of one: so much at a time can make 4 MB before its size is looked at. */
const STEP_BYTES = 4_096;
const PIECE_BYTES = 65_536;

/** A part's bytes as a stream that unpacks as it is read, and errors as unpackPart does. */
export function streamPart(bytes: Uint8Array, part: PackedPart): ReadableStream<Uint8Array> {
  let steps: Generator<Uint8Array, void> | null = null;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      try {
        steps ??= unpackPart(bytes, part);
        const { done, value } = steps.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

/**
 * Unpacks a part piece by piece: never more than the part says it has.
 * @throws AppError file_damaged where it holds more, less or other bytes than its directory says;
 *   password_required; unsupported_format for a compression that packages do not know
 */
export function* unpackPart(bytes: Uint8Array, part: PackedPart): Generator<Uint8Array, void> {
  if (part.encrypted) {
    throw new AppError("password_required", `${part.name} is encrypted. Send the file without encryption.`);
  }
  if (part.method !== STORED && part.method !== DEFLATED) {
    throw new AppError(
      "unsupported_format",
      `${part.name} is packed by a method (${part.method}) that is not read. Save the file anew.`,
    );
  }
  const packed = bytes.subarray(part.start, part.start + part.packedSize);
  let size = 0;
  let crc = 0xffffffff;
  for (const piece of part.method === STORED ? storedSteps(packed) : inflateSteps(packed, part)) {
    size += piece.length;
    if (size > part.size) throw damaged(part, "more bytes than it says");
    crc = updateCrc(crc, piece);
    if (piece.length > 0) yield piece;
  }
  if (size < part.size) throw damaged(part, "fewer bytes than it says");
  if (~crc >>> 0 !== part.crc) throw damaged(part, "other bytes than were packed");
}

/** Copies, a piece at a time: whoever wants a picture's first bytes pays for no more. */
function* storedSteps(packed: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < packed.length; at += PIECE_BYTES) yield packed.slice(at, at + PIECE_BYTES);
}

function* inflateSteps(packed: Uint8Array, part: PackedPart): Generator<Uint8Array, void> {
  const pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => pieces.push(piece));
  for (let at = 0; at < packed.length; at += STEP_BYTES) {
    try {
      inflate.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length);
    } catch (error) {
      throw damaged(part, "bytes that cannot be unpacked", error);
    }
    yield* pieces.splice(0);
  }
}

function damaged(part: PackedPart, what: string, cause?: unknown): AppError {
  return new AppError(
    "file_damaged",
    `The file is damaged: ${part.name} holds ${what}. Send the original.`,
    cause === undefined ? {} : { cause },
  );
}

/** CRC-32 as ZIP has it (ISO 3309), by table. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function updateCrc(crc: number, bytes: Uint8Array): number {
  let value = crc;
  for (const byte of bytes) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0);
  return value;
}
