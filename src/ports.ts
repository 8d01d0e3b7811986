import type { ErrorCode } from "./errors.ts";
import type { CustomExtractor, ExtractorName, ExtractorReference } from "./model/custom-extractor.ts";
import type { DocumentOptions, DocumentStatus, DocumentView, TerminalStatus } from "./model/document.ts";
import type { CorrectionEntry, FieldChange } from "./model/correction.ts";
import type { DocumentEvent, EventDraft } from "./model/event.ts";
import type { DocumentType, Extraction, Review, StoredResult } from "./model/extraction.ts";
import type { Format } from "./model/format.ts";
import type { BBox } from "./model/geometry.ts";
import type { DocumentId, TenantId } from "./model/ids.ts";
import type { Job, Priority } from "./model/job.ts";
import type { Lesson, VendorMemory } from "./model/lesson.ts";
import type { ChildDocument } from "./model/result.ts";
import type { FormField, ParsedDocument, Warning } from "./model/parsed.ts";
import type { Sketch } from "./model/sketch.ts";

/** The current time in Unix milliseconds. */
export type Clock = () => number;

/** One structured line an event; fields hold ids, counts and codes, never a document's content. */
export interface Log {
  readonly info: (event: string, fields?: Record<string, unknown>) => void;
  readonly warn: (event: string, fields?: Record<string, unknown>) => void;
  readonly error: (event: string, fields?: Record<string, unknown>) => void;
}

// ---------------------------------------------------------------- reading

/** The bytes of an original, read once: streamed or whole. */
export interface DocumentSource {
  readonly size: number;
  readonly filename: string;
  readonly format: Format;
  readonly stream: () => Promise<ReadableStream<Uint8Array>>;
  /** Some bytes from an offset; fewer where the file ends. */
  readonly range: (offset: number, length: number) => Promise<Uint8Array>;
  readonly bytes: () => Promise<Uint8Array>;
}

/** An 8-bit grey image, one byte a pixel, rows from the top. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An 8-bit image with `channels` bytes a pixel (1 grey, 3 RGB, 4 RGBA), rows from the top. */
export interface Raster extends GrayImage {
  readonly channels: 1 | 3 | 4;
}

/** A word as a reader found it, on the upright page; `line` numbers the reader's lines. */
export interface ReadWord {
  readonly text: string;
  readonly bbox: BBox;
  readonly confidence: number;
  readonly line: number;
}

/** A straight ruling of the page (a table's border), in fractions of the page. */
export interface Ruling {
  readonly bbox: BBox;
  readonly direction: "horizontal" | "vertical";
}

/**
 * A PDF page's text layer in upright space. Width and height are points; `rotation` is how far the page had to be
 * turned clockwise beyond what the file itself says, because its text runs sideways.
 */
export interface PdfPageText {
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly words: readonly ReadWord[];
  readonly rulings: readonly Ruling[];
  /** Share of the page's area that images cover, 0..1. */
  readonly imageCoverage: number;
  /** Characters that are drawn but of which the file does not say what they mean. */
  readonly undecoded: number;
  /** Shapes with curves: hundreds of them are letters drawn as outlines. */
  readonly outlines: number;
  /** Images, shapes and shadings that are drawn: without any, a page without words is blank. */
  readonly drawings: number;
  /** Words that stand in the file and that nobody sees: left out of `words`. */
  readonly hiddenWords?: number;
}

/** A file inside a PDF. */
export interface PdfAttachment {
  readonly name: string;
  readonly mediaType: string | null;
  /** How it belongs to the document (ISO 32000-2, AFRelationship), where the file says so. */
  readonly relationship: string | null;
  /** Bytes that it says it has. */
  readonly sizeBytes: number | null;
}

export interface PdfHandle {
  readonly pageCount: number;
  /** True when the file's own index was broken and had to be made anew: parts may be missing. */
  readonly repaired: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly formFields: readonly FormField[];
  readonly attachments: readonly PdfAttachment[];
  /** The content of an attachment by its index. @throws AppError file_damaged, archive_too_large above `maxBytes` */
  readonly readAttachment: (index: number, maxBytes: number) => Promise<Uint8Array>;
  /**
   * A PDF of these pages alone, counted from 1.
   * @throws AppError unsafe_content for a protected file, file_damaged, payload_too_large above `maxBytes`
   */
  readonly copyPages: (pages: readonly number[], maxBytes: number) => Promise<Uint8Array>;
  /** What the file calls its pages, in order; null where it says nothing. */
  readonly pageLabels: readonly (string | null)[];
  /** What has to be said of the whole file: scripts, forms in XFA, a portfolio. */
  readonly remarks: readonly Warning[];
  /** The XML of an XFA form's data (empty without any), where the form is nothing but XFA. */
  readonly formData?: Uint8Array | undefined;
  /** The text layer of a page, counted from 1. */
  readonly readText: (page: number) => Promise<PdfPageText>;
  /** Renders a page upright so that its longest side is at most `maxSide` pixels. */
  readonly render: (page: number, options: { maxSide: number; color: boolean }) => Promise<Raster>;
  readonly close: () => void;
}

/** Opens PDFs. @throws AppError file_damaged, password_required, password_incorrect */
export interface PdfReader {
  readonly open: (source: DocumentSource, options: { password?: string }) => Promise<PdfHandle>;
}

/** What a file of pictures holds, by its headers alone. */
export interface PictureSet {
  /** Pictures that are pages of the document. */
  readonly pages: number;
  /** Further pictures that are none: an animation's later frames, those beside a HEIC's main one. */
  readonly frames: number;
  /** Smaller copies of the pages, and masks for them. */
  readonly copies: number;
  /** True when the file's list of pictures is damaged, so that there may be more. */
  readonly broken: boolean;
}

/** Decodes pictures upright by what the file says, scaled so that the longest side is at most `maxSide`. */
export interface ImageDecoder {
  /** @throws AppError file_damaged, empty_file */
  readonly inspect: (source: DocumentSource) => Promise<PictureSet>;
  /**
   * Decodes a page. Rows that are damaged or missing stay white, and `truncated` says so.
   * @throws AppError file_damaged, image_too_large, page_not_found, unsupported_format
   */
  readonly decode: (
    source: DocumentSource,
    options: {
      maxSide: number;
      maxPixels: number;
      color: boolean;
      /** Which of several pages (a TIFF's), from 0; the first unless told. */
      frame?: number;
    },
  ) => Promise<Raster & { sourceWidth: number; sourceHeight: number; truncated?: boolean }>;
}

/** What an OCR reader found. Boxes are on the page turned upright by `rotation` degrees clockwise. */
export interface OcrResult {
  readonly words: readonly ReadWord[];
  readonly rotation: 0 | 90 | 180 | 270;
  readonly language: string | null;
  /** Mean word confidence, 0..1. */
  readonly confidence: number;
}

/** Languages (ISO 639-2/T) that a recogniser has a model for. */
export type OcrLanguage = "eng" | "deu" | "fra";

/** A word of one recognition pass; the box is in pixels of the image that was given. */
export interface RecognizedWord {
  readonly text: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly confidence: number;
  readonly line: number;
}

/** One pass of a text recogniser over an image as it stands: no turning, one language, one layout. */
export interface Recognizer {
  readonly recognize: (
    image: GrayImage,
    options: {
      language: OcrLanguage;
      layout: "block" | "sparse";
      /** Whether light print on dark ground is looked for too, which takes longer. */
      lightOnDark: boolean;
    },
  ) => Promise<RecognizedWord[]>;
}

/** What a place of a line can be too; no text where it can be nothing. */
export interface ReadAlternative {
  readonly text: string;
  readonly confidence: number;
}

/** A character of a line that was read; `at` is its middle, in fractions of the line's width. */
export interface ReadCharacter {
  readonly text: string;
  readonly at: number;
  readonly confidence: number;
  /** The likeliest first. */
  readonly others?: readonly ReadAlternative[];
}

/** What stands on a line; no text where nothing was read. The confidence is the characters' mean, 0..1. */
export interface LineReading {
  readonly text: string;
  readonly confidence: number;
  readonly characters: readonly ReadCharacter[];
  /** What may stand between them, but is likelier nothing. */
  readonly missed?: readonly ReadCharacter[];
}

/** Reads pictures of single lines of print, 48 pixels high, dark on light; a reading for each, in their order. */
export interface LineReader {
  readonly read: (lines: readonly GrayImage[]) => Promise<LineReading[]>;
}

/** Reads the text of an image; finds its orientation and language itself. */
export interface Ocr {
  readonly read: (image: GrayImage) => Promise<OcrResult>;
}

// ---------------------------------------------------------------- extracting

/** Makes a typed result from a parsed document. */
export interface Engine {
  /** Name and version, as in `embedded/1`; part of the cache's key. */
  readonly id: string;
  readonly extract: (
    parsed: ParsedDocument,
    type: DocumentType,
    options?: {
      /** A user's extractor, which then says what is read; `type` is what the document is. */
      readonly custom?: CustomExtractor | undefined;
      /** What corrections of like documents have taught: candidates, never rules. */
      readonly lessons?: readonly Lesson[];
    },
  ) => Promise<Extraction>;
}

// ---------------------------------------------------------------- keeping

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

/** Users' own extractors by SQL (D1). Every query is bound to a tenant. */
export interface CustomExtractors {
  /** One version, also of a deleted extractor; the newest of one that is not deleted when `version` is null. */
  readonly find: (
    tenant: TenantId,
    name: ExtractorName,
    version: number | null,
  ) => Promise<CustomExtractor | null>;
  /** Adds the next version; the same schema and title again give the newest version as it is. */
  readonly add: (
    tenant: TenantId,
    extractor: Pick<CustomExtractor, "name" | "title" | "schema">,
    options: { atMs: number; maxVersions: number; maxNames: number },
  ) => Promise<
    | { readonly verdict: "added" | "unchanged"; readonly extractor: CustomExtractor }
    | { readonly verdict: "too_many" }
  >;
  /** The newest version of each, by name. */
  readonly list: (tenant: TenantId) => Promise<CustomExtractor[]>;
  /** No longer offered; documents that were sent with one of its versions are still read. False when there was none. */
  readonly delete: (tenant: TenantId, name: ExtractorName, atMs: number) => Promise<boolean>;
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

/** What of a document is compared with the tenant's others. */
export interface HistoryQuery {
  readonly tenant: TenantId;
  readonly document: DocumentId;
  /** What was sent, of which the document came: nothing of one upload duplicates itself. */
  readonly root: DocumentId;
  readonly summary: Summary;
  readonly sketch: Sketch | null;
}

/** What the tenant's other documents say of one; null where there is nothing to ask by. */
export interface HistoryFacts {
  /** Documents of the same vendor, number and total. */
  readonly duplicates: readonly DocumentId[] | null;
  /** Documents of nearly the same words and numbers; `similarity` 0..1. */
  readonly similar: readonly { readonly id: DocumentId; readonly similarity: number }[] | null;
  /** The document's own total and the vendor's latest others in its currency, in minor units. */
  readonly total: number | null;
  readonly totals: readonly number[];
}

/** The tenant's other documents (D1). */
export interface History {
  /** One round trip. */
  readonly compare: (query: HistoryQuery) => Promise<HistoryFacts>;
}

/** What corrections have taught (D1), by tenant. */
export interface Memory {
  /** How often the tenant's memory has changed; 0 for an empty one that always was. */
  readonly version: (tenant: TenantId) => Promise<number>;
  /** The lessons that any of these keys leads to, newest first, and the memory's version. */
  readonly recall: (
    tenant: TenantId,
    keys: readonly string[],
  ) => Promise<{ version: number; lessons: readonly Lesson[] }>;
  readonly list: (tenant: TenantId) => Promise<VendorMemory[]>;
  /** Forgets a vendor's lessons, or all of them; how many there were. */
  readonly forget: (tenant: TenantId, vendor: string | null, atMs: number) => Promise<number>;
  /** Versions of the memory under which a document's runs were read. */
  readonly versionsOf: (tenant: TenantId, document: DocumentId) => Promise<number[]>;
}

/** A correction as it is written: row, history, outbox and lessons in one batch. */
export interface Amendment {
  readonly tenant: TenantId;
  readonly document: DocumentId;
  readonly run: number;
  /** The revision that it makes: one above the one that it was made on. */
  readonly revision: number;
  readonly token: string;
  readonly digest: string;
  readonly summary: Summary;
  readonly changes: readonly FieldChange[];
  readonly reason: string | null;
  readonly keyId: string;
  readonly lessons: readonly Lesson[];
  /** Pointers of which nothing of what this document taught before stays. */
  readonly unlearned: readonly string[];
  readonly atMs: number;
}

/** Values that people have set right (D1). */
export interface Corrections {
  /** False when the document is not at the revision before this one any more, or under way. */
  readonly write: (amendment: Amendment) => Promise<boolean>;
  /** Every correction of a document, oldest first. */
  readonly list: (tenant: TenantId, document: DocumentId) => Promise<CorrectionEntry[]>;
}

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

/** Drawn pages near whoever looks at them (Cache API). Never throws: a cache that fails is a miss. */
export interface PageCache {
  readonly get: (key: string) => Promise<Uint8Array | null>;
  readonly put: (key: string, png: Uint8Array) => Promise<void>;
}

/** Whom a key belongs to. */
export interface Principal {
  readonly tenant: TenantId;
  readonly keyId: string;
  readonly scopes: readonly string[];
}

/** API keys: looked up by their SHA-256, kept warm in the isolate for at most 10 s. */
export interface Keys {
  readonly authenticate: (presented: string) => Promise<Principal | null>;
}

/** Counts what a piece of work asks of the platform's bindings. `depth` is the longest chain of calls that waited for one another. */
export interface BindingCalls {
  readonly count: <T>(work: () => Promise<T>) => Promise<{ value: T; calls: number; depth: number }>;
}

/** An original of which pages are copied. */
export interface OpenedCopies {
  readonly mediaType: string;
  /** How the names of such files end, with the dot. */
  readonly ending: string;
  /** A file of the pages from one to another, both included. @throws AppError unsafe_content, file_damaged, payload_too_large */
  readonly copy: (from: number, to: number) => Promise<Uint8Array>;
  readonly close: () => void;
}

/** Copies pages of an original into files of their own, as they stand there. */
export interface PageCopies {
  /** @throws AppError unsupported_format for what has no pages to copy, file_damaged, password_required */
  readonly open: (source: DocumentSource) => Promise<OpenedCopies>;
}

/** Renders a page of an original to a PNG. @throws AppError page_not_found, unsupported_format */
export interface PageImages {
  readonly png: (
    source: DocumentSource,
    page: number,
    maxSide: number,
    rotation: number,
  ) => Promise<Uint8Array>;
}

/** Everything that the entries are given: adapters behind ports, made once an isolate by compose.ts. */
export interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly blobs: Blobs;
  readonly documents: Documents;
  readonly history: History;
  readonly memory: Memory;
  readonly corrections: Corrections;
  readonly customExtractors: CustomExtractors;
  readonly jobs: Jobs;
  readonly cache: ResultCache;
  readonly rooms: Rooms;
  readonly keys: Keys;
  readonly pdf: PdfReader;
  readonly images: ImageDecoder;
  readonly ocr: Ocr;
  readonly pageImages: PageImages;
  readonly pageCopies: PageCopies;
  readonly pageCache: PageCache;
  readonly engine: Engine;
  /** Runs what takes much memory or CPU alone: one heavy job at a time in an isolate. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
}
