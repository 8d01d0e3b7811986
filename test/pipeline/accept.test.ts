import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { accept, type AcceptPorts } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import { DocumentId } from "../../src/model/ids.ts";
import { originalKey } from "../../src/model/storage-keys.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { processDocument } from "../../src/pipeline/process.ts";
import { sweep } from "../../src/pipeline/sweep.ts";
import { makeZip } from "../fixtures/zip.ts";
import {
  age,
  bodyOf,
  emptyStore,
  keysInStore,
  makeWorld,
  ring,
  rowCount,
  runUntilQuiet,
  TENANT,
} from "./world.ts";

const bindings = env as unknown as Env;

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

const send = (ports: AcceptPorts, text: string, over: Partial<Parameters<typeof accept>[1]> = {}) =>
  accept(ports, {
    tenant: TENANT,
    filename: "note.txt",
    contentType: "text/plain",
    body: bodyOf(text),
    length: text.length,
    options: async () => DocumentOptions.parse({ tags: ["a"] }),
    ...over,
  });

describe("accepting a document", () => {
  it("stores it, opens its room, writes its row and sends one message", async () => {
    const world = makeWorld();
    const { id, result } = await send(world.accept, "Total 12.00");
    expect(result).toBeNull();
    expect(await keysInStore()).toEqual([originalKey(TENANT, id)]);
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({
      status: "queued",
      format: "text",
      sizeBytes: 11,
      options: { tags: ["a"], priority: "standard" },
    });
    expect(world.sent).toEqual([{ v: 1, tenant: TENANT, document: id, step: 0, epoch: 1 }]);
    const events = await world.ports.rooms.of(TENANT, id).events({ after: 0 });
    expect(events).toMatchObject([{ seq: 1, run: 1, kind: "queued" }]);
  });

  it("hashes what went by", async () => {
    const world = makeWorld();
    const { id } = await send(world.accept, "abc");
    const record = await world.ports.documents.find(TENANT, id);
    expect(record?.sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("refuses an empty file and leaves nothing", async () => {
    await expect(send(makeWorld().accept, "")).rejects.toMatchObject({ code: "empty_file" });
    expect(await keysInStore()).toEqual([]);
    expect(await rowCount()).toBe(0);
  });

  it("refuses what is over the limit, announced or not, and leaves nothing", async () => {
    const { accept: ports } = makeWorld({ config: { MAX_UPLOAD_BYTES: 1_000 } });
    await expect(send(ports, "x".repeat(1_001))).rejects.toMatchObject({ code: "payload_too_large" });
    await expect(send(ports, "x".repeat(1_001), { length: null })).rejects.toMatchObject({
      code: "payload_too_large",
    });
    expect(await keysInStore()).toEqual([]);
  });

  it("takes a body of unknown length beyond one part, with the right hash", async () => {
    const world = makeWorld();
    const text = "0123456789abcdef".repeat(700_000);
    const { id } = await send(world.accept, text, { length: null });
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({
      sizeBytes: text.length,
      sha256: hex,
    });
    expect(await (await bindings.BUCKET.get(originalKey(TENANT, id)))?.text()).toBe(text);
  });

  it.each([
    ["of known length", 20],
    ["of unknown length", null],
    ["of a large known length", 8_000_000],
  ])("refuses a body %s that breaks off half-way, and leaves nothing", async (_what, length) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: () => Promise.reject(new Error("connection lost")),
    });
    await expect(send(makeWorld().accept, "", { body, length })).rejects.toMatchObject({
      code: "length_mismatch",
    });
    expect(await keysInStore()).toEqual([]);
    expect(await rowCount()).toBe(0);
  });

  it("refuses a body that is shorter or longer than announced", async () => {
    const { accept: ports } = makeWorld();
    await expect(send(ports, "short", { length: 9 })).rejects.toMatchObject({ code: "length_mismatch" });
    await expect(send(ports, "longer", { length: 3 })).rejects.toMatchObject({ code: "length_mismatch" });
    expect(await keysInStore()).toEqual([]);
  });

  it("throws the object away when the options that follow it are wrong", async () => {
    const wrong = () => Promise.reject(new Error("bad option"));
    await expect(send(makeWorld().accept, "text", { options: wrong })).rejects.toThrow("bad option");
    expect(await keysInStore()).toEqual([]);
  });

  it("ends a file of no known format at once, with the code and what to do", async () => {
    const world = makeWorld();
    const { id, result } = await send(world.accept, "LZIP\u0001\u0000 an archive", { filename: "a.lz" });
    expect(result).toMatchObject({ id, status: "failed", data: {}, error: { code: "unsupported_format" } });
    expect(world.sent).toEqual([]);
    const view = await world.ports.documents.view(TENANT, id);
    expect(view).toMatchObject({ status: "failed", error: { code: "unsupported_format" } });
    const events = await world.ports.rooms.of(TENANT, id).events({ after: 0 });
    expect(events.map((event) => event.kind)).toEqual(["queued", "failed"]);
  });

  it("ends the test file of the scanners at once, and reads nothing of it", async () => {
    const world = makeWorld();
    const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
    const { id, result } = await send(world.accept, eicar, { filename: "invoice.txt" });
    expect(result).toMatchObject({ id, status: "failed", data: {}, error: { code: "malware_found" } });
    expect(world.sent).toEqual([]);
  });

  it("looks into the stored file only where its first bytes do not tell what it is", async () => {
    const world = makeWorld();
    const looks: string[] = [];
    const blobs: AcceptPorts["blobs"] = {
      ...world.accept.blobs,
      getRange: (key, offset, length) => {
        looks.push(key);
        return world.accept.blobs.getRange(key, offset, length);
      },
    };
    const filler = { name: "docProps/thumbnail.jpeg", content: new Uint8Array(5_000), store: true };
    const late = makeZip([filler, { name: "[Content_Types].xml" }, { name: "word/document.xml" }]);
    const early = makeZip([{ name: "[Content_Types].xml" }, { name: "word/document.xml" }]);
    for (const [file, calls] of [
      [early, 0],
      [late, 1],
    ] as const) {
      const body = new Blob([file]).stream();
      const { id } = await send({ ...world.accept, blobs }, "", { body, length: null, filename: "a.docx" });
      expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ format: "docx" });
      expect(looks.splice(0)).toHaveLength(calls);
    }
  });

  it("answers a duplicate from the cache without a message, with a result of its own", async () => {
    const world = makeWorld();
    const first = await send(world.accept, "the same text");
    await runUntilQuiet(world, (job) => processDocument(world.process, job));
    const second = await send(world.accept, "the same text");
    expect(second.result).toMatchObject({ id: second.id, status: "completed", data: { pages: ["page 1"] } });
    expect(second.id).not.toBe(first.id);
    expect(world.sent).toEqual([]);
    expect(await world.ports.documents.view(TENANT, second.id)).toMatchObject({
      status: "completed",
      run: 1,
    });
    expect(world.pagesRead).toEqual([1]);
    const keys = (await keysInStore()).filter((key) => key.includes(second.id));
    expect(keys.map((key) => key.split("/").slice(4).join("/"))).toEqual([
      "original",
      "r/1.json",
      "r/1.layout.json.gz",
      "r/1.txt",
    ]);
  });
});

describe("a crash while accepting", () => {
  /** Ports that die behind a step: every later call of any of them fails, as if the isolate were gone. */
  function dyingAfter(ports: AcceptPorts, step: number): AcceptPorts {
    let dead = false;
    let at = 0;
    const counted = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        if (dead) throw new Error("gone");
        const answer = await call(...args);
        at += 1;
        if (at > step) {
          dead = true;
          throw new Error("gone");
        }
        return answer;
      };
    };
    return {
      ...ports,
      blobs: {
        ...ports.blobs,
        putStream: counted(ports.blobs.putStream),
        delete: () => Promise.reject(new Error("gone")),
      },
      cache: { ...ports.cache, get: async () => null },
      rooms: {
        of: (tenant, document) => {
          const room = ports.rooms.of(tenant, document);
          return { ...room, begin: counted(room.begin) };
        },
      },
      documents: { ...ports.documents, insert: counted(ports.documents.insert) },
      jobs: { send: counted(ports.jobs.send) },
    };
  }

  /** Sends a document that dies behind a step, then lets the room's alarm and the sweeper do their work. */
  async function crashAfter(step: number) {
    const world = makeWorld();
    // Behind its row a document counts as taken in, whether or not its message was sent.
    const answer = await send(dyingAfter(world.accept, step), `crash ${step}`).catch((error: Error) => error);
    expect(answer instanceof Error).toBe(step < 3);
    const [key] = await keysInStore();
    const id = DocumentId.parse(key?.split("/")[3]);
    world.sent.length = 0;
    if (step > 0) {
      await age(id, world.config.WATCHDOG_MS + 1);
      await ring(id);
    }
    await sweep({
      ...world.ports,
      config: world.config,
      handOver: async () => 0,
      erase: (key) => erase(world.accept, key),
      clock: () => Date.now() + 35 * 60_000,
    });
    return { world, id };
  }

  it.each([
    ["after the object", 0],
    ["after the room", 1],
  ])("%s leaves no orphan", async (_name, step) => {
    const { world, id } = await crashAfter(step);
    expect(await keysInStore()).toEqual([]);
    expect(await rowCount()).toBe(0);
    expect(await world.ports.rooms.of(TENANT, id).events({ after: 0 })).toEqual([]);
  });

  it.each([
    ["after the row", 2],
    ["after the message", 3],
  ])("%s loses nothing: the document goes on", async (_name, step) => {
    const { world, id } = await crashAfter(step);
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "queued" });
    await processDocument(world.process, { v: 1, tenant: TENANT, document: id, step: 0, epoch: 1 });
    expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "completed" });
  });

  it("of a cached answer before its row leaves nothing once the room's alarm has rung", async () => {
    const world = makeWorld();
    await send(world.accept, "known text");
    await runUntilQuiet(world, (job) => processDocument(world.process, job));
    const before = await keysInStore();
    const dying: AcceptPorts = {
      ...world.accept,
      documents: { ...world.accept.documents, insertSettled: () => Promise.reject(new Error("gone")) },
    };
    await expect(send(dying, "known text")).rejects.toThrow("gone");
    const orphan = (await keysInStore()).find((key) => !before.includes(key));
    const id = DocumentId.parse(orphan?.split("/")[3]);
    await age(id, world.config.ROOM_LINGER_MS + 1);
    await ring(id);
    expect(await keysInStore()).toEqual(before);
  });
});
