import { createMessageBatch, createExecutionContext, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { compose } from "../../src/compose.ts";
import { consume } from "../../src/entry/queue.ts";
import type { Env } from "../../src/env.ts";
import { accept } from "../../src/ingest/accept.ts";
import { DocumentOptions } from "../../src/model/document.ts";
import { bodyOf, makeWorld, TENANT } from "../pipeline/world.ts";

const bindings = env as unknown as Env;

beforeEach(async () => {
  await bindings.DB.prepare(
    "INSERT OR IGNORE INTO tenants (tenant_id, name, created_ms) VALUES (?, 'test', 0)",
  )
    .bind(TENANT)
    .run();
});

let serial = 0;

/** A world with one document taken in, and the application of this isolate with the world's queue. */
async function setUp() {
  const world = makeWorld();
  const text = `queued text ${(serial += 1)}`;
  const { id } = await accept(world.accept, {
    tenant: TENANT,
    filename: "note.txt",
    contentType: null,
    body: bodyOf(text),
    length: text.length,
    options: async () => DocumentOptions.parse({}),
  });
  const [job] = world.sent.splice(0);
  const app = {
    ...compose(bindings),
    config: world.config,
    ports: { ...compose(bindings).ports, ...world.ports },
    process: world.process,
  };
  return { world, id, job: job!, app };
}

async function deliver(app: Parameters<typeof consume>[0], queue: string, body: unknown, attempts = 1) {
  const batch = createMessageBatch(queue, [{ id: "m", timestamp: new Date(), attempts, body }]);
  await consume(app, batch);
  return getQueueResult(batch, createExecutionContext());
}

it("a message that has been worked off is acknowledged", async () => {
  const { world, id, job, app } = await setUp();
  expect(await deliver(app, "docket-standard", job)).toMatchObject({
    explicitAcks: ["m"],
    retryMessages: [],
  });
  expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "completed" });
});

it("a duplicate of a document that another worker holds is sent anew, which does not count as a failure", async () => {
  const { world, id, job, app } = await setUp();
  await world.ports.rooms.of(TENANT, id).claim({ run: 1, leaseMs: 60_000 });
  expect(await deliver(app, "docket-standard", job)).toMatchObject({
    explicitAcks: ["m"],
    retryMessages: [],
  });
  expect(world.sent).toEqual([job]);
});

it("an error asks for another delivery, later", async () => {
  const { job, app } = await setUp();
  const broken = {
    ...app,
    process: {
      ...app.process,
      documents: { ...app.process.documents, find: () => Promise.reject(new Error("away")) },
    },
  };
  const result = await deliver(broken, "docket-standard", job);
  expect(result.explicitAcks).toEqual([]);
  expect(result.retryMessages).toMatchObject([{ msgId: "m" }]);
});

it.each([
  ["of no shape", { hello: 1 }, ""],
  ["of a version that is not known", { v: 2, tenant: "ten_a", document: "doc", step: 0, epoch: 1 }, "ten_a"],
])("a message %s is parked where it is seen, not looped", async (_what, body, tenant) => {
  const { app } = await setUp();
  expect(await deliver(app, "docket-standard", body)).toMatchObject({
    explicitAcks: ["m"],
    retryMessages: [],
  });
  const letter = await bindings.DB.prepare("SELECT reason, detail FROM dead_letters WHERE tenant_id = ?")
    .bind(tenant)
    .first();
  expect(letter).toMatchObject({ reason: "message_malformed" });
  expect(letter?.["detail"]).toContain(tenant === "" ? "version unknown" : "version 2");
});

it("a dead letter fails its document with the cause, at once", async () => {
  const { world, id, job, app } = await setUp();
  expect(await deliver(app, "docket-dead", job)).toMatchObject({ explicitAcks: ["m"] });
  expect(await world.ports.documents.view(TENANT, id)).toMatchObject({
    status: "failed",
    error: { code: "attempts_exhausted" },
  });
});

it("a dead letter of a document that is being worked on leaves it alone", async () => {
  const { world, id, job, app } = await setUp();
  await world.ports.rooms.of(TENANT, id).claim({ run: 1, leaseMs: 60_000 });
  expect(await deliver(app, "docket-dead", job)).toMatchObject({ explicitAcks: ["m"] });
  expect(await world.ports.documents.find(TENANT, id)).toMatchObject({ status: "queued" });
});
