import { type UnzipFileInfo, unzipSync } from "fflate";
import { AppError } from "../../errors.ts";
import type { ParseLimits } from "../parser.ts";
import { parseXml, type XmlElement } from "../xml/parse-xml.ts";

/** The parts of a packed file (OPC, OpenDocument, EPUB), unpacked one by one when they are asked for. */
export interface Package {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  readonly size: (name: string) => number;
  /** A part's bytes; null where there is none. @throws AppError archive_too_large, file_damaged */
  readonly bytes: (name: string) => Uint8Array | null;
  readonly text: (name: string) => string | null;
  /** @throws AppError as parseXml */
  readonly xml: (name: string) => XmlElement | null;
}

type PackageLimits = Pick<
  ParseLimits,
  "maxPartBytes" | "maxUnpackedBytes" | "maxRatio" | "maxMembers" | "maxDepth" | "maxNodes"
>;

const FREE_BYTES = 1024 * 1024;

/**
 * Opens a ZIP that stands in memory as a package. Nothing is unpacked before its size has been looked at, and a
 * part that says too little of its size is cut there.
 * @throws AppError file_damaged, too_many_members, archive_too_large
 */
export function openPackage(bytes: Uint8Array, limits: PackageLimits): Package {
  const parts = new Map<string, UnzipFileInfo>();
  let total = 0;
  unzip(bytes, (info) => {
    if (parts.size >= limits.maxMembers * 10) {
      throw new AppError("too_many_members", `The file holds more than ${limits.maxMembers * 10} parts.`);
    }
    total += info.originalSize;
    if (total > limits.maxUnpackedBytes) throw tooLarge("its parts", limits.maxUnpackedBytes);
    parts.set(info.name, info);
    return false;
  });
  const read = (name: string): Uint8Array | null => {
    const info = parts.get(name);
    if (!info) return null;
    if (info.originalSize > limits.maxPartBytes) throw tooLarge(name, limits.maxPartBytes);
    if (info.originalSize > FREE_BYTES && info.originalSize > info.size * limits.maxRatio) {
      throw new AppError(
        "archive_too_large",
        `${name} unpacks to more than ${limits.maxRatio} times its size, as archives do that are made to do harm.`,
      );
    }
    return unzip(bytes, (candidate) => candidate.name === name)[name] ?? null;
  };
  const text = (name: string): string | null => {
    const part = read(name);
    return part && decodePart(part);
  };
  return {
    names: [...parts.keys()],
    has: (name) => parts.has(name),
    size: (name) => parts.get(name)?.originalSize ?? 0,
    bytes: read,
    text,
    xml: (name) => {
      const content = text(name);
      return content === null ? null : parseXml(content, limits);
    },
  };
}

function unzip(bytes: Uint8Array, filter: (info: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      "file_damaged",
      "The file is damaged: its parts cannot be unpacked. Send the original.",
      {
        cause: error,
      },
    );
  }
}

function tooLarge(what: string, limit: number): AppError {
  return new AppError(
    "archive_too_large",
    `The file is refused: ${what} would unpack to more than ${limit} bytes.`,
  );
}

/** XML parts are UTF-8 or UTF-16, which their byte order mark tells. */
function decodePart(part: Uint8Array): string {
  if (part[0] === 0xff && part[1] === 0xfe) return new TextDecoder("utf-16le").decode(part);
  if (part[0] === 0xfe && part[1] === 0xff) return new TextDecoder("utf-16be").decode(part);
  return new TextDecoder().decode(part);
}
