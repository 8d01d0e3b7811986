import { env } from "cloudflare:workers";
import { sql, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { beforeAll, describe, expect, it } from "vitest";
import type { Env } from "../../../src/env.ts";
import { type DocumentId, makeDocumentId, TenantId } from "../../../src/model/ids.ts";
import type { Lesson } from "../../../src/model/lesson.ts";
import { type Sketch, sketchOf } from "../../../src/model/sketch.ts";
import { createCorrections } from "../../../src/platform/d1/corrections.ts";
import { createDocuments } from "../../../src/platform/d1/documents.ts";
import {
  createHistory,
  duplicatesStatement,
  similarStatements,
  totalsStatement,
} from "../../../src/platform/d1/history.ts";
import { createMemory, listStatement, recallStatement } from "../../../src/platform/d1/memory.ts";
import type { Amendment, DocumentRecord, HistoryQuery, Origin, Summary } from "../../../src/ports.ts";

const { DB } = env as unknown as Env;
const documents = createDocuments(DB);
const history = createHistory(DB);
const memory = createMemory(DB);
const corrections = createCorrections(DB);
const TENANT = TenantId.parse("ten_history");
const OTHER = TenantId.parse("ten_elsewhere");
let clockMs = Date.parse("2026-03-01T00:00:00Z");

function newId(): DocumentId {
  clockMs += 1_000;
  return makeDocumentId(clockMs, crypto.getRandomValues(new Uint8Array(10)));
}

function summary(overrides: Partial<Summary> = {}): Summary {
  return {
    type: "invoice",
    pageCount: 1,
    vendorName: "Acme Ltd",
    vendorKey: "acme",
    invoiceNumber: "R-1",
    salesOrderHeaderId: null,
    documentDate: "2026-02-01",
    dueDate: null,
    currency: "EUR",
    totalMinor: 11_900,
    review: { required: false, auto_approved: true, reasons: [] },
    ...overrides,
  };
}

/** A document that has ended with this summary. */
async function settled(
  of: Summary,
  {
    tenant = TENANT,
    origin = null,
    sketch = null,
    memory: version = 0,
    pageOnly = false,
  }: {
    tenant?: TenantId;
    origin?: Origin | null;
    sketch?: Sketch | null;
    memory?: number;
    pageOnly?: boolean;
  } = {},
): Promise<DocumentRecord> {
  const id = newId();
  const record: DocumentRecord = {
    tenant,
    id,
    status: "queued",
    run: 1,
    fence: 0,
    revision: 0,
    revisionToken: null,
    filename: "a.pdf",
    format: "pdf",
    mediaType: null,
    sizeBytes: 1,
    sha256: "ab",
    options: { priority: "standard", tags: [], metadata: {}, ...(pageOnly ? { page_only: true } : {}) },
    type: null,
    pageCount: null,
    createdMs: clockMs,
    deadlineMs: clockMs + 1,
    origin,
  };
  await documents.insertSettled(record, {
    tenant,
    document: id,
    run: 1,
    fence: 0,
    status: "completed",
    summary: of,
    failure: null,
    resultKey: null,
    engine: "e",
    sketch,
    memory: version,
    atMs: clockMs,
  });
  return record;
}

function asking(record: DocumentRecord, of: Summary, sketch: Sketch | null = null): HistoryQuery {
  return {
    tenant: record.tenant,
    document: record.id,
    root: record.origin?.root ?? record.id,
    summary: of,
    sketch,
  };
}

describe("a tenant's other documents", () => {
  it("tell of the same vendor, number and total, and of no other tenant's", async () => {
    const of = summary({ invoiceNumber: "DUP-1" });
    const first = await settled(of);
    await settled(of, { tenant: OTHER });
    await settled(summary({ invoiceNumber: "DUP-1", totalMinor: 12_000 }));
    await settled(of, { pageOnly: true });
    const second = await settled(of);
    expect((await history.compare(asking(second, of))).duplicates).toEqual([first.id]);
    const again = await history.compare(asking(first, of));
    expect(again.duplicates).toEqual([second.id]);
    expect((await history.compare(asking(second, { ...of, invoiceNumber: null }))).duplicates).toBeNull();
  });

  it("do not count what came of the same upload", async () => {
    const of = summary({ invoiceNumber: "FAM-1" });
    const parent = await settled(summary({ type: "email", vendorKey: null, invoiceNumber: null }));
    const origin = { parent: parent.id, root: parent.id, depth: 1, path: "a", parentRun: 1 };
    await settled(of, { origin });
    const sibling = await settled(of, { origin });
    expect((await history.compare(asking(sibling, of))).duplicates).toEqual([]);
  });

  it("give the vendor's latest totals in the same currency", async () => {
    for (const totalMinor of [100, 200, 300]) {
      await settled(summary({ vendorKey: "totals", invoiceNumber: `T-${totalMinor}`, totalMinor }));
    }
    await settled(summary({ vendorKey: "totals", currency: "USD", totalMinor: 9 }));
    const of = summary({ vendorKey: "totals", invoiceNumber: "T-9", totalMinor: 400 });
    const record = await settled(of);
    const facts = await history.compare(asking(record, of));
    expect(facts).toMatchObject({ total: 400, totals: [300, 200, 100] });
  });

  it("tell of nearly the same content, unless number and date both differ", async () => {
    const numbers = Array.from({ length: 40 }, (_, at) => `${at * 37 + 1000}.00`).join(" ");
    const sketch = sketchOf(`Invoice ${numbers}`);
    const scan = sketchOf(`Invoice ${numbers.replace("1037.00", "1O37.00")} copy`);
    const first = await settled(summary({ vendorKey: "near", invoiceNumber: "N-1" }), { sketch });
    const misread = summary({ vendorKey: "near", invoiceNumber: "N-l" });
    const second = await settled(misread, { sketch: scan });
    const facts = await history.compare(asking(second, misread, scan));
    expect(facts.similar?.map(({ id }) => id)).toEqual([first.id]);
    const monthly = { ...misread, invoiceNumber: "N-2", documentDate: "2026-03-01" };
    expect((await history.compare(asking(second, monthly, scan))).similar).toEqual([]);
    const other = sketchOf(Array.from({ length: 40 }, (_, at) => `${at * 91 + 7000}.00`).join(" "));
    expect((await history.compare(asking(second, misread, other))).similar).toEqual([]);
  });
});

function lesson(document: DocumentId, overrides: Partial<Lesson> = {}): Lesson {
  const pointer = overrides.pointer ?? "/invoice_number";
  return {
    id: `les_${document}${pointer}`,
    document_id: document,
    type: "invoice",
    extractor: null,
    pointer,
    vendor: "acme",
    vendor_name: "Acme Ltd",
    keys: ["name:acme", "look:0:abc"],
    layout: [1, 2, 3],
    kind: "words",
    form: "printed",
    joint: " ",
    right: [],
    value: "R-1",
    wrong: null,
    created_ms: clockMs,
    ...overrides,
  };
}

function amendment(record: DocumentRecord, overrides: Partial<Amendment> = {}): Amendment {
  return {
    tenant: record.tenant,
    document: record.id,
    run: 1,
    revision: 1,
    token: "c0ffee00",
    digest: "d",
    summary: summary({ totalMinor: 500 }),
    changes: [{ pointer: "/total", old: "1.00", new: "5.00", old_source: "ocr" }],
    reason: null,
    keyId: "key_1",
    lessons: [lesson(record.id)],
    unlearned: ["/total", "/invoice_number"],
    atMs: clockMs,
    ...overrides,
  };
}

describe("corrections and what they teach", () => {
  it("are written once for each revision: row, history, outbox and lessons together", async () => {
    const record = await settled(summary());
    const before = await memory.version(TENANT);
    expect(await corrections.write(amendment(record))).toBe(true);
    expect(await corrections.write(amendment(record, { lessons: [] }))).toBe(false);
    expect(await documents.find(TENANT, record.id)).toMatchObject({ revision: 1, revisionToken: "c0ffee00" });
    expect(await documents.view(TENANT, record.id)).toMatchObject({ version: "1.1-c0ffee00", total: "5.00" });
    expect(await corrections.list(TENANT, record.id)).toMatchObject([
      { run: 1, revision: 1, by: "key_1", changes: [{ pointer: "/total", old: "1.00", new: "5.00" }] },
    ]);
    expect(await corrections.list(OTHER, record.id)).toEqual([]);
    expect(await memory.version(TENANT)).toBe(before + 1);
    const { results } = await DB.prepare(
      "SELECT kind FROM outbox WHERE document_id = ? AND kind LIKE '%corrected'",
    )
      .bind(record.id)
      .all();
    expect(results).toEqual([{ kind: "document.corrected" }]);
  });

  it("are found by any of their keys, by their own tenant alone, and go with their document", async () => {
    const record = await settled(summary());
    await corrections.write(
      amendment(record, { lessons: [lesson(record.id, { keys: ["host:acme.example"] })] }),
    );
    const found = await memory.recall(TENANT, ["host:acme.example", "name:nobody"]);
    expect(found.lessons.map(({ document_id }) => document_id)).toEqual([record.id]);
    expect((await memory.recall(OTHER, ["host:acme.example"])).lessons).toEqual([]);
    await documents.delete(TENANT, record.id);
    const after = await memory.recall(TENANT, ["host:acme.example"]);
    expect(after.lessons).toEqual([]);
    expect(after.version).toBe(found.version + 1);
    expect(await corrections.list(TENANT, record.id)).toEqual([]);
  });

  it("replaces what the same document taught of the same value", async () => {
    const record = await settled(summary());
    const keys = ["host:again.example"];
    await corrections.write(amendment(record, { lessons: [lesson(record.id, { keys, value: "old" })] }));
    const next = { revision: 2, lessons: [lesson(record.id, { keys, value: "new" })] };
    expect(await corrections.write(amendment(record, next))).toBe(true);
    const { lessons } = await memory.recall(TENANT, keys);
    expect(lessons.map(({ value }) => value)).toEqual(["new"]);
  });

  it("stay bounded for each vendor, the oldest going first", async () => {
    const record = await settled(summary());
    const many = Array.from({ length: 70 }, (_, at) =>
      lesson(record.id, { pointer: `/f${at}`, vendor: "many", keys: ["host:many.example"], created_ms: at }),
    );
    await corrections.write(amendment(record, { lessons: many.slice(0, 40) }));
    await corrections.write(amendment(record, { revision: 2, lessons: many.slice(40), unlearned: [] }));
    const vendors = await memory.list(TENANT);
    const kept = vendors.find(({ vendor }) => vendor === "many")?.lessons ?? [];
    expect(kept).toHaveLength(64);
    expect(kept.map(({ pointer }) => pointer)).not.toContain("/f0");
    expect(await memory.forget(TENANT, "many", clockMs)).toBe(64);
    expect((await memory.recall(TENANT, ["host:many.example"])).lessons).toEqual([]);
  });

  it("tells under which versions a document was read, so that its cached results can go", async () => {
    const record = await settled(summary(), { memory: 7 });
    expect(await memory.versionsOf(TENANT, record.id)).toEqual([7]);
  });
});

describe("queries of history and memory", () => {
  let plans: string[][];
  const query: HistoryQuery = {
    tenant: TENANT,
    document: newId(),
    root: newId(),
    summary: summary(),
    sketch: sketchOf(Array.from({ length: 40 }, (_, at) => `${at + 1000}`).join(" ")),
  };
  const planOf = async (statement: SQL): Promise<string[]> => {
    const rows = await drizzle(DB).all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${statement}`);
    return rows.map(({ detail }) => detail);
  };

  beforeAll(async () => {
    plans = await Promise.all(
      [
        duplicatesStatement(query),
        totalsStatement(query),
        ...similarStatements(query),
        recallStatement(TENANT, ["a"]),
        listStatement(TENANT),
      ].map(planOf),
    );
  });

  it("walk indexes that begin with the tenant", () => {
    const [duplicates, totals, similar, , recalled, listed] = plans.map((plan) => plan.join("\n"));
    expect(duplicates).toContain("documents_invoice_number (tenant_id=? AND invoice_number=?");
    expect(totals).toContain("documents_vendor (tenant_id=? AND vendor_key=?");
    expect(similar).toContain("document_sketches");
    expect(similar).toContain("(tenant_id=? AND band=?");
    expect(recalled).toContain("(tenant_id=? AND key=?");
    expect(listed).toContain("lessons_vendor (tenant_id=?");
  });

  it("scan no table of the store", () => {
    for (const plan of plans) {
      // What a statement itself holds (its keys, the rows of its own subquery) is short.
      const scans = plan.filter((step) => step.startsWith("SCAN "));
      expect(scans.filter((step) => /document_sketches|documents|lessons|lesson_keys/.test(step))).toEqual(
        [],
      );
    }
  });
});
