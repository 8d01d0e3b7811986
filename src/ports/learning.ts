import type { CustomExtractor, ExtractorName } from "../model/custom-extractor.ts";
import type { CorrectionEntry, FieldChange } from "../model/correction.ts";
import type { DocumentId, TenantId } from "../model/ids.ts";
import type { Lesson, VendorMemory } from "../model/lesson.ts";
import type { Sketch } from "../model/sketch.ts";
import type { Summary } from "./documents.ts";

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
