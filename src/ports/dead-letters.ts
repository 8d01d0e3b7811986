import type { DeadLetter, DeadLetterId } from "../model/dead-letter.ts";
import type { TenantId } from "../model/ids.ts";

/** What the pipeline gave up (D1). Documents' letters are written as they are settled; messages are parked. */
export interface DeadLetters {
  /** Waiting ones, oldest first, from behind `after`. */
  readonly list: (
    tenant: TenantId,
    page: { limit: number; after: DeadLetterId | null },
  ) => Promise<DeadLetter[]>;
  readonly find: (tenant: TenantId, id: DeadLetterId) => Promise<DeadLetter | null>;
  /** Keeps that a message was not understood; without a tenant where it does not tell whose it is. Idempotent by id. */
  readonly park: (
    tenant: TenantId | null,
    letter: { id: DeadLetterId; detail: string; atMs: number },
  ) => Promise<void>;
}
