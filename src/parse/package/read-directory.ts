import { AppError } from "../../errors.ts";

/** A part as a ZIP's central directory describes it. Offsets and sizes are bytes; nothing of it is unpacked yet. */
export interface PackedPart {
  /** With forward slashes and without one in front, as packages are addressed. */
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its packed bytes begin. */
  readonly start: number;
}

const END = { signature: 0x06054b50, length: 22, maxComment: 0xffff } as const;
const LOCATOR = { signature: 0x07064b50, length: 20 } as const;
const END_64 = { signature: 0x06064b50, length: 56 } as const;
const ENTRY = { signature: 0x02014b50, length: 46 } as const;
const LOCAL = { signature: 0x04034b50, length: 30 } as const;
const ZIP64_EXTRA = 1;
const IN_ZIP64 = 0xffffffff;
const ENCRYPTED = 1;
const UTF8_NAME = 1 << 11;

interface Directory {
  readonly count: number;
  readonly offset: number;
  /** Bytes in front of the archive, which its own offsets do not count. */
  readonly shift: number;
}

/**
 * Reads the central directory of a ZIP that stands in memory (APPNOTE 6.3.10, ZIP64 included). Sizes come from it
 * alone: what stands before a part or behind it is never trusted.
 * @throws AppError file_damaged where it is cut off or points outside, too_many_members above `maxParts`,
 *   unsafe_content where parts lie on one another
 */
export function readDirectory(bytes: Uint8Array, maxParts: number): PackedPart[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset, shift } = findDirectory(view);
  if (count > maxParts) {
    throw new AppError(
      "too_many_members",
      `The file holds ${count} parts, more than the ${maxParts} that are read. Send it in parts.`,
    );
  }
  const parts: PackedPart[] = [];
  let at = offset + shift;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY.length > view.byteLength || view.getUint32(at, true) !== ENTRY.signature) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + ENTRY.length + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged();
    const name = decodeName(bytes.subarray(at + 46, at + 46 + nameLength), view.getUint16(at + 8, true));
    if (!name.endsWith("/")) parts.push(readEntry(view, at, name, shift));
    at = next;
  }
  refuseOverlaps(parts);
  return parts;
}

function readEntry(view: DataView, at: number, name: string, shift: number): PackedPart {
  const [size, packedSize, local] = readSizes(view, at);
  const header = local + shift;
  if (header + LOCAL.length > view.byteLength || view.getUint32(header, true) !== LOCAL.signature) {
    throw damaged();
  }
  const start = header + LOCAL.length + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packedSize > view.byteLength) throw damaged();
  const encrypted = (view.getUint16(at + 8, true) & ENCRYPTED) !== 0;
  const method = view.getUint16(at + 10, true);
  return { name, method, encrypted, crc: view.getUint32(at + 16, true), packedSize, size, start };
}

/** Size, packed size and local header's offset; those that do not fit stand in the ZIP64 field, in this order. */
function readSizes(view: DataView, at: number): [number, number, number] {
  const sizes: [number, number, number] = [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ];
  if (!sizes.includes(IN_ZIP64)) return sizes;
  let field = at + ENTRY.length + view.getUint16(at + 28, true);
  const end = field + view.getUint16(at + 30, true);
  while (field + 4 <= end) {
    const length = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === ZIP64_EXTRA) {
      let value = field + 4;
      for (const [index, size] of sizes.entries()) {
        if (size !== IN_ZIP64) continue;
        if (value + 8 > field + 4 + length || value + 8 > end) throw damaged();
        sizes[index] = wideNumber(view, value);
        value += 8;
      }
      return sizes;
    }
    field += 4 + length;
  }
  return sizes;
}

/** Finds the directory by the record that ends the archive, which a comment may follow. */
function findDirectory(view: DataView): Directory {
  const first = Math.max(0, view.byteLength - END.length - END.maxComment);
  for (let at = view.byteLength - END.length; at >= first; at -= 1) {
    if (view.getUint32(at, true) !== END.signature) continue;
    if (at + END.length + view.getUint16(at + 20, true) > view.byteLength) continue;
    return findDirectory64(view, at - LOCATOR.length) ?? directoryAt(view, at);
  }
  throw damaged();
}

function directoryAt(view: DataView, end: number): Directory {
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  const shift = end - size - offset;
  if (shift < 0) throw damaged();
  return { count: view.getUint16(end + 10, true), offset, shift };
}

function findDirectory64(view: DataView, locator: number): Directory | null {
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR.signature) return null;
  const end = wideNumber(view, locator + 8);
  if (end + END_64.length > view.byteLength || view.getUint32(end, true) !== END_64.signature)
    throw damaged();
  return { count: wideNumber(view, end + 32), offset: wideNumber(view, end + 48), shift: 0 };
}

function wideNumber(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged();
  return Number(value);
}

/** Parts that share bytes are how a small file becomes an endless one (D. Fifield, A better zip bomb, 2019). */
function refuseOverlaps(parts: readonly PackedPart[]): void {
  const ordered = parts.toSorted((a, b) => a.start - b.start);
  for (const [index, part] of ordered.entries()) {
    const next = ordered[index + 1];
    if (!next || part.start + part.packedSize <= next.start) continue;
    throw new AppError(
      "unsafe_content",
      `The file is refused: its parts ${part.name} and ${next.name} lie on one another, which no office program writes.`,
    );
  }
}

function decodeName(bytes: Uint8Array, flags: number): string {
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    name = new TextDecoder((flags & UTF8_NAME) === 0 ? "windows-1252" : "utf-8").decode(bytes);
  }
  return name.replaceAll("\\", "/").replace(/^\/+/, "");
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: the list of its parts is cut off or wrong. Send the original.",
  );
}
