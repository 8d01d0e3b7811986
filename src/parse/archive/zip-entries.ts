import type { MemberFate, ParseLimits } from "../parser.ts";
import { DEVICE, LINK, refused } from "./fates.ts";
import type { ZipEntry } from "./zip-reader.ts";

const LOCAL_BYTES = 30;
const FREE_BYTES = 1024 * 1024;

/** APPNOTE 4.4.5. */
const METHODS: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  10: "PKWARE DCL Implode",
  12: "BZIP2",
  14: "LZMA",
  16: "CMPSC",
  18: "IBM TERSE",
  19: "LZ77",
  20: "Zstandard",
  93: "Zstandard",
  94: "MP3",
  95: "XZ",
  96: "JPEG variant",
  97: "WavPack",
  98: "PPMd",
};

const STORED = 0;
const DEFLATED = 8;
const STRONG_ENCRYPTION = 0x40;
const PATCHED = 0x20;

/** What the rest of the archive says of an entry. */
export interface ZipFacts {
  /** Where members have to end: the directory's place. */
  readonly end: number;
  /** Entries whose bytes are another one's. */
  readonly overlapping: ReadonlySet<ZipEntry>;
  readonly password: boolean;
  readonly limits: Pick<ParseLimits, "maxRatio">;
}

/** Why an entry cannot be opened; null when it can. Nothing is unpacked for it. */
export function zipFate(entry: ZipEntry, facts: ZipFacts): MemberFate | null {
  return kindFate(entry) ?? placeFate(entry, facts) ?? methodFate(entry, facts) ?? sizeFate(entry, facts);
}

/** File types of Unix, in the upper half of the external attributes. */
function kindFate(entry: ZipEntry): MemberFate | null {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (entry.symlink || type === 0o120000) return LINK;
  return [0o010000, 0o020000, 0o060000, 0o140000].includes(type) ? DEVICE : null;
}

function placeFate(entry: ZipEntry, { end, overlapping }: ZipFacts): MemberFate | null {
  if (overlapping.has(entry)) {
    return refused(
      "unsafe_content",
      "It shares its bytes with another member, as in archives that are made to do harm.",
    );
  }
  return entry.offset + LOCAL_BYTES + entry.compressedSize > end
    ? refused("file_damaged", "It is cut off: the archive ends before it does. Send the whole archive.")
    : null;
}

function methodFate(entry: ZipEntry, { password }: ZipFacts): MemberFate | null {
  const flags = entry.rawBitFlag ?? 0;
  if (entry.encrypted && (flags & STRONG_ENCRYPTION) !== 0) {
    return refused("unsupported_format", "It is encrypted in a way that is not read. Pack it with AES-256.");
  }
  if (entry.encrypted && !password) {
    return refused("password_required", "It is encrypted. Send the archive again with its `password`.");
  }
  const method = entry.compressionMethod;
  if (method === STORED || (method === DEFLATED && (flags & PATCHED) === 0)) return null;
  const name = method === DEFLATED ? "as a patch" : `with ${METHODS[method] ?? `method ${method}`}`;
  return refused("unsupported_format", `It is packed ${name}, which is not read. Pack it with Deflate.`);
}

function sizeFate(entry: ZipEntry, { limits }: ZipFacts): MemberFate | null {
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size <= FREE_BYTES || size <= packed * limits.maxRatio) return null;
  return refused(
    "archive_too_large",
    `It unpacks to more than ${limits.maxRatio} times its size, as archives do that are made to do harm.`,
  );
}

/**
 * Entries whose bytes belong to another one that lies before them: each costs little to pack and much to unpack
 * (Fifield, A better zip bomb, 2019). Those that remain share nothing.
 */
export function overlapping(entries: readonly ZipEntry[]): Set<ZipEntry> {
  const found = new Set<ZipEntry>();
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset < end) found.add(entry);
    else end = entry.offset + LOCAL_BYTES + entry.rawFilename.length + entry.compressedSize;
  }
  return found;
}
