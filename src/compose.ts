import { version } from "../package.json";
import { waitUntil } from "cloudflare:workers";
import { classify } from "./classify/classify.ts";
import { compileHints } from "./classify/compile-hints.ts";
import { split } from "./classify/split.ts";
import { Config } from "./config.ts";
import type { CustomExtractor } from "./model/custom-extractor.ts";
import type { Env } from "./env.ts";
import { compileExtractor } from "./extract/custom/compile.ts";
import { describeBuiltIn, describeCustom } from "./extract/describe.ts";
import { createEmbeddedEngine } from "./extract/engine/embedded.ts";
import { applyCorrections } from "./extract/corrections/apply-corrections.ts";
import { fingerprint } from "./extract/memory/fingerprint.ts";
import { learn } from "./extract/memory/learn.ts";
import { extractors, hints } from "./extract/registry.ts";
import { summarize } from "./extract/summarize.ts";
import type { UseCases } from "./http/deps.ts";
import { createRouter } from "./http/router.ts";
import { accept, type AcceptPorts } from "./ingest/accept.ts";
import { adopt } from "./ingest/adopt.ts";
import type { DocumentType } from "./model/extraction.ts";
import { createPageReader } from "./parse/ocr/read-page.ts";
import { readReference } from "./model/custom-extractor.ts";
import { formats } from "./parse/registry.ts";
import { compareWithOthers } from "./pipeline/compare-history.ts";
import { createNotifier } from "./notify/notifier.ts";
import { handOver } from "./notify/hand-over.ts";
import {
  addWebhook,
  changeWebhook,
  deleteWebhook,
  listDeliveries,
  replayEvent,
  rotateWebhook,
  testWebhook,
} from "./notify/endpoints.ts";
import { cancel } from "./pipeline/cancel.ts";
import { correct, readHistory } from "./pipeline/correct.ts";
import { addExtractor, type ExtractorDraft, findExtractor } from "./pipeline/extractors.ts";
import { replay, replayAll } from "./pipeline/dead-letters.ts";
import { erase } from "./pipeline/erase.ts";
import type { ProcessPorts, Stages } from "./pipeline/process.ts";
import { openLayout, openOriginal, readPageImage, readResult, readText } from "./pipeline/read.ts";
import { reprocess } from "./pipeline/reprocess.ts";
import { sweep } from "./pipeline/sweep.ts";
import { createPageCopies } from "./platform/copies/page-copies.ts";
import { createPageCache } from "./platform/cache-api/page-cache.ts";
import { countBindingCalls } from "./platform/counting.ts";
import { createCorrections } from "./platform/d1/corrections.ts";
import { createDeadLetters } from "./platform/d1/dead-letters.ts";
import { createDocuments } from "./platform/d1/documents.ts";
import { createCustomExtractors } from "./platform/d1/custom-extractors.ts";
import { createHistory } from "./platform/d1/history.ts";
import { createIdempotencyKeys } from "./platform/d1/idempotency.ts";
import { createMemory } from "./platform/d1/memory.ts";
import { createExclusive } from "./platform/exclusive.ts";
import { createImageDecoder } from "./platform/images/decoder.ts";
import { createKeys } from "./platform/keys/keys.ts";
import { createResultCache } from "./platform/kv/result-cache.ts";
import { createRemoteLineReader } from "./platform/line-reader/remote.ts";
import { createLog } from "./platform/log.ts";
import { createPdfium } from "./platform/pdfium/pdfium.ts";
import { createPageImages } from "./platform/png/page-images.ts";
import { createProbes } from "./platform/probes.ts";
import { createJobs } from "./platform/queues/jobs.ts";
import { createBlobs } from "./platform/r2/blobs.ts";
import { createRooms } from "./platform/rooms/rooms.ts";
import { createWebhooks } from "./platform/d1/webhooks.ts";
import { createWebhookQueues } from "./platform/webhooks/queues.ts";
import { createTesseract } from "./platform/tesseract/recognizer.ts";
import { withSecondReader } from "./platform/unpdf/fallback.ts";
import { workerAssets } from "./platform/tesseract/worker-assets.ts";
import type { LineReader, Ports } from "./ports.ts";
import { compareHistory, comparesHistory, type Rules, validate } from "./validate/validate.ts";

/** The ports that keep and send, without those that read documents: all that a room needs. */
export type StoragePorts = Pick<
  Ports,
  | "blobs"
  | "cache"
  | "clock"
  | "corrections"
  | "customExtractors"
  | "deadLetters"
  | "documents"
  | "history"
  | "idempotency"
  | "jobs"
  | "log"
  | "memory"
  | "rooms"
  | "webhooks"
  | "webhookQueues"
>;

/** Adapters for what keeps and sends. */
export function composeStorage(env: Env): { config: Config; ports: StoragePorts } {
  const config = Config.parse(env);
  const log = createLog();
  const blobs = createBlobs(env.BUCKET);
  const webhooks = createWebhooks(env.DB);
  const webhookQueues = createWebhookQueues(env.SENDERS);
  const notify = createNotifier({ clock: () => Date.now(), log, webhooks, webhookQueues }, waitUntil);
  return {
    config,
    ports: {
      clock: () => Date.now(),
      log,
      blobs,
      cache: createResultCache(env.CACHE, log),
      corrections: notify.afterCorrection(createCorrections(env.DB)),
      deadLetters: createDeadLetters(env.DB),
      documents: notify.afterSettling(createDocuments(env.DB)),
      history: createHistory(env.DB),
      idempotency: createIdempotencyKeys(env.DB, blobs),
      memory: createMemory(env.DB),
      customExtractors: createCustomExtractors(env.DB),
      jobs: createJobs({ urgent: env.QUEUE_URGENT, standard: env.QUEUE_STANDARD, bulk: env.QUEUE_BULK }),
      rooms: createRooms(env.ROOMS),
      webhooks,
      webhookQueues,
    },
  };
}

/** What validation goes by, of a document type. */
function rulesOf(type: DocumentType, custom: CustomExtractor | null = null): Rules {
  return custom ? compileExtractor(custom) : extractors[type];
}

/** The stages, and the extractors that they work with. */
export function composeStages(build: string): Stages {
  const known = compileHints(hints);
  return {
    classify: (parsed) => classify(parsed, known),
    split: (parsed) => split(parsed, known),
    validate: (extraction, type, parsed, receivedMs, custom) =>
      validate(extraction, rulesOf(type, custom), parsed, receivedMs),
    comparesHistory: (type) => comparesHistory(rulesOf(type)),
    compareHistory: (verdicts, type, facts) => compareHistory(verdicts, rulesOf(type), facts),
    fingerprint,
    applyCorrections: (before, corrections, parsed, custom) => {
      const { schema } = rulesOf(before.type, custom);
      return applyCorrections(before, corrections, { schema, parsed, by: "correction" });
    },
    learn,
    summarize: (result, pageCount) => summarize(result.type, result.data, pageCount, result.review),
    extractorId: (type) => `${type}@${extractors[type].version}`,
    extractors: [...Object.values(extractors).map(({ kind, version }) => `${kind}@${version}`), build]
      .filter(Boolean)
      .join("+"),
  };
}

/** What the Worker's entries work with. */
export interface App {
  readonly config: Config;
  readonly ports: Ports;
  readonly process: ProcessPorts;
  readonly router: { readonly fetch: (request: Request) => Promise<Response> };
  /** Settles what no room looks after. */
  readonly sweep: () => Promise<unknown>;
}

let composed: App | null = null;

/** The application, made once an isolate: its wasm instances and warm keys are worth keeping. */
export function compose(env: Env): App {
  composed ??= composeApp(env);
  return composed;
}

function composeApp(bare: Env): App {
  const counted = Config.parse(bare).ENVIRONMENT === "production" ? null : countBindingCalls(bare);
  const env = counted?.env ?? bare;
  const { config, ports: storage } = composeStorage(env);
  const ports: Ports = {
    ...storage,
    ...composeReaders(env, config, createRemoteLineReader(bare.READER, storage.log)),
  };
  const stages = composeStages(config.BUILD_ID);
  const process: ProcessPorts = {
    ...ports,
    config,
    formats,
    breathe: () => scheduler.wait(1),
    parse: { pdf: ports.pdf, images: ports.images, ocr: ports.ocr },
    adopt: (input) =>
      adopt(
        {
          ...ports,
          config,
          ...stages,
          compare: (record, result, text) => compareWithOthers({ ...ports, stages }, record, result, text),
          reprocess: (key) => reprocess({ ...ports, config }, key),
        },
        input,
      ),
    stages,
  };
  return {
    config,
    ports,
    process,
    router: composeRouter(env, config, ports, stages, counted?.bindingCalls),
    sweep: () =>
      sweep({
        ...ports,
        config,
        handOver: (tenant) => handOver(ports, tenant),
        erase: (key) => erase({ ...ports, ...stages }, key),
      }),
  };
}

/** Adapters for what reads documents. Each loads its wasm when it is first used. */
function composeReaders(env: Env, config: Config, lines: LineReader | null): Omit<Ports, keyof StoragePorts> {
  const pdf = withSecondReader(
    createPdfium(async () => (await import("./platform/pdfium/load-module.ts")).default),
  );
  const tesseract = createTesseract(workerAssets);
  const images = createImageDecoder({
    wasm: workerAssets.wasm,
    heif: async () => (await import("./platform/images/heic/load-module.ts")).default,
    makeRoom: tesseract.release,
  });
  return {
    keys: createKeys(env.DB, {
      clock: () => Date.now(),
      allowDevelopment: config.ENVIRONMENT !== "production",
    }),
    pdf,
    images,
    ocr: createPageReader(tesseract, lines),
    pageImages: createPageImages({ pdf, images, maxPixels: config.MAX_PIXELS }),
    pageCopies: createPageCopies(pdf, config.MAX_UPLOAD_BYTES),
    pageCache: createPageCache(),
    engine: createEmbeddedEngine(),
    exclusively: createExclusive(),
  };
}

/** Extractors over HTTP: the built-in ones beside the tenant's own. */
export function extractorUseCases(
  config: Config,
  ports: Pick<Ports, "clock" | "customExtractors" | "log">,
): Pick<UseCases, "addExtractor" | "deleteExtractor" | "listExtractors" | "readExtractor"> {
  const check = (draft: ExtractorDraft) => void compileExtractor(draft);
  return {
    listExtractors: async (tenant) => [
      ...describeBuiltIn(),
      ...(await ports.customExtractors.list(tenant)).map(describeCustom),
    ],
    readExtractor: async (tenant, reference) => {
      const { name, version } = readReference(reference);
      const builtIn = describeBuiltIn().find(
        (one) => one.name === name && (version ?? one.version) === one.version,
      );
      return builtIn ?? describeCustom(await findExtractor(ports, tenant, reference));
    },
    addExtractor: async (tenant, draft) => {
      const { extractor, added } = await addExtractor({ ...ports, config, check }, tenant, draft);
      return { extractor: describeCustom(extractor), added };
    },
    deleteExtractor: (tenant, name) => ports.customExtractors.delete(tenant, name, ports.clock()),
  };
}

/** Endpoints over HTTP. */
export function webhookUseCases(
  config: Config,
  bare: Pick<Ports, "clock" | "webhooks" | "webhookQueues">,
): Pick<
  UseCases,
  | "addWebhook"
  | "changeWebhook"
  | "deleteWebhook"
  | "listDeliveries"
  | "replayEvent"
  | "rotateWebhook"
  | "testWebhook"
> {
  const ports = { ...bare, config };
  return {
    addWebhook: (tenant, draft, ownHost) => addWebhook(ports, tenant, draft, ownHost),
    changeWebhook: (tenant, id, change, ownHost) => changeWebhook(ports, tenant, id, change, ownHost),
    deleteWebhook: (tenant, id) => deleteWebhook(ports, tenant, id),
    listDeliveries: (tenant, id) => listDeliveries(ports, tenant, id),
    replayEvent: (tenant, id, event) => replayEvent(ports, tenant, id, event),
    rotateWebhook: (tenant, id) => rotateWebhook(ports, tenant, id),
    testWebhook: (tenant, id) => testWebhook(ports, tenant, id),
  };
}

function composeRouter(
  env: Env,
  config: Config,
  ports: Ports,
  stages: Stages,
  bindingCalls: ReturnType<typeof countBindingCalls>["bindingCalls"] | undefined,
): App["router"] {
  const { extractors, summarize } = stages;
  const compare: AcceptPorts["compare"] = (record, result, text) =>
    compareWithOthers({ ...ports, stages }, record, result, text);
  const replayPorts = {
    ...ports,
    reprocess: (key: Parameters<typeof reprocess>[1]) => reprocess({ ...ports, config }, key),
  };
  return createRouter({
    ports,
    useCases: {
      accept: (input) => accept({ ...ports, config, extractors, summarize, compare }, input),
      readResult: (key) => readResult(ports, key),
      readText: (key) => readText(ports, key),
      openLayout: (key) => openLayout(ports, key),
      openOriginal: (key) => openOriginal(ports, key),
      readPageImage: (key) => readPageImage({ ...ports, config }, key),
      reprocess: (key) => reprocess({ ...ports, config }, key),
      cancel: (key) => cancel(ports, key),
      replay: (tenant, id) => replay(replayPorts, tenant, id),
      replayAll: (tenant, ids) => replayAll(replayPorts, tenant, ids),
      correct: (input) => correct({ ...ports, stages }, input),
      readHistory: (key) => readHistory(ports, key),
      erase: (key) => erase({ ...ports, extractors }, key),
      ...extractorUseCases(config, ports),
      ...webhookUseCases(config, ports),
    },
    settings: {
      environment: config.ENVIRONMENT,
      devApiKey: config.DEV_API_KEY ?? null,
      maxUploadBytes: config.MAX_UPLOAD_BYTES,
      maxWaitSeconds: config.MAX_WAIT_SECONDS,
      idempotency: { leaseMs: config.IDEMPOTENCY_LEASE_MS, keepMs: config.IDEMPOTENCY_KEEP_MS },
      version,
    },
    probes: createProbes(env, ports.rooms),
    keepAlive: waitUntil,
    ...(bindingCalls ? { bindingCalls } : {}),
  });
}
