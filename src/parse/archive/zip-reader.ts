import type { FileEntry } from "@zip.js/zip.js";
import { ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { type RangeReader, tooManyMembers } from "./range-reader.ts";

/** Bytes that may stand behind an archive: signatures and padding. */
const MOST_APPENDED = 64 * 1024;

/** What the directory says of a file, and the way to its content. */
export type ZipEntry = Omit<FileEntry, "directory"> & { readonly directory: boolean };

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
