import type { FormatEntry } from "../../src/parse/parser.ts";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { AppError } from "../../src/errors.ts";
import { accept } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import type { DocumentId } from "../../src/model/ids.ts";
import { layoutKey } from "../../src/model/storage-keys.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { unpackLayout } from "../../src/pipeline/layout.ts";
import { processDocument, type ProcessPorts } from "../../src/pipeline/process.ts";
import { readPageImage, readResult, readText } from "../../src/pipeline/read.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import { sweep } from "../../src/pipeline/sweep.ts";
import { age, bodyOf, emptyStore, keysInStore, makeWorld, ring, runUntilQuiet, TENANT } from "./world.ts";

const entry = (load: FormatEntry["load"]): FormatEntry => ({ load, libraries: [], limits: [] });

const bindings = env as unknown as Env;
type World = ReturnType<typeof makeWorld>;

beforeEach(async () => {
  await emptyStore();
  await bindings.DB.prepare(
    "INSERT OR IGNORE INTO tenants (tenant_id, name, created_ms) VALUES (?, 'test', 0)",
  )
    .bind(TENANT)
    .run();
});

let serial = 0;
async function send(world: World): Promise<DocumentId> {
  serial += 1;
  const text = `document ${serial}`;
  const { id } = await accept(world.accept, {
    tenant: TENANT,
    filename: "note.txt",
    contentType: null,
    body: bodyOf(text),
    length: text.length,
    options: async () => DocumentOptions.parse({}),
  });
  return id;
}

const work = (world: World, over: Partial<ProcessPorts> = {}) => {
  return (job: World["sent"][number]) => processDocument({ ...world.process, ...over }, job);
};
const kindsOf = async (world: World, id: DocumentId) =>
  (await world.ports.rooms.of(TENANT, id).events({ after: 0 })).map((event) => event.kind);

describe("a document's way", () => {
  it("goes from queued to completed with numbered events, a result, its text and an outbox entry", async () => {
    const world = makeWorld({ pages: 2 });
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    expect(await kindsOf(world, id)).toEqual([
      "queued",
      "claimed",
      "parsed",
      "page",
      "page",
      "classified",
      "field",
      "checked",
      "completed",
    ]);
    const events = await world.ports.rooms.of(TENANT, id).events({ after: 0 });
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const result = await readResult(world.ports, { tenant: TENANT, id });
    expect(result).toMatchObject({
      id,
      status: "completed",
      type: "generic",
      run: 1,
      data: { pages: ["page 1", "page 2"] },
      pages: [{ number: 1, width: 600 }, { number: 2 }],
      error: null,
      usage: { pages: 2, ocr_pages: 0 },
    });
    expect(await readText(world.ports, { tenant: TENANT, id })).toBe("page 1\n\f\npage 2");
    const stored = await world.ports.blobs.get(layoutKey(TENANT, id, 1));
    const layout = await unpackLayout(stored!.body);
    expect(layout.pages.map(({ text, words }) => [text, words.length])).toEqual([
      ["page 1", 2],
      ["page 2", 2],
    ]);
    expect(layout.metadata).toEqual({ made: "by a test" });
    const { results } = await bindings.DB.prepare("SELECT kind FROM outbox WHERE document_id = ?")
      .bind(id)
      .all();
    expect(results).toEqual([{ kind: "document.completed" }]);
  });

  it("reads a long document in budgeted steps, and no page twice, though every second step dies", async () => {
    const world = makeWorld({ pages: 9, config: { STEP_BUDGET: 1 } });
    const id = await send(world);
    let turns = 0;
    let deaths = 0;
    await runUntilQuiet(world, async (job) => {
      turns += 1;
      const settleDies = turns % 2 === 0;
      const ports = settleDies
        ? {
            ...world.process,
            jobs: { send: () => Promise.reject(new Error("died before the next message")) },
          }
        : world.process;
      try {
        return await processDocument(ports, job);
      } catch (error) {
        deaths += 1;
        throw error;
      }
    });
    expect(deaths).toBeGreaterThan(2);
    expect(world.pagesRead).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const result = await readResult(world.ports, { tenant: TENANT, id });
    expect(result.data).toEqual({ pages: Array.from({ length: 9 }, (_, at) => `page ${at + 1}`) });
    expect((await kindsOf(world, id)).filter((kind) => kind === "page")).toHaveLength(9);
  });

  it("keeps what was read when the settling dies, and settles once at the next attempt", async () => {
    const world = makeWorld({ pages: 3 });
    const id = await send(world);
    const [job] = world.sent;
    const dying = { ...world.process.documents, settle: () => Promise.reject(new Error("database away")) };
    await expect(processDocument({ ...world.process, documents: dying }, job!)).rejects.toThrow(
      "database away",
    );
    await runUntilQuiet(world, work(world));
    expect(world.pagesRead).toEqual([1, 2, 3]);
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "completed", fence: 2 });
    expect(await kindsOf(world, id)).toContain("retrying");
  });

  it("delivered ten times at once is worked on once", async () => {
    const world = makeWorld({ pages: 2 });
    const id = await send(world);
    const [job] = world.sent.splice(0);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => work(world)(job!)));
    expect(outcomes.filter((outcome) => outcome.state === "settled")).toHaveLength(1);
    expect(world.pagesRead).toEqual([1, 2]);
    expect(await work(world)(job!)).toEqual({ state: "dropped" });
    const { results } = await bindings.DB.prepare("SELECT run FROM runs WHERE document_id = ?")
      .bind(id)
      .all();
    expect(results).toHaveLength(1);
  });

  it("a worker that has lost its lease changes nothing", async () => {
    const world = makeWorld();
    const id = await send(world);
    const [job] = world.sent.splice(0);
    let overtaken = false;
    const slow: ProcessPorts = {
      ...world.process,
      engine: {
        id: "embedded/slow",
        extract: async (parsed, type) => {
          if (!overtaken) {
            overtaken = true;
            await age(id, world.config.LEASE_MS + 1);
            await processDocument(world.process, job!);
          }
          return { ...(await world.process.engine.extract(parsed, type)), data: { stale: true } };
        },
      },
    };
    expect(await processDocument(slow, job!)).toEqual({ state: "dropped" });
    const result = await readResult(world.ports, { tenant: TENANT, id });
    expect(result.data).toEqual({ pages: ["page 1"] });
    expect(result.engine).toBe("embedded/test");
  });

  it("a document that cannot be read fails with its typed code, without a retry", async () => {
    const world = makeWorld();
    const id = await send(world);
    const parser = { open: () => Promise.reject(new AppError("password_required", "Give the password.")) };
    const text = entry(async () => parser);
    await runUntilQuiet(world, work(world, { formats: { ...world.process.formats, text } }), 1);
    const result = await readResult(world.ports, { tenant: TENANT, id });
    expect(result).toMatchObject({ status: "failed", data: {}, error: { code: "password_required" } });
    expect((await kindsOf(world, id)).at(-1)).toBe("failed");
  });

  it("a document that keeps killing its worker is set aside", async () => {
    const world = makeWorld({ config: { MAX_ATTEMPTS: 3 } });
    const id = await send(world);
    const [job] = world.sent.splice(0);
    for (let crash = 0; crash < 3; crash += 1) {
      const claim = await world.ports.rooms.of(TENANT, id).claim({ run: 1, leaseMs: world.config.LEASE_MS });
      expect(claim.verdict).toBe("granted");
      await age(id, world.config.LEASE_MS + 1);
    }
    await work(world)(job!);
    expect(await world.ports.documents.view(TENANT, id)).toMatchObject({
      status: "quarantined",
      error: { code: "attempts_exhausted" },
    });
  });

  it("an outage of the store does not set a document aside: errors are no crashes", async () => {
    const world = makeWorld({ config: { MAX_ATTEMPTS: 3 } });
    const id = await send(world);
    const [job] = world.sent.splice(0);
    const away = { ...world.process.blobs, get: () => Promise.reject(new Error("store away")) };
    const text = entry(async () => ({
      open: async (source: { bytes: () => Promise<unknown> }) => {
        await source.bytes();
        throw new Error("the store was not away");
      },
    }));
    const broken = { ...world.process, blobs: away, formats: { ...world.process.formats, text } };
    for (let turn = 0; turn < 6; turn += 1) {
      await expect(processDocument(broken, job!)).rejects.toMatchObject({
        code: "upstream_unavailable",
        cause: new Error("store away"),
      });
    }
    await work(world)(job!);
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "completed" });
  });

  it("a document deleted while its pages are read leaves nothing behind", async () => {
    const world = makeWorld();
    const id = await send(world);
    const [job] = world.sent.splice(0);
    const text = entry(async () => {
      const parser = await world.process.formats.text.load();
      await erase(world.accept, { tenant: TENANT, id });
      return parser;
    });
    const formats = { ...world.process.formats, text };
    expect(await processDocument({ ...world.process, formats }, job!)).toEqual({ state: "dropped" });
    expect((await keysInStore()).filter((key) => key.includes(id))).toEqual([]);
  });

  it("names the pages that are too many words to be understood at once", async () => {
    const world = makeWorld({ pages: 60, config: { MAX_WORDS: 100, STEP_BUDGET: 1_000 } });
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    const result = await readResult(world.ports, { tenant: TENANT, id });
    expect(result.status).toBe("partial");
    expect(result.warnings).toMatchObject([{ code: "pages_over_limit" }]);
    expect(result.pages).toHaveLength(50);
  });

  it("counts pages that a reader counted as read only as far as they were kept", async () => {
    const world = makeWorld({ pages: 60, config: { MAX_WORDS: 100, STEP_BUDGET: 1_000 } });
    const text = entry(async () => {
      const parser = await world.process.formats.text.load();
      return {
        open: async (...all) => ({
          ...(await parser.open(...all)),
          inventory: [{ kind: "page", found: 90, read: 60 }],
        }),
      };
    });
    const id = await send(world);
    await runUntilQuiet(world, work(world, { formats: { ...world.process.formats, text } }));
    const { inventory } = await readResult(world.ports, { tenant: TENANT, id });
    expect(inventory).toEqual([{ kind: "page", found: 90, read: 50 }]);
  });
});

describe("the room's alarm", () => {
  it("sends a lost message again", async () => {
    const world = makeWorld();
    const id = await send(world);
    world.sent.length = 0;
    await age(id, world.config.WATCHDOG_MS + 1);
    expect(await ring(id)).toBe(true);
    const events = await world.ports.rooms.of(TENANT, id).events({ after: 0 });
    expect(events.at(-1)?.kind).toBe("queued");
    await processDocument(world.process, { v: 1, tenant: TENANT, document: id, step: 0, epoch: 1 });
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "completed" });
  });

  it("fails a document that is past its deadline, and shuts out who still works on it", async () => {
    const world = makeWorld();
    const id = await send(world);
    const room = world.ports.rooms.of(TENANT, id);
    const claim = await room.claim({ run: 1, leaseMs: 1_000_000 });
    await age(id, world.config.DEADLINE_MS + 1);
    await ring(id);
    expect(await world.ports.documents.view(TENANT, id)).toMatchObject({
      status: "failed",
      error: { code: "deadline_exceeded" },
    });
    if (claim.verdict !== "granted") throw new Error("the claim was not granted");
    const events = [{ kind: "page" as const, data: {} }];
    expect(await room.record({ fence: claim.fence, leaseMs: 1, events })).toBe(false);
    expect((await kindsOf(world, id)).at(-1)).toBe("failed");
  });

  it("clears an ended room, whose events R2 then serves, and the next run goes on with both numbers", async () => {
    const world = makeWorld();
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    const room = world.ports.rooms.of(TENANT, id);
    const before = await room.events({ after: 0 });
    await age(id, world.config.ROOM_LINGER_MS + 1);
    await ring(id);
    expect(await room.events({ after: 0 })).toEqual(before);
    expect(await room.events({ after: 3 })).toEqual(before.slice(3));

    await reprocess({ ...world.ports, config: world.config }, { tenant: TENANT, id, type: null });
    await runUntilQuiet(world, work(world));
    const after = await room.events({ after: 0 });
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map((event) => event.seq)).toEqual(after.map((_, at) => at + 1));
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({
      run: 2,
      fence: 3,
      status: "completed",
    });
  });
});

describe("the sweeper", () => {
  it("ends a run that never got a room, and lets it be tried again", async () => {
    const world = makeWorld();
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    const rooms: typeof world.ports.rooms = {
      of: (tenant, document) => ({
        ...world.ports.rooms.of(tenant, document),
        begin: () => Promise.reject(new Error("gone")),
      }),
    };
    const ports = { ...world.ports, config: world.config };
    await expect(reprocess({ ...ports, rooms }, { tenant: TENANT, id, type: null })).rejects.toThrow("gone");
    const later = Date.now() + world.config.DEADLINE_MS + 3_600_000;
    expect(
      (
        await sweep({
          ...world.ports,
          config: world.config,
          handOver: async () => 0,
          erase: (key) => erase(world.accept, key),
          clock: () => later,
        })
      ).ended,
    ).toBeGreaterThan(0);
    expect(await world.ports.documents.view(TENANT, id)).toMatchObject({
      status: "failed",
      error: { code: "deadline_exceeded" },
    });
    await reprocess(ports, { tenant: TENANT, id, type: null });
    await runUntilQuiet(world, work(world));
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ run: 3, status: "completed" });
  });
});

describe("after the end", () => {
  it("a second run stands beside the first", async () => {
    const world = makeWorld();
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    const view = await reprocess(
      { ...world.ports, config: world.config },
      { tenant: TENANT, id, type: "invoice" },
    );
    expect(view).toMatchObject({ status: "queued", run: 2 });
    await expect(
      reprocess({ ...world.ports, config: world.config }, { tenant: TENANT, id, type: null }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(readResult(world.ports, { tenant: TENANT, id })).rejects.toMatchObject({
      code: "not_ready",
    });
    await runUntilQuiet(world, work(world));
    expect(await readResult(world.ports, { tenant: TENANT, id })).toMatchObject({ run: 2, type: "invoice" });
    const results = (await keysInStore()).filter((key) => /\/r\/\d+\.json$/.test(key) && key.includes(id));
    expect(results).toHaveLength(2);
  });

  it("erasing leaves no object, row, event or cached result", async () => {
    const world = makeWorld();
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    const ports = { ...world.accept };
    const sha256 = (await world.ports.documents.find(TENANT, id))?.sha256 ?? "";
    const cached = async () =>
      (await bindings.CACHE.list()).keys.filter(({ name }) => name.includes(id) || name.includes(sha256));
    expect(await cached()).toHaveLength(2);
    expect(await erase(ports, { tenant: TENANT, id })).toBe(true);
    expect((await keysInStore()).filter((key) => key.includes(id))).toEqual([]);
    expect(await world.ports.documents.find(TENANT, id)).toBeNull();
    expect(await world.ports.rooms.of(TENANT, id).events({ after: 0 })).toEqual([]);
    expect(await cached()).toEqual([]);
    expect(await erase(ports, { tenant: TENANT, id })).toBe(false);
  });

  it("a worker that settles a document deleted meanwhile leaves nothing behind", async () => {
    const world = makeWorld();
    const id = await send(world);
    const [job] = world.sent.splice(0);
    const engine: ProcessPorts["engine"] = {
      id: "embedded/test",
      extract: async (parsed, type) => {
        await erase(world.accept, { tenant: TENANT, id });
        return world.process.engine.extract(parsed, type);
      },
    };
    expect(await processDocument({ ...world.process, engine }, job!)).toEqual({ state: "dropped" });
    expect((await keysInStore()).filter((key) => key.includes(id))).toEqual([]);
  });

  it("a page's picture is drawn once and kept", async () => {
    const world = makeWorld();
    const id = await send(world);
    await runUntilQuiet(world, work(world));
    await bindings.DB.prepare("UPDATE documents SET format = 'pdf' WHERE id = ?").bind(id).run();
    let drawn = 0;
    const near = new Map<string, Uint8Array>();
    const ports = {
      ...world.ports,
      config: world.config,
      exclusively: <T>(job: () => Promise<T>) => job(),
      pageImages: { png: async () => Uint8Array.of(1, 2, ++drawn) },
      pageCache: {
        get: async (key: string) => near.get(key) ?? null,
        put: async (key: string, png: Uint8Array) => void near.set(key, png),
      },
    };
    const ask = () => readPageImage(ports, { tenant: TENANT, id, page: 1, maxSide: 800 });
    const picture = { png: Uint8Array.of(1, 2, 1), final: true };
    expect(await ask()).toEqual(picture);
    expect(await ask()).toEqual(picture);
    near.clear();
    expect(await ask()).toEqual(picture);
    expect(near.size).toBe(1);
    const large = { ...ports, config: { ...world.config, MAX_PARSE_BYTES: 1 } };
    near.clear();
    const other = readPageImage(large, { tenant: TENANT, id, page: 1, maxSide: 900 });
    await expect(other).rejects.toMatchObject({ code: "payload_too_large" });
  });
});
