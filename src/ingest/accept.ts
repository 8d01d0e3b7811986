import { AppError, type ErrorCode } from "../errors.ts";
import type { Config } from "../config.ts";
import type { DocumentOptions } from "../model/document.ts";
import { type DocumentId, makeDocumentId, type TenantId } from "../model/ids.ts";
import { composeResult, type DocumentResult } from "../model/result.ts";
import { originalKey, resultCacheKey, resultKey, textKey } from "../model/storage-keys.ts";
import type { StoredResult } from "../model/extraction.ts";
import type { CachedResult, DocumentRecord, Ports, Settlement, Summary } from "../ports.ts";
import { scan } from "./scan.ts";
import { sniff, type Sniffed } from "./sniff.ts";

/** A file as it arrives. `options` is asked for after the body has been read, since form fields may follow the file. */
export interface AcceptInput {
  readonly tenant: TenantId;
  readonly filename: string;
  readonly contentType: string | null;
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes announced, or null when unknown. */
  readonly length: number | null;
  readonly options: () => Promise<DocumentOptions>;
  readonly traceparent?: string;
}

export interface AcceptPorts extends Pick<
  Ports,
  "blobs" | "cache" | "clock" | "documents" | "engine" | "jobs" | "log" | "rooms"
> {
  readonly config: Config;
  /** Names the version of every extractor, for the cache's key. */
  readonly extractors: string;
  readonly summarize: (result: StoredResult, pageCount: number) => Summary;
}

/**
 * Takes a document in: R2, room, row, queue, in that order. Whatever step it dies between, the room's
 * alarm or the sweeper settles what was begun; once this returns, the document will end.
 * A file whose result is known, or that is of no format that is read, is finished at once, without a
 * message: `result` then says how it ended.
 * @throws AppError payload_too_large, length_mismatch, empty_file, invalid_request: nothing is left behind
 */
export async function accept(
  ports: AcceptPorts,
  input: AcceptInput,
): Promise<{ id: DocumentId; result: DocumentResult | null }> {
  const { tenant } = input;
  const nowMs = ports.clock();
  const id = makeDocumentId(nowMs, crypto.getRandomValues(new Uint8Array(10)));
  const key = originalKey(tenant, id);
  const stored = await ports.blobs.putStream(key, input.body, {
    length: input.length,
    maxBytes: ports.config.MAX_UPLOAD_BYTES,
    contentType: "application/octet-stream",
  });
  const options = await input.options().catch(async (error: unknown) => {
    await ports.blobs.delete([key]);
    throw error;
  });
  if (stored.size === 0) {
    await ports.blobs.delete([key]);
    throw new AppError("empty_file", "The file is empty (0 bytes). Send the file itself.");
  }
  const sniffed = await inspect(ports, key, stored, input.filename);
  const record: DocumentRecord = {
    tenant,
    id,
    status: "queued",
    run: 1,
    fence: 0,
    filename: input.filename,
    format: sniffed.format,
    mediaType: sniffed.mediaType,
    sizeBytes: stored.size,
    sha256: stored.sha256,
    options,
    type: options.type ?? null,
    pageCount: null,
    createdMs: nowMs,
    deadlineMs: nowMs + ports.config.DEADLINE_MS,
  };
  const known = await begin(ports, record, sniffed);
  if (known) {
    return { id, result: await finishFromCache(ports, record, known) };
  }
  if (sniffed.format === null) {
    return {
      id,
      result: await finishUnread(ports, record, { code: sniffed.code, message: sniffed.message }),
    };
  }
  await ports.documents.insert(record);
  await sendJob(ports, record, input.traceparent);
  ports.log.info("document_accepted", { tenant, document: id, size: stored.size, format: sniffed.format });
  return { id, result: null };
}

/** What the file is, or why it is refused: for what it is, or for what the scanner found in it. */
async function inspect(
  ports: Pick<AcceptPorts, "blobs">,
  key: string,
  { head, size }: { readonly head: Uint8Array; readonly size: number },
  filename: string,
): Promise<Sniffed> {
  const range = async (offset: number, length: number) =>
    (await ports.blobs.getRange(key, offset, length)) ?? new Uint8Array();
  const file = { head, size, range };
  const sniffed = await sniff(head, filename, file);
  const finding = await scan(file);
  return finding ? { format: null, mediaType: sniffed.mediaType, ...finding } : sniffed;
}

/** W3C Trace Context, version 00. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The row stands, so the document will end: where the queue does not answer, the room's alarm sends the message. */
async function sendJob(
  ports: Pick<AcceptPorts, "jobs" | "log">,
  { tenant, id, options }: DocumentRecord,
  traceparent: string | undefined,
): Promise<void> {
  const trace = traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {};
  try {
    await ports.jobs.send({ v: 1, tenant, document: id, step: 0, epoch: 1, ...trace }, options.priority);
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
  sniffed: Sniffed,
): Promise<CachedResult | null> {
  const { tenant, id, sha256, options } = record;
  const cacheKey = sniffed.format
    ? resultCacheKey({
        tenant,
        sha256,
        type: options.type ?? "auto",
        extractors: ports.extractors,
        engine: ports.engine.id,
        format: sniffed.format,
      })
    : null;
  const [known] = await Promise.all([
    cacheKey ? ports.cache.get(cacheKey) : null,
    ports.rooms.of(tenant, id).begin({
      tenant,
      document: id,
      run: 1,
      priority: options.priority,
      deadlineMs: record.deadlineMs,
      data: { filename: record.filename, size_bytes: record.sizeBytes, format: record.format },
    }),
  ]);
  return known;
}

async function finishFromCache(
  ports: AcceptPorts,
  record: DocumentRecord,
  { result, text }: CachedResult,
): Promise<DocumentResult> {
  const { tenant, id } = record;
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
    atMs: ports.clock(),
  };
  await Promise.all([
    ports.blobs.put(resultKey(tenant, id, 1), JSON.stringify(result), "application/json"),
    ports.blobs.put(textKey(tenant, id, 1), text, "text/plain; charset=utf-8"),
    ports.rooms.of(tenant, id).end({
      run: 1,
      fence: 0,
      status,
      events: [{ kind: status, data: { type: result.type, cached: true, review: result.review } }],
    }),
  ]);
  await ports.documents.insertSettled(record, settlement);
  ports.log.info("document_answered_from_cache", { tenant, document: id });
  return composeResult({ ...record, status, error: null }, result);
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
  return composeResult({ ...record, status: "failed", error: failure }, null);
}
