import { AppError } from "../errors.ts";
import { type DocumentId, makeDocumentId, type TenantId } from "../model/ids.ts";
import type { Priority } from "../model/job.ts";
import { originalKey } from "../model/storage-keys.ts";
import type { DocumentRecord } from "../ports.ts";
import type { AcceptPorts } from "./accept.ts";
import { enter } from "./enter.ts";
import { inspect } from "./inspect.ts";

export interface AdoptPorts extends AcceptPorts {
  /** Begins a new run of a document that has ended. @throws AppError conflict while one is under way */
  readonly reprocess: (key: {
    tenant: TenantId;
    id: DocumentId;
    type: null;
    password?: string;
    parentRun: number;
  }) => Promise<unknown>;
}

/** A member of a container on its way to become a document. */
export interface AdoptInput {
  readonly parent: DocumentRecord;
  /** Its place among its parent's members, from 0: it makes the id, so that a retry finds what is there. */
  readonly index: number;
  /** Its path in the parent, safe to show. */
  readonly path: string;
  /** Called before a new document is made of it. @throws AppError why none may be */
  readonly admit: () => void;
  readonly open: () => Promise<ReadableStream<Uint8Array>>;
  /** Most bytes that it may have. */
  readonly maxBytes: number;
  readonly priority: Priority;
  /** Its file name; the end of its path unless told. */
  readonly filename?: string;
  /** Whether it is a part of a split file, which is never split again. */
  readonly isPart?: boolean;
  /** Whether it is read for the type that its parent was sent for. */
  readonly inheritsType: boolean;
  readonly password: string | undefined;
}

/** The document that a member is; `created` when it was not there before. */
export interface Adopted {
  readonly id: DocumentId;
  readonly size: number;
  readonly created: boolean;
}

/**
 * Makes a member a document of its own, once: a second call for the same member changes nothing, one of a later
 * run of the parent reads the member again.
 * @throws AppError what its content is refused for: archive_too_large, file_damaged, password_required, empty_file ...
 */
export async function adopt(ports: AdoptPorts, input: AdoptInput): Promise<Adopted> {
  const { parent, path, password } = input;
  const { tenant } = parent;
  const id = await childId(parent, input.index, path);
  const known = await ports.documents.find(tenant, id);
  if (known) {
    await readAgain(ports, known, parent, password);
    return { id, size: known.sizeBytes, created: false };
  }
  input.admit();
  const body = await input.open();
  const [stored, memory] = await Promise.all([
    ports.blobs.putStream(originalKey(tenant, id), body, {
      length: null,
      maxBytes: input.maxBytes,
      contentType: "application/octet-stream",
    }),
    ports.memory.version(tenant),
  ]);
  if (stored.size === 0) {
    await ports.blobs.delete([originalKey(tenant, id)]);
    throw new AppError("empty_file", `${path} is empty (0 bytes).`);
  }
  const filename = input.filename ?? (path.slice(path.lastIndexOf("/") + 1) || path);
  const sniffed = await inspect(ports.blobs, originalKey(tenant, id), stored, filename);
  const nowMs = ports.clock();
  const { type, ...options } = parent.options;
  const asked = input.inheritsType && type !== undefined ? { type } : {};
  const whole = input.isPart ? { split: "never" as const } : {};
  const record: DocumentRecord = {
    tenant,
    id,
    status: "queued",
    run: 1,
    fence: 0,
    revision: 0,
    revisionToken: null,
    filename,
    format: sniffed.format,
    mediaType: sniffed.mediaType,
    sizeBytes: stored.size,
    sha256: stored.sha256,
    options: { ...options, ...asked, ...whole, priority: input.priority },
    type: asked.type ?? null,
    pageCount: null,
    createdMs: nowMs,
    deadlineMs: nowMs + ports.config.DEADLINE_MS,
    origin: {
      parent: parent.id,
      root: parent.origin?.root ?? parent.id,
      depth: (parent.origin?.depth ?? 0) + 1,
      path,
      parentRun: parent.run,
    },
  };
  await enter(ports, record, sniffed, { memory, password });
  return { id, size: stored.size, created: true };
}

/** The parent's run has come to a member that an earlier run made a document: it is read anew with its parent. */
async function readAgain(
  ports: AdoptPorts,
  known: DocumentRecord,
  parent: DocumentRecord,
  password: string | undefined,
): Promise<void> {
  if ((known.origin?.parentRun ?? 0) >= parent.run) return;
  const { tenant, id } = known;
  try {
    const secret = password === undefined ? {} : { password };
    await ports.reprocess({ tenant, id, type: null, parentRun: parent.run, ...secret });
  } catch (error) {
    // A run is under way: it reads the same content.
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}

/** The same for the same member of the same parent; sorts with its parent. */
async function childId(parent: DocumentRecord, index: number, path: string): Promise<DocumentId> {
  const name = new TextEncoder().encode(`${parent.tenant}/${parent.id}/${index}/${path}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", name));
  return makeDocumentId(parent.createdMs, digest.subarray(0, 10));
}
