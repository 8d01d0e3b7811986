import type { TerminalStatus } from "../model/document.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { Priority } from "../model/job.ts";

/** What a room knows of the run it is in. */
export interface RoomState {
  readonly tenant: TenantId;
  readonly document: DocumentId;
  readonly run: number;
  readonly priority: Priority;
  readonly fence: number;
  readonly leaseUntilMs: number;
  /** Claims since the last page that was recorded: crashes count, since a claim comes before the work. */
  readonly attempts: number;
  readonly deadlineMs: number;
  /** When the document was last heard of: a claim, a record, a message sent again. */
  readonly heardMs: number;
  readonly pageCount: number | null;
  /** Whether the run was begun with a password, which the room holds in memory alone. */
  readonly locked: boolean;
  readonly ended: TerminalStatus | null;
}

/** Whether a claim is granted, and the state that follows. */
export type ClaimDecision =
  | { readonly verdict: "granted"; readonly state: RoomState }
  | { readonly verdict: "leased"; readonly retryAfterMs: number }
  | { readonly verdict: "ended" }
  | { readonly verdict: "stale" };

/** Decides on a claim of a run: one lease at a time, none past the deadline, and every grant raises the fence. */
export function decideClaim(
  state: RoomState | null,
  claim: { run: number; leaseMs: number },
  nowMs: number,
): ClaimDecision {
  if (!state || state.run !== claim.run) return { verdict: "stale" };
  if (state.ended || nowMs >= state.deadlineMs) return { verdict: "ended" };
  if (state.leaseUntilMs > nowMs) return { verdict: "leased", retryAfterMs: state.leaseUntilMs - nowMs };
  return {
    verdict: "granted",
    state: {
      ...state,
      fence: state.fence + 1,
      attempts: state.attempts + 1,
      leaseUntilMs: nowMs + claim.leaseMs,
      heardMs: nowMs,
    },
  };
}

/** What a room's alarm finds to do, and when it has to look again. */
export type Watch =
  | { readonly verdict: "overdue" }
  | { readonly verdict: "silent" }
  | { readonly verdict: "finished" }
  | { readonly verdict: "wait"; readonly untilMs: number };

/**
 * Looks after a run: past its deadline it has to end, silent for `watchdogMs` its message is
 * taken for lost, and `lingerMs` after its end the room may be cleared.
 */
export function watch(
  state: RoomState,
  times: { watchdogMs: number; lingerMs: number },
  nowMs: number,
): Watch {
  if (state.ended) {
    const untilMs = state.heardMs + times.lingerMs;
    return nowMs >= untilMs ? { verdict: "finished" } : { verdict: "wait", untilMs };
  }
  if (nowMs >= state.deadlineMs) return { verdict: "overdue" };
  const silentMs = Math.max(state.leaseUntilMs, state.heardMs + times.watchdogMs);
  if (nowMs >= silentMs) return { verdict: "silent" };
  return { verdict: "wait", untilMs: Math.min(silentMs, state.deadlineMs) };
}
