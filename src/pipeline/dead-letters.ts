import { AppError } from "../errors.ts";
import type { DeadLetter, DeadLetterId } from "../model/dead-letter.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { Ports } from "../ports.ts";

type ReplayPorts = Pick<Ports, "deadLetters"> & {
  readonly reprocess: (key: { tenant: TenantId; id: DocumentId; type: null }) => Promise<unknown>;
};

/** What became of a replay of several. */
export interface Replayed {
  readonly replayed: readonly { readonly id: DeadLetterId; readonly document_id: DocumentId }[];
  readonly refused: readonly { readonly id: DeadLetterId; readonly code: string; readonly message: string }[];
}

/** Documents that are sent through again at once. */
const AT_ONCE = 4;

/**
 * Sends a given-up document through the pipeline again, as a new run.
 * @throws AppError not_found, conflict where it was replayed, is under way, or has no document
 */
export async function replay(
  ports: ReplayPorts,
  tenant: TenantId,
  id: DeadLetterId,
): Promise<{ id: DeadLetterId; document_id: DocumentId }> {
  const letter = await ports.deadLetters.find(tenant, id);
  if (!letter) throw new AppError("not_found", `There is no dead letter ${id}.`);
  const document = replayable(letter);
  await ports.reprocess({ tenant, id: document, type: null });
  return { id, document_id: document };
}

function replayable({ id, document_id, replayed_at }: DeadLetter): DocumentId {
  if (replayed_at !== null) throw new AppError("conflict", `${id} was replayed already.`);
  if (document_id === null) {
    throw new AppError(
      "conflict",
      `${id} is a message that was not understood: it names no document to replay.`,
    );
  }
  return document_id;
}

/** The same for several; one that cannot be replayed does not keep the others from it. */
export async function replayAll(
  ports: ReplayPorts,
  tenant: TenantId,
  ids: readonly DeadLetterId[],
): Promise<Replayed> {
  const replayed: Replayed["replayed"][number][] = [];
  const refused: Replayed["refused"][number][] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    await Promise.all(
      ids.slice(at, at + AT_ONCE).map(async (id) => {
        try {
          replayed.push(await replay(ports, tenant, id));
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused.push({ id, code: error.code, message: error.message });
        }
      }),
    );
  }
  return { replayed, refused };
}
