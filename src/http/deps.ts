import type { CorrectionEntry, CorrectionRequest } from "../model/correction.ts";
import type {
  CustomExtractor,
  ExtractorName,
  ExtractorReference,
  ExtractorView,
} from "../model/custom-extractor.ts";
import type { DeadLetterId } from "../model/dead-letter.ts";
import type { DocumentView, SendOptions } from "../model/document.ts";
import type { DocumentType } from "../model/extraction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { DocumentResult } from "../model/result.ts";
import type { EventId, Webhook, WebhookDelivery, WebhookId } from "../model/webhook.ts";
import type { WebhookDraft } from "../notify/endpoints.ts";
import type { Replayed } from "../pipeline/dead-letters.ts";
import type { BindingCalls, Ports, Principal } from "../ports.ts";

interface DocumentKey {
  readonly tenant: TenantId;
  readonly id: DocumentId;
}

/** What the routes call. Each throws AppError; a document of another tenant is `not_found`. */
export interface UseCases {
  /** `options` is asked for after the body has been read, since form fields may follow the file. */
  readonly accept: (input: {
    tenant: TenantId;
    filename: string;
    contentType: string | null;
    body: ReadableStream<Uint8Array>;
    length: number | null;
    options: () => Promise<SendOptions>;
    traceparent?: string;
    /** Decided beforehand where a request has to make the same document in every attempt. */
    id?: DocumentId;
  }) => Promise<{ id: DocumentId; sha256: string; result: DocumentResult | null }>;
  /** @throws AppError not_found, not_ready */
  readonly readResult: (key: DocumentKey) => Promise<DocumentResult>;
  /** @throws AppError not_found, not_ready */
  readonly readText: (key: DocumentKey) => Promise<string>;
  /** What was parsed, as JSON. @throws AppError not_found, not_ready */
  readonly openLayout: (key: DocumentKey) => Promise<ReadableStream<Uint8Array>>;
  /** @throws AppError not_found */
  readonly openOriginal: (key: DocumentKey) => Promise<{
    source: ReadableStream<Uint8Array>;
    filename: string;
    contentType: string;
    size: number;
  }>;
  /** `final` says that the picture will not change. @throws AppError not_found, page_not_found, unsupported_format, payload_too_large */
  readonly readPageImage: (
    key: DocumentKey & { page: number; maxSide: number },
  ) => Promise<{ png: Uint8Array; final: boolean }>;
  /** @throws AppError not_found, conflict while a run is under way */
  readonly reprocess: (
    key: DocumentKey & { type: DocumentType | null; extractor?: ExtractorReference; password?: string },
  ) => Promise<DocumentView>;
  /** @throws AppError not_found, conflict where it has ended */
  readonly cancel: (key: DocumentKey) => Promise<DocumentView>;
  /** @throws AppError not_found, conflict */
  readonly replay: (
    tenant: TenantId,
    id: DeadLetterId,
  ) => Promise<{ id: DeadLetterId; document_id: DocumentId }>;
  readonly replayAll: (tenant: TenantId, ids: readonly DeadLetterId[]) => Promise<Replayed>;
  /** @throws AppError invalid_request, conflict */
  readonly addWebhook: (
    tenant: TenantId,
    draft: WebhookDraft,
    ownHost: string,
  ) => Promise<Webhook & { secret: string }>;
  /** @throws AppError not_found, invalid_request */
  readonly changeWebhook: (
    tenant: TenantId,
    id: WebhookId,
    change: Partial<WebhookDraft> & { state?: Webhook["state"] | undefined },
    ownHost: string,
  ) => Promise<Webhook>;
  /** Each throws AppError not_found; the last two conflict for a disabled endpoint. */
  readonly deleteWebhook: (tenant: TenantId, id: WebhookId) => Promise<void>;
  readonly rotateWebhook: (
    tenant: TenantId,
    id: WebhookId,
  ) => Promise<{ secret: string; previous_until: string }>;
  readonly listDeliveries: (tenant: TenantId, id: WebhookId) => Promise<WebhookDelivery[]>;
  readonly testWebhook: (tenant: TenantId, id: WebhookId) => Promise<{ event_id: EventId }>;
  readonly replayEvent: (tenant: TenantId, id: WebhookId, event: EventId) => Promise<void>;
  /** @throws AppError not_found, not_ready, invalid_request, precondition_failed, conflict */
  readonly correct: (
    input: DocumentKey & CorrectionRequest & { keyId: string; expected: string | null },
  ) => Promise<DocumentResult>;
  /** Corrections, oldest first. @throws AppError not_found */
  readonly readHistory: (key: DocumentKey) => Promise<CorrectionEntry[]>;
  /** The built-in types and the tenant's own extractors, each with its JSON Schema. */
  readonly listExtractors: (tenant: TenantId) => Promise<ExtractorView[]>;
  /** @throws AppError not_found */
  readonly readExtractor: (tenant: TenantId, reference: ExtractorReference) => Promise<ExtractorView>;
  /** @throws AppError invalid_schema, conflict */
  readonly addExtractor: (
    tenant: TenantId,
    extractor: Pick<CustomExtractor, "name" | "title" | "schema">,
  ) => Promise<{ extractor: ExtractorView; added: boolean }>;
  /** False when there was none. */
  readonly deleteExtractor: (tenant: TenantId, name: ExtractorName) => Promise<boolean>;
  /** False when there was none. */
  readonly erase: (key: DocumentKey) => Promise<boolean>;
}

export interface HttpSettings {
  readonly environment: "development" | "test" | "production";
  /** Given out by `/dev/key` on a loopback address, in development alone. */
  readonly devApiKey: string | null;
  readonly maxUploadBytes: number;
  readonly maxWaitSeconds: number;
  /** How long a request under a key may run, and how long its answer is known. */
  readonly idempotency: { readonly leaseMs: number; readonly keepMs: number };
  readonly version: string;
}

/** Everything that the router works with; compose.ts makes it. */
export interface RouterDeps {
  readonly ports: Pick<
    Ports,
    "clock" | "deadLetters" | "idempotency" | "log" | "documents" | "memory" | "rooms" | "keys" | "webhooks"
  >;
  readonly useCases: UseCases;
  readonly settings: HttpSettings;
  /** One call a binding that shows whether it answers. */
  readonly probes: Readonly<Record<string, () => Promise<void>>>;
  /** Lets work go on after its client has gone, so that a broken upload gets to clean up behind itself. */
  readonly keepAlive?: (work: Promise<unknown>) => void;
  /** Counts binding calls of a request; given in development and tests only. */
  readonly bindingCalls?: BindingCalls;
}

/** What Hono carries through a request. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    principal: Principal;
    /** Of a request under an Idempotency-Key: the document it makes, and whether an earlier attempt died. */
    attempt?: { readonly document: DocumentId; readonly resumed: boolean };
    /** SHA-256 of what the request asked. */
    fingerprint?: string;
  };
}
