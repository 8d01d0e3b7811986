import type { ErrorCode } from "../errors.ts";
import type { ExtractorReference } from "../model/custom-extractor.ts";
import type { DocumentOptions, DocumentStatus, DocumentView, TerminalStatus } from "../model/document.ts";
import type { DocumentType, Review } from "../model/extraction.ts";
import type { Format } from "../model/format.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { ChildDocument } from "../model/result.ts";
import type { Sketch } from "../model/sketch.ts";

/** Objects by key (R2). */
export interface Blobs {
  /** Streams a body in; hashes while it goes by. @throws AppError payload_too_large, leaving nothing behind */
  readonly putStream: (
    key: string,
    body: ReadableStream<Uint8Array>,
    options: { length: number | null; maxBytes: number; contentType: string },
  ) => Promise<{ size: number; sha256: string; head: Uint8Array }>;
  readonly put: (key: string, value: Uint8Array | string, contentType: string) => Promise<void>;
  readonly get: (
    key: string,
  ) => Promise<{ body: ReadableStream<Uint8Array>; size: number; contentType: string } | null>;
  readonly getText: (key: string) => Promise<string | null>;
  /** Some bytes of an object from an offset, fewer where it ends; null when it is not there. */
  readonly getRange: (key: string, offset: number, length: number) => Promise<Uint8Array | null>;
  readonly delete: (keys: readonly string[]) => Promise<void>;
  /** Keys under a prefix in order, from behind `startAfter`, with their upload time in Unix ms. */
  readonly list: (
    prefix: string,
    options?: { startAfter?: string; limit?: number },
  ) => Promise<{ key: string; uploadedMs: number; size: number }[]>;
}

/** A document's row as the pipeline knows it. Money is an integer in the currency's minor unit. */
export interface DocumentRecord {
  readonly tenant: TenantId;
  readonly id: DocumentId;
  readonly status: DocumentStatus;
  readonly run: number;
  readonly fence: number;
  readonly filename: string;
  readonly format: Format | null;
  readonly mediaType: string | null;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly options: DocumentOptions;
  readonly type: DocumentType | null;
  readonly pageCount: number | null;
  readonly createdMs: number;
  readonly deadlineMs: number;
  /** How often values of this run were set right, and what the newest result's key ends in; null for none. */
  readonly revision: number;
  readonly revisionToken: string | null;
  /** Where it was found, for what came out of another document; `depth` counts from 0 for what was sent. */
  readonly origin: Origin | null;
}

/** The place of a document in a family: what one upload became, over all levels. */
export interface Origin {
  readonly parent: DocumentId;
  /** The document that was sent. */
  readonly root: DocumentId;
  /** 1 for a member of what was sent. */
  readonly depth: number;
  /** The path inside the parent. */
  readonly path: string;
  /** The parent's run that it was last read for. */
  readonly parentRun: number;
}

/** The columns of a result that people search by. */
export interface Summary {
  readonly type: DocumentType;
  readonly pageCount: number;
  readonly vendorName: string | null;
  readonly vendorKey: string | null;
  readonly invoiceNumber: string | null;
  readonly salesOrderHeaderId: string | null;
  readonly documentDate: string | null;
  readonly dueDate: string | null;
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly review: Review;
}

export interface ListQuery {
  readonly filters: {
    parent_id?: DocumentId;
    status?: DocumentStatus;
    type?: DocumentType;
    vendor?: string;
    invoice_number?: string;
    sales_order_header_id?: string;
    total_min?: string;
    total_max?: string;
    currency?: string;
    date_from?: string;
    date_to?: string;
    created_from?: string;
    created_to?: string;
    tag?: string;
  };
  readonly sort: "created_at" | "document_date" | "total";
  readonly order: "asc" | "desc";
  readonly limit: number;
  readonly cursor?: string;
}

/** A settled run: what `settle` writes in one batch. */
export interface Settlement {
  readonly tenant: TenantId;
  readonly document: DocumentId;
  readonly run: number;
  readonly fence: number;
  readonly status: TerminalStatus;
  readonly summary: Summary | null;
  readonly failure: { code: ErrorCode; message: string } | null;
  readonly resultKey: string | null;
  readonly engine: string | null;
  /** Name and version of the extractor, as in `invoice@1`. */
  readonly extractor?: string | null;
  /** What the content is searched by, where its type is compared with others. */
  readonly sketch?: Sketch | null;
  /** Version of the tenant's memory that it was read with. */
  readonly memory?: number;
  readonly atMs: number;
}

/** Metadata by SQL (D1). Every query is bound to a tenant. */
export interface Documents {
  /** Inserts a row with its tags; does nothing when the id stands there already. */
  readonly insert: (record: DocumentRecord) => Promise<void>;
  readonly find: (tenant: TenantId, id: DocumentId) => Promise<DocumentRecord | null>;
  readonly view: (tenant: TenantId, id: DocumentId) => Promise<DocumentView | null>;
  /** @throws AppError invalid_request for a cursor that is not one of ours or belongs to another query */
  readonly list: (
    tenant: TenantId,
    query: ListQuery,
  ) => Promise<{ documents: DocumentView[]; next: string | null }>;
  /** Marks a run as processing under its fence; false when a higher fence has been seen. */
  readonly markProcessing: (
    tenant: TenantId,
    id: DocumentId,
    run: number,
    fence: number,
    atMs: number,
  ) => Promise<boolean>;
  /** Row, run and outbox in one batch, guarded by the fence; false when a higher fence or a later run has been seen, or the run has ended. */
  readonly settle: (settlement: Settlement) => Promise<boolean>;
  /** Inserts a row that has ended already (its result was known), with its tags, run and outbox, in one batch. */
  readonly insertSettled: (record: DocumentRecord, settlement: Settlement) => Promise<void>;
  /**
   * Raises the run and puts the row back to queued; null when there is no such document or it is still under way.
   * `parentRun` is the parent's run for which a member is read again.
   */
  readonly beginRun: (
    tenant: TenantId,
    id: DocumentId,
    input: {
      type: DocumentType | null;
      extractor?: ExtractorReference | undefined;
      deadlineMs: number;
      atMs: number;
      parentRun?: number | undefined;
    },
  ) => Promise<DocumentRecord | null>;
  /** Documents whose parent is gone: what a deletion could not finish. */
  readonly orphans: (tenant: TenantId, limit: number) => Promise<DocumentId[]>;
  /** Documents found in this one, in the order of their finding. */
  readonly children: (tenant: TenantId, id: DocumentId) => Promise<ChildDocument[]>;
  /** How many documents and bytes came out of what was sent, over all levels. */
  readonly family: (tenant: TenantId, root: DocumentId) => Promise<{ documents: number; bytes: number }>;
  /** Removes rows of a document; true when there was one. */
  readonly delete: (tenant: TenantId, id: DocumentId) => Promise<boolean>;
  /** Which of these documents have a row. */
  readonly known: (tenant: TenantId, ids: readonly DocumentId[]) => Promise<ReadonlySet<DocumentId>>;
  /** Documents under way whose deadline lies before `deadlineMs`: their rooms should have ended them. */
  readonly overdue: (tenant: TenantId, deadlineMs: number, limit: number) => Promise<DocumentRecord[]>;
  /** Tenants in order of their ids, from behind `after`; for the sweeper. */
  readonly tenants: (after: TenantId | null, limit: number) => Promise<TenantId[]>;
}
