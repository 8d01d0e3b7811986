import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { type DocumentId, makeDocumentId, TenantId } from "../../../src/model/ids.ts";
import { toMinor } from "../../../src/model/money.ts";
import { vendorKey } from "../../../src/model/vendor-key.ts";
import { createDocuments } from "../../../src/platform/d1/documents.ts";
import { listStatement } from "../../../src/platform/d1/list.ts";
import type { DocumentRecord, ListQuery, Settlement } from "../../../src/ports.ts";

const { DB } = env as unknown as Env;
const documents = createDocuments(DB);
const TENANT = TenantId.parse("ten_rows");
const OTHER = TenantId.parse("ten_other");
const START_MS = Date.parse("2026-03-01T00:00:00Z");
const HOUR_MS = 3_600_000;

function newId(ms: number): DocumentId {
  return makeDocumentId(ms, crypto.getRandomValues(new Uint8Array(10)));
}

function record(overrides: Partial<DocumentRecord> = {}): DocumentRecord {
  const createdMs = overrides.createdMs ?? START_MS;
  return {
    tenant: TENANT,
    id: newId(createdMs),
    status: "queued",
    run: 1,
    fence: 0,
    revision: 0,
    revisionToken: null,
    filename: "rechnung.pdf",
    format: "pdf",
    mediaType: "application/pdf",
    sizeBytes: 1234,
    sha256: "ab".repeat(32),
    options: { priority: "standard", tags: [], metadata: {} },
    type: null,
    pageCount: null,
    createdMs,
    deadlineMs: createdMs + HOUR_MS,
    origin: null,
    ...overrides,
  };
}

function settlement(of: DocumentRecord, overrides: Partial<Settlement> = {}): Settlement {
  return {
    tenant: of.tenant,
    document: of.id,
    run: of.run,
    fence: 1,
    status: "completed",
    summary: summary({}),
    failure: null,
    resultKey: `t/${of.tenant}/d/${of.id}/r/${of.run}.json`,
    engine: "embedded/1",
    extractor: "invoice@1",
    atMs: of.createdMs + 1000,
    ...overrides,
  };
}

function summary(overrides: Partial<NonNullable<Settlement["summary"]>>): NonNullable<Settlement["summary"]> {
  return {
    type: "invoice",
    pageCount: 2,
    vendorName: "Müller & Söhne GmbH",
    vendorKey: vendorKey("Müller & Söhne GmbH"),
    invoiceNumber: "R-1",
    salesOrderHeaderId: null,
    documentDate: "2026-02-01",
    dueDate: "2026-03-01",
    currency: "EUR",
    totalMinor: 123_450,
    review: { required: false, auto_approved: true, reasons: [] },
    ...overrides,
  };
}

async function rowsOf(table: "runs" | "outbox" | "document_tags", id: DocumentId) {
  const { results } = await DB.prepare(`SELECT * FROM ${table} WHERE document_id = ?`).bind(id).all();
  return results;
}

const QUERY: ListQuery = { filters: {}, sort: "created_at", order: "desc", limit: 50 };

describe("a document's row", () => {
  it("gives back what was inserted, its tags and options with it", async () => {
    const made = record({
      options: {
        type: "receipt",
        priority: "urgent",
        tags: ["a", "büro"],
        metadata: { cost_centre: "7" },
        max_cost_micros: 50_000,
      },
    });
    await documents.insert(made);
    const found = await documents.find(TENANT, made.id);
    expect({ ...found, options: { ...found?.options, tags: found?.options.tags.toSorted() } }).toEqual(made);
    const view = await documents.view(TENANT, made.id);
    expect(view).toMatchObject({
      status: "queued",
      run: 1,
      metadata: { cost_centre: "7" },
      created_at: "2026-03-01T00:00:00.000Z",
      completed_at: null,
      error: null,
      total: null,
      links: { result: `/v1/documents/${made.id}/result` },
    });
  });

  it("is inserted once", async () => {
    const made = record({ options: { priority: "standard", tags: ["x"], metadata: {} } });
    await documents.insert(made);
    await documents.insert({ ...made, filename: "other.pdf" });
    expect((await documents.find(TENANT, made.id))?.filename).toBe("rechnung.pdf");
    expect(await rowsOf("document_tags", made.id)).toHaveLength(1);
    expect(await rowsOf("runs", made.id)).toHaveLength(1);
  });

  it("belongs to its tenant alone", async () => {
    const made = record();
    await documents.insert(made);
    expect(await documents.find(OTHER, made.id)).toBeNull();
    expect(await documents.view(OTHER, made.id)).toBeNull();
    expect(await documents.markProcessing(OTHER, made.id, 1, 1, START_MS)).toBe(false);
    expect(await documents.settle(settlement({ ...made, tenant: OTHER }))).toBe(false);
    expect(
      await documents.beginRun(OTHER, made.id, { type: null, deadlineMs: 0, atMs: START_MS }),
    ).toBeNull();
    expect(await documents.delete(OTHER, made.id)).toBe(false);
    expect((await documents.find(TENANT, made.id))?.status).toBe("queued");
  });

  it("goes with everything that hangs on it", async () => {
    const made = record({ options: { priority: "standard", tags: ["x", "y"], metadata: {} } });
    await documents.insert(made);
    await documents.settle(settlement(made));
    expect(await documents.delete(TENANT, made.id)).toBe(true);
    expect(await documents.delete(TENANT, made.id)).toBe(false);
    for (const table of ["runs", "outbox", "document_tags"] as const) {
      expect(await rowsOf(table, made.id)).toEqual([]);
    }
  });
});

describe("settling", () => {
  it("writes row, run and outbox together", async () => {
    const made = record();
    await documents.insert(made);
    expect(await documents.markProcessing(TENANT, made.id, 1, 1, START_MS + 5)).toBe(true);
    expect(await documents.settle(settlement(made))).toBe(true);
    expect(await documents.view(TENANT, made.id)).toMatchObject({
      status: "completed",
      type: "invoice",
      vendor: "Müller & Söhne GmbH",
      total: "1234.50",
      currency: "EUR",
      page_count: 2,
      review: { auto_approved: true },
      completed_at: "2026-03-01T00:00:01.000Z",
    });
    expect(await rowsOf("runs", made.id)).toMatchObject([
      { run: 1, status: "completed", engine: "embedded/1", extractor: "invoice@1", started_ms: START_MS + 5 },
    ]);
    expect(await rowsOf("outbox", made.id)).toMatchObject([
      { kind: "document.completed", run: 1, delivered_ms: null },
    ]);
  });

  it("happens once a run, however often it is tried", async () => {
    const made = record();
    await documents.insert(made);
    expect(await documents.settle(settlement(made))).toBe(true);
    const failure = { code: "internal", message: "late" } as const;
    const late = settlement(made, { status: "failed", summary: null, failure, fence: 9 });
    expect(await documents.settle(late)).toBe(false);
    expect((await documents.find(TENANT, made.id))?.status).toBe("completed");
    expect(await rowsOf("runs", made.id)).toMatchObject([{ status: "completed", error_code: null }]);
    expect(await rowsOf("outbox", made.id)).toHaveLength(1);
  });

  it("is refused to a worker whose fence is stale, and changes nothing", async () => {
    const made = record();
    await documents.insert(made);
    expect(await documents.markProcessing(TENANT, made.id, 1, 4, START_MS)).toBe(true);
    expect(await documents.markProcessing(TENANT, made.id, 1, 3, START_MS)).toBe(false);
    expect(await documents.settle(settlement(made, { fence: 3 }))).toBe(false);
    expect(await rowsOf("outbox", made.id)).toEqual([]);
    expect(await rowsOf("runs", made.id)).toMatchObject([{ status: "processing", ended_ms: null }]);
    expect(await documents.find(TENANT, made.id)).toMatchObject({ status: "processing", fence: 4 });
    expect(await documents.settle(settlement(made, { fence: 4 }))).toBe(true);
  });

  it("of an earlier run is refused once a later one has begun", async () => {
    const made = record();
    await documents.insert(made);
    expect(
      await documents.beginRun(TENANT, made.id, { type: "receipt", deadlineMs: 99, atMs: START_MS }),
    ).toBeNull();
    await documents.settle(settlement(made));
    const begun = await documents.beginRun(TENANT, made.id, {
      type: "receipt",
      deadlineMs: 99,
      atMs: START_MS + 9,
    });
    expect(begun).toMatchObject({ run: 2, status: "queued", deadlineMs: 99, options: { type: "receipt" } });
    expect(await documents.settle(settlement(made, { fence: 7 }))).toBe(false);
    expect(await documents.markProcessing(TENANT, made.id, 1, 7, START_MS)).toBe(false);
    expect(await documents.settle(settlement({ ...made, run: 2 }, { fence: 2 }))).toBe(true);
    expect(await rowsOf("runs", made.id)).toMatchObject([
      { run: 1, status: "completed" },
      { run: 2, status: "completed" },
    ]);
    expect(await rowsOf("outbox", made.id)).toHaveLength(2);
  });

  it("records a failure and takes the values of an earlier run away", async () => {
    const made = record();
    await documents.insert(made);
    await documents.settle(settlement(made));
    await documents.beginRun(TENANT, made.id, { type: null, deadlineMs: 99, atMs: START_MS });
    const failure = { code: "file_damaged", message: "The PDF is cut off." } as const;
    const failed = settlement(
      { ...made, run: 2 },
      { status: "failed", summary: null, failure, resultKey: null },
    );
    expect(await documents.settle(failed)).toBe(true);
    expect(await documents.view(TENANT, made.id)).toMatchObject({
      status: "failed",
      error: failure,
      vendor: null,
      total: null,
      review: null,
    });
  });

  it("of a known result comes with the row, once", async () => {
    const made = record({ options: { priority: "bulk", tags: ["t"], metadata: {} } });
    await documents.insertSettled(made, settlement(made));
    await documents.insertSettled(made, settlement(made));
    expect((await documents.view(TENANT, made.id))?.status).toBe("completed");
    expect(await rowsOf("outbox", made.id)).toHaveLength(1);
    expect(await rowsOf("runs", made.id)).toMatchObject([{ status: "completed" }]);
  });
});

describe("lists", () => {
  const LISTED = TenantId.parse("ten_listed");
  const totals: [string, string | null][] = [
    ["100.00", "EUR"],
    ["1500", "JPY"],
    ["20.005", "KWD"],
    ["999.99", "USD"],
    ["-50.00", "EUR"],
    ["12.00", null],
  ];

  beforeAll(async () => {
    for (const [index, [total, currency]] of totals.entries()) {
      const made = record({
        tenant: LISTED,
        createdMs: START_MS + index * HOUR_MS,
        options: { priority: "standard", tags: index % 2 ? ["odd", "all"] : ["all"], metadata: {} },
      });
      await documents.insert(made);
      await documents.settle(
        settlement(made, {
          status: index === 2 ? "partial" : "completed",
          summary: summary({
            type: index < 3 ? "invoice" : "receipt",
            invoiceNumber: `N-${index}`,
            salesOrderHeaderId: `SO-${index}`,
            vendorName: index === 1 ? "ACME Trading Co., Ltd." : "Müller & Söhne GmbH",
            vendorKey: vendorKey(index === 1 ? "ACME Trading Co., Ltd." : "Müller & Söhne GmbH"),
            documentDate: index === 5 ? null : `2026-02-0${index + 1}`,
            currency,
            totalMinor: toMinor(total, currency),
          }),
        }),
      );
    }
    // Neither a row without values nor another tenant's rows get in the way.
    await documents.insert(record({ tenant: LISTED, createdMs: START_MS + 10 * HOUR_MS }));
    const foreign = record({ tenant: OTHER });
    await documents.insert(foreign);
    await documents.settle(settlement(foreign));
  });

  async function numbers(query: Partial<ListQuery>): Promise<(string | null)[]> {
    const { documents: found } = await documents.list(LISTED, { ...QUERY, ...query });
    return found.map((document) => document.invoice_number);
  }

  const cases: [string, ListQuery["filters"], string[]][] = [
    ["status", { status: "partial" }, ["N-2"]],
    ["type", { type: "invoice" }, ["N-2", "N-1", "N-0"]],
    ["type and status", { type: "invoice", status: "completed" }, ["N-1", "N-0"]],
    ["vendor, folded", { vendor: "acme trading" }, ["N-1"]],
    ["vendor that folds to nothing", { vendor: "---" }, []],
    ["invoice_number", { invoice_number: "N-3" }, ["N-3"]],
    ["sales_order_header_id", { sales_order_header_id: "SO-4" }, ["N-4"]],
    ["total_min over currencies", { total_min: "100" }, ["N-3", "N-1", "N-0"]],
    ["total_max over currencies", { total_max: "20.005" }, ["N-5", "N-4", "N-2"]],
    ["a total range in one currency", { total_min: "0", total_max: "100.00", currency: "EUR" }, ["N-0"]],
    ["date range", { date_from: "2026-02-02", date_to: "2026-02-03" }, ["N-2", "N-1"]],
    ["date_to leaves out what has no date", { date_to: "2026-02-01" }, ["N-0"]],
    [
      "created range",
      { created_from: "2026-03-01T01:00:00Z", created_to: "2026-03-01T02:00:00Z" },
      ["N-2", "N-1"],
    ],
    ["tag", { tag: "odd" }, ["N-5", "N-3", "N-1"]],
    ["tag with another filter", { tag: "all", type: "receipt" }, ["N-5", "N-4", "N-3"]],
  ];

  it.each(cases)("filter by %s", async (_name, filters, expected) => {
    expect(await numbers({ filters })).toEqual(expected);
    expect(await numbers({ filters, order: "asc" })).toEqual(expected.toReversed());
  });

  it("a created_to without a time holds its whole day", async () => {
    expect(await numbers({ filters: { created_to: "2026-03-01" } })).toHaveLength(7);
    expect(await numbers({ filters: { created_to: "2026-02-28" } })).toEqual([]);
  });

  it("sort by total compares numbers, whatever the minor unit; those without one come last", async () => {
    expect(await numbers({ sort: "total" })).toEqual(["N-1", "N-3", "N-0", "N-2", "N-5", "N-4", null]);
  });

  it("sort by document_date puts those without one last, or first when ascending", async () => {
    const descending = await numbers({ sort: "document_date" });
    expect(descending.slice(0, 5)).toEqual(["N-4", "N-3", "N-2", "N-1", "N-0"]);
    expect(await numbers({ sort: "document_date", order: "asc" })).toEqual(descending.toReversed());
  });

  const walks = (["created_at", "document_date", "total"] as const).flatMap((sort) =>
    (["asc", "desc"] as const).flatMap((order) =>
      [{}, { tag: "all" }, { vendor: "muller sohne" }].map((filters) => ({ sort, order, filters })),
    ),
  );
  it.each(walks)("cursors walk the whole of %o without a gap or a double", async (walk) => {
    const whole = await numbers(walk);
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page = await documents.list(LISTED, {
        ...QUERY,
        ...walk,
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.documents.map((document) => document.invoice_number));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(whole);
    expect(seen.length).toBeGreaterThan(2);
  });

  it("a cursor keeps its place when documents come in before it", async () => {
    const tenant = TenantId.parse("ten_growing");
    for (let hour = 0; hour < 4; hour += 1) {
      await documents.insert(
        record({ tenant, createdMs: START_MS + hour * HOUR_MS, filename: `${hour}.pdf` }),
      );
    }
    const first = await documents.list(tenant, { ...QUERY, limit: 2 });
    await documents.insert(record({ tenant, createdMs: START_MS + 99 * HOUR_MS, filename: "new.pdf" }));
    const second = await documents.list(tenant, { ...QUERY, limit: 2, cursor: first.next ?? "" });
    const names = [...first.documents, ...second.documents].map((document) => document.filename);
    expect(names).toEqual(["3.pdf", "2.pdf", "1.pdf", "0.pdf"]);
    expect(second.next).toBeNull();
  });

  it("a malformed cursor, or one of another query or tenant, is refused", async () => {
    const { next } = await documents.list(LISTED, { ...QUERY, limit: 1 });
    const cursor = next ?? "";
    expect(cursor).toMatch(/^[\w-]+$/);
    const refused = { code: "invalid_request", detail: { parameter: "cursor" } };
    for (const bad of ["", "x", "!!!", btoa("{}"), btoa("null"), cursor.slice(0, -4), `${cursor}AAAA`]) {
      await expect(documents.list(LISTED, { ...QUERY, cursor: bad })).rejects.toMatchObject(refused);
    }
    const forged = btoa(JSON.stringify({ ...JSON.parse(atob(cursor)), k: "1; DROP TABLE documents" }));
    await expect(documents.list(LISTED, { ...QUERY, cursor: forged })).rejects.toMatchObject(refused);
    for (const other of [{ order: "asc" }, { sort: "total" }, { filters: { type: "invoice" } }] as const) {
      await expect(documents.list(LISTED, { ...QUERY, ...other, cursor })).rejects.toMatchObject(refused);
    }
    await expect(documents.list(OTHER, { ...QUERY, cursor })).rejects.toMatchObject(refused);
    expect((await documents.list(LISTED, { ...QUERY, cursor, limit: 3 })).documents).toHaveLength(3);
  });

  it("malformed bounds are refused", async () => {
    for (const filters of [{ total_min: "1e3" }, { total_max: "abc" }, { created_from: "yesterday" }]) {
      await expect(documents.list(LISTED, { ...QUERY, filters })).rejects.toMatchObject({
        code: "invalid_request",
      });
    }
  });
});

describe("query plans", () => {
  const cursor = async (query: ListQuery) => {
    const tenant = TenantId.parse("ten_plans");
    await documents.insert(record({ tenant }));
    await documents.insert(record({ tenant }));
    return (await documents.list(tenant, { ...query, filters: {}, limit: 1 })).next;
  };

  async function planOf(query: ListQuery): Promise<string[]> {
    const statement = listStatement(TenantId.parse("ten_plans"), query);
    const rows = await drizzle(DB).all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${statement}`);
    return rows.map((row) => row.detail);
  }

  const filters: [ListQuery["filters"], string][] = [
    [{}, "documents_created (tenant_id=?"],
    [{ status: "completed" }, "documents_status (tenant_id=? AND status=?"],
    [{ type: "invoice" }, "documents_type (tenant_id=? AND type=?"],
    [{ vendor: "acme" }, "documents_vendor (tenant_id=? AND vendor_key=?"],
    [{ invoice_number: "1" }, "documents_invoice_number (tenant_id=? AND invoice_number=?"],
    [{ sales_order_header_id: "1" }, "documents_sales_order (tenant_id=? AND sales_order_header_id=?"],
    [{ total_min: "1", total_max: "2" }, "documents_created (tenant_id=?"],
    [{ date_from: "2026-01-01", date_to: "2026-02-01" }, "documents_created (tenant_id=?"],
    [{ created_from: "2026-01-01" }, "documents_created (tenant_id=? AND created_ms>?"],
    [{ tag: "a" }, "document_tags_tag (tenant_id=? AND tag=?"],
  ];
  const orders = ["asc", "desc"] as const;

  it.each(
    filters.flatMap(([filter, index]) =>
      orders.map((order): [ListQuery["filters"], string, "asc" | "desc"] => [filter, index, order]),
    ),
  )("%o reads an index (%s, %s), scans no table and sorts nothing", async (filter, index, order) => {
    const plan = await planOf({ ...QUERY, filters: filter, order });
    expect(plan.join("\n")).toContain(index);
    expect(plan.filter((step) => /^SCAN |TEMP B-TREE/.test(step))).toEqual([]);
  });

  it.each([
    [
      "total",
      { total_min: "1", total_max: "2" },
      "documents_total (tenant_id=? AND total_rank>? AND total_rank<?",
    ],
    ["total", {}, "documents_total (tenant_id=?"],
    ["document_date", { date_from: "2026-01-01" }, "documents_date (tenant_id=? AND date_rank>?"],
    ["document_date", { status: "completed" }, "documents_date (tenant_id=?"],
  ] as const)("sorted by %s, %o walks %s", async (sort, filter, index) => {
    const plan = await planOf({ ...QUERY, filters: filter, sort });
    expect(plan.join("\n")).toContain(index);
    expect(plan.join("\n")).not.toContain("TEMP B-TREE");
  });

  it.each(["created_at", "document_date", "total"] as const)(
    "a cursor by %s seeks in the index",
    async (sort) => {
      const query: ListQuery = { ...QUERY, sort };
      const next = await cursor(query);
      const plan = (await planOf({ ...query, cursor: next ?? "" })).join("\n");
      expect(plan).toMatch(/\((tenant_id=\? AND )(\(\w+,id\)<\(\?,\?\)|\w+<\?)/);
      expect(plan).not.toContain("TEMP B-TREE");
    },
  );

  it("every index begins with the tenant, but for the table that tells the tenant", async () => {
    const { results } = await DB.prepare(
      "SELECT m.name AS name, m.tbl_name AS tbl, (SELECT name FROM pragma_index_info(m.name) WHERE seqno = 0) AS first FROM sqlite_master AS m WHERE m.type = 'index'",
    ).all<{ name: string; tbl: string; first: string }>();
    const ours = results.filter(({ tbl }) => !tbl.startsWith("d1_") && !tbl.startsWith("_cf"));
    expect(ours.length).toBeGreaterThan(12);
    const strays = ours.filter(({ first }) => first !== "tenant_id").map(({ name }) => name);
    expect(strays).toEqual(["sqlite_autoindex_api_keys_1"]);
  });
});

it("tenants come in pages, in order", async () => {
  for (const name of ["ten_b", "ten_a", "ten_c"]) {
    await DB.prepare("INSERT INTO tenants VALUES (?, ?, 0)").bind(name, name).run();
  }
  const first = await documents.tenants(null, 2);
  expect(first).toEqual(["ten_a", "ten_b"]);
  expect(await documents.tenants(first[1] ?? null, 2)).toEqual(["ten_c"]);
});
