import { AppError } from "../errors.ts";
import type { Config } from "../config.ts";
import { extractorId, readReference } from "../model/custom-extractor.ts";
import type { SendOptions } from "../model/document.ts";
import { type DocumentId, makeDocumentId, type TenantId } from "../model/ids.ts";
import type { DocumentResult } from "../model/result.ts";
import { originalKey } from "../model/storage-keys.ts";
import type { StoredResult } from "../model/extraction.ts";
import type { Sketch } from "../model/sketch.ts";
import type { DocumentRecord, Ports, Summary } from "../ports.ts";
import { enter } from "./enter.ts";
import { inspect } from "./inspect.ts";

/** A file as it arrives. `options` is asked for after the body has been read, since form fields may follow the file. */
export interface AcceptInput {
  readonly tenant: TenantId;
  readonly filename: string;
  readonly contentType: string | null;
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes announced, or null when unknown. */
  readonly length: number | null;
  readonly options: () => Promise<SendOptions>;
  readonly traceparent?: string;
  /** Decided beforehand where a request has to make the same document in every attempt. */
  readonly id?: DocumentId;
}

export interface AcceptPorts extends Pick<
  Ports,
  | "blobs"
  | "cache"
  | "clock"
  | "customExtractors"
  | "documents"
  | "engine"
  | "jobs"
  | "log"
  | "memory"
  | "rooms"
> {
  readonly config: Config;
  /** Names the version of every extractor, for the cache's key. */
  readonly extractors: string;
  readonly summarize: (result: StoredResult, pageCount: number) => Summary;
  /** Adds what the tenant's other documents say of a result. */
  readonly compare: (
    record: DocumentRecord,
    result: StoredResult,
    text: string,
  ) => Promise<{ result: StoredResult; sketch: Sketch | null }>;
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
): Promise<{ id: DocumentId; sha256: string; result: DocumentResult | null }> {
  const { tenant } = input;
  const nowMs = ports.clock();
  const id = input.id ?? makeDocumentId(nowMs, crypto.getRandomValues(new Uint8Array(10)));
  const key = originalKey(tenant, id);
  // Asked while the body streams in, so that it costs no time of its own.
  const [stored, memory] = await Promise.all([
    ports.blobs.putStream(key, input.body, {
      length: input.length,
      maxBytes: ports.config.MAX_UPLOAD_BYTES,
      contentType: "application/octet-stream",
    }),
    ports.memory.version(tenant),
  ]);
  const given = input.options().then((options) => pinExtractor(ports, tenant, options));
  const { password, ...options } = await given.catch(async (error: unknown) => {
    await ports.blobs.delete([key]);
    throw error;
  });
  if (stored.size === 0) {
    await ports.blobs.delete([key]);
    throw new AppError("empty_file", "The file is empty (0 bytes). Send the file itself.");
  }
  const sniffed = await inspect(ports.blobs, key, stored, input.filename);
  const record: DocumentRecord = {
    tenant,
    id,
    status: "queued",
    run: 1,
    fence: 0,
    revision: 0,
    revisionToken: null,
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
    origin: null,
  };
  const { traceparent } = input;
  const { sha256 } = stored;
  return { id, sha256, result: await enter(ports, record, sniffed, { memory, password, traceparent }) };
}

/** A document is read by the version that was the newest when it came. */
async function pinExtractor(
  { customExtractors }: Pick<AcceptPorts, "customExtractors">,
  tenant: TenantId,
  options: SendOptions,
): Promise<SendOptions> {
  if (options.extractor === undefined) return options;
  const { name, version } = readReference(options.extractor);
  const found = await customExtractors.find(tenant, name, version);
  if (!found) {
    const message = `There is no extractor ${options.extractor}. GET /v1/extractors lists them.`;
    throw new AppError("invalid_request", message, { detail: { errors: [{ path: "extractor", message }] } });
  }
  return { ...options, extractor: extractorId(found) };
}
