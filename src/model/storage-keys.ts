import type { DocumentType } from "./extraction.ts";
import type { Format } from "./format.ts";
import type { DocumentId, TenantId } from "./ids.ts";

/** Where everything of one document lies in R2. */
export function documentPrefix(tenant: TenantId, document: DocumentId): string {
  return `t/${tenant}/d/${document}/`;
}

export function originalKey(tenant: TenantId, document: DocumentId): string {
  return `${documentPrefix(tenant, document)}original`;
}

/** Names a result: `2` for a run's own, `2.1-c0ffee00` for what a correction made of it. */
export function resultVersion(run: number, revision: number, token: string | null): string {
  return revision === 0 ? String(run) : `${run}.${revision}-${token ?? ""}`;
}

/** A result by its version; a run's own by its number. */
export function resultKey(tenant: TenantId, document: DocumentId, version: number | string): string {
  return `${documentPrefix(tenant, document)}r/${version}.json`;
}

/** The text that the spans of a run's result lie in. */
export function textKey(tenant: TenantId, document: DocumentId, run: number): string {
  return `${documentPrefix(tenant, document)}r/${run}.txt`;
}

/** What a run parsed (`ParsedDocument`), as gzipped JSON. */
export function layoutKey(tenant: TenantId, document: DocumentId, run: number): string {
  return `${documentPrefix(tenant, document)}r/${run}.layout.json.gz`;
}

/** Pages `from` to `to` as one run parsed them. */
export function partKey(
  tenant: TenantId,
  document: DocumentId,
  run: number,
  from: number,
  to: number,
): string {
  return `${documentPrefix(tenant, document)}parsed/${run}/${String(from).padStart(6, "0")}-${String(to).padStart(6, "0")}.json`;
}

/** A page as one run drew it: what it was turned by may differ from run to run. */
export function pageImageKey(
  tenant: TenantId,
  document: DocumentId,
  run: number,
  page: number,
  maxSide: number,
): string {
  return `${documentPrefix(tenant, document)}pages/${run}/${page}@${maxSide}.png`;
}

/** An answer about a document that is too long for a row. */
export function answerKey(tenant: TenantId, document: DocumentId, token: string): string {
  return `${documentPrefix(tenant, document)}answers/${token}.json`;
}

/** The events of a room that has been cleared. */
export function eventsKey(tenant: TenantId, document: DocumentId): string {
  return `${documentPrefix(tenant, document)}events.jsonl`;
}

/** KV: a result by content. `extractors` names the version of every extractor that could have made it. */
export function resultCacheKey(input: {
  tenant: TenantId;
  sha256: string;
  type: DocumentType | "auto";
  /** A user's extractor and its version, where one was asked for. */
  extractor: string | undefined;
  extractors: string;
  engine: string;
  format: Format;
  /** Version of the tenant's memory. */
  memory: number;
}): string {
  const { tenant, sha256, type, extractors, engine, format, memory } = input;
  const own = input.extractor === undefined ? "" : `${input.extractor}/`;
  return `document:${tenant}:${sha256}:${own}${type}@${extractors}:${engine}:${format}:memory@${memory}`;
}

/** KV: a document's summary by id. */
export function documentMetaKey(tenant: TenantId, document: DocumentId): string {
  return `document_meta:${tenant}:${document}`;
}
