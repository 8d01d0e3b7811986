import { z } from "zod";

/** A tenant: `ten_` and 26 lower-case base32 characters, or a chosen slug for the local one. */
export const TenantId = z
  .string()
  .regex(/^ten_[a-z0-9]{1,40}$/)
  .brand<"TenantId">();
export type TenantId = z.infer<typeof TenantId>;

/**
 * A document: `doc_`, two hex digits of the shard bucket, `_`, and a UUIDv7 without dashes.
 * Ids of one bucket sort by the time of their making.
 */
export const DocumentId = z
  .string()
  .regex(/^doc_[0-9a-f]{2}_[0-9a-f]{32}$/)
  .brand<"DocumentId">();
export type DocumentId = z.infer<typeof DocumentId>;

/** One processing of a document: 1 for the first, raised by every reprocess. */
export const Run = z.number().int().min(1).max(1_000_000);
export type Run = z.infer<typeof Run>;

/**
 * Makes a document id: a UUIDv7 (RFC 9562, 5.7) behind its shard bucket.
 * `nowMs` is Unix time in milliseconds, `random` ten or more random bytes.
 */
export function makeDocumentId(nowMs: number, random: Uint8Array, bucket = 0): DocumentId {
  if (random.length < 10) throw new RangeError("ten random bytes are needed");
  const time = Math.floor(nowMs).toString(16).padStart(12, "0");
  const bytes = Array.from(random.subarray(0, 10));
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  const tail = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return DocumentId.parse(`doc_${bucket.toString(16).padStart(2, "0")}_${time}${tail}`);
}

/** The time in Unix milliseconds at which a document id was made. */
export function documentIdTimeMs(id: DocumentId): number {
  return Number.parseInt(id.slice(7, 19), 16);
}
