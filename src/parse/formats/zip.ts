import { ERR_ENCRYPTED_CENTRAL_DIRECTORY, ERR_SPLIT_ZIP_FILE } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { safePath } from "../../model/safe-path.ts";
import type { DocumentSource } from "../../ports.ts";
import { decodeNames } from "../archive/code-pages.ts";
import { container, nameWarnings, notOpened } from "../archive/container.ts";
import { asideFate } from "../archive/fates.ts";
import { toStream } from "../archive/streams.ts";
import { overlapping, zipFate } from "../archive/zip-entries.ts";
import { checkPassword, contentOf } from "../archive/zip-content.ts";
import { RangeReader } from "../archive/range-reader.ts";
import { readEntries, type ZipEntry } from "../archive/zip-reader.ts";
import { recoverZip } from "../archive/zip-recover.ts";
import type {
  OpenedDocument,
  OpenedMember,
  ParseLimits,
  ParseOptions,
  ParsePorts,
  Parser,
} from "../parser.ts";

/** Lists a ZIP's files by its directory and streams each of them, deflated or stored, encrypted with a password or not. */
export const zip: Parser = {
  async open(
    source: DocumentSource,
    _ports: ParsePorts,
    { limits, password }: ParseOptions,
  ): Promise<OpenedDocument> {
    const { reader, entries, directoryOffset, warnings } = await readDirectory(source, limits);
    const facts = {
      end: directoryOffset,
      overlapping: overlapping(entries),
      password: password !== undefined && password !== "",
      limits,
    };
    const { names, guessed } = namesOf(entries);
    const trust = new Trust();
    const members = entries.map((entry, index): OpenedMember => {
      const path = safePath(names[index] ?? "");
      const fate = asideFate(path, entry.uncompressedSize) ?? zipFate(entry, facts);
      return {
        path,
        mediaType: null,
        sizeBytes: entry.uncompressedSize,
        fate,
        open: async () => {
          if (fate?.outcome === "refused") throw notOpened(fate);
          return toStream(trust.watch(contentOf(reader, entry, password)));
        },
      };
    });
    refuseHuge(entries, members, limits);
    await refuseLocked(entries, members, password);
    return container(members, [...warnings, ...nameWarnings(names, guessed)]);
  },
};

/** Members that may unpack to more than they say before the rest of the archive is not unpacked any more. */
const MOST_LIES = 3;

/** Counts the members that lied: an archive with several of them is made to do harm, and each costs its unpacking. */
class Trust {
  #lies = 0;

  /** Passes content on while the archive is trusted. @throws AppError archive_too_large when it no longer is */
  async *watch(content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    if (this.#lies >= MOST_LIES) {
      throw new AppError(
        "archive_too_large",
        `It was not unpacked: ${MOST_LIES} members before it held more than the archive says, as in archives that are made to do harm.`,
      );
    }
    try {
      yield* content;
    } catch (error) {
      if (error instanceof AppError && error.code === "archive_too_large") this.#lies += 1;
      throw error;
    }
  }
}

interface Directory {
  readonly reader: RangeReader;
  readonly entries: readonly ZipEntry[];
  readonly directoryOffset: number;
  readonly warnings: readonly Warning[];
}

async function readDirectory(source: DocumentSource, limits: ParseLimits): Promise<Directory> {
  const reader = new RangeReader(source);
  try {
    return { reader, ...(await readEntries(reader, limits.maxMembers)), warnings: [] };
  } catch (error) {
    if (error instanceof AppError) throw error;
    refuseUnreadable(error);
    return recover(source, limits, error);
  }
}

/** What is no damage but a kind of archive that is not read; told by zip.js's messages, which are part of its interface. */
function refuseUnreadable(error: unknown): void {
  const message = error instanceof Error ? error.message : "";
  if (message === ERR_SPLIT_ZIP_FILE) {
    throw new AppError(
      "unsupported_format",
      "This is one part of an archive that was split. Join its parts (zip -s 0) and send the whole.",
    );
  }
  if (message === ERR_ENCRYPTED_CENTRAL_DIRECTORY) {
    throw new AppError(
      "unsupported_format",
      "The archive's list of files is encrypted, which is not read. Pack the files with AES-256 without encrypting their names.",
    );
  }
}

async function recover(source: DocumentSource, limits: ParseLimits, cause: unknown): Promise<Directory> {
  const recovered = await recoverZip(source, limits.maxMembers);
  if (recovered.found === 0) {
    throw new AppError(
      "file_damaged",
      "The archive is damaged: its list of files cannot be read, and no file could be found without it. Send the original.",
      { cause },
    );
  }
  const reader = new RangeReader(recovered.source);
  const lost = recovered.lost.map(safePath);
  const missing = lost.length > 0 ? ` Not found whole: ${lost.slice(0, 20).join(", ")}.` : "";
  const message = `The archive is damaged: its list of files cannot be read, and ${recovered.found} files were found without it.${missing} Send the original.`;
  const read = await readEntries(reader, limits.maxMembers);
  return { reader, ...read, directoryOffset: source.size, warnings: [{ code: "file_damaged", message }] };
}

/** Names that say that they are UTF-8 are; the others are read together, in the code page that suits them. */
function namesOf(entries: readonly ZipEntry[]): { names: string[]; guessed: string | null } {
  const unsure = entries.filter((entry) => !entry.filenameUTF8);
  const { names, guessed } = decodeNames(unsure.map((entry) => entry.rawFilename));
  const decoded = new Map(unsure.map((entry, index) => [entry, names[index] ?? ""]));
  return { names: entries.map((entry) => decoded.get(entry) ?? entry.filename), guessed };
}

/**
 * Members that are refused by themselves do not count where others remain: one bomb does not spoil its siblings.
 * @throws AppError archive_too_large, from what the directory declares: nothing has been unpacked
 */
function refuseHuge(
  entries: readonly ZipEntry[],
  members: readonly OpenedMember[],
  { maxUnpackedBytes }: ParseLimits,
): void {
  const sizes = entries.map(({ uncompressedSize }, index) => ({
    size: uncompressedSize,
    fate: members[index]?.fate,
  }));
  const sum = (some: typeof sizes): number => some.reduce((total, { size }) => total + size, 0);
  const total = sum(sizes.filter(({ fate }) => fate?.code !== "file_damaged"));
  if (total <= maxUnpackedBytes) return;
  const readable = sizes.filter(({ fate }) => fate?.outcome !== "refused");
  if (readable.length > 0 && sum(readable) <= maxUnpackedBytes) return;
  throw new AppError(
    "archive_too_large",
    `The archive unpacks to ${total} bytes, more than the ${maxUnpackedBytes} that are read. Split it and send its parts.`,
  );
}

/** @throws AppError password_required, password_incorrect where nothing at all could be read without it */
async function refuseLocked(
  entries: readonly ZipEntry[],
  members: readonly OpenedMember[],
  password: string | undefined,
): Promise<void> {
  const wanted = entries.filter((_, index) => members[index]?.fate?.outcome !== "set_aside");
  const first = wanted[0];
  if (!first || !wanted.every((entry) => entry.encrypted)) return;
  if (members.some(({ fate }) => fate?.code === "password_required")) {
    throw new AppError(
      "password_required",
      "Every file in the archive is encrypted. Send it again with its `password`.",
    );
  }
  const readable = entries.find((_, index) => members[index]?.fate === null);
  if (readable && password !== undefined) await checkPassword(readable, password);
}
