import { beforeAll, describe, expect, it } from "vitest";
import type { DocumentId } from "../../src/model/ids.ts";
import { DeadLetterId } from "../../src/model/dead-letter.ts";
import { finish, makeApi, OTHER, seedKey, send, TENANT } from "./api.ts";

const api = makeApi();
let key: string;
let strangers: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
  strangers = await seedKey(OTHER);
});

interface Letters {
  dead_letters: { id: string; document_id: DocumentId | null; reason: string; run: number | null }[];
}

async function letters(by = key): Promise<Letters["dead_letters"]> {
  const answer = await api.fetch("/v1/dead-letters?limit=200", { key: by });
  expect(answer.status).toBe(200);
  return (await answer.json<Letters>()).dead_letters;
}

const post = (path: string, body?: unknown, by = key) =>
  api.fetch(path, {
    method: "POST",
    key: by,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });

/** A document that the pipeline gave up. */
async function givenUp(code: "attempts_exhausted" | "file_damaged" = "attempts_exhausted") {
  const id = await send(api, key);
  await api.ports.documents.settle({
    tenant: TENANT,
    document: id,
    run: 1,
    fence: 1,
    status: code === "file_damaged" ? "failed" : "quarantined",
    summary: null,
    failure: { code, message: "set aside" },
    resultKey: null,
    engine: null,
    atMs: Date.now(),
  });
  return id;
}

describe("dead letters", () => {
  it("are documents that were given up, not those that are damaged", async () => {
    const [lost, damaged] = [await givenUp(), await givenUp("file_damaged")];
    const found = await letters();
    expect(found.find(({ document_id }) => document_id === lost)).toMatchObject({
      reason: "attempts_exhausted",
      run: 1,
    });
    expect(found.some(({ document_id }) => document_id === damaged)).toBe(false);
  });

  it("are sent through the pipeline again as a new run, and wait no longer", async () => {
    const id = await givenUp();
    const letter = (await letters()).find(({ document_id }) => document_id === id);
    const answer = await post(`/v1/dead-letters/${letter?.id}/replay`);
    expect(answer.status).toBe(202);
    expect(api.jobs.at(-1)).toMatchObject({ document: id, epoch: 2 });
    expect((await letters()).some(({ document_id }) => document_id === id)).toBe(false);
    expect((await post(`/v1/dead-letters/${letter?.id}/replay`)).status).toBe(409);
  });

  it("go through together, and one that cannot does not keep the others from it", async () => {
    const ids = [await givenUp(), await givenUp()];
    const named = (await letters()).filter(({ document_id }) => ids.some((id) => id === document_id));
    await api.ports.deadLetters.park(TENANT, {
      id: DeadLetterId.parse("dead_m_test"),
      detail: "A message was not understood.",
      atMs: Date.now(),
    });
    const answer = await post("/v1/dead-letters/replay", {
      ids: [...named.map(({ id }) => id), "dead_m_test", "dead_unknown"],
    });
    const { replayed, refused } = await answer.json<{
      replayed: { document_id: string }[];
      refused: { id: string; code: string }[];
    }>();
    expect(replayed.map(({ document_id }) => document_id).toSorted()).toEqual(ids.toSorted());
    expect(refused.map(({ code }) => code).toSorted()).toEqual(["conflict", "not_found"]);
  });

  it("without names are all that wait", async () => {
    const id = await givenUp();
    expect((await post("/v1/dead-letters/replay", {})).status).toBe(200);
    expect((await api.ports.documents.view(TENANT, id))?.status).toBe("queued");
  });

  it("are a tenant's own", async () => {
    const id = await givenUp();
    const letter = (await letters()).find(({ document_id }) => document_id === id);
    expect(await letters(strangers)).toEqual([]);
    expect((await post(`/v1/dead-letters/${letter?.id}/replay`, undefined, strangers)).status).toBe(404);
  });

  it("go with their document", async () => {
    const id = await givenUp();
    await api.fetch(`/v1/documents/${id}`, { method: "DELETE", key });
    expect((await letters()).some(({ document_id }) => document_id === id)).toBe(false);
  });
});

describe("cancelling", () => {
  it("ends a waiting document, and its message finds nothing to do", async () => {
    const id = await send(api, key);
    const answer = await post(`/v1/documents/${id}/cancel`);
    expect(answer.status).toBe(200);
    expect(await answer.json<{ status: string }>()).toMatchObject({ status: "cancelled" });
    const room = api.ports.rooms.of(TENANT, id);
    expect((await room.claim({ run: 1, leaseMs: 1_000 })).verdict).toBe("ended");
    expect((await room.events({ after: 0 })).map(({ kind }) => kind)).toEqual(["queued", "cancelled"]);
  });

  it("takes the claim from whoever works on it", async () => {
    const id = await send(api, key);
    const room = api.ports.rooms.of(TENANT, id);
    const claim = await room.claim({ run: 1, leaseMs: 60_000 });
    expect(claim.verdict).toBe("granted");
    await post(`/v1/documents/${id}/cancel`);
    const fence = claim.verdict === "granted" ? claim.fence : 0;
    expect(await room.record({ fence, leaseMs: 1_000, events: [] })).toBe(false);
    const late = { tenant: TENANT, document: id, run: 1, fence, status: "completed" as const };
    const rest = { summary: null, failure: null, resultKey: null, engine: null, atMs: Date.now() };
    expect(await api.ports.documents.settle({ ...late, ...rest })).toBe(false);
  });

  it("of what has ended is refused, and of a stranger's not found", async () => {
    const id = await send(api, key);
    expect((await post(`/v1/documents/${id}/cancel`, undefined, strangers)).status).toBe(404);
    await finish(api, id);
    expect((await post(`/v1/documents/${id}/cancel`)).status).toBe(409);
    expect((await api.ports.documents.view(TENANT, id))?.status).toBe("completed");
  });

  it("leaves a document that can be read again", async () => {
    const id = await send(api, key);
    await post(`/v1/documents/${id}/cancel`);
    expect((await post(`/v1/documents/${id}/reprocess`, {})).status).toBe(202);
    expect((await api.ports.documents.view(TENANT, id))?.status).toBe("queued");
  });
});
