import { AppError } from "../errors.ts";
import type { CorrectionEntry, CorrectionRequest } from "../model/correction.ts";
import { isTerminal } from "../model/document.ts";
import { StoredResult } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { ParsedDocument } from "../model/parsed.ts";
import { documentText } from "../model/parsed.ts";
import { composeResult, type DocumentResult } from "../model/result.ts";
import { layoutKey, resultKey, resultVersion } from "../model/storage-keys.ts";
import type { Amendment, DocumentRecord, Ports } from "../ports.ts";
import { type ComparePorts, compareWithOthers } from "./compare-history.ts";
import { unpackLayout } from "./layout.ts";
import { checkedEvent, customFor, type Stages } from "./process.ts";
import { readResult } from "./read.ts";

type Address = { readonly tenant: TenantId; readonly id: DocumentId };

export interface CorrectPorts
  extends
    Pick<
      Ports,
      | "blobs"
      | "cache"
      | "clock"
      | "corrections"
      | "customExtractors"
      | "documents"
      | "history"
      | "log"
      | "rooms"
    >,
    ComparePorts {
  readonly stages: Stages;
}

/** A correction as it is asked for: by whom, and on which version of the result. */
export interface CorrectInput extends Address, CorrectionRequest {
  readonly keyId: string;
  /** The version that was looked at; null where that does not matter. */
  readonly expected: string | null;
}

/**
 * Sets values of an ended document right: a new version of its result, with checks and review anew, the row's columns,
 * the history, and what the memory learns of it, the latter in one batch. The earlier version stays. A repeat of the
 * newest correction changes nothing.
 * @throws AppError not_found, not_ready, invalid_request, precondition_failed, conflict
 */
export async function correct(ports: CorrectPorts, input: CorrectInput): Promise<DocumentResult> {
  const { tenant, id, expected } = input;
  const record = endedRecord(await ports.documents.find(tenant, id), id);
  const digest = await digestOf(input);
  const version = resultVersion(record.run, record.revision, record.revisionToken);
  if (await isRepeat(ports, record, digest, expected)) return readResult(ports, input);
  if (expected !== null && expected !== version) {
    throw new AppError(
      "precondition_failed",
      `The result is at version ${version}, not ${expected}. Read it again, then correct what is still wrong.`,
      { detail: { version } },
    );
  }
  const amended = await amend(ports, record, version, input);
  if (!amended) return readResult(ports, input);
  const { result, amendment, events } = amended;
  const next = resultVersion(record.run, amendment.revision, amendment.token);
  const key = resultKey(tenant, id, next);
  await ports.blobs.put(key, JSON.stringify(result), "application/json");
  if (!(await ports.corrections.write({ ...amendment, digest }))) {
    await ports.blobs.delete([key]);
    throw new AppError(
      "conflict",
      "The document was changed at the same time. Read its result again, then correct what is still wrong.",
    );
  }
  await Promise.all([
    ports.cache.putMeta(tenant, id, { ...amendment.summary, status: result.status, run: record.run }),
    ports.rooms.of(tenant, id).amend({ run: record.run, events: [...events, checkedEvent(result)] }),
  ]);
  ports.log.info("document_corrected", {
    tenant,
    document: id,
    run: record.run,
    revision: amendment.revision,
    values: amendment.changes.length,
    lessons: amendment.lessons.length,
  });
  const children = await ports.documents.children(tenant, id);
  const subject = { ...record, status: result.status, version: next, error: null };
  return composeResult({ ...subject, parent_id: record.origin?.parent ?? null }, result, children);
}

/** Every correction of a document, oldest first. @throws AppError not_found */
export async function readHistory(
  ports: Pick<Ports, "corrections" | "documents">,
  { tenant, id }: Address,
): Promise<CorrectionEntry[]> {
  const [record, entries] = await Promise.all([
    ports.documents.find(tenant, id),
    ports.corrections.list(tenant, id),
  ]);
  if (!record) throw new AppError("not_found", `There is no document ${id}.`);
  return entries;
}

function endedRecord(record: DocumentRecord | null, id: DocumentId): DocumentRecord {
  if (!record) throw new AppError("not_found", `There is no document ${id}.`);
  if (!isTerminal(record.status)) {
    throw new AppError("not_ready", `Document ${id} is ${record.status}. Correct it once it has ended.`, {
      detail: { document_status: record.status },
    });
  }
  if (record.status === "completed" || record.status === "partial") return record;
  throw new AppError("conflict", `Document ${id} has no values to correct: it is ${record.status}.`);
}

/** Whether the newest correction is this very one, made on the version that is meant. */
async function isRepeat(
  ports: Pick<Ports, "corrections">,
  { tenant, id, run, revision, revisionToken }: DocumentRecord,
  digest: string,
  expected: string | null,
): Promise<boolean> {
  if (revision === 0) return false;
  const newest = (await ports.corrections.list(tenant, id)).findLast((entry) => entry.run === run);
  if (newest?.revision !== revision || newest.digest !== digest) return false;
  const before = revision === 1 ? String(run) : `${run}.${revision - 1}-`;
  return (
    expected === null ||
    expected === resultVersion(run, revision, revisionToken) ||
    (revision === 1 ? expected === before : expected.startsWith(before))
  );
}

/** The corrected result and what is written of it; null where nothing is new. */
async function amend(
  ports: CorrectPorts,
  record: DocumentRecord,
  version: string,
  { tenant, id, keyId, corrections, reason }: CorrectInput,
): Promise<{
  result: StoredResult;
  amendment: Omit<Amendment, "digest">;
  events: { kind: "corrected"; data: Record<string, unknown> }[];
} | null> {
  const { stages } = ports;
  const [text, layout] = await Promise.all([
    ports.blobs.getText(resultKey(tenant, id, version)),
    ports.blobs.get(layoutKey(tenant, id, record.run)),
  ]);
  if (text === null) throw new AppError("internal", "The result of this document is missing.");
  const before = StoredResult.parse(JSON.parse(text));
  const parsed = layout ? await unpackLayout(layout.body) : withoutLayout(record, before);
  const seen = record.options.page_only ? { ...parsed, structured: [] } : parsed;
  const custom = await customFor(ports, record, before.type);
  const corrected = stages.applyCorrections(before, corrections, seen, custom);
  if (corrected.changes.length === 0) return null;
  const own = ownChecks(before);
  const extraction = { data: corrected.data, evidence: corrected.evidence, warnings: [], checks: own };
  const verdicts = stages.validate(extraction, before.type, seen, record.createdMs, custom);
  const plain = { ...before, data: corrected.data, evidence: corrected.evidence, ...verdicts };
  const { result } = await compareWithOthers(ports, record, plain, documentText(seen.pages));
  const nowMs = ports.clock();
  const extractor = custom?.name ?? null;
  const teacher = { parsed: seen, type: before.type, extractor, id, data: corrected.data, nowMs };
  const revision = record.revision + 1;
  const pointers = corrected.changes.map(({ pointer }) => pointer);
  return {
    result,
    amendment: {
      tenant,
      document: id,
      run: record.run,
      revision,
      token: tokenOf(),
      summary: stages.summarize(result, result.usage.pages),
      changes: corrected.changes,
      reason: reason ?? null,
      keyId,
      lessons: stages.learn(teacher, corrected.taught),
      unlearned: pointers,
      atMs: nowMs,
    },
    events: [{ kind: "corrected", data: { revision, paths: pointers, by: keyId } }],
  };
}

/** What the engine itself compared when it read the document holds for what it read: pages with the XML inside. */
function ownChecks({ checks }: StoredResult): StoredResult["checks"] {
  return checks.filter(({ code }) => code === "page_agrees_with_xml");
}

/** A document whose layout was not kept: its corrections are checked by its data alone. */
function withoutLayout({ format }: DocumentRecord, result: StoredResult): ParsedDocument {
  return {
    // An ended document with a result has a format.
    format: format ?? "text",
    page_count: 0,
    pages: [],
    form_fields: [],
    structured: [],
    message: result.message,
    members: result.members,
    container: false,
    inventory: result.inventory,
    metadata: {},
    warnings: result.warnings,
  };
}

function tokenOf(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

async function digestOf({ corrections, reason }: CorrectionRequest): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([corrections, reason ?? null]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
