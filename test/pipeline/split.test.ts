import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { classify } from "../../src/classify/classify.ts";
import { split } from "../../src/classify/split.ts";
import { writePdf, type PdfPageDraft } from "../../src/cli/sample/pdf-writer.ts";
import type { Env } from "../../src/env.ts";
import { AppError } from "../../src/errors.ts";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { extractors } from "../../src/extract/registry.ts";
import { accept } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import type { DocumentId } from "../../src/model/ids.ts";
import type { Job } from "../../src/model/job.ts";
import type { DocumentResult } from "../../src/model/result.ts";
import { formats } from "../../src/parse/registry.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { processDocument, type ProcessPorts } from "../../src/pipeline/process.ts";
import { openOriginal, readResult } from "../../src/pipeline/read.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import { createPageCopies } from "../../src/platform/copies/page-copies.ts";
import { validate } from "../../src/validate/validate.ts";
import { pdfium } from "../fixtures/image.ts";
import { protectedPdf, sourceOf } from "../fixtures/pdf.ts";
import { emptyStore, keysInStore, makeWorld, rowCount, runUntilQuiet, TENANT } from "./world.ts";

const bindings = env as unknown as Env;
type World = ReturnType<typeof splitWorld>;

beforeEach(async () => {
  await emptyStore();
  for (const table of ["documents", "document_tags", "runs", "outbox"]) {
    await bindings.DB.prepare(`DELETE FROM ${table} WHERE tenant_id = ?`).bind(TENANT).run();
  }
  await bindings.DB.prepare(
    "INSERT OR IGNORE INTO tenants (tenant_id, name, created_ms) VALUES (?, 'test', 0)",
  )
    .bind(TENANT)
    .run();
});

/** A world that reads PDFs, and classifies, splits and extracts as the platform does. */
function splitWorld(options: Parameters<typeof makeWorld>[0] = {}) {
  const world = makeWorld(options);
  const process: ProcessPorts = {
    ...world.process,
    formats,
    engine: createEmbeddedEngine(),
    parse: { ...world.process.parse, pdf: pdfium },
    pageCopies: createPageCopies(pdfium, world.config.MAX_UPLOAD_BYTES),
    stages: {
      ...world.process.stages,
      classify,
      split,
      validate: (extraction, type, parsed) => validate(extraction, extractors[type], parsed),
    },
  };
  return { ...world, process };
}

/** A bill of one page. */
function bill(vendor: string, number: string, total: string): PdfPageDraft {
  return {
    texts: [
      { text: vendor, x: 72, y: 60, size: 14, bold: true },
      { text: "INVOICE", x: 72, y: 110, size: 20, bold: true },
      { text: `Invoice number: ${number}`, x: 72, y: 150 },
      { text: "Invoice date: 3 May 2026", x: 72, y: 166 },
      { text: "Bill to: Bronte Bakery", x: 72, y: 182 },
      { text: "Description", x: 72, y: 230 },
      { text: "Amount", x: 520, y: 230, align: "right" },
      { text: "Repair of an oven", x: 72, y: 250 },
      { text: total, x: 520, y: 250, align: "right" },
      { text: "Total", x: 72, y: 300 },
      { text: `£${total}`, x: 520, y: 300, align: "right" },
    ],
  };
}

const THREE = [
  bill("Alder Tools Ltd", "A-4711", "120.00"),
  bill("Alder Tools Ltd", "A-4712", "80.50"),
  bill("Yew and Sons", "88/2026", "9.99"),
];

async function send(world: World, bytes: Uint8Array, options: object = {}): Promise<DocumentId> {
  const { id } = await accept(world.accept, {
    tenant: TENANT,
    filename: "batch.pdf",
    contentType: "application/pdf",
    body: new Blob([bytes.slice()]).stream(),
    length: bytes.length,
    options: async () => ({ ...DocumentOptions.parse(options), ...options }),
  });
  return id;
}

async function run(world: World, id: DocumentId): Promise<DocumentResult> {
  await runUntilQuiet(world, (job) => processDocument(world.process, job));
  return readResult(world.ports, { tenant: TENANT, id });
}

const resultOf = (world: World, id: DocumentId) => readResult(world.ports, { tenant: TENANT, id });

describe("a PDF of several documents", () => {
  it("becomes a document for each, with its own file, its place and its values", async () => {
    const world = splitWorld();
    const id = await send(world, writePdf({ pages: THREE }), { tags: ["scan"], type: "invoice" });
    const result = await run(world, id);
    expect(result).toMatchObject({ status: "completed", type: "archive", data: {}, error: null });
    expect(result.classification?.reasons[0]).toBe("holds 3 documents");
    expect(result.classification?.reasons[1]).toContain("page 2 begins one: ");
    expect(result.pages).toHaveLength(3);
    expect(result.members.map(({ path, pages, outcome }) => [path, pages, outcome])).toEqual([
      ["page 1", [1, 1], "document"],
      ["page 2", [2, 2], "document"],
      ["page 3", [3, 3], "document"],
    ]);
    expect(result.children.map(({ file, status, type }) => [file, status, type])).toEqual([
      ["page 1", "completed", "invoice"],
      ["page 2", "completed", "invoice"],
      ["page 3", "completed", "invoice"],
    ]);
    const parts = await Promise.all(result.children.map((child) => resultOf(world, child.id)));
    expect(parts.map(({ data }) => [data["invoice_number"], data["total"]])).toEqual([
      ["A-4711", "120.00"],
      ["A-4712", "80.50"],
      ["88/2026", "9.99"],
    ]);
    expect(parts.map(({ pages }) => pages.length)).toEqual([1, 1, 1]);
    const child = await world.ports.documents.find(TENANT, result.children[1]!.id);
    expect(child).toMatchObject({
      filename: "batch (page 2).pdf",
      format: "pdf",
      options: { tags: ["scan"], type: "invoice", split: "never" },
      origin: { parent: id, root: id, depth: 1, path: "page 2" },
    });
    const original = await openOriginal(world.ports, { tenant: TENANT, id: result.children[2]!.id });
    const handle = await pdfium.open(
      sourceOf(new Uint8Array(await new Response(original.source).arrayBuffer())),
      {},
    );
    expect(handle.pageCount).toBe(1);
    expect((await handle.readText(1)).words.map(({ text }) => text)).toContain("88/2026");
    handle.close();
  });

  it("sets the blank pages between them aside and says so", async () => {
    const world = splitWorld();
    const id = await send(world, writePdf({ pages: [THREE[0]!, {}, THREE[2]!] }));
    const result = await run(world, id);
    expect(result.members.map(({ path, outcome, reason }) => [path, outcome, reason?.code ?? null])).toEqual([
      ["page 1", "document", null],
      ["page 2", "set_aside", "blank_page"],
      ["page 3", "document", null],
    ]);
    expect(result.warnings.map(({ code }) => code)).toContain("member_set_aside");
    expect(result.children).toHaveLength(2);
  });

  it("stays whole where it was asked to, and a part is never split again", async () => {
    const world = splitWorld();
    const whole = await run(world, await send(world, writePdf({ pages: THREE }), { split: "never" }));
    expect(whole).toMatchObject({ type: "invoice", members: [], children: [] });
    const again = await run(world, await send(world, writePdf({ pages: THREE })));
    expect(again.children).toHaveLength(3);
  });

  it("stays whole with a warning where it is protected", async () => {
    const world = splitWorld();
    const locked = await run(
      world,
      await send(world, await protectedPdf("sesame", { pages: THREE }), { password: "sesame" }),
    );
    expect(locked.children).toEqual([]);
    expect(locked.warnings.find(({ code }) => code === "not_split")?.message).toContain("protected");
    const open = await run(world, await send(world, await protectedPdf("", { pages: THREE })));
    expect(open.children).toEqual([]);
    expect(open.warnings.find(({ code }) => code === "not_split")?.message).toContain(
      "page 1, page 2, page 3",
    );
  });

  it("makes its parts once, over several steps and across a worker that dies", async () => {
    const pages = Array.from({ length: 30 }, (_, index) =>
      bill(`Firm ${index}`, `N-${4000 + index}`, "5.00"),
    );
    const world = splitWorld();
    let crashes = 2;
    const adopt: ProcessPorts["adopt"] = async (input) => {
      const made = await world.process.adopt(input);
      if (input.index === 11 && crashes-- > 0) throw new Error("the worker dies");
      return made;
    };
    const process = { ...world.process, adopt };
    const id = await send(world, writePdf({ pages }));
    await runUntilQuiet(world, (job) => processDocument(process, job));
    const result = await resultOf(world, id);
    expect(result.members).toHaveLength(30);
    expect(new Set(result.members.map(({ document_id }) => document_id)).size).toBe(30);
    expect(result.children.filter(({ status }) => status === "completed")).toHaveLength(30);
    expect(await rowCount()).toBe(31);
  });

  it("lists a part whose pages cannot be copied with the reason, and reads its siblings", async () => {
    const world = splitWorld();
    const { pageCopies } = world.process;
    const open: typeof pageCopies.open = async (source) => {
      const copies = await pageCopies.open(source);
      const copy: typeof copies.copy = async (from, to) => {
        if (from === 2)
          throw new AppError("file_damaged", "Page 2 cannot be copied: its objects are missing.");
        return copies.copy(from, to);
      };
      return { ...copies, copy };
    };
    const id = await send(world, writePdf({ pages: THREE }));
    const process = { ...world.process, pageCopies: { open } };
    await runUntilQuiet(world, (job) => processDocument(process, job));
    const result = await resultOf(world, id);
    expect(result.members.map(({ path, outcome }) => [path, outcome])).toEqual([
      ["page 1", "document"],
      ["page 2", "refused"],
      ["page 3", "document"],
    ]);
    expect(result.members[1]?.reason).toMatchObject({ code: "file_damaged" });
    expect(result.children.map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it("stays whole with a warning where the file cannot be opened for copies, and is still read", async () => {
    const world = splitWorld();
    const open = () => Promise.reject(new AppError("file_damaged", "The file's page tree is broken."));
    const id = await send(world, writePdf({ pages: THREE }));
    const process = { ...world.process, pageCopies: { open } };
    await runUntilQuiet(world, (job) => processDocument(process, job));
    const result = await resultOf(world, id);
    expect(result).toMatchObject({ type: "invoice", members: [], children: [] });
    expect(result.warnings.find(({ code }) => code === "not_split")?.message).toContain("file_damaged");
  });

  it("makes a document of each of five hundred, in steps that are bounded", async () => {
    const pages = Array.from({ length: 500 }, (_, index) =>
      bill(`Firm ${index}`, `N-${40_000 + index}`, "5.00"),
    );
    const world = splitWorld();
    const id = await send(world, writePdf({ pages }));
    const made: number[] = [];
    let before = await rowCount();
    // The parts wait in the queue: what is measured is the file that holds them.
    const work = async (job: Job): Promise<void> => {
      if (job.document !== id) return;
      await processDocument(world.process, job);
      const now = await rowCount();
      made.push(now - before);
      before = now;
    };
    await runUntilQuiet(world, work, 2_000);
    expect(await rowCount()).toBe(501);
    expect(Math.max(...made)).toBeLessThanOrEqual(25);
    const { members, type } = await resultOf(world, id);
    expect(type).toBe("archive");
    expect(members).toHaveLength(500);
    expect(members.map(({ pages }) => pages?.[0])).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
    expect(new Set(members.map(({ document_id }) => document_id)).size).toBe(500);
  }, 120_000);

  it("finds its parts again when it is read again, and takes them along when it is deleted", async () => {
    const world = splitWorld();
    const id = await send(world, writePdf({ pages: THREE }));
    const first = await run(world, id);
    await reprocess({ ...world.ports, config: world.config }, { tenant: TENANT, id, type: null });
    const second = await run(world, id);
    expect(second.run).toBe(2);
    expect(second.members.map(({ document_id }) => document_id)).toEqual(
      first.members.map(({ document_id }) => document_id),
    );
    expect(second.children.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
    await erase({ ...world.accept, ...world.ports }, { tenant: TENANT, id });
    expect(await rowCount()).toBe(0);
    expect(await keysInStore()).toEqual([]);
  });
});
