import { AppError } from "../errors.ts";
import { isTerminal } from "../model/document.ts";
import type { DocumentView } from "../model/document.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { DocumentRecord, Ports } from "../ports.ts";

type CancelPorts = Pick<Ports, "clock" | "documents" | "log" | "rooms">;

/** Documents of one upload that are cancelled at once: each takes four calls, of which six may be open. */
const AT_ONCE = 6;

/**
 * Ends a document that is under way, and what came out of it so far, without a result. Whoever works on it has
 * lost its claim and changes nothing any more.
 * @throws AppError not_found, conflict where it has ended already
 */
export async function cancel(
  ports: CancelPorts,
  { tenant, id }: { tenant: TenantId; id: DocumentId },
): Promise<DocumentView> {
  const record = await ports.documents.find(tenant, id);
  if (!record) throw notFound(id);
  const own = await cancelOne(ports, record);
  const members = await cancelMembers(ports, record);
  if (!own && members === 0) {
    throw new AppError("conflict", "The document has ended already: there is nothing to cancel.");
  }
  ports.log.info("document_cancelled", { tenant, document: id, members });
  const view = await ports.documents.view(tenant, id);
  if (!view) throw notFound(id);
  return view;
}

/** False when it has ended, or ended meanwhile. */
async function cancelOne(ports: CancelPorts, record: DocumentRecord): Promise<boolean> {
  const { tenant, id, run } = record;
  if (isTerminal(record.status)) return false;
  const room = ports.rooms.of(tenant, id);
  const fence = await room.supersede({ run });
  if (fence === null) return false;
  const settled = await ports.documents.settle({
    tenant,
    document: id,
    run,
    fence,
    status: "cancelled",
    summary: null,
    failure: null,
    resultKey: null,
    engine: null,
    atMs: ports.clock(),
  });
  // Whoever settled it in between is about to tell the room, whose fence is not theirs any more.
  const ended = settled ? null : await ports.documents.find(tenant, id);
  const status = settled ? "cancelled" : ended?.run === run ? ended.status : null;
  if (status !== null && isTerminal(status)) {
    await room.end({ run, fence, status, events: [{ kind: status, data: {} }] });
  }
  return settled;
}

async function cancelMembers(ports: CancelPorts, { tenant, id }: DocumentRecord): Promise<number> {
  let cancelled = 0;
  let parents: DocumentId[] = [id];
  while (parents.length > 0) {
    const found: DocumentId[] = [];
    for (const parent of parents) {
      for (const child of await ports.documents.children(tenant, parent)) found.push(child.id);
    }
    for (let at = 0; at < found.length; at += AT_ONCE) {
      const group = await Promise.all(
        found.slice(at, at + AT_ONCE).map(async (child) => {
          const record = await ports.documents.find(tenant, child);
          return record !== null && (await cancelOne(ports, record));
        }),
      );
      cancelled += group.filter(Boolean).length;
    }
    parents = found;
  }
  return cancelled;
}

function notFound(id: DocumentId): AppError {
  return new AppError("not_found", `There is no document ${id}.`);
}
