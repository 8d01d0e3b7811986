import { env } from "cloudflare:workers";
import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { AppError } from "../../src/errors.ts";
import { accept } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import type { DocumentId } from "../../src/model/ids.ts";
import type { FormatEntry, OpenedDocument, OpenedMember, Parser } from "../../src/parse/parser.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { processDocument, type ProcessPorts } from "../../src/pipeline/process.ts";
import { readResult } from "../../src/pipeline/read.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import { sweep } from "../../src/pipeline/sweep.ts";
import {
  bodyOf,
  emptyStore,
  keysInStore,
  makeWorld,
  roomStub,
  rowCount,
  runUntilQuiet,
  TENANT,
} from "./world.ts";

const bindings = env as unknown as Env;
type World = ReturnType<typeof makeWorld>;
type Draft = Partial<OpenedMember> & { readonly path: string; readonly content?: string };

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

const entry = (parser: Parser): FormatEntry => ({ load: async () => parser, libraries: [], limits: [] });

const memberOf = ({ path, content = path, ...rest }: Draft): OpenedMember => ({
  path,
  mediaType: null,
  sizeBytes: content.length,
  fate: null,
  open: async () => bodyOf(content),
  ...rest,
});

/** A world in which text files named `.box` are containers of these members. */
function worldWith(members: readonly Draft[], options: Parameters<typeof makeWorld>[0] = {}) {
  const world = makeWorld(options);
  const plain = world.process.formats.text;
  const passwords: (string | undefined)[] = [];
  const text = entry({
    open: async (source, ports, opening): Promise<OpenedDocument> => {
      passwords.push(opening.password);
      if (!source.filename.endsWith(".box")) return (await plain.load()).open(source, ports, opening);
      return {
        pageCount: 0,
        metadata: {},
        warnings: [],
        container: true,
        members: members.map(memberOf),
        readPage: () => expect.fail("a container has no pages"),
        close: () => undefined,
      };
    },
  });
  const process: ProcessPorts = { ...world.process, formats: { ...world.process.formats, text } };
  return { ...world, process, passwords };
}

let serial = 0;
async function send(world: World, options: object = {}, filename = "files.box"): Promise<DocumentId> {
  serial += 1;
  const text = `box ${serial}`;
  const { id } = await accept(world.accept, {
    tenant: TENANT,
    filename,
    contentType: null,
    body: bodyOf(text),
    length: text.length,
    options: async () => ({ ...DocumentOptions.parse(options), ...options }),
  });
  return id;
}

const run = (world: World) => runUntilQuiet(world, (job) => processDocument(world.process, job));
const resultOf = (world: World, id: DocumentId) => readResult(world.ports, { tenant: TENANT, id });

describe("a container", () => {
  it("becomes a document for each member, with its place, options and own state", async () => {
    const world = worldWith([{ path: "a/one.txt" }, { path: "two.txt" }]);
    const id = await send(world, { tags: ["march"], priority: "urgent", type: "invoice" });
    await run(world);
    const result = await resultOf(world, id);
    expect(result).toMatchObject({ status: "completed", parent_id: null });
    expect(result.members.map(({ path, outcome }) => [path, outcome])).toEqual([
      ["a/one.txt", "document"],
      ["two.txt", "document"],
    ]);
    expect(result.inventory).toEqual([{ kind: "member", found: 2, read: 2 }]);
    expect(result.children.map(({ file, status }) => [file, status])).toEqual([
      ["a/one.txt", "completed"],
      ["two.txt", "completed"],
    ]);
    const child = await world.ports.documents.find(TENANT, result.children[0]!.id);
    expect(child).toMatchObject({
      filename: "one.txt",
      options: { tags: ["march"], priority: "urgent", type: "invoice" },
      origin: { parent: id, root: id, depth: 1, path: "a/one.txt" },
    });
    expect(await resultOf(world, result.children[0]!.id)).toMatchObject({ parent_id: id });
    const listed = await world.ports.documents.list(TENANT, {
      filters: { parent_id: id },
      sort: "created_at",
      order: "asc",
      limit: 10,
    });
    expect(new Set(listed.documents.map(({ path }) => path))).toEqual(new Set(["a/one.txt", "two.txt"]));
  });

  it("sends a crowd of members a lane lower, so that they hold up nobody", async () => {
    const world = worldWith(Array.from({ length: 21 }, (_, at) => ({ path: `${at}.txt` })));
    const id = await send(world, { priority: "urgent" });
    await run(world);
    const [child] = (await resultOf(world, id)).children;
    expect((await world.ports.documents.find(TENANT, child!.id))?.options.priority).toBe("standard");
  });

  it("lists what was refused or set aside, with the reason, and its siblings are read", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: () => Promise.reject(new AppError("archive_too_large", "It unpacks to too much.")),
    });
    const world = worldWith([
      { path: "bomb.txt", open: async () => broken },
      { path: "logo.png", fate: { outcome: "set_aside", code: "inline_picture", message: "A logo." } },
      { path: "link", fate: { outcome: "refused", code: "unsafe_content", message: "A link." } },
      { path: "empty.txt", content: "" },
      { path: "good.txt" },
    ]);
    const id = await send(world);
    await run(world);
    const result = await resultOf(world, id);
    expect(result.status).toBe("partial");
    expect(result.members.map(({ outcome, reason }) => [outcome, reason?.code ?? null])).toEqual([
      ["refused", "archive_too_large"],
      ["set_aside", "inline_picture"],
      ["refused", "unsafe_content"],
      ["refused", "empty_file"],
      ["document", null],
    ]);
    expect(result.warnings.map(({ code }) => code)).toEqual(["member_refused", "member_set_aside"]);
    expect(result.inventory).toEqual([{ kind: "member", found: 5, read: 2 }]);
    expect(result.children).toHaveLength(1);
    const ids = new Set((await keysInStore()).map((key) => key.split("/")[3]));
    expect(ids).toEqual(new Set([id, result.children[0]!.id]));
  });

  it("makes each member a document once, whatever it dies at", async () => {
    const members = Array.from({ length: 25 }, (_, at) => ({ path: `${at}.txt` }));
    const world = worldWith(members, { config: { STEP_BUDGET: 12 } });
    const id = await send(world);
    const died = new Set<number>();
    const dying: ProcessPorts = {
      ...world.process,
      adopt: async (input) => {
        const made = await world.process.adopt(input);
        if (input.index % 5 !== 3 || died.has(input.index)) return made;
        died.add(input.index);
        throw new Error("died behind the member");
      },
    };
    await runUntilQuiet(world, (job) => processDocument(dying, job), 400);
    expect(died.size).toBe(5);
    const result = await resultOf(world, id);
    expect(result.children.map(({ status }) => status)).toEqual(members.map(() => "completed"));
    expect(new Set(result.members.map(({ document_id }) => document_id)).size).toBe(25);
    expect(await rowCount()).toBe(26);
  });

  it("inside itself ends at the deepest level that is read", async () => {
    const world = worldWith([{ path: "again.box" }], { config: { MAX_NESTING: 3 } });
    await send(world);
    await run(world);
    expect(await rowCount()).toBe(4);
    const { documents } = await world.ports.documents.list(TENANT, {
      filters: {},
      sort: "created_at",
      order: "asc",
      limit: 10,
    });
    const deepest = documents.find(({ status }) => status === "partial");
    expect((await resultOf(world, deepest!.id)).members).toMatchObject([
      { path: "again.box", outcome: "refused", reason: { code: "nesting_too_deep" } },
    ]);
  });

  it("becomes no more documents and bytes than a family may have", async () => {
    const world = worldWith([{ path: "1.box" }, { path: "2.box" }, { path: "3.box" }], {
      config: { MAX_FAMILY: 7 },
    });
    await send(world);
    await run(world);
    expect(await rowCount()).toBe(8);
    const small = worldWith(
      [
        { path: "1.txt", content: "x".repeat(60) },
        { path: "2.txt", content: "y".repeat(60) },
      ],
      {
        config: { MAX_FAMILY_BYTES: 100 },
      },
    );
    const id = await send(small);
    await run(small);
    expect((await resultOf(small, id)).members.map(({ reason }) => reason?.code ?? null)).toEqual([
      null,
      "archive_too_large",
    ]);
  });

  it("is not answered from the cache: the members of another upload are its own", async () => {
    const world = worldWith([{ path: "one.txt" }]);
    const first = await send(world);
    serial -= 1;
    await run(world);
    const second = await send(world);
    await run(world);
    const [a, b] = [await resultOf(world, first), await resultOf(world, second)];
    expect(b.children[0]!.id).not.toBe(a.children[0]!.id);
    expect(b.children[0]!.status).toBe("completed");
  });

  it("read again reads its members again, under the same ids", async () => {
    const world = worldWith([{ path: "one.txt" }]);
    const id = await send(world);
    await run(world);
    const before = await resultOf(world, id);
    await reprocess({ ...world.ports, config: world.config }, { tenant: TENANT, id, type: null });
    await run(world);
    const after = await resultOf(world, id);
    expect(after.run).toBe(2);
    expect(after.children).toEqual(before.children);
    expect(await world.ports.documents.find(TENANT, after.children[0]!.id)).toMatchObject({
      run: 2,
      status: "completed",
    });
  });

  it("read again counts the family that it has already, and its members once a run of it", async () => {
    const members = Array.from({ length: 5 }, (_, at) => ({ path: `${at}.txt` }));
    const world = worldWith(members, { config: { MAX_FAMILY: 7 } });
    const id = await send(world);
    await run(world);
    await reprocess({ ...world.ports, config: world.config }, { tenant: TENANT, id, type: null });
    const [job] = world.sent.splice(0);
    const away = { ...world.process.documents, settle: () => Promise.reject(new Error("database away")) };
    await expect(processDocument({ ...world.process, documents: away }, job!)).rejects.toThrow(
      "database away",
    );
    await run(world);
    await processDocument(world.process, job!);
    await run(world);
    const result = await resultOf(world, id);
    expect(result.members.map(({ outcome }) => outcome)).toEqual(members.map(() => "document"));
    for (const child of result.children) {
      expect(await world.ports.documents.find(TENANT, child.id)).toMatchObject({
        run: 2,
        status: "completed",
      });
    }
  });

  it("whose store fails for a moment is unpacked at the next attempt, and nothing of it is refused", async () => {
    let failures = 1;
    const flaky = async (): Promise<ReadableStream<Uint8Array>> =>
      new ReadableStream({
        pull(controller) {
          if (failures-- > 0) throw new AppError("upstream_unavailable", "The store does not answer.");
          controller.enqueue(new TextEncoder().encode("a note"));
          controller.close();
        },
      });
    const world = worldWith([{ path: "one.txt", open: flaky }]);
    const id = await send(world);
    await run(world);
    expect((await resultOf(world, id)).members).toMatchObject([{ outcome: "document" }]);
  });

  it("packed too deep for one family is read when it is sent by itself", async () => {
    const world = worldWith([{ path: "again.box", content: "box inside" }], { config: { MAX_NESTING: 1 } });
    await send(world);
    await run(world);
    const text = "box inside";
    const { id } = await accept(world.accept, {
      tenant: TENANT,
      filename: "again.box",
      contentType: null,
      body: bodyOf(text),
      length: text.length,
      options: async () => DocumentOptions.parse({}),
    });
    await run(world);
    expect((await resultOf(world, id)).members).toMatchObject([{ outcome: "document" }]);
  });

  it("deleted while it is unpacked leaves nothing behind", async () => {
    const world = worldWith(Array.from({ length: 8 }, (_, at) => ({ path: `${at}.txt` })));
    const id = await send(world);
    const [job] = world.sent.splice(0);
    const deleting: ProcessPorts = {
      ...world.process,
      adopt: async (input) => {
        if (input.index === 4) await erase(world.accept, { tenant: TENANT, id });
        return world.process.adopt(input);
      },
    };
    expect(await processDocument(deleting, job!)).toEqual({ state: "dropped" });
    expect(await rowCount()).toBe(0);
    expect(await keysInStore()).toEqual([]);
  });

  it("deleted by a call that died is forgotten by the sweeper, members and all", async () => {
    const world = worldWith([{ path: "in.box" }, { path: "one.txt" }], { config: { MAX_NESTING: 2 } });
    const id = await send(world);
    await run(world);
    await world.ports.documents.delete(TENANT, id);
    const ports = {
      ...world.ports,
      config: world.config,
      handOver: async () => 0,
      erase: (key: Parameters<typeof erase>[1]) => erase(world.accept, key),
    };
    expect((await sweep(ports)).erased).toBeGreaterThan(0);
    expect(await rowCount()).toBe(0);
  });

  it("deleted takes with it what came out of it, over all levels", async () => {
    const world = worldWith([{ path: "in.box" }, { path: "one.txt" }], { config: { MAX_NESTING: 2 } });
    const id = await send(world);
    const other = await send(world, {}, "note.txt");
    await run(world);
    expect(await rowCount()).toBe(6);
    expect(await erase(world.accept, { tenant: TENANT, id })).toBe(true);
    expect(await rowCount()).toBe(1);
    expect((await keysInStore()).every((key) => key.includes(other))).toBe(true);
  });
});

describe("a password", () => {
  it("reaches the parser and the members, and is written nowhere", async () => {
    const world = worldWith([{ path: "one.txt" }]);
    const id = await send(world, { password: "correct horse" });
    await run(world);
    expect(world.passwords).toEqual(["correct horse", "correct horse"]);
    expect(await resultOf(world, id)).toMatchObject({ status: "completed" });
    const stored = await Promise.all(
      (await keysInStore()).map(async (key) => (await bindings.BUCKET.get(key))?.text()),
    );
    const events = await world.ports.rooms.of(TENANT, id).events({ after: 0 });
    const { results: rows } = await bindings.DB.prepare("SELECT * FROM documents").all();
    expect(JSON.stringify([stored, events, rows, world.sent])).not.toContain("correct horse");
  });

  it("keeps a result out of the cache", async () => {
    const world = worldWith([]);
    await send(world, { password: "secret" }, "note.txt");
    serial -= 1;
    await run(world);
    const again = await send(world, {}, "note.txt");
    expect(world.sent).toMatchObject([{ document: again }]);
  });

  it("that was lost with the room's memory is asked for again, in words that say so", async () => {
    const world = worldWith([]);
    const id = await send(world, { password: "secret" }, "note.txt");
    await evictDurableObject(roomStub(id));
    const locked = entry({
      open: (_source, _ports, { password }) =>
        Promise.reject(
          password === undefined
            ? new AppError("password_required", "It is protected.")
            : new Error("unexpected"),
        ),
    });
    const process = { ...world.process, formats: { ...world.process.formats, text: locked } };
    await runUntilQuiet(world, (job) => processDocument(process, job));
    const { error } = await resultOf(world, id);
    expect(error?.code).toBe("password_required");
    expect(error?.message).toContain("kept in memory alone");
  });
});
