/** A record of a PowerPoint stream ([MS-PPT] 2.3.1). `start` and `end` bound its body. */
export interface PptRecord {
  readonly type: number;
  readonly version: number;
  readonly instance: number;
  readonly start: number;
  readonly end: number;
}

const HEADER_BYTES = 8;

/** The record at an offset, cut where the stream ends; null where none fits. */
export function recordAt(view: DataView, at: number, end = view.byteLength): PptRecord | null {
  if (at < 0 || at + HEADER_BYTES > end) return null;
  const head = view.getUint16(at, true);
  const start = at + HEADER_BYTES;
  return {
    type: view.getUint16(at + 2, true),
    version: head & 0xf,
    instance: head >>> 4,
    start,
    end: Math.min(end, start + view.getUint32(at + 4, true)),
  };
}

/** The records in a container, in order. */
export function* recordsIn(view: DataView, from: number, to: number): Generator<PptRecord, void> {
  for (let at = from; ;) {
    const record = recordAt(view, at, to);
    if (!record) return;
    yield record;
    at = record.end;
  }
}

export const isContainer = (record: PptRecord): boolean => record.version === 0xf;

/** Where the parts of a presentation lie, by the number under which it keeps them. */
export interface Persisted {
  readonly offsets: ReadonlyMap<number, number>;
  readonly documentId: number;
  /** The part that says how the file is encrypted; null where it is not. */
  readonly cryptId: number | null;
  /** Offsets of what stays in the clear. */
  readonly clear: ReadonlySet<number>;
}

const USER_EDIT = 0x0ff5;
const PERSIST_DIRECTORY = 0x1772;
/** Each save adds an edit; so many saves without a full one are not made. */
const MAX_EDITS = 1_000;
const MAX_PERSISTED = 100_000;

/** Follows the edits from the last one back: what a later one says of a part counts ([MS-PPT] 2.1.2). */
export function readPersisted(view: DataView, lastEdit: number): Persisted | null {
  const offsets = new Map<number, number>();
  const clear = new Set<number>();
  let documentId: number | null = null;
  let cryptId: number | null = null;
  for (let at = lastEdit, edits = 0; at > 0 && edits < MAX_EDITS && !clear.has(at); edits += 1) {
    const edit = recordAt(view, at);
    if (!edit || edit.type !== USER_EDIT || edit.end - edit.start < 28) break;
    clear.add(at);
    documentId ??= view.getUint32(edit.start + 16, true);
    if (edit.end - edit.start >= 32) cryptId ??= view.getUint32(edit.start + 28, true);
    const directory = view.getUint32(edit.start + 12, true);
    clear.add(directory);
    readDirectory(view, directory, offsets);
    at = view.getUint32(edit.start + 8, true);
  }
  return documentId === null ? null : { offsets, documentId, cryptId, clear };
}

/** Runs of offsets, each with the number of its first part (20 bits) and how many there are (12 bits). */
function readDirectory(view: DataView, at: number, offsets: Map<number, number>): void {
  const directory = recordAt(view, at);
  if (!directory || directory.type !== PERSIST_DIRECTORY) return;
  for (let entry = directory.start; entry + 4 <= directory.end;) {
    const head = view.getUint32(entry, true);
    const first = head & 0xfffff;
    const count = head >>> 20;
    entry += 4;
    for (let index = 0; index < count && entry + 4 <= directory.end; index += 1, entry += 4) {
      if (offsets.size >= MAX_PERSISTED) return;
      if (!offsets.has(first + index)) offsets.set(first + index, view.getUint32(entry, true));
    }
  }
}

/** Where the stream `Current User` says that the last edit lies, and whether it says that the file is encrypted. */
export function readCurrentUser(bytes: Uint8Array | null): { lastEdit: number; encrypted: boolean } | null {
  if (!bytes || bytes.length < 20) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { lastEdit: view.getUint32(16, true), encrypted: view.getUint32(12, true) === ENCRYPTED_TOKEN };
}

const ENCRYPTED_TOKEN = 0xf3d1c4df;
