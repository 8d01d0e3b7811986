import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { ExtractorReference } from "../model/custom-extractor.ts";
import type { DocumentView } from "../model/document.ts";
import type { DocumentType } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { Ports } from "../ports.ts";

/**
 * Starts a new run of a document that has ended; the earlier run's result stays beside the new one's.
 * @throws AppError not_found, conflict while a run is under way
 */
export async function reprocess(
  ports: Pick<Ports, "clock" | "documents" | "jobs" | "log" | "rooms"> & { config: Config },
  {
    tenant,
    id,
    type,
    extractor,
    password,
    parentRun,
  }: {
    tenant: TenantId;
    id: DocumentId;
    type: DocumentType | null;
    /** Pinned to a version. */
    extractor?: ExtractorReference;
    password?: string;
    /** The parent's run for which a member is read again. */
    parentRun?: number;
  },
): Promise<DocumentView> {
  if (!(await ports.documents.find(tenant, id))) throw notFound(id);
  const nowMs = ports.clock();
  const deadlineMs = nowMs + ports.config.DEADLINE_MS;
  const record = await ports.documents.beginRun(tenant, id, {
    type,
    extractor,
    deadlineMs,
    atMs: nowMs,
    parentRun,
  });
  if (!record) {
    throw new AppError(
      "conflict",
      "The document is still under way. Wait until it has ended, then try again.",
    );
  }
  await ports.rooms.of(tenant, id).begin({
    tenant,
    document: id,
    run: record.run,
    priority: record.options.priority,
    deadlineMs,
    data: { filename: record.filename, size_bytes: record.sizeBytes, format: record.format, reprocess: true },
    ...(password === undefined ? {} : { password }),
  });
  await ports.jobs.send({ v: 1, tenant, document: id, step: 0, epoch: record.run }, record.options.priority);
  ports.log.info("document_reprocessed", { tenant, document: id, run: record.run });
  const view = await ports.documents.view(tenant, id);
  if (!view) throw notFound(id);
  return view;
}

function notFound(id: DocumentId): AppError {
  return new AppError("not_found", `There is no document ${id}.`);
}
