import type { TerminalStatus } from "../model/document.ts";
import type { DocumentEvent, EventDraft } from "../model/event.ts";
import type { StoredResult } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { Job, Priority } from "../model/job.ts";

/** Sends work (Queues). */
export interface Jobs {
  readonly send: (job: Job, priority: Priority, delaySeconds?: number) => Promise<void>;
}

/** A result with the text that its spans lie in, and the packed layout that both were made of. */
export interface CachedResult {
  readonly result: StoredResult;
  readonly text: string;
  /** Null where it is too large to be cached. */
  readonly layout: Uint8Array | null;
}

/** Results by content (KV): a cache and nothing else. Never throws: a cache that fails is a miss. */
export interface ResultCache {
  readonly get: (key: string) => Promise<CachedResult | null>;
  readonly put: (key: string, cached: CachedResult) => Promise<void>;
  readonly putMeta: (tenant: TenantId, id: DocumentId, meta: Record<string, unknown>) => Promise<void>;
  readonly delete: (keys: readonly string[]) => Promise<void>;
}

/**
 * What has been read so far: parts in R2, each with its units from..to. Unit 0 is what is said of the whole
 * document, then come its pages, then its members.
 */
export interface Progress {
  readonly pageCount: number | null;
  readonly parts: readonly { from: number; to: number; key: string }[];
}

export type ClaimAnswer =
  | {
      readonly verdict: "granted";
      readonly fence: number;
      readonly attempt: number;
      readonly progress: Progress;
      /** What opens the document, while the room still holds it in memory; `lost` when one was given and is gone. */
      readonly password: { readonly value: string } | "lost" | null;
    }
  | { readonly verdict: "leased"; readonly retryAfterMs: number }
  | { readonly verdict: "ended" }
  | { readonly verdict: "stale" };

/** A document's room: the single authority over its state. One Durable Object a document. */
export interface Room {
  /** Arms the deadline and writes the run's first event. Idempotent by run. */
  readonly begin: (input: {
    tenant: TenantId;
    document: DocumentId;
    run: number;
    priority: Priority;
    deadlineMs: number;
    data: Record<string, unknown>;
    /** Opens the document. Held in memory until the run has ended, never written. */
    password?: string;
  }) => Promise<void>;
  /** Asks for the lease. A granted claim raises the fence. */
  readonly claim: (input: { run: number; leaseMs: number }) => Promise<ClaimAnswer>;
  /** Appends events and progress under the fence; false when the fence is stale. */
  readonly record: (input: {
    fence: number;
    leaseMs: number;
    events: readonly EventDraft[];
    progress?: Progress;
  }) => Promise<boolean>;
  /** Gives the lease back, so that the next step may claim at once. `failed` says that an error, not a crash, ended the attempt: it does not count. */
  readonly release: (input: {
    fence: number;
    events: readonly EventDraft[];
    failed?: boolean;
  }) => Promise<void>;
  /** Appends the last events and closes the run; false when the fence is stale. */
  readonly end: (input: {
    run: number;
    fence: number;
    status: TerminalStatus;
    events: readonly EventDraft[];
  }) => Promise<boolean>;
  /** Raises the fence whoever holds the lease, so that nobody who works on the run can go on; null when it has ended or is another one. */
  readonly supersede: (input: { run: number }) => Promise<number | null>;
  /** Appends events to a run that has ended; false when it is under way or another one. */
  readonly amend: (input: { run: number; events: readonly EventDraft[] }) => Promise<boolean>;
  /** Events behind `after`, also when the room has been cleared. */
  readonly events: (input: { after: number }) => Promise<DocumentEvent[]>;
  /** A single-use ticket for a browser's socket, good for 60 s. */
  readonly issueTicket: () => Promise<string>;
  /** True once for each ticket. */
  readonly redeemTicket: (ticket: string) => Promise<boolean>;
  /** Waits until the current run has ended; false when `timeoutMs` passed first. */
  readonly awaitEnd: (timeoutMs: number) => Promise<boolean>;
  /** Serves a WebSocket upgrade, or server-sent events without one: events behind `after`, then live ones. */
  readonly connect: (request: Request, after: number) => Promise<Response>;
  /** Forgets everything, closes sockets. */
  readonly erase: () => Promise<void>;
}

export interface Rooms {
  readonly of: (tenant: TenantId, document: DocumentId) => Room;
}
