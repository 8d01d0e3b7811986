import { sql, type SQL } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { currenciesByMinorUnits } from "../../model/money.ts";

/**
 * Every primary key and index begins with the tenant, so that a query without one cannot use them.
 * The one exception is the key table: a key is what tells the tenant.
 */
export const tenants = sqliteTable("tenants", {
  tenant_id: text("tenant_id").primaryKey(),
  name: text("name").notNull(),
  created_ms: integer("created_ms").notNull(),
});

/** Keys by their public prefix; the key itself is nowhere. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    prefix: text("prefix").notNull(),
    sha256: text("sha256").notNull(),
    id: text("id").notNull(),
    tenant_id: text("tenant_id").notNull(),
    name: text("name").notNull(),
    /** `live` or `dev`. */
    environment: text("environment").notNull(),
    /** JSON array of scopes. */
    scopes: text("scopes").notNull(),
    created_ms: integer("created_ms").notNull(),
    expires_ms: integer("expires_ms"),
    revoked_ms: integer("revoked_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.prefix, table.sha256] }),
    index("api_keys_tenant").on(table.tenant_id, table.created_ms),
  ],
);

/** Digits behind the point of `total_rank`: as many as the finest currency has. */
export const RANK_DIGITS = 4;

function totalRank(): SQL {
  const factor = (digits: number) => String(10 ** (RANK_DIGITS - digits));
  const cases = Array.from(currenciesByMinorUnits(), ([digits, currencies]) => {
    const names = currencies.map((currency) => `'${currency}'`).join(", ");
    return `WHEN currency IN (${names}) THEN total_minor * ${factor(digits)}`;
  });
  return sql.raw(
    `CASE WHEN total_minor IS NULL THEN -9007199254740991 ${cases.join(" ")} ELSE total_minor * ${factor(2)} END`,
  );
}

/** One row a document, about 1 KB: what people search by. Results lie in R2. */
export const documents = sqliteTable(
  "documents",
  {
    tenant_id: text("tenant_id").notNull(),
    id: text("id").notNull(),
    bucket: integer("bucket").notNull(),
    /** The document that this one was found in. */
    parent_id: text("parent_id"),
    /** What was sent, of which this came out over all levels; how deep; the path inside the parent. */
    root_id: text("root_id"),
    depth: integer("depth").notNull().default(0),
    member_path: text("member_path"),
    /** The parent's run that it was last read for. */
    parent_run: integer("parent_run").notNull().default(0),
    status: text("status").notNull(),
    run: integer("run").notNull(),
    /** The highest fence seen: writes under a lower one change nothing. */
    fence: integer("fence").notNull(),
    filename: text("filename").notNull(),
    format: text("format"),
    media_type: text("media_type"),
    size_bytes: integer("size_bytes").notNull(),
    sha256: text("sha256").notNull(),
    requested_type: text("requested_type"),
    /** A user's extractor that it is read by, as in `label@3`. */
    requested_extractor: text("requested_extractor"),
    priority: text("priority").notNull(),
    metadata: text("metadata").notNull(),
    max_cost_micros: integer("max_cost_micros"),
    /** 1 where structured data is left aside. */
    page_only: integer("page_only").notNull().default(0),
    /** 1 where a file of several documents is kept whole. */
    keep_whole: integer("keep_whole").notNull().default(0),
    type: text("type"),
    page_count: integer("page_count"),
    vendor_name: text("vendor_name"),
    vendor_key: text("vendor_key"),
    invoice_number: text("invoice_number"),
    sales_order_header_id: text("sales_order_header_id"),
    document_date: text("document_date"),
    due_date: text("due_date"),
    currency: text("currency"),
    total_minor: integer("total_minor"),
    /** Corrections of the current run, and what the key of the newest result ends in. */
    revision: integer("revision").notNull().default(0),
    revision_token: text("revision_token"),
    /** MinHash of the content, in hex. */
    sketch: text("sketch"),
    /** The date, or what sorts in front of every date. */
    date_rank: text("date_rank").generatedAlwaysAs(sql`coalesce(document_date, '')`, { mode: "virtual" }),
    /** The total in 10^-4 whatever its currency's minor unit, so that numbers compare; below all others without one. */
    total_rank: integer("total_rank").generatedAlwaysAs(totalRank(), { mode: "virtual" }),
    review: text("review"),
    error_code: text("error_code"),
    error_message: text("error_message"),
    created_ms: integer("created_ms").notNull(),
    updated_ms: integer("updated_ms").notNull(),
    completed_ms: integer("completed_ms"),
    deadline_ms: integer("deadline_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("documents_created").on(table.tenant_id, table.created_ms, table.id),
    index("documents_date").on(table.tenant_id, table.date_rank, table.id),
    index("documents_total").on(table.tenant_id, table.total_rank, table.id),
    index("documents_status").on(table.tenant_id, table.status, table.created_ms, table.id),
    index("documents_type").on(table.tenant_id, table.type, table.created_ms, table.id),
    index("documents_vendor").on(table.tenant_id, table.vendor_key, table.created_ms, table.id),
    index("documents_invoice_number").on(table.tenant_id, table.invoice_number, table.created_ms, table.id),
    index("documents_sales_order").on(
      table.tenant_id,
      table.sales_order_header_id,
      table.created_ms,
      table.id,
    ),
    index("documents_parent")
      .on(table.tenant_id, table.parent_id)
      .where(sql`parent_id IS NOT NULL`),
    index("documents_root")
      .on(table.tenant_id, table.root_id, table.size_bytes)
      .where(sql`root_id IS NOT NULL`),
  ],
);

export const documentTags = sqliteTable(
  "document_tags",
  {
    tenant_id: text("tenant_id").notNull(),
    document_id: text("document_id").notNull(),
    tag: text("tag").notNull(),
    /** The document's own, so that a tag's documents come in order from the index. */
    created_ms: integer("created_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.document_id, table.tag] }),
    index("document_tags_tag").on(table.tenant_id, table.tag, table.created_ms, table.document_id),
  ],
);

/** Users' own extractors: a row a version, none ever changed. */
export const extractors = sqliteTable(
  "extractors",
  {
    tenant_id: text("tenant_id").notNull(),
    name: text("name").notNull(),
    version: integer("version").notNull(),
    title: text("title").notNull(),
    /** JSON Schema. */
    schema: text("schema").notNull(),
    created_ms: integer("created_ms").notNull(),
    deleted_ms: integer("deleted_ms"),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.name, table.version] })],
);

/** One row a processing of a document. */
export const runs = sqliteTable(
  "runs",
  {
    tenant_id: text("tenant_id").notNull(),
    document_id: text("document_id").notNull(),
    run: integer("run").notNull(),
    status: text("status").notNull(),
    result_key: text("result_key"),
    engine: text("engine"),
    extractor: text("extractor"),
    error_code: text("error_code"),
    error_message: text("error_message"),
    /** Version of the tenant's memory that it was read with: part of its result's key in KV. */
    memory_version: integer("memory_version").notNull().default(0),
    created_ms: integer("created_ms").notNull(),
    started_ms: integer("started_ms"),
    ended_ms: integer("ended_ms"),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.document_id, table.run] })],
);

/** What has to be told to others, written together with what it tells of. */
export const outbox = sqliteTable(
  "outbox",
  {
    tenant_id: text("tenant_id").notNull(),
    id: text("id").notNull(),
    document_id: text("document_id").notNull(),
    run: integer("run").notNull(),
    kind: text("kind").notNull(),
    payload: text("payload").notNull(),
    created_ms: integer("created_ms").notNull(),
    delivered_ms: integer("delivered_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("outbox_waiting")
      .on(table.tenant_id, table.created_ms)
      .where(sql`delivered_ms IS NULL`),
    index("outbox_document").on(table.tenant_id, table.document_id),
  ],
);

/** Requests under an Idempotency-Key, and the answers that they got. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    tenant_id: text("tenant_id").notNull(),
    key: text("key").notNull(),
    /** `running`, `answered`, or `forgotten` when what it made has been deleted. */
    state: text("state").notNull(),
    /** Whose the running request is. */
    token: text("token").notNull(),
    lease_until_ms: integer("lease_until_ms").notNull(),
    attempts: integer("attempts").notNull(),
    /** The document that it makes or tells of. */
    document_id: text("document_id").notNull(),
    /** SHA-256 of what was asked. */
    fingerprint: text("fingerprint"),
    status: integer("status"),
    /** JSON object. */
    headers: text("headers"),
    /** The answer, or null where it is long and lies in R2. */
    body: text("body"),
    created_ms: integer("created_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.key] }),
    index("idempotency_keys_document").on(table.tenant_id, table.document_id),
    index("idempotency_keys_created").on(table.tenant_id, table.created_ms),
  ],
);

/** What the pipeline gave up, and messages that it does not understand: for somebody to look at, and to replay. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    /** Empty where a message does not even tell whose it is. */
    tenant_id: text("tenant_id").notNull(),
    id: text("id").notNull(),
    document_id: text("document_id"),
    run: integer("run"),
    /** An error's code, or `message_malformed`. */
    reason: text("reason").notNull(),
    detail: text("detail").notNull(),
    created_ms: integer("created_ms").notNull(),
    replayed_ms: integer("replayed_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("dead_letters_waiting")
      .on(table.tenant_id, table.created_ms, table.id)
      .where(sql`replayed_ms IS NULL`),
    index("dead_letters_document").on(table.tenant_id, table.document_id),
  ],
);

/** Endpoints that are told of what happens. */
export const webhooks = sqliteTable(
  "webhooks",
  {
    tenant_id: text("tenant_id").notNull(),
    id: text("id").notNull(),
    url: text("url").notNull(),
    /** JSON array of event types; empty for all. */
    events: text("events").notNull(),
    description: text("description").notNull(),
    secret: text("secret").notNull(),
    /** Signs beside the new one until `previous_until_ms`. */
    previous_secret: text("previous_secret"),
    previous_until_ms: integer("previous_until_ms").notNull().default(0),
    state: text("state").notNull(),
    disabled_reason: text("disabled_reason"),
    created_ms: integer("created_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.id] })],
);

/** One row an attempt to tell an endpoint of an event. */
export const webhookDeliveries = sqliteTable(
  "webhook_deliveries",
  {
    tenant_id: text("tenant_id").notNull(),
    webhook_id: text("webhook_id").notNull(),
    event_id: text("event_id").notNull(),
    attempt: integer("attempt").notNull(),
    at_ms: integer("at_ms").notNull(),
    kind: text("kind").notNull(),
    document_id: text("document_id"),
    status: integer("status"),
    error: text("error"),
    duration_ms: integer("duration_ms").notNull(),
    next_ms: integer("next_ms"),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.webhook_id, table.event_id, table.attempt, table.at_ms] }),
    index("webhook_deliveries_latest").on(table.tenant_id, table.webhook_id, table.at_ms),
    index("webhook_deliveries_document").on(table.tenant_id, table.document_id),
  ],
);

/** What documents are found by that have nearly the same content: eight rows a document. */
export const documentSketches = sqliteTable(
  "document_sketches",
  {
    tenant_id: text("tenant_id").notNull(),
    band: integer("band").notNull(),
    document_id: text("document_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.band, table.document_id] }),
    index("document_sketches_document").on(table.tenant_id, table.document_id),
  ],
);

/** Values that people have set right: one row a request. */
export const corrections = sqliteTable(
  "corrections",
  {
    tenant_id: text("tenant_id").notNull(),
    document_id: text("document_id").notNull(),
    run: integer("run").notNull(),
    revision: integer("revision").notNull(),
    /** SHA-256 of what was asked, so that a repeat is known. */
    digest: text("digest").notNull(),
    key_id: text("key_id").notNull(),
    reason: text("reason"),
    /** JSON array of pointers with the old and the new value. */
    changes: text("changes").notNull(),
    created_ms: integer("created_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.document_id, table.run, table.revision] })],
);

/** How often each tenant's memory has changed. */
export const memories = sqliteTable("memories", {
  tenant_id: text("tenant_id").primaryKey(),
  version: integer("version").notNull(),
  updated_ms: integer("updated_ms").notNull(),
});

/** What a correction has taught for the next document of its vendor. */
export const lessons = sqliteTable(
  "lessons",
  {
    tenant_id: text("tenant_id").notNull(),
    id: text("id").notNull(),
    vendor: text("vendor").notNull(),
    vendor_name: text("vendor_name"),
    document_id: text("document_id").notNull(),
    type: text("type").notNull(),
    pointer: text("pointer").notNull(),
    /** JSON of the lesson. */
    body: text("body").notNull(),
    created_ms: integer("created_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("lessons_vendor").on(table.tenant_id, table.vendor, table.created_ms, table.id),
    index("lessons_document").on(table.tenant_id, table.document_id),
  ],
);

/** What leads to a lesson: a vendor's name, numbers and addresses, and the look of its pages. */
export const lessonKeys = sqliteTable(
  "lesson_keys",
  {
    tenant_id: text("tenant_id").notNull(),
    key: text("key").notNull(),
    lesson_id: text("lesson_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.key, table.lesson_id] }),
    index("lesson_keys_lesson").on(table.tenant_id, table.lesson_id),
  ],
);
