import { beforeAll, describe, expect, it } from "vitest";
import type { StoredResult } from "../../src/model/extraction.ts";
import type { DocumentId } from "../../src/model/ids.ts";
import type { DocumentResult } from "../../src/model/result.ts";
import { resultKey } from "../../src/model/storage-keys.ts";
import { documentOf, paper } from "../extract/paper.ts";
import { finish, makeApi, OTHER, seedKey, send, STORED, TENANT } from "./api.ts";

const api = makeApi();
let key: string;
let reader: string;
let stranger: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
  reader = await seedKey(TENANT, { scopes: ["documents:read"] });
  stranger = await seedKey(OTHER);
});

const layout = documentOf(
  paper([
    { text: "Norwood Gardens Ltd", x: 60, y: 40, size: 16 },
    { text: "Invoice", x: 60, y: 90 },
    { text: "Zettelkennung", x: 330, y: 120 },
    { text: "QX/2231-A", x: 460, y: 120 },
    { text: "Total EUR", x: 350, y: 500 },
    { text: "119.00", x: 500, y: 500 },
    { text: "Garden works as agreed and delivered to the usual place", x: 60, y: 300 },
  ]),
);
const stored: StoredResult = {
  ...STORED,
  data: { invoice_number: "R-1", total: "119.00", currency: "EUR", vendor: { name: "Norwood Gardens Ltd" } },
};

async function ended(): Promise<DocumentId> {
  const id = await send(api, key);
  await finish(api, id, null, 1, { stored, layout });
  return id;
}

function patch(
  id: DocumentId,
  body: unknown,
  { as = key, match }: { as?: string; match?: string } = {},
): Promise<Response> {
  return api.fetch(`/v1/documents/${id}/fields`, {
    method: "PATCH",
    key: as,
    headers: { "content-type": "application/json", ...(match === undefined ? {} : { "if-match": match }) },
    body: JSON.stringify(body),
  });
}

const NUMBER = { corrections: [{ pointer: "/invoice_number", value: "QX/2231-A" }] };

describe("PATCH fields", () => {
  it("makes a new version of the result, checks it again, and changes the row, the list and the events", async () => {
    const id = await ended();
    const answer = await patch(id, { ...NUMBER, reason: "read from the paper" });
    expect(answer.status).toBe(200);
    const result = await answer.json<DocumentResult>();
    expect(answer.headers.get("etag")).toBe(`"${result.version}"`);
    expect(result.version).toMatch(/^1\.1-[0-9a-f]{8}$/);
    expect(result.data).toMatchObject({ invoice_number: "QX/2231-A", total: "119.00" });
    expect(result.evidence["/invoice_number"]).toMatchObject({
      source: "correction",
      confidence: 1,
      grounded: true,
      content: "QX/2231-A",
      citations: [{ page: 1 }],
    });
    expect(result.checks.map(({ code }) => code)).toContain("required_present");
    expect(result.review?.reasons).toContain("check_failed:required_present");
    const again = await api.fetch(`/v1/documents/${id}/result`, { key });
    expect(again.headers.get("etag")).toBe(`"${result.version}"`);
    expect(await again.json()).toEqual(result);
    const view = await (await api.fetch(`/v1/documents/${id}`, { key })).json();
    expect(view).toMatchObject({ invoice_number: "QX/2231-A", total: "119.00", version: result.version });
    const listed = await api.fetch("/v1/documents?invoice_number=QX/2231-A", { key });
    const { documents } = await listed.json<{ documents: { id: string }[] }>();
    expect(documents.map((one) => one.id)).toContain(id);
    const events = await api.ports.rooms.of(TENANT, id).events({ after: 0 });
    expect(events.slice(-2).map(({ kind }) => kind)).toEqual(["corrected", "checked"]);
    expect(events.at(-2)?.data).toMatchObject({ revision: 1, paths: ["/invoice_number"] });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(await api.ports.blobs.getText(resultKey(TENANT, id, 1))).toContain('"R-1"');
  });

  it("keeps who changed what, and a repeat changes nothing", async () => {
    const id = await ended();
    const first = await (await patch(id, NUMBER)).json<DocumentResult>();
    const repeat = await (await patch(id, NUMBER)).json<DocumentResult>();
    const stale = await (await patch(id, NUMBER, { match: '"1"' })).json<DocumentResult>();
    expect([repeat.version, stale.version]).toEqual([first.version, first.version]);
    await patch(id, { corrections: [{ pointer: "/currency", value: null }] });
    const answer = await api.fetch(`/v1/documents/${id}/history`, { key });
    const { corrections } = await answer.json<{ corrections: Record<string, unknown>[] }>();
    expect(corrections).toMatchObject([
      { run: 1, revision: 1, changes: [{ pointer: "/invoice_number", old: "R-1", new: "QX/2231-A" }] },
      { run: 1, revision: 2, changes: [{ pointer: "/currency", old: "EUR", new: null }] },
    ]);
    expect(String(corrections[0]?.["by"])).toMatch(/\S/);
    expect(corrections[0]).not.toHaveProperty("digest");
  });

  it("refuses a version that is not the newest with 412, and values that do not fit with 400 and why", async () => {
    const id = await ended();
    await patch(id, NUMBER);
    const late = await patch(id, { corrections: [{ pointer: "/total", value: "120.00" }] }, { match: '"1"' });
    expect(late.status).toBe(412);
    expect(await late.json()).toMatchObject({
      code: "precondition_failed",
      version: expect.any(String) as string,
    });
    const wrong = await patch(id, { corrections: [{ pointer: "/total", value: "12,5" }] });
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({
      code: "invalid_request",
      errors: [{ path: "/total", message: "has to be a decimal string as in 1234.50" }],
    });
    expect((await patch(id, { corrections: [] })).status).toBe(400);
    expect((await patch(id, { corrections: [{ pointer: "total", value: "1.00" }] })).status).toBe(400);
  });

  it("lets one of two that correct at the same time win", async () => {
    const id = await ended();
    const values = ["120.00", "121.00", "122.00"];
    const answers = await Promise.all(
      values.map((value) => patch(id, { corrections: [{ pointer: "/total", value }] }, { match: '"1"' })),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect(statuses.slice(1).every((status) => status === 409 || status === 412)).toBe(true);
    const won = values[answers.findIndex(({ status }) => status === 200)];
    const result = await (await api.fetch(`/v1/documents/${id}/result`, { key })).json<DocumentResult>();
    expect(result.data["total"]).toBe(won);
  });

  it("is for documents that have ended with values, and for their own tenant's writers alone", async () => {
    const waiting = await send(api, key);
    expect((await patch(waiting, NUMBER)).status).toBe(409);
    const failed = await send(api, key);
    await finish(api, failed, { code: "file_damaged", message: "broken" });
    expect((await patch(failed, NUMBER)).status).toBe(409);
    const id = await ended();
    expect((await patch(id, NUMBER, { as: stranger })).status).toBe(404);
    expect((await patch(id, NUMBER, { as: reader })).status).toBe(403);
    expect((await api.fetch(`/v1/documents/${id}/history`, { key: stranger })).status).toBe(404);
    expect((await api.fetch(`/v1/documents/${id}/history`, { key: reader })).status).toBe(200);
  });
});

describe("the memory", () => {
  const memoryOf = async (as: string) =>
    (await api.fetch("/v1/memory", { key: as })).json<{
      version: number;
      vendors: { vendor: string; name: string | null; lessons: { pointer: string; document_id: string }[] }[];
    }>();

  it("lists what was learned by vendor, for its tenant alone, and forgets one vendor or all", async () => {
    const id = await ended();
    await patch(id, NUMBER);
    const { vendors, version } = await memoryOf(key);
    const own = vendors.find(({ vendor }) => vendor === "norwood gardens");
    expect(own?.name).toBe("Norwood Gardens Ltd");
    expect(own?.lessons).toContainEqual(
      expect.objectContaining({ pointer: "/invoice_number", document_id: id, effect: "prefers" }),
    );
    expect(await memoryOf(stranger)).toEqual({ version: 0, vendors: [] });
    expect((await api.fetch("/v1/memory", { method: "DELETE", key: reader })).status).toBe(403);
    expect((await api.fetch("/v1/memory?vendr=x", { method: "DELETE", key })).status).toBe(400);
    const none = await api.fetch("/v1/memory?vendor=nobody", { method: "DELETE", key });
    expect(await none.json()).toEqual({ forgotten: 0 });
    await api.fetch("/v1/memory", { method: "DELETE", key: stranger });
    expect((await memoryOf(key)).vendors).toHaveLength(vendors.length);
    const gone = await api.fetch("/v1/memory?vendor=norwood%20gardens", { method: "DELETE", key });
    expect((await gone.json<{ forgotten: number }>()).forgotten).toBeGreaterThan(0);
    const after = await memoryOf(key);
    expect(after.vendors.map(({ vendor }) => vendor)).not.toContain("norwood gardens");
    expect(after.version).toBeGreaterThan(version);
  });

  it("loses what a document taught when the document is deleted", async () => {
    const id = await ended();
    await patch(id, NUMBER);
    await api.fetch(`/v1/documents/${id}`, { method: "DELETE", key });
    const { vendors } = await memoryOf(key);
    const taughtBy = vendors.flatMap(({ lessons }) => lessons.map((lesson) => lesson.document_id));
    expect(taughtBy).not.toContain(id);
    expect((await api.fetch(`/v1/documents/${id}/history`, { key })).status).toBe(404);
  });
});
