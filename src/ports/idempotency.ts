import type { DocumentId, TenantId } from "../model/ids.ts";
import type { IdempotencyKey } from "../model/idempotency.ts";

/** An answer as it was given, to be given again. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is known of a request by its key. */
export type IdempotencyClaim =
  /** Nobody has it: it is this request's until the lease ends. */
  | {
      readonly verdict: "granted";
      readonly token: string;
      /** The document that the request makes, should it make one: the same in every attempt. */
      readonly document: DocumentId;
      /** An earlier attempt died on the way: what it began may stand. */
      readonly resumed: boolean;
    }
  | { readonly verdict: "running" }
  | { readonly verdict: "answered"; readonly fingerprint: string; readonly answer: KeptAnswer }
  /** What it made has been deleted, and its answer with it. */
  | { readonly verdict: "forgotten"; readonly fingerprint: string };

/** Requests that were sent under an Idempotency-Key, by tenant (D1). */
export interface IdempotencyKeys {
  readonly claim: (
    tenant: TenantId,
    key: IdempotencyKey,
    claim: { token: string; document: DocumentId; atMs: number; leaseMs: number; keepMs: number },
  ) => Promise<IdempotencyClaim>;
  /** Keeps the answer, while the claim is still the token's. `document` is whose deletion takes it along. */
  readonly settle: (
    tenant: TenantId,
    key: IdempotencyKey,
    settled: { token: string; fingerprint: string; document: DocumentId; answer: KeptAnswer },
  ) => Promise<void>;
  /** Gives the key back: the request had no effect. */
  readonly release: (tenant: TenantId, key: IdempotencyKey, token: string) => Promise<void>;
  /** Removes keys made before `beforeMs`; how many. */
  readonly expire: (tenant: TenantId, beforeMs: number, limit: number) => Promise<number>;
}
