import { z } from "zod";
import { AppError } from "../../errors.ts";
import { crc32 } from "../../model/crc32.ts";
import { DocumentId, type TenantId } from "../../model/ids.ts";
import type { ListQuery } from "../../ports.ts";

/** Where a page of a list ended: the last row's sort value (as text) and id, and the query that it belongs to. */
const Cursor = z.strictObject({
  v: z.literal(1),
  q: z.string().regex(/^[0-9a-f]{8}$/),
  k: z.string().max(40),
  id: DocumentId,
});

/** The last row's place in its order. */
export interface CursorKey {
  readonly sortValue: string;
  readonly id: DocumentId;
}

function queryHash(tenant: TenantId, query: ListQuery): string {
  const filters = Object.entries(query.filters)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return crc32(JSON.stringify([tenant, query.sort, query.order, filters]))
    .toString(16)
    .padStart(8, "0");
}

/** Writes a cursor: base64url of JSON, good for this tenant's query alone. */
export function writeCursor(tenant: TenantId, query: ListQuery, key: CursorKey): string {
  const json = JSON.stringify({ v: 1, q: queryHash(tenant, query), k: key.sortValue, id: key.id });
  return btoa(json).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return null;
  }
}

/** Reads a cursor. @throws AppError invalid_request when it is malformed or of another query */
export function readCursor(tenant: TenantId, query: ListQuery, cursor: string): CursorKey {
  const parsed = Cursor.safeParse(decode(cursor));
  const numeric = query.sort !== "document_date";
  if (!parsed.success || (numeric && !/^-?\d{1,19}$/.test(parsed.data.k))) {
    throw new AppError(
      "invalid_request",
      "The cursor is malformed; take `next` from a list's answer as it is.",
      {
        detail: { parameter: "cursor" },
      },
    );
  }
  if (parsed.data.q !== queryHash(tenant, query)) {
    throw new AppError(
      "invalid_request",
      "The cursor belongs to another query; keep filters, sort and order the same while paging.",
      { detail: { parameter: "cursor" } },
    );
  }
  return { sortValue: parsed.data.k, id: parsed.data.id };
}
