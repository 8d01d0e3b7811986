import { AppError, isRetryable } from "../errors.ts";
import { isTerminal } from "../model/document.ts";
import { type CustomExtractor, extractorId } from "../model/custom-extractor.ts";
import type { EventDraft } from "../model/event.ts";
import type {
  Check,
  Classification,
  DocumentType,
  Extraction,
  Review,
  StoredResult,
} from "../model/extraction.ts";
import type { Correction } from "../model/correction.ts";
import type { Corrected } from "../extract/corrections/apply-corrections.ts";
import type { Taught, Teacher } from "../extract/memory/learn.ts";
import type { Lesson } from "../model/lesson.ts";
import type { Format } from "../model/format.ts";
import type { Job } from "../model/job.ts";
import { documentText, isLoss, type ParsedDocument } from "../model/parsed.ts";
import type { ClaimAnswer, DocumentRecord, HistoryFacts, Ports, Room, Summary } from "../ports.ts";
import { type Compared, compareWithOthers } from "./compare-history.ts";
import { findExtractor } from "./extractors.ts";
import { fieldEvents } from "./field-events.ts";
import { packLayout } from "./layout.ts";
import { parseStep, type ParseStepPorts } from "./parse-step.ts";
import { type Split, type SplitOutcome, splitStep } from "./split-step.ts";
import { dropStale, eraseFamily, settle, settleFailure } from "./settle.ts";

/** Checks and what follows from them. */
export interface Verdicts {
  readonly checks: Check[];
  readonly review: Review;
}

/** The stages as pure functions, so that only this folder knows their order. */
export interface Stages {
  readonly classify: (parsed: ParsedDocument) => Classification;
  /** Finds the documents in a file of several. */
  readonly split: (parsed: ParsedDocument) => Split;
  readonly validate: (
    extraction: Extraction,
    type: DocumentType,
    parsed: ParsedDocument,
    receivedMs: number,
    custom: CustomExtractor | null,
  ) => Verdicts;
  /** Whether a type's documents are compared with the tenant's others, and what the others say of one. */
  readonly comparesHistory: (type: DocumentType) => boolean;
  readonly compareHistory: (verdicts: Verdicts, type: DocumentType, facts: HistoryFacts) => Verdicts;
  /** Keys by which lessons of like documents are found. */
  readonly fingerprint: (parsed: ParsedDocument) => string[];
  /** @throws AppError invalid_request for what the schema does not have */
  readonly applyCorrections: (
    before: StoredResult,
    corrections: readonly Correction[],
    parsed: ParsedDocument,
    custom: CustomExtractor | null,
  ) => Corrected;
  readonly learn: (teacher: Teacher, taught: readonly Taught[]) => Lesson[];
  readonly summarize: (result: StoredResult, pageCount: number) => Summary;
  /** The extractor's name and version, as in `invoice@1`. */
  readonly extractorId: (type: DocumentType) => string;
  /** Names the version of every extractor, for the cache's key. */
  readonly extractors: string;
}

export interface ProcessPorts
  extends
    ParseStepPorts,
    Pick<
      Ports,
      | "cache"
      | "clock"
      | "documents"
      | "engine"
      | "customExtractors"
      | "exclusively"
      | "history"
      | "jobs"
      | "log"
      | "memory"
      | "pageCopies"
      | "rooms"
    > {
  readonly stages: Stages;
}

type Granted = Extract<ClaimAnswer, { verdict: "granted" }>;

/** What became of a message: it is done with, or it wants to come again later. */
export type Outcome =
  | { readonly state: "settled" | "continued" | "dropped" }
  | { readonly state: "later"; readonly delayMs: number };

/**
 * Works on a document: claim, parse, classify, extract, validate, settle. Returns once what happened
 * is recorded; throws only what trying again may mend, with the lease given back.
 */
export function processDocument(ports: ProcessPorts, job: Job): Promise<Outcome> {
  // The claim comes after the wait: a lease must not run out in the queue for the isolate.
  return ports.exclusively(() => claimAndWork(ports, job));
}

async function claimAndWork(ports: ProcessPorts, job: Job): Promise<Outcome> {
  const room = ports.rooms.of(job.tenant, job.document);
  const claim = await room.claim({ run: job.epoch, leaseMs: ports.config.LEASE_MS });
  if (claim.verdict === "leased") return { state: "later", delayMs: claim.retryAfterMs };
  if (claim.verdict === "stale") {
    const gone = !(await ports.documents.find(job.tenant, job.document));
    // A worker that died while its document was being deleted may have left members behind.
    if (gone) await eraseFamily(ports, { tenant: job.tenant, id: job.document });
  }
  if (claim.verdict !== "granted") return { state: "dropped" };
  const { fence } = claim;
  try {
    return await work(ports, job, room, claim);
  } catch (error) {
    ports.log.warn("attempt_failed", {
      tenant: job.tenant,
      document: job.document,
      attempt: claim.attempt,
      error: error instanceof AppError ? error.code : error instanceof Error ? error.name : "unknown",
    });
    await room
      .release({ fence, events: [{ kind: "retrying", data: { attempt: claim.attempt } }], failed: true })
      .catch(() => undefined);
    throw error;
  }
}

async function work(ports: ProcessPorts, job: Job, room: Room, claim: Granted): Promise<Outcome> {
  const { fence } = claim;
  const record = await ports.documents.find(job.tenant, job.document);
  if (!record) {
    await room.erase();
    return { state: "dropped" };
  }
  if (record.run !== job.epoch) {
    await room.release({ fence, events: [] });
    return { state: "dropped" };
  }
  if (isTerminal(record.status)) {
    await room.end({
      run: record.run,
      fence,
      status: record.status,
      events: [{ kind: record.status, data: {} }],
    });
    return { state: "settled" };
  }
  if (claim.attempt > ports.config.MAX_ATTEMPTS) {
    const error = new AppError(
      "attempts_exhausted",
      `The document stopped its worker ${ports.config.MAX_ATTEMPTS} times and was set aside. It may be damaged or hostile.`,
    );
    return settleFailure(ports, room, record, fence, error, "quarantined");
  }
  if (!record.format) {
    const error = new AppError("unsupported_format", `${record.filename} is of a format that is not read.`);
    return settleFailure(ports, room, record, fence, error, "failed");
  }
  try {
    return await read(ports, job, room, { ...record, format: record.format }, claim);
  } catch (error) {
    if (isRetryable(error) || !(error instanceof AppError)) throw error;
    return settleFailure(ports, room, record, fence, error, "failed");
  }
}

async function read(
  ports: ProcessPorts,
  job: Job,
  room: Room,
  record: DocumentRecord & { format: Format },
  claim: Granted,
): Promise<Outcome> {
  const { fence } = claim;
  const startedMs = ports.clock();
  const marked = ports.documents.markProcessing(record.tenant, record.id, record.run, fence, startedMs);
  marked.catch(() => undefined);
  const leaseMs = ports.config.LEASE_MS;
  const password = claim.password === "lost" ? undefined : claim.password?.value;
  const outcome = await parseStep(ports, record, claim.progress, password, (events, progress) =>
    room.record({ fence, leaseMs, events, progress }),
  ).catch((error: unknown) => {
    throw claim.password === "lost" ? passwordLost(error) : error;
  });
  if (!(await marked) || outcome.state === "fenced") {
    await room.release({ fence, events: [] });
    return dropStale(ports, record);
  }
  const cut =
    outcome.state === "done" ? await splitStep(ports, record, outcome, claim.password !== null) : outcome;
  if (outcome.state === "more" || cut.state === "more") {
    await room.release({ fence, events: [] });
    await ports.jobs.send({ ...job, step: job.step + 1 }, record.options.priority);
    return { state: "continued" };
  }
  if (cut.state === "fenced") {
    await room.release({ fence, events: [] });
    return dropStale(ports, record);
  }
  const parsedMs = ports.clock();
  const read = withParts(outcome.parsed, cut);
  const parsed = record.options.page_only ? { ...read, structured: [] } : read;
  const known = cut.state === "split" ? cut.classification : null;
  const times = { ocrPages: outcome.ocrPages, startedMs, parsedMs };
  const packing = packLayout(read);
  packing.catch(() => undefined);
  const text = documentText(read.pages);
  const understood = await understand(ports, room, record, fence, { parsed, known, text }, times);
  if (!understood) return dropStale(ports, record);
  const cacheable =
    claim.password === null &&
    record.options.page_only !== true &&
    record.options.split !== "never" &&
    // What became of a member may follow from where its container was found: only what never becomes a document may be shared.
    understood.own.members.every(({ outcome }) => outcome === "evidence" || outcome === "set_aside");
  return settle(ports, room, record, fence, { ...understood, text, layout: await packing, cacheable });
}

/** What was parsed, with what splitting made of it: a file of several documents is but their container. */
function withParts(parsed: ParsedDocument, cut: SplitOutcome): ParsedDocument {
  if (cut.state === "split") return { ...cut.assembled.parsed, container: true };
  return cut.state === "whole" ? { ...parsed, warnings: [...parsed.warnings, ...cut.warnings] } : parsed;
}

/** A password is kept in memory alone: when that was lost, its sender has to know why it did not help. */
function passwordLost(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== "password_required") return error;
  return new AppError(
    "password_required",
    "The password that was sent is kept in memory alone, and was lost before the document could be read. Send it for reprocessing with its password.",
    { cause: error },
  );
}

/** What was asked for, unless the document is but a wrapping: then it was asked for what is inside. */
function typeOf(
  parsed: ParsedDocument,
  asked: DocumentType | undefined,
  classification: Classification,
): DocumentType {
  const wraps = parsed.message !== null && parsed.members.some(({ document_id }) => document_id !== null);
  return parsed.container || wraps ? classification.type : (asked ?? classification.type);
}

/** The user's extractor that a document was sent with; a wrapping has none of its values. */
export async function customFor(
  ports: Pick<Ports, "customExtractors">,
  { tenant, options }: Pick<DocumentRecord, "tenant" | "options">,
  type: DocumentType,
): Promise<CustomExtractor | null> {
  if (options.extractor === undefined || type === "archive") return null;
  return findExtractor(ports, tenant, options.extractor);
}

/** What was understood of a document: by itself, and beside the tenant's others. */
interface Understood extends Compared {
  readonly own: StoredResult;
  readonly memory: number;
}

/** classify -> extract -> validate -> compare, with an event for each; null when the claim has been lost. */
async function understand(
  ports: ProcessPorts,
  room: Room,
  record: DocumentRecord,
  fence: number,
  {
    parsed,
    known,
    text,
  }: { readonly parsed: ParsedDocument; readonly known: Classification | null; readonly text: string },
  times: { ocrPages: number; startedMs: number; parsedMs: number },
): Promise<Understood | null> {
  const { stages, clock } = ports;
  const classification = known ?? stages.classify(parsed);
  const type = typeOf(parsed, record.options.type, classification);
  const classifiedMs = clock();
  const [custom, { version, lessons }] = await Promise.all([
    customFor(ports, record, type),
    ports.memory.recall(record.tenant, stages.fingerprint(parsed)),
  ]);
  const extraction = await ports.engine.extract(parsed, type, { lessons, ...(custom ? { custom } : {}) });
  const extractedMs = clock();
  const { checks, review } = stages.validate(extraction, type, parsed, record.createdMs, custom);
  const warnings = [...parsed.warnings, ...extraction.warnings];
  const own: StoredResult = {
    status: warnings.some(isLoss) ? "partial" : "completed",
    type,
    classification,
    extractor: custom ? extractorId(custom) : stages.extractorId(type),
    engine: ports.engine.id,
    data: extraction.data,
    evidence: extraction.evidence,
    checks,
    review,
    warnings,
    pages: parsed.pages.map(({ number, label, width, height, rotation, source, language }) => ({
      number,
      label,
      width,
      height,
      rotation,
      source,
      language,
    })),
    members: parsed.members,
    inventory: parsed.inventory,
    message: parsed.message,
    usage: {
      engine: ports.engine.id,
      model: null,
      input_tokens: 0,
      output_tokens: 0,
      cost_micros: 0,
      duration_ms: clock() - record.createdMs,
      stages_ms: {
        wait: times.startedMs - record.createdMs,
        parse: times.parsedMs - times.startedMs,
        classify: classifiedMs - times.parsedMs,
        extract: extractedMs - classifiedMs,
        validate: clock() - extractedMs,
      },
      pages: parsed.page_count,
      ocr_pages: times.ocrPages,
    },
  };
  const compared = await compareWithOthers(ports, record, own, text);
  const events: EventDraft[] = [
    { kind: "classified", data: { type, score: classification.score, asked: record.options.type ?? null } },
    ...fieldEvents(extraction),
    checkedEvent(compared.result),
  ];
  if (!(await room.record({ fence, leaseMs: ports.config.LEASE_MS, events }))) return null;
  return { ...compared, own, memory: version };
}

/** What tells of a result's checks: codes and verdicts, not their words. */
export function checkedEvent({ checks, review }: Verdicts): EventDraft {
  return {
    kind: "checked",
    data: { checks: checks.map(({ code, verdict }) => ({ code, verdict })), review },
  };
}
