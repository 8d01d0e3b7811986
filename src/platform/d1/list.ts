import { sql, type SQL } from "drizzle-orm";
import { AppError } from "../../errors.ts";
import type { TenantId } from "../../model/ids.ts";
import { toScaledInteger } from "../../model/money.ts";
import { vendorKey } from "../../model/vendor-key.ts";
import type { ListQuery } from "../../ports.ts";
import { readCursor } from "./cursor.ts";
import { ROW_COLUMNS } from "./rows.ts";
import { RANK_DIGITS } from "./schema.ts";

const DAY_MS = 86_400_000;

const SORT_COLUMN = {
  created_at: "d.created_ms",
  document_date: "d.date_rank",
  total: "d.total_rank",
} as const satisfies Record<ListQuery["sort"], string>;

/**
 * The index to walk. Few documents share a number, an order or a vendor: their index is read whatever
 * the order; otherwise the index that yields the asked order, so that a page costs a page.
 */
function chooseIndex({ filters, sort }: ListQuery): string {
  if (filters.parent_id !== undefined) return "documents_parent";
  if (filters.invoice_number !== undefined) return "documents_invoice_number";
  if (filters.sales_order_header_id !== undefined) return "documents_sales_order";
  if (filters.vendor !== undefined) return "documents_vendor";
  if (sort === "document_date") return "documents_date";
  if (sort === "total") return "documents_total";
  if (filters.type !== undefined) return "documents_type";
  if (filters.status !== undefined) return "documents_status";
  return "documents_created";
}

function amountBound(parameter: string, amount: string): number {
  const scaled = toScaledInteger(amount, RANK_DIGITS);
  if (scaled === null) {
    throw new AppError("invalid_request", `${parameter} has to be a decimal number such as 1234.50.`, {
      detail: { parameter },
    });
  }
  return scaled;
}

/** Unix ms of an ISO date or date-time; a date as an upper bound holds its whole day. */
function timeBound(parameter: string, text: string, upper: boolean): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) {
    throw new AppError("invalid_request", `${parameter} has to be an ISO 8601 date or date-time.`, {
      detail: { parameter },
    });
  }
  return upper && text.length === "2026-01-31".length ? ms + DAY_MS - 1 : ms;
}

function filterConditions(filters: ListQuery["filters"]): SQL[] {
  const conditions: SQL[] = [];
  const equal = (column: string, value: string | undefined) => {
    if (value !== undefined) conditions.push(sql`${sql.raw(column)} = ${value}`);
  };
  const bound = (column: string, operator: ">=" | "<=", value: string | number) => {
    conditions.push(sql`${sql.raw(column)} ${sql.raw(operator)} ${value}`);
  };
  equal("d.parent_id", filters.parent_id);
  equal("d.status", filters.status);
  equal("d.type", filters.type);
  if (filters.vendor !== undefined) equal("d.vendor_key", vendorKey(filters.vendor) ?? "");
  equal("d.invoice_number", filters.invoice_number);
  equal("d.sales_order_header_id", filters.sales_order_header_id);
  equal("d.currency", filters.currency);
  const { total_min, total_max, date_from, date_to, created_from, created_to } = filters;
  if (total_min !== undefined) bound("d.total_rank", ">=", amountBound("total_min", total_min));
  if (total_max !== undefined) {
    bound("d.total_rank", "<=", amountBound("total_max", total_max));
    conditions.push(sql`d.total_minor IS NOT NULL`);
  }
  if (date_from !== undefined) bound("d.date_rank", ">=", date_from);
  if (date_to !== undefined) {
    bound("d.date_rank", "<=", date_to);
    conditions.push(sql`d.document_date IS NOT NULL`);
  }
  if (created_from !== undefined) bound("d.created_ms", ">=", timeBound("created_from", created_from, false));
  if (created_to !== undefined) bound("d.created_ms", "<=", timeBound("created_to", created_to, true));
  return conditions;
}

/** The order's columns: a tag's own index carries its documents' time of creation. */
function orderColumns(query: ListQuery): { value: string; id: string } {
  const byTag = query.filters.tag !== undefined && query.sort === "created_at";
  return byTag
    ? { value: "tagged.created_ms", id: "tagged.document_id" }
    : { value: SORT_COLUMN[query.sort], id: "d.id" };
}

function cursorCondition(tenant: TenantId, query: ListQuery): SQL[] {
  if (query.cursor === undefined) return [];
  const { sortValue, id } = readCursor(tenant, query, query.cursor);
  const columns = orderColumns(query);
  const operator = sql.raw(query.order === "desc" ? "<" : ">");
  const value = query.sort === "document_date" ? sql`${sortValue}` : sql`CAST(${sortValue} AS INTEGER)`;
  return [sql`(${sql.raw(columns.value)}, ${sql.raw(columns.id)}) ${operator} (${value}, ${id})`];
}

/**
 * The query of a list: `DocumentRow`s with their `sort_value` as text, one more than the limit to see
 * whether there are others behind. Reads one index, named here, so that the plan does not change with statistics.
 * @throws AppError invalid_request for a malformed bound or cursor
 */
export function listStatement(tenant: TenantId, query: ListQuery): SQL {
  const { tag } = query.filters;
  const columns = orderColumns(query);
  const from =
    tag === undefined
      ? sql.raw(`documents AS d INDEXED BY ${chooseIndex(query)}`)
      : sql.raw(
          "document_tags AS tagged INDEXED BY document_tags_tag CROSS JOIN documents AS d ON d.tenant_id = tagged.tenant_id AND d.id = tagged.document_id",
        );
  const scope =
    tag === undefined
      ? sql`d.tenant_id = ${tenant}`
      : sql`tagged.tenant_id = ${tenant} AND tagged.tag = ${tag}`;
  const conditions = [scope, ...filterConditions(query.filters), ...cursorCondition(tenant, query)];
  const direction = sql.raw(query.order);
  return sql`SELECT ${ROW_COLUMNS}, CAST(${sql.raw(columns.value)} AS TEXT) AS sort_value FROM ${from}
    WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${sql.raw(columns.value)} ${direction}, ${sql.raw(columns.id)} ${direction}
    LIMIT ${query.limit + 1}`;
}
