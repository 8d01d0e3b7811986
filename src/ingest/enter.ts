import type { ErrorCode } from "../errors.ts";
import { composeResult, type DocumentResult } from "../model/result.ts";
import { layoutKey, resultCacheKey, resultKey, textKey } from "../model/storage-keys.ts";
import type { CachedResult, DocumentRecord, Settlement } from "../ports.ts";
import type { AcceptPorts } from "./accept.ts";
import type { Sniffed } from "./sniff.ts";

/** What goes along with a document and is no part of it. */
export interface Entering {
  /** Version of the tenant's memory: a result that was read with another one is not this document's. */
  readonly memory: number;
  /** Opens it. A result read with a password comes from no cache and goes into none. */
  readonly password?: string | undefined;
  readonly traceparent?: string | undefined;
}

/**
 * Brings a document whose original lies in R2 into the pipeline: room, row, message, in that order. One whose
 * result is known, or that is of no format that is read, is finished at once: then its result is given.
 */
export async function enter(
  ports: AcceptPorts,
  record: DocumentRecord,
  sniffed: Sniffed,
  { memory, password, traceparent }: Entering,
): Promise<DocumentResult | null> {
  const { tenant, id } = record;
  const known = await begin(ports, record, memory, password);
  if (known) return finishFromCache(ports, record, memory, known);
  if (sniffed.format === null) {
    return finishUnread(ports, record, { code: sniffed.code, message: sniffed.message });
  }
  await ports.documents.insert(record);
  await sendJob(ports, record, traceparent);
  ports.log.info("document_accepted", {
    tenant,
    document: id,
    size: record.sizeBytes,
    format: record.format,
    ...(record.origin ? { parent: record.origin.parent } : {}),
  });
  return null;
}

/** W3C Trace Context, version 00. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The row stands, so the document will end: where the queue does not answer, the room's alarm sends the message. */
async function sendJob(
  ports: Pick<AcceptPorts, "jobs" | "log">,
  { tenant, id, run, options }: DocumentRecord,
  traceparent: string | undefined,
): Promise<void> {
  const trace = traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {};
  try {
    await ports.jobs.send({ v: 1, tenant, document: id, step: 0, epoch: run, ...trace }, options.priority);
  } catch (error) {
    ports.log.error("message_not_sent", {
      tenant,
      document: id,
      error: error instanceof Error ? error.name : "unknown",
    });
  }
}

/** Opens the room and, beside it, looks for a result of the same content. */
async function begin(
  ports: AcceptPorts,
  record: DocumentRecord,
  memory: number,
  password: string | undefined,
): Promise<CachedResult | null> {
  const { tenant, id, sha256, options, format } = record;
  const cacheKey =
    format && password === undefined && options.page_only !== true
      ? resultCacheKey({
          tenant,
          sha256,
          type: options.type ?? "auto",
          extractor: options.extractor,
          extractors: ports.extractors,
          engine: ports.engine.id,
          format,
          memory,
        })
      : null;
  const [known] = await Promise.all([
    cacheKey ? ports.cache.get(cacheKey) : null,
    ports.rooms.of(tenant, id).begin({
      tenant,
      document: id,
      run: record.run,
      priority: options.priority,
      deadlineMs: record.deadlineMs,
      data: {
        filename: record.filename,
        size_bytes: record.sizeBytes,
        format,
        ...(record.origin ? { parent_id: record.origin.parent } : {}),
      },
      ...(password === undefined ? {} : { password }),
    }),
  ]);
  return known;
}

async function finishFromCache(
  ports: AcceptPorts,
  record: DocumentRecord,
  memory: number,
  { result: own, text, layout }: CachedResult,
): Promise<DocumentResult> {
  const { tenant, id } = record;
  const { result, sketch } = await ports.compare(record, own, text);
  const status = result.status;
  const settlement: Settlement = {
    tenant,
    document: id,
    run: 1,
    fence: 0,
    status,
    summary: ports.summarize(result, result.usage.pages),
    failure: null,
    resultKey: resultKey(tenant, id, 1),
    engine: result.engine,
    extractor: result.extractor,
    sketch,
    memory,
    atMs: ports.clock(),
  };
  await Promise.all([
    ports.blobs.put(resultKey(tenant, id, 1), JSON.stringify(result), "application/json"),
    ports.blobs.put(textKey(tenant, id, 1), text, "text/plain; charset=utf-8"),
    layout ? ports.blobs.put(layoutKey(tenant, id, 1), layout, "application/gzip") : null,
    ports.rooms.of(tenant, id).end({
      run: 1,
      fence: 0,
      status,
      events: [{ kind: status, data: { type: result.type, cached: true, review: result.review } }],
    }),
  ]);
  await ports.documents.insertSettled(record, settlement);
  ports.log.info("document_answered_from_cache", { tenant, document: id });
  return composeResult({ ...record, version: "1", status, error: null }, result);
}

async function finishUnread(
  ports: AcceptPorts,
  record: DocumentRecord,
  failure: { code: ErrorCode; message: string },
): Promise<DocumentResult> {
  const { tenant, id } = record;
  await ports.rooms.of(tenant, id).end({
    run: 1,
    fence: 0,
    status: "failed",
    events: [{ kind: "failed", data: { error: failure } }],
  });
  await ports.documents.insertSettled(record, {
    tenant,
    document: id,
    run: 1,
    fence: 0,
    status: "failed",
    summary: null,
    failure,
    resultKey: null,
    engine: null,
    atMs: ports.clock(),
  });
  ports.log.info("document_refused", { tenant, document: id, error: failure.code });
  return composeResult({ ...record, version: "1", status: "failed", error: failure }, null);
}
