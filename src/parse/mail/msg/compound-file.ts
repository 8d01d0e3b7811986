import { openCompound } from "../../package/open-compound.ts";

/** A stream in a compound file. */
export interface CompoundStream {
  readonly name: string;
  readonly size: number;
  /** Its bytes, read anew at each call. @throws AppError file_damaged */
  readonly read: () => Uint8Array;
}

/** A storage (a folder) in a compound file. */
export interface CompoundStorage {
  readonly name: string;
  readonly streams: readonly CompoundStream[];
  readonly storages: readonly CompoundStorage[];
}

/** A storage while it is being filled. */
interface Filling extends CompoundStorage {
  readonly streams: CompoundStream[];
  readonly storages: Filling[];
}

/**
 * Opens a compound file ([MS-CFB]) that stands in memory as a tree of storages, each with its parts by name.
 * @throws AppError file_damaged
 */
export function openCompoundFile(bytes: Uint8Array): CompoundStorage {
  const file = openCompound(bytes);
  const storages = new Map<string, Filling>([["", emptyStorage("Root Entry")]]);
  const storageAt = (path: string): Filling => {
    const known = storages.get(path);
    if (known) return known;
    const cut = path.lastIndexOf("/");
    const made = emptyStorage(path.slice(cut + 1));
    storages.set(path, made);
    storageAt(path.slice(0, Math.max(0, cut))).storages.push(made);
    return made;
  };
  for (const path of [...file.names].sort()) {
    const cut = path.lastIndexOf("/");
    const read = (): Uint8Array => file.bytes(path) ?? new Uint8Array();
    storageAt(path.slice(0, Math.max(0, cut))).streams.push({
      name: path.slice(cut + 1),
      size: file.size(path),
      read,
    });
  }
  return storageAt("");
}

function emptyStorage(name: string): Filling {
  return { name, streams: [], storages: [] };
}
