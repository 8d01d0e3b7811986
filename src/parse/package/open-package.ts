import { AppError } from "../../errors.ts";
import type { ParseLimits } from "../parser.ts";
import { parseXml, type XmlElement } from "../xml/parse-xml.ts";
import { decodePart } from "./decode-part.ts";
import { type PackedPart, readDirectory } from "./read-directory.ts";
import { streamPart, unpackPart } from "./unpack-part.ts";

/**
 * The parts of a packed file (OPC, OpenDocument, EPUB), unpacked one by one when they are asked for. A name is
 * looked for as it is written and, where there is none, without regard to case, as OPC has it.
 */
export interface Package {
  /** In the archive's order, without folders; always forward slashes, none in front. */
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  readonly size: (name: string) => number;
  /**
   * A part's bytes; null where there is none.
   * @throws AppError archive_too_large, file_damaged, password_required, unsafe_content for a name that two parts have
   */
  readonly bytes: (name: string) => Uint8Array | null;
  /** A part piece by piece, however large: for who holds none of it. @throws AppError as bytes, while it is read */
  readonly pieces: (name: string) => Iterable<Uint8Array> | null;
  /** The same as a stream, for what is handed on. */
  readonly stream: (name: string) => ReadableStream<Uint8Array> | null;
  /** A part as text, by its byte order mark or its XML declaration. */
  readonly text: (name: string) => string | null;
  /** @throws AppError as parseXml */
  readonly xml: (name: string) => XmlElement | null;
}

export type PackageLimits = Pick<
  ParseLimits,
  "maxPartBytes" | "maxUnpackedBytes" | "maxRatio" | "maxMembers" | "maxDepth" | "maxNodes"
>;

/** Parts are smaller than members: a presentation has ten for a slide. */
const PARTS_PER_MEMBER = 10;
/** Below it a part may be packed as tightly as it likes. */
const FREE_BYTES = 1024 * 1024;

/**
 * Opens a ZIP that stands in memory as a package. Nothing is unpacked before its size has been looked at, and a
 * part that holds more than it says is stopped there.
 * @throws AppError file_damaged, too_many_members, archive_too_large, unsafe_content
 */
export function openPackage(bytes: Uint8Array, limits: PackageLimits): Package {
  const parts = readDirectory(bytes, limits.maxMembers * PARTS_PER_MEMBER);
  const total = parts.reduce((sum, part) => sum + part.size, 0);
  if (total > limits.maxUnpackedBytes) throw tooLarge("its parts", limits.maxUnpackedBytes);
  const index = indexParts(parts);
  const find = (name: string): PackedPart | null => findPart(index, name);
  const streamed = (name: string): PackedPart | null => {
    const part = find(name);
    if (part) refuseRatio(part, limits.maxRatio);
    return part;
  };
  const read = (name: string): Uint8Array | null => {
    const part = streamed(name);
    if (!part) return null;
    if (part.size > limits.maxPartBytes) throw tooLarge(part.name, limits.maxPartBytes);
    return unpackWhole(bytes, part);
  };
  const text = (name: string): string | null => {
    const part = read(name);
    return part && decodePart(part);
  };
  return {
    names: [...index.exact.keys()],
    has: (name) => index.exact.has(clean(name)) || index.folded.has(clean(name).toLowerCase()),
    size: (name) => find(name)?.size ?? 0,
    bytes: read,
    pieces: (name) => {
      const part = streamed(name);
      return part && unpackPart(bytes, part);
    },
    stream: (name) => {
      const part = streamed(name);
      return part && streamPart(bytes, part);
    },
    text,
    xml: (name) => {
      const content = text(name);
      return content === null ? null : parseXml(content, limits);
    },
  };
}

interface PartIndex {
  /** By name as written; null where several parts of different content have it. */
  readonly exact: ReadonlyMap<string, PackedPart | null>;
  readonly folded: ReadonlyMap<string, PackedPart | null>;
}

function indexParts(parts: readonly PackedPart[]): PartIndex {
  const exact = new Map<string, PackedPart | null>();
  const folded = new Map<string, PackedPart | null>();
  for (const part of parts) {
    add(exact, part.name, part);
    add(folded, part.name.toLowerCase(), part);
  }
  return { exact, folded };
}

/** Of two equal parts one is kept; where they differ, which one is meant depends on who reads: neither is. */
function add(map: Map<string, PackedPart | null>, name: string, part: PackedPart): void {
  const other = map.get(name);
  if (other === undefined) map.set(name, part);
  else if (other !== null && (other.crc !== part.crc || other.size !== part.size)) map.set(name, null);
}

function findPart({ exact, folded }: PartIndex, name: string): PackedPart | null {
  const wanted = clean(name);
  const part = exact.get(wanted) ?? (exact.has(wanted) ? null : folded.get(wanted.toLowerCase()));
  if (part === undefined) return null;
  if (part === null) {
    throw new AppError(
      "unsafe_content",
      `The file is refused: it holds several different parts named ${wanted}. Save it anew and send that.`,
    );
  }
  return part;
}

function clean(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "");
}

function refuseRatio(part: PackedPart, maxRatio: number): void {
  if (part.size <= FREE_BYTES || part.size <= part.packedSize * maxRatio) return;
  throw new AppError(
    "archive_too_large",
    `${part.name} unpacks to more than ${maxRatio} times its size, as archives do that are made to do harm.`,
  );
}

function unpackWhole(bytes: Uint8Array, part: PackedPart): Uint8Array {
  const whole = new Uint8Array(part.size);
  let at = 0;
  for (const piece of unpackPart(bytes, part)) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function tooLarge(what: string, limit: number): AppError {
  return new AppError(
    "archive_too_large",
    `The file is refused: ${what} would unpack to more than ${limit} bytes.`,
  );
}
