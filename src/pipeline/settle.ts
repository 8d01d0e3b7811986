import type { AppError } from "../errors.ts";
import type { TerminalStatus } from "../model/document.ts";
import type { StoredResult } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import { layoutKey, resultCacheKey, resultKey, textKey } from "../model/storage-keys.ts";
import type { Sketch } from "../model/sketch.ts";
import type { CachedResult, DocumentRecord, Room } from "../ports.ts";
import { cacheKeysOf, erase } from "./erase.ts";
import { LAYOUT_TYPE } from "./layout.ts";
import type { Outcome, ProcessPorts } from "./process.ts";

/** What a run came to. */
export interface Finished {
  readonly result: StoredResult;
  /** The same without what other documents say of it: what another upload of the same bytes may be answered with. */
  readonly own: StoredResult;
  readonly sketch: Sketch | null;
  /** Version of the tenant's memory that it was read with. */
  readonly memory: number;
  readonly text: string;
  /** What was parsed, packed. */
  readonly layout: Uint8Array;
  /** False for what another upload of the same bytes must not be answered with: it names documents of its own, or was opened by a password. */
  readonly cacheable: boolean;
}

/**
 * Ends a run with its result: R2 and the cache, then row, run and outbox in one batch under the fence,
 * then the room. A worker that has lost its fence changes nothing.
 */
export async function settle(
  ports: ProcessPorts,
  room: Room,
  record: DocumentRecord,
  fence: number,
  { result, own, sketch, memory, text, layout, cacheable }: Finished,
): Promise<Outcome> {
  const { tenant, id, run } = record;
  await Promise.all([
    ports.blobs.put(resultKey(tenant, id, run), JSON.stringify(result), "application/json"),
    ports.blobs.put(textKey(tenant, id, run), text, "text/plain; charset=utf-8"),
    ports.blobs.put(layoutKey(tenant, id, run), layout, LAYOUT_TYPE),
    cacheable ? cacheResult(ports, record, memory, { result: own, text, layout }) : null,
  ]);
  const summary = ports.stages.summarize(result, result.usage.pages);
  const settled = await ports.documents.settle({
    tenant,
    document: id,
    run,
    fence,
    status: result.status,
    summary,
    failure: null,
    resultKey: resultKey(tenant, id, run),
    engine: result.engine,
    extractor: result.extractor,
    sketch,
    memory,
    atMs: ports.clock(),
  });
  if (!settled) return dropStale(ports, record, memory);
  await Promise.all([
    ports.cache.putMeta(tenant, id, { ...summary, status: result.status, run }),
    room.end({
      run,
      fence,
      status: result.status,
      events: [{ kind: result.status, data: { type: result.type, review: result.review } }],
    }),
  ]);
  ports.log.info("document_settled", {
    tenant,
    document: id,
    run,
    status: result.status,
    type: result.type,
    pages: result.usage.pages,
    duration_ms: result.usage.duration_ms,
  });
  return { state: "settled" };
}

/** Ends a run without a result; the typed error is the result. */
export async function settleFailure(
  ports: Pick<
    ProcessPorts,
    "blobs" | "cache" | "clock" | "documents" | "engine" | "log" | "memory" | "rooms" | "stages"
  >,
  room: Room,
  record: DocumentRecord,
  fence: number,
  error: AppError,
  status: Extract<TerminalStatus, "failed" | "quarantined">,
): Promise<Outcome> {
  const { tenant, id, run } = record;
  const failure = { code: error.code, message: error.message };
  const settled = await ports.documents.settle({
    tenant,
    document: id,
    run,
    fence,
    status,
    summary: null,
    failure,
    resultKey: null,
    engine: null,
    atMs: ports.clock(),
  });
  if (!settled) return dropStale(ports, record);
  await room.end({ run, fence, status, events: [{ kind: status, data: { error: failure } }] });
  ports.log.info("document_settled", { tenant, document: id, run, status, error: error.code });
  return { state: "settled" };
}

/** Someone else has the document, or it was deleted meanwhile: then what this worker wrote goes too. */
export async function dropStale(
  ports: Pick<
    ProcessPorts,
    "blobs" | "cache" | "documents" | "engine" | "log" | "memory" | "rooms" | "stages"
  >,
  record: DocumentRecord,
  memory = 0,
): Promise<Outcome> {
  const { tenant, id } = record;
  if (!(await ports.documents.find(tenant, id))) {
    const { extractors } = ports.stages;
    await Promise.all([
      ports.cache.delete(cacheKeysOf({ engine: ports.engine, extractors }, record, [memory])),
      eraseFamily(ports, { tenant, id }),
    ]);
  }
  return { state: "dropped" };
}

/** Removes what is left of a document without a row, and the members that were made of it meanwhile. */
export async function eraseFamily(
  ports: Pick<
    ProcessPorts,
    "blobs" | "cache" | "documents" | "engine" | "log" | "memory" | "rooms" | "stages"
  >,
  key: { tenant: TenantId; id: DocumentId },
): Promise<void> {
  await erase({ ...ports, extractors: ports.stages.extractors }, key);
}

async function cacheResult(
  ports: ProcessPorts,
  record: DocumentRecord,
  memory: number,
  cached: CachedResult,
): Promise<void> {
  if (!record.format) return;
  const key = resultCacheKey({
    tenant: record.tenant,
    sha256: record.sha256,
    type: record.options.type ?? "auto",
    extractor: record.options.extractor,
    extractors: ports.stages.extractors,
    engine: ports.engine.id,
    format: record.format,
    memory,
  });
  await ports.cache.put(key, cached);
}
