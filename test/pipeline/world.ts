import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { composeStorage } from "../../src/compose.ts";
import { Config } from "../../src/config.ts";
import type { Env } from "../../src/env.ts";
import type { AcceptPorts } from "../../src/ingest/accept.ts";
import { adopt } from "../../src/ingest/adopt.ts";
import type { StoredResult } from "../../src/model/extraction.ts";
import type { BBox } from "../../src/model/geometry.ts";
import { type DocumentId, TenantId } from "../../src/model/ids.ts";
import type { Job } from "../../src/model/job.ts";
import type { FormatEntry, FormatRegistry, OpenedDocument, Parser } from "../../src/parse/parser.ts";
import { Format } from "../../src/model/format.ts";
import { composePage } from "../../src/parse/layout/compose-page.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import type { ProcessPorts } from "../../src/pipeline/process.ts";
import type { Ports } from "../../src/ports.ts";

export const TENANT = TenantId.parse("ten_pipeline");
const bindings = env as unknown as Env;

/** The real adapters of this isolate, with messages collected instead of sent and a parser that counts its pages. */
export function makeWorld(options: { pages?: number; config?: Partial<Config> } = {}) {
  const { ports, config: base } = composeStorage(bindings);
  const config = Config.parse({ ...base, ...options.config });
  const sent: Job[] = [];
  const pagesRead: number[] = [];
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const jobs: Ports["jobs"] = {
    send: async (job) => {
      sent.push(job);
    },
  };
  const engine: Ports["engine"] = {
    id: "embedded/test",
    extract: async (parsed) => ({
      data: { pages: parsed.pages.map((page) => page.text) },
      evidence: {
        "/pages/0": {
          content: "page 1",
          confidence: 1,
          citations: [{ page: 1, bbox: [0, 0, 1, 1] }],
          source: "plain_text",
          engine: "embedded/test",
          grounded: true,
        },
      },
      warnings: [],
    }),
  };
  const summarize = (result: StoredResult, pageCount: number) => ({
    type: result.type,
    pageCount,
    vendorName: null,
    vendorKey: null,
    invoiceNumber: null,
    salesOrderHeaderId: null,
    documentDate: null,
    dueDate: null,
    currency: null,
    totalMinor: null,
    review: result.review,
  });
  const compare: AcceptPorts["compare"] = async (_record, result) => ({ result, sketch: null });
  const parser = countingParser(options.pages ?? 1, pagesRead);
  const entry: FormatEntry = { load: async () => parser, libraries: [], limits: [] };
  const unused = new Proxy({}, { get: () => () => Promise.reject(new Error("not used by this parser")) });
  const process: ProcessPorts = {
    ...ports,
    log: quiet,
    jobs,
    engine,
    config,
    exclusively: (work) => work(),
    pageCopies: { open: () => Promise.reject(new Error("not asked for")) },
    breathe: async () => undefined,
    adopt: (input) =>
      adopt({ ...accept, reprocess: (key) => reprocess({ ...ports, log: quiet, jobs, config }, key) }, input),
    parse: { pdf: unused, images: unused, ocr: unused } as ProcessPorts["parse"],
    formats: Object.fromEntries(Format.options.map((format) => [format, entry])) as FormatRegistry,
    stages: {
      classify: () => ({ type: "generic", score: 1, scores: {}, reasons: [] }),
      split: ({ page_count }) => ({
        parts: [{ from: 1, to: page_count, score: 1, reasons: [] }],
        blank: [],
      }),
      validate: () => ({ checks: [], review: { required: false, auto_approved: true, reasons: [] } }),
      summarize,
      extractorId: (type) => `${type}@1`,
      extractors: "test",
      comparesHistory: () => false,
      compareHistory: (verdicts) => verdicts,
      fingerprint: () => [],
      applyCorrections: ({ data, evidence }) => ({ data, evidence, changes: [], taught: [] }),
      learn: () => [],
    },
  };
  const accept: AcceptPorts = {
    ...ports,
    log: quiet,
    jobs,
    engine,
    config,
    extractors: "test",
    summarize,
    compare,
  };
  return { ports: { ...ports, jobs, log: quiet }, config, sent, pagesRead, process, accept };
}

function countingParser(pages: number, read: number[]): Parser {
  return {
    open: async (): Promise<OpenedDocument> => ({
      pageCount: pages,
      metadata: { made: "by a test" },
      warnings: [],
      readPage: async (number) => {
        read.push(number);
        const box = (x0: number, x1: number): BBox => [x0, 0.1, x1, 0.12];
        const words = [
          { text: "page", bbox: box(0.1, 0.2), confidence: 1, line: 0 },
          { text: String(number), bbox: box(0.21, 0.25), confidence: 1, line: 0 },
        ];
        const page = composePage({
          number,
          width: 600,
          height: 800,
          rotation: 0,
          source: "plain_text",
          language: null,
          words,
          rulings: [],
        });
        return { page, warnings: [] };
      },
      close: () => undefined,
    }),
  };
}

/** A body of `text` in one chunk. */
export function bodyOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

/** Makes a room's document as if `ms` had passed since it was last heard of. */
export async function age(document: DocumentId, ms: number): Promise<void> {
  const stub = roomStub(document);
  await runInDurableObject(stub, (_room, state) => {
    const row = state.storage.sql.exec<{ body: string }>("SELECT body FROM state WHERE id = 1").one();
    const body = JSON.parse(row.body) as { heardMs: number; leaseUntilMs: number; deadlineMs: number };
    body.heardMs -= ms;
    body.leaseUntilMs -= ms;
    body.deadlineMs -= ms;
    state.storage.sql.exec("UPDATE state SET body = ? WHERE id = 1", JSON.stringify(body));
  });
}

export async function ring(document: DocumentId): Promise<boolean> {
  return runDurableObjectAlarm(roomStub(document));
}

export function roomStub(document: DocumentId) {
  return bindings.ROOMS.getByName(`${TENANT}/${document}`);
}

/** Every key of the tenant in R2. */
export async function keysInStore(): Promise<string[]> {
  const { objects } = await bindings.BUCKET.list({ prefix: `t/${TENANT}/` });
  return objects.map((object) => object.key);
}

export async function emptyStore(): Promise<void> {
  await bindings.BUCKET.delete(await keysInStore());
}

export async function rowCount(): Promise<number> {
  const row = await bindings.DB.prepare("SELECT COUNT(*) AS n FROM documents WHERE tenant_id = ?")
    .bind(TENANT)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

/** Works off messages until none is left; a thrown error puts its message back, as a queue would. */
export async function runUntilQuiet(
  world: ReturnType<typeof makeWorld>,
  work: (job: Job) => Promise<unknown>,
  most = 200,
): Promise<void> {
  for (let turns = 0; world.sent.length > 0; turns += 1) {
    if (turns > most) throw new Error("the queue does not come to rest");
    const job = world.sent.shift();
    if (!job) return;
    await work(job).catch(() => world.sent.push(job));
  }
}
