import { beforeAll, describe, expect, it } from "vitest";
import { createIdempotencyKeys } from "../../src/platform/d1/idempotency.ts";
import { IdempotencyKey } from "../../src/model/idempotency.ts";
import { makeDocumentId, type DocumentId } from "../../src/model/ids.ts";
import { sweep } from "../../src/pipeline/sweep.ts";
import { bindings, finish, makeApi, objectsOf, OTHER, seedKey, TENANT } from "./api.ts";

const api = makeApi();
let key: string;
let strangers: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
  strangers = await seedKey(OTHER);
});

interface Answer {
  id: DocumentId;
  code: string;
}

function post(
  name: string,
  text: string,
  options: { by?: string; path?: string; headers?: HeadersInit } = {},
) {
  const headers = new Headers(options.headers);
  headers.set("idempotency-key", name);
  const path = options.path ?? "/v1/documents?filename=a.txt";
  return api.fetch(path, { method: "POST", key: options.by ?? key, headers, body: text });
}

const fresh = () => `key-${crypto.randomUUID()}`;
const text = () => `Invoice ${crypto.randomUUID()}\nTotal 12.00 EUR`;

/** Takes a key as a request would that has not been answered; the document that it would make. */
async function claimFor(name: string, atMs: number, leaseMs: number): Promise<DocumentId> {
  const document = makeDocumentId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  const keys = createIdempotencyKeys(bindings.DB, api.ports.blobs);
  const claim = { token: crypto.randomUUID(), document, atMs, leaseMs, keepMs: 1e9 };
  await keys.claim(TENANT, IdempotencyKey.parse(name), claim);
  return document;
}

describe("a request under an Idempotency-Key", () => {
  it("gets the first answer again, and makes one document", async () => {
    const name = fresh();
    const body = text();
    const before = api.jobs.length;
    const first = await post(name, body);
    const answers = await Promise.all(Array.from({ length: 3 }, () => post(name, body)));
    expect(first.status).toBe(202);
    const made = await first.text();
    for (const again of answers) {
      expect(again.status).toBe(202);
      expect(again.headers.get("idempotent-replayed")).toBe("true");
      expect(again.headers.get("location")).toBe(first.headers.get("location"));
      expect(await again.text()).toBe(made);
    }
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(api.jobs.length).toBe(before + 1);
  });

  it("sent many times at once runs once: the others are told to wait", async () => {
    const name = fresh();
    const body = text();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(name, body)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.every((status) => status === 202 || status === 409)).toBe(true);
    const ids = new Set<string>();
    for (const answer of answers) if (answer.status === 202) ids.add((await answer.json<Answer>()).id);
    expect(ids.size).toBe(1);
  });

  it("waits for the first one's answer", async () => {
    const name = fresh();
    await claimFor(name, Date.now(), 60_000);
    const running = await post(name, text());
    expect(running.status).toBe(409);
    expect((await running.json<Answer>()).code).toBe("idempotency_running");
    expect(running.headers.get("retry-after")).toBe("1");
  });

  it("with another file, name or option is refused and changes nothing", async () => {
    const name = fresh();
    const body = text();
    await post(name, body);
    const before = (await objectsOf(TENANT)).length;
    for (const [path, content] of [
      ["/v1/documents?filename=a.txt", text()],
      ["/v1/documents?filename=b.txt", body],
      ["/v1/documents?filename=a.txt&priority=urgent", body],
    ] as const) {
      const other = await post(name, content, { path });
      expect(other.status).toBe(422);
      expect((await other.json<Answer>()).code).toBe("idempotency_mismatch");
    }
    expect((await objectsOf(TENANT)).length).toBe(before);
  });

  it("is the same whichever boundary its form has", async () => {
    const name = fresh();
    const body = text();
    const form = () => {
      const parts = new FormData();
      parts.set("file", new File([body], "form.txt", { type: "text/plain" }));
      parts.set("tags", "a,b");
      return api.fetch("/v1/documents", {
        method: "POST",
        key,
        headers: { "idempotency-key": name },
        body: parts,
      });
    };
    const [first, second] = [await form(), await form()];
    expect(second.headers.get("idempotent-replayed")).toBe("true");
    expect(await second.text()).toBe(await first.text());
  });

  it("that was refused leaves its key free", async () => {
    const name = fresh();
    expect((await post(name, "")).status).toBe(422);
    expect((await post(name, text())).status).toBe(202);
  });

  it("that failed through our fault is answered with the same failure", async () => {
    let calls = 0;
    const failing = makeApi({
      useCases: {
        addExtractor: async () => {
          calls += 1;
          throw new Error("the database is gone");
        },
      },
    });
    const name = fresh();
    const add = () =>
      failing.fetch("/v1/extractors", {
        method: "POST",
        key,
        headers: { "idempotency-key": name, "content-type": "application/json" },
        body: JSON.stringify({
          name: "label",
          schema: { type: "object", properties: { a: { type: "string" } } },
        }),
      });
    const [first, second] = [await add(), await add()];
    expect([first.status, second.status]).toEqual([500, 500]);
    expect(await second.text()).toBe(await first.text());
    expect(calls).toBe(1);
  });

  it("belongs to its tenant", async () => {
    const name = fresh();
    const body = text();
    const mine = await (await post(name, body)).json<Answer>();
    const theirs = await post(name, body, { by: strangers });
    expect(theirs.headers.get("idempotent-replayed")).toBeNull();
    expect((await theirs.json<Answer>()).id).not.toBe(mine.id);
  });

  it("has to be short and printable", async () => {
    for (const name of ["x".repeat(256), "two words"]) {
      expect((await post(name, text())).status).toBe(400);
    }
  });

  it("says that what it made was deleted, and keeps nothing of it", async () => {
    const name = fresh();
    const body = text();
    const { id } = await (await post(name, body)).json<Answer>();
    await finish(api, id);
    expect((await api.fetch(`/v1/documents/${id}`, { method: "DELETE", key })).status).toBe(204);
    expect((await post(name, body)).status).toBe(404);
    const row = await bindings.DB.prepare("SELECT body, headers FROM idempotency_keys WHERE key = ?")
      .bind(name)
      .first();
    expect(row).toEqual({ body: null, headers: null });
  });
});

describe("a request whose first attempt died", () => {
  it("before the document stood makes it under the id that was decided", async () => {
    const name = fresh();
    const document = await claimFor(name, Date.now() - 10_000, 1);
    expect((await (await post(name, text())).json<Answer>()).id).toBe(document);
  });

  it("behind the document's row gets that document, and not a second one", async () => {
    const name = fresh();
    const body = text();
    const { id } = await (await post(name, body)).json<Answer>();
    await bindings.DB.prepare(
      "UPDATE idempotency_keys SET state = 'running', lease_until_ms = 1 WHERE key = ?",
    )
      .bind(name)
      .run();
    const jobs = api.jobs.length;
    expect((await post(name, text())).status).toBe(422);
    await bindings.DB.prepare("UPDATE idempotency_keys SET lease_until_ms = 1 WHERE key = ?")
      .bind(name)
      .run();
    const again = await post(name, body);
    expect(again.status).toBe(202);
    expect((await again.json<Answer>()).id).toBe(id);
    expect(api.jobs.length).toBe(jobs);
  });

  it("is forgotten with its key after a day", async () => {
    const name = fresh();
    await post(name, text());
    const config = { IDEMPOTENCY_KEEP_MS: 1 };
    await sweep({
      ...api.ports,
      config,
      handOver: async () => 0,
      erase: async () => false,
      clock: () => Date.now() + 10,
    });
    const row = await bindings.DB.prepare("SELECT key FROM idempotency_keys WHERE key = ?")
      .bind(name)
      .first();
    expect(row).toBeNull();
  });
});
