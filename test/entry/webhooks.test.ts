import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { composeStorage } from "../../src/compose.ts";
import type { Env } from "../../src/env.ts";
import type { TenantId } from "../../src/model/ids.ts";
import { EventId, type Webhook, type WebhookDelivery, type WebhookId } from "../../src/model/webhook.ts";
import { handOver } from "../../src/notify/hand-over.ts";
import { MOST_ATTEMPTS } from "../../src/notify/schedule.ts";
import type { Notice } from "../../src/ports.ts";
import { finish, makeApi, OTHER, seedKey, send, TENANT } from "../http/api.ts";

const bindings = env as unknown as Env;
const { ports } = composeStorage(bindings);
const api = makeApi();
let key: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
});

const asJson = (method: string, body: unknown, by = key) => ({
  method,
  key: by,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** An endpoint that answers with a status, and is told of ends alone unless told: others that are disabled are no news to it. */
async function endpoint(status: number, more: Record<string, unknown> = {}): Promise<WebhookId> {
  const url = `https://status-${status}.example/hook`;
  const answer = await api.fetch(
    "/v1/webhooks",
    asJson("POST", { url, events: ["document.completed"], ...more }),
  );
  expect(answer.status).toBe(201);
  return (await answer.json<{ id: WebhookId }>()).id;
}

const senderOf = (id: WebhookId, tenant: TenantId = TENANT) => bindings.SENDERS.getByName(`${tenant}/${id}`);

/** Rings an endpoint's alarm, everything that waits being due. */
async function ring(id: WebhookId): Promise<void> {
  await runInDurableObject(senderOf(id), (_sender, state) => {
    state.storage.sql.exec("UPDATE queue SET due_ms = 0 WHERE due_ms IS NOT NULL");
  });
  await runDurableObjectAlarm(senderOf(id));
  // The alarm may have rung by itself, and be at work.
  await vi.waitFor(async () => {
    const due = await runInDurableObject(senderOf(id), (_sender, state) =>
      state.storage.sql.exec("SELECT seq FROM queue WHERE due_ms <= ?", Date.now()).toArray(),
    );
    expect(due).toEqual([]);
  });
}

async function deliveries(id: WebhookId): Promise<WebhookDelivery[]> {
  const answer = await api.fetch(`/v1/webhooks/${id}/deliveries`, { key });
  return (await answer.json<{ deliveries: WebhookDelivery[] }>()).deliveries;
}

async function shown(id: WebhookId): Promise<Webhook | undefined> {
  return (await ports.webhooks.list(TENANT)).find((one) => one.id === id);
}

/** A document that has ended, with what waits handed over. */
async function ended(): Promise<string> {
  const id = await send(api, key);
  await finish(api, id);
  await handOver(ports, TENANT);
  return id;
}

function notice(name: string): Notice {
  return {
    id: EventId.parse(`evt_${name}`),
    type: "webhook.test",
    document: null,
    payload: "{}",
    atMs: Date.now(),
  };
}

describe("an endpoint", () => {
  it("is told once of a document that has ended, and the attempt is kept", async () => {
    const id = await endpoint(204);
    const document = await ended();
    await handOver(ports, TENANT);
    await ring(id);
    await ring(id);
    const [only, ...more] = await deliveries(id);
    expect(only).toMatchObject({
      type: "document.completed",
      document_id: document,
      attempt: 1,
      status: 204,
      error: null,
      next_at: null,
    });
    expect(more).toEqual([]);
  });

  it("is told of what it asked for, and of nothing that was before it", async () => {
    await ended();
    const [failures, all] = [await endpoint(204, { events: ["document.failed"] }), await endpoint(204)];
    const before = await deliveries(all);
    await ended();
    await ring(all);
    expect(before).toEqual([]);
    expect(await deliveries(all)).toHaveLength(1);
    expect(await deliveries(failures)).toEqual([]);
  });

  it("that fails is tried again later, with the same event", async () => {
    const id = await endpoint(500);
    await ended();
    await ring(id);
    await ring(id);
    const attempts = await deliveries(id);
    expect(attempts.map(({ attempt, status }) => `${attempt}: ${status}`).toSorted()).toEqual([
      "1: 500",
      "2: 500",
    ]);
    expect(new Set(attempts.map(({ event_id }) => event_id)).size).toBe(1);
    for (const { next_at, at } of attempts) expect(Date.parse(next_at ?? "")).toBeGreaterThan(Date.parse(at));
  });

  it("that takes an event in no attempt is disabled, and the others are told", async () => {
    const watcher = await endpoint(204, { events: ["webhook.disabled"] });
    const id = await endpoint(503);
    await ended();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) await ring(id);
    expect(await shown(id)).toMatchObject({ state: "disabled" });
    expect((await shown(id))?.disabled_reason).toContain("503");
    await ring(watcher);
    expect(await deliveries(watcher)).toMatchObject([{ type: "webhook.disabled", status: 204 }]);
    const attempts = (await deliveries(id)).length;
    await ended();
    await ring(id);
    expect(await deliveries(id)).toHaveLength(attempts);
  });

  it("that says it is gone is disabled at once, and can be enabled again", async () => {
    const id = await endpoint(410);
    await ended();
    await ring(id);
    expect(await shown(id)).toMatchObject({ state: "disabled", disabled_reason: "It answered 410 (gone)." });
    const test = await api.fetch(`/v1/webhooks/${id}/test`, { method: "POST", key });
    expect(test.status).toBe(409);
    const enabled = await api.fetch(`/v1/webhooks/${id}`, asJson("PATCH", { state: "enabled" }));
    expect(await enabled.json<Webhook>()).toMatchObject({ state: "enabled", disabled_reason: null });
  });

  it("gets an event anew when it is replayed", async () => {
    const id = await endpoint(204);
    await ended();
    await ring(id);
    const [first] = await deliveries(id);
    const path = `/v1/webhooks/${id}/deliveries/${first?.event_id}/replay`;
    expect((await api.fetch(path, { method: "POST", key })).status).toBe(202);
    await ring(id);
    expect(await deliveries(id)).toHaveLength(2);
    const unknown = `/v1/webhooks/${id}/deliveries/evt_unknown/replay`;
    expect((await api.fetch(unknown, { method: "POST", key })).status).toBe(404);
  });

  it("numbers its events in the order in which they came, however often they are offered", async () => {
    const id = await endpoint(204);
    const queue = ports.webhookQueues.of(TENANT, id);
    await queue.offer([notice("a"), notice("b")]);
    await queue.offer([notice("b"), notice("c"), notice("a")]);
    const rows = await runInDurableObject(senderOf(id), (_sender, state) =>
      state.storage.sql.exec<{ event: string }>("SELECT event FROM queue ORDER BY seq").toArray(),
    );
    expect(rows.map(({ event }) => event)).toEqual(["evt_a", "evt_b", "evt_c"]);
  });

  it("that hangs or fails holds up no other event, nor another endpoint", async () => {
    const [bad, good] = [await endpoint(500), await endpoint(204)];
    const before = (await deliveries(bad)).length;
    await ended();
    await ended();
    await ring(bad);
    await ring(good);
    expect((await deliveries(bad)).length - before).toBe(2);
    expect(await deliveries(good)).toHaveLength(2);
  });

  it("that was deleted leaves nothing waiting", async () => {
    const id = await endpoint(500);
    await ended();
    expect((await api.fetch(`/v1/webhooks/${id}`, { method: "DELETE", key })).status).toBe(204);
    expect(await runDurableObjectAlarm(senderOf(id))).toBe(false);
    expect((await api.fetch(`/v1/webhooks/${id}/deliveries`, { key })).status).toBe(404);
  });
});

describe("endpoints over HTTP", () => {
  it("show their secret once, and a new one at each rotation", async () => {
    const added = await api.fetch("/v1/webhooks", asJson("POST", { url: "https://status-204.example/x" }));
    const { id, secret } = await added.json<{ id: WebhookId; secret: string }>();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const listed = await (await api.fetch("/v1/webhooks", { key })).text();
    expect(listed).toContain(id);
    expect(listed).not.toContain(secret);
    const rotated = await (
      await api.fetch(`/v1/webhooks/${id}/rotate`, { method: "POST", key })
    ).json<{
      secret: string;
    }>();
    expect(rotated.secret).not.toBe(secret);
    const found = await ports.webhooks.find(TENANT, id, Date.now());
    expect(found).toMatchObject({ secret: rotated.secret, previousSecret: secret });
    expect((await ports.webhooks.find(TENANT, id, Date.now() + 25 * 3_600_000))?.previousSecret).toBeNull();
  });

  it.each([
    "http://example.com/",
    "https://127.0.0.1/",
    "https://docket.test/v1/documents",
    "https://user:pass@example.com/",
  ])("are refused with what is wrong: %s", async (url) => {
    const answer = await api.fetch("/v1/webhooks", asJson("POST", { url }));
    expect(answer.status).toBe(400);
    expect((await answer.json<{ errors: { path: string }[] }>()).errors).toMatchObject([{ path: "url" }]);
  });

  it("belong to their tenant", async () => {
    const id = await endpoint(204);
    const stranger = await seedKey(OTHER);
    expect(await (await api.fetch("/v1/webhooks", { key: stranger })).json()).toEqual({ webhooks: [] });
    for (const [method, path] of [
      ["DELETE", `/v1/webhooks/${id}`],
      ["POST", `/v1/webhooks/${id}/rotate`],
      ["POST", `/v1/webhooks/${id}/test`],
      ["GET", `/v1/webhooks/${id}/deliveries`],
    ] as const) {
      expect((await api.fetch(path, { method, key: stranger })).status).toBe(404);
    }
  });
});
