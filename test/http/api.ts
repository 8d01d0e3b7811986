import { env } from "cloudflare:workers";
import { composeStages, composeStorage, extractorUseCases, webhookUseCases } from "../../src/compose.ts";
import { Config } from "../../src/config.ts";
import type { Env } from "../../src/env.ts";
import type { HttpSettings, RouterDeps, UseCases } from "../../src/http/deps.ts";
import { createRouter } from "../../src/http/router.ts";
import { accept, type AcceptPorts } from "../../src/ingest/accept.ts";
import { makeApiKey, type ApiKeyKind, type Scope } from "../../src/model/api-key.ts";
import type { StoredResult } from "../../src/model/extraction.ts";
import { TenantId, type DocumentId } from "../../src/model/ids.ts";
import type { ParsedDocument } from "../../src/model/parsed.ts";
import type { Job } from "../../src/model/job.ts";
import { layoutKey, resultKey, textKey } from "../../src/model/storage-keys.ts";
import { cancel } from "../../src/pipeline/cancel.ts";
import { correct, readHistory } from "../../src/pipeline/correct.ts";
import { replay, replayAll } from "../../src/pipeline/dead-letters.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { LAYOUT_TYPE, packLayout } from "../../src/pipeline/layout.ts";
import { openLayout, openOriginal, readPageImage, readResult, readText } from "../../src/pipeline/read.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import { countBindingCalls } from "../../src/platform/counting.ts";
import { seedTenantSql } from "../../src/platform/d1/seed-sql.ts";
import { createKeys } from "../../src/platform/keys/keys.ts";
import { createProbes } from "../../src/platform/probes.ts";
import type { Summary } from "../../src/ports.ts";
import { parsedDocument } from "../fixtures/parsed.ts";

export const bindings = env as unknown as Env;
export const TENANT = TenantId.parse("ten_http");
export const OTHER = TenantId.parse("ten_stranger");
export const ALL_SCOPES: readonly Scope[] = ["documents:read", "documents:write"];
export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Makes a tenant with a key by the same statements that the command line runs. */
export async function seedKey(
  tenant: TenantId,
  options: { kind?: ApiKeyKind; scopes?: readonly Scope[]; expiresMs?: number } = {},
): Promise<string> {
  const key = makeApiKey(options.kind ?? "live", crypto.getRandomValues(new Uint8Array(24)));
  const statements = await seedTenantSql({
    tenant,
    tenantName: "O'Neill & Söhne",
    key,
    keyName: "test",
    scopes: options.scopes ?? ALL_SCOPES,
    nowMs: Date.now(),
    ...(options.expiresMs === undefined ? {} : { expiresMs: options.expiresMs }),
  });
  for (const statement of statements) await bindings.DB.prepare(statement).run();
  return key;
}

const SUMMARY: Summary = {
  type: "invoice",
  pageCount: 1,
  vendorName: "Müller GmbH",
  vendorKey: "muller",
  invoiceNumber: "R-1",
  salesOrderHeaderId: "SO-1",
  documentDate: "2026-02-01",
  dueDate: null,
  currency: "EUR",
  totalMinor: 11_900,
  review: { required: false, auto_approved: true, reasons: [] },
};

export interface ApiOptions {
  readonly settings?: Partial<HttpSettings>;
  readonly useCases?: Partial<UseCases>;
  readonly probes?: RouterDeps["probes"];
  readonly origin?: string;
}

/** The router over this isolate's real bindings and use-cases; messages are collected instead of sent. */
export function makeApi(options: ApiOptions = {}) {
  const counted = countBindingCalls(bindings);
  const storage = composeStorage(counted.env);
  const jobs: Job[] = [];
  const logged: { event: string; fields: unknown }[] = [];
  const note = (event: string, fields?: unknown) => void logged.push({ event, fields });
  const config = Config.parse({
    ENVIRONMENT: "test",
    ...(options.settings?.maxUploadBytes === undefined
      ? {}
      : { MAX_UPLOAD_BYTES: options.settings.maxUploadBytes }),
  });
  const ports = {
    ...storage.ports,
    jobs: { send: async (job: Job) => void jobs.push(job) },
    log: { info: note, warn: note, error: note },
    engine: { id: "embedded/test", extract: () => Promise.reject(new Error("not here")) },
    exclusively: <T>(work: () => Promise<T>) => work(),
    pageImages: { png: async () => PNG },
    keys: createKeys(counted.env.DB, {
      clock: () => Date.now(),
      allowDevelopment: options.settings?.environment !== "production",
    }),
  };
  const stages = composeStages("");
  const compare: AcceptPorts["compare"] = async (_record, result) => ({ result, sketch: null });
  const acceptPorts = { ...ports, config, extractors: "test@1", summarize: () => SUMMARY, compare };
  const replayPorts = {
    ...ports,
    reprocess: (key: Parameters<typeof reprocess>[1]) => reprocess({ ...ports, config }, key),
  };
  const router = createRouter({
    ports,
    useCases: {
      accept: (input) => accept(acceptPorts, input),
      readResult: (key) => readResult(ports, key),
      readText: (key) => readText(ports, key),
      openLayout: (key) => openLayout(ports, key),
      openOriginal: (key) => openOriginal(ports, key),
      readPageImage: (key) =>
        readPageImage(
          { ...ports, config, pageCache: { get: async () => null, put: async () => undefined } },
          key,
        ),
      reprocess: (key) => reprocess({ ...ports, config }, key),
      cancel: (key) => cancel(ports, key),
      replay: (tenant, id) => replay(replayPorts, tenant, id),
      replayAll: (tenant, ids) => replayAll(replayPorts, tenant, ids),
      correct: (input) => correct({ ...ports, stages }, input),
      readHistory: (key) => readHistory(ports, key),
      erase: (key) => erase({ ...ports, extractors: "test@1" }, key),
      ...extractorUseCases(config, ports),
      ...webhookUseCases(config, ports),
      ...options.useCases,
    },
    settings: {
      environment: "test",
      devApiKey: null,
      maxUploadBytes: config.MAX_UPLOAD_BYTES,
      maxWaitSeconds: 2,
      idempotency: { leaseMs: 60_000, keepMs: 86_400_000 },
      version: "0.0.0",
      ...options.settings,
    },
    probes: options.probes ?? createProbes(counted.env, ports.rooms),
    bindingCalls: counted.bindingCalls,
  });
  const origin = options.origin ?? "https://docket.test";
  return {
    ports,
    jobs,
    logged,
    fetch: (path: string, init: RequestInit & { key?: string } = {}) => {
      const headers = new Headers(init.headers);
      if (init.key !== undefined) headers.set("authorization", `Bearer ${init.key}`);
      return router.fetch(new Request(origin + path, { ...init, headers }));
    },
  };
}
export type Api = ReturnType<typeof makeApi>;

/** Sends a text file and gives its id. */
export async function send(
  api: Api,
  key: string,
  text = `Invoice ${crypto.randomUUID()}`,
): Promise<DocumentId> {
  const answer = await api.fetch("/v1/documents?filename=a.txt", { method: "POST", key, body: text });
  if (answer.status !== 202) throw new Error(await answer.text());
  return (await answer.json<{ id: DocumentId }>()).id;
}

export const STORED: StoredResult = {
  status: "completed",
  type: "invoice",
  classification: { type: "invoice", score: 0.9, scores: { invoice: 0.9 }, reasons: ["invoice"] },
  extractor: "invoice@1",
  engine: "embedded/test",
  data: { invoice_number: "R-1", total: "119.00" },
  evidence: {},
  checks: [],
  review: SUMMARY.review,
  warnings: [],
  pages: [],
  members: [],
  inventory: [],
  message: null,
  usage: {
    engine: "embedded/test",
    model: null,
    input_tokens: 0,
    output_tokens: 0,
    cost_micros: 0,
    duration_ms: 5,
    stages_ms: {},
    pages: 1,
    ocr_pages: 0,
  },
};

export const LAYOUT = parsedDocument([], { page_count: 1, metadata: { title: "Rechnung R-1" } });

/** Ends a document as the pipeline would: result and text to R2, row settled, room ended. */
export async function finish(
  api: Api,
  id: DocumentId,
  failure: { code: "file_damaged"; message: string } | null = null,
  run = 1,
  { stored = STORED, layout = LAYOUT }: { stored?: StoredResult; layout?: ParsedDocument } = {},
): Promise<void> {
  const { blobs, documents, rooms } = api.ports;
  const room = rooms.of(TENANT, id);
  const claim = await room.claim({ run, leaseMs: 60_000 });
  if (claim.verdict !== "granted") throw new Error(claim.verdict);
  if (!failure) {
    await blobs.put(resultKey(TENANT, id, run), JSON.stringify(stored), "application/json");
    await blobs.put(textKey(TENANT, id, run), "Rechnung Nr. R-1 über 119,00 €", "text/plain");
    await blobs.put(layoutKey(TENANT, id, run), await packLayout(layout), LAYOUT_TYPE);
  }
  const status = failure ? "failed" : "completed";
  await documents.settle({
    tenant: TENANT,
    document: id,
    run,
    fence: claim.fence,
    status,
    summary: failure ? null : SUMMARY,
    failure,
    resultKey: null,
    engine: null,
    atMs: Date.now(),
  });
  await room.end({ run, fence: claim.fence, status, events: [{ kind: status, data: {} }] });
}

/** Keys of everything that lies in R2 for a tenant. */
export async function objectsOf(tenant: TenantId): Promise<string[]> {
  const { objects } = await bindings.BUCKET.list({ prefix: `t/${tenant}/` });
  return objects.map((object) => object.key);
}
