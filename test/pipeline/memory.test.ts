import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { composeStages } from "../../src/compose.ts";
import type { Env } from "../../src/env.ts";
import { createEmbeddedEngine } from "../../src/extract/engine/embedded.ts";
import { accept } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import type { DocumentId } from "../../src/model/ids.ts";
import { formats } from "../../src/parse/registry.ts";
import { compareWithOthers } from "../../src/pipeline/compare-history.ts";
import { correct } from "../../src/pipeline/correct.ts";
import { erase } from "../../src/pipeline/erase.ts";
import { processDocument, type ProcessPorts } from "../../src/pipeline/process.ts";
import { readResult } from "../../src/pipeline/read.ts";
import { reprocess } from "../../src/pipeline/reprocess.ts";
import { age, bodyOf, emptyStore, makeWorld, ring, runUntilQuiet, TENANT } from "./world.ts";

const bindings = env as unknown as Env;

beforeEach(async () => {
  await emptyStore();
  await bindings.DB.prepare(
    "INSERT OR IGNORE INTO tenants (tenant_id, name, created_ms) VALUES (?, 'test', 0)",
  )
    .bind(TENANT)
    .run();
});

/** The world with the real stages, the embedded engine and the parsers of the registry. */
function realWorld() {
  const world = makeWorld();
  const stages = composeStages("");
  const engine = createEmbeddedEngine();
  const process = { ...world.process, ...world.ports, stages, engine, formats } satisfies ProcessPorts;
  return {
    ...world,
    process,
    correct: (id: DocumentId, pointer: string, value: string | null) =>
      correct(process, {
        tenant: TENANT,
        id,
        keyId: "key_1",
        expected: null,
        corrections: [{ pointer, value }],
      }),
    send: async (text: string) => {
      const taken = await accept(
        {
          ...world.accept,
          engine,
          extractors: stages.extractors,
          summarize: stages.summarize,
          compare: (record, result, words) => compareWithOthers(process, record, result, words),
        },
        {
          tenant: TENANT,
          filename: "paper.txt",
          contentType: null,
          body: bodyOf(text),
          length: new TextEncoder().encode(text).byteLength,
          options: async () => DocumentOptions.parse({ type: "invoice" }),
        },
      );
      await runUntilQuiet(world, (job) => processDocument(process, job));
      return {
        id: taken.id,
        result: await readResult(process, { tenant: TENANT, id: taken.id }),
        cached: taken.result,
      };
    },
  };
}

let issuers = 0;
/** A paper of one issuer: each call of `issuerOf` makes another one. */
function issuerOf(): (paper: { number: string; date: string; total?: string }) => string {
  issuers += 1;
  const name = `Norwood Gardens ${"ABCDEFGHIJKLMNOP".charAt(issuers)} Ltd`;
  return ({ number, date, total = "119.00" }) =>
    [
      name,
      "14 Linden Drive, Westhaven",
      "",
      "INVOICE",
      "",
      `Invoice number:       55-${number.replace(/\D/g, "")}`,
      `Zettelkennung:        ${number}`,
      `Invoice date:         ${date}`,
      "",
      "Garden works as agreed and delivered to the usual place",
      "",
      `Total EUR             ${total}`,
      "",
      "Thank you for working with us, we are glad to be of service",
    ].join("\n");
}

describe("what was learned", () => {
  it("reads the vendor's next document, shows in its evidence, and goes with the document that taught", async () => {
    const world = realWorld();
    const paper = issuerOf();
    const first = await world.send(paper({ number: "QX/2231-A", date: "2024-03-01" }));
    expect(first.result.data["contract_number"]).not.toBe("QX/2231-A");
    await world.correct(first.id, "/contract_number", "QX/2231-A");
    const second = await world.send(paper({ number: "QX/2307-C", date: "2024-04-02", total: "238.00" }));
    expect(second.result.data["contract_number"]).toBe("QX/2307-C");
    expect(second.result.evidence["/contract_number"]?.source).toBe("memory");
    await erase(
      { ...world.process, extractors: world.process.stages.extractors },
      { tenant: TENANT, id: first.id },
    );
    const third = await world.send(paper({ number: "QX/2400-B", date: "2024-05-02", total: "57.00" }));
    expect(third.result.evidence["/contract_number"]?.source).not.toBe("memory");
  });

  it("makes results that were cached before no answer any more, and erasing takes both from the cache", async () => {
    const world = realWorld();
    const paper = issuerOf()({ number: "QX/1-A", date: "2024-03-01" });
    const first = await world.send(paper);
    const second = await world.send(paper);
    expect(second.cached).not.toBeNull();
    await world.correct(first.id, "/contract_number", "QX/1-A");
    const third = await world.send(paper);
    expect(third.cached).toBeNull();
    expect(third.result.data["contract_number"]).toBe("QX/1-A");
    const keys = async () =>
      (await bindings.CACHE.list({ prefix: `document:${TENANT}:` })).keys.map(({ name }) => name);
    const { sha256 } = (await world.ports.documents.find(TENANT, first.id)) ?? { sha256: "" };
    const own = (await keys()).filter((name) => name.includes(sha256));
    expect(own.map((name) => /memory@\d+$/.exec(name)?.[0])).toHaveLength(2);
    const ports = { ...world.process, extractors: world.process.stages.extractors };
    for (const { id } of [first, second, third]) await erase(ports, { tenant: TENANT, id });
    expect((await keys()).filter((name) => name.includes(sha256))).toEqual([]);
  });

  it("is not lost with a reprocess: the new run reads what was taught, at version 2", async () => {
    const world = realWorld();
    const first = await world.send(issuerOf()({ number: "QX/9-Z", date: "2024-03-01" }));
    await world.correct(first.id, "/contract_number", "QX/9-Z");
    await reprocess(world.process, { tenant: TENANT, id: first.id, type: null });
    await runUntilQuiet(world, (job) => processDocument(world.process, job));
    const result = await readResult(world.process, { tenant: TENANT, id: first.id });
    expect(result).toMatchObject({ run: 2, version: "2", data: { contract_number: "QX/9-Z" } });
    expect((await world.process.corrections.list(TENANT, first.id)).map(({ run }) => run)).toEqual([1]);
  });
});

describe("a document like another one", () => {
  it("is told, also where its answer comes from the cache, and never of itself", async () => {
    const world = realWorld();
    const text = issuerOf()({ number: "INV-77", date: "2024-03-01" }).replace(
      "Zettelkennung:",
      "Invoice number:",
    );
    const first = await world.send(text);
    const verdictOf = (result: typeof first.result) =>
      result.checks.find(({ code }) => code === "duplicate_document");
    expect(first.result.data).toMatchObject({ invoice_number: "INV-77", total: "119.00" });
    expect(verdictOf(first.result)?.verdict).toBe("pass");
    const same = await world.send(text);
    expect(same.cached).not.toBeNull();
    expect(verdictOf(same.result)).toMatchObject({
      verdict: "fail",
      detail: expect.stringContaining(first.id) as string,
    });
    expect(same.result.review).toMatchObject({ required: true, auto_approved: false });
    const scan = await world.send(`${text}\nCopy`);
    expect(scan.cached).toBeNull();
    expect(verdictOf(scan.result)?.verdict).toBe("fail");
    for (const { id } of [same, scan])
      await erase({ ...world.process, extractors: world.process.stages.extractors }, { tenant: TENANT, id });
    await reprocess(world.process, { tenant: TENANT, id: first.id, type: null });
    await runUntilQuiet(world, (job) => processDocument(world.process, job));
    expect(verdictOf(await readResult(world.process, { tenant: TENANT, id: first.id }))?.verdict).toBe(
      "pass",
    );
  });
});

describe("a correction of a document whose room was cleared", () => {
  it("goes on with the numbers of its events, and they are kept again", async () => {
    const world = realWorld();
    const { id } = await world.send(issuerOf()({ number: "QX/5-E", date: "2024-03-01" }));
    const room = world.ports.rooms.of(TENANT, id);
    const before = (await room.events({ after: 0 })).length;
    await age(id, 10 * world.config.ROOM_LINGER_MS);
    await ring(id);
    await world.correct(id, "/contract_number", "QX/5-E");
    const events = await room.events({ after: 0 });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(events.slice(before).map(({ kind }) => kind)).toEqual(["corrected", "checked"]);
    await age(id, 10 * world.config.ROOM_LINGER_MS);
    await ring(id);
    expect(await room.events({ after: 0 })).toHaveLength(before + 2);
  });
});
