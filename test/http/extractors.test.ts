import { beforeAll, describe, expect, it } from "vitest";
import { finish, makeApi, OTHER, seedKey, send, TENANT } from "./api.ts";

const api = makeApi();
let key: string;
let reader: string;
let stranger: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
  reader = await seedKey(TENANT, { scopes: ["documents:read"] });
  stranger = await seedKey(OTHER);
});

const SCHEMA = {
  type: "object",
  required: ["tracking_number"],
  properties: { tracking_number: { type: "string" } },
};

function add(body: unknown, as = key): Promise<Response> {
  return api.fetch("/v1/extractors", {
    method: "POST",
    key: as,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

interface View {
  readonly name: string;
  readonly version: number;
  readonly kind: string;
  readonly schema: { readonly properties: Record<string, unknown> };
}

async function list(as = key): Promise<View[]> {
  const answer = await api.fetch("/v1/extractors", { key: as });
  expect(answer.status).toBe(200);
  return (await answer.json<{ extractors: View[] }>()).extractors;
}

describe("extractors over HTTP", () => {
  it("lists every built-in type with the JSON Schema of its data", async () => {
    const builtIn = (await list()).filter(({ kind }) => kind === "built_in");
    expect(builtIn.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["invoice", "contract", "medical_record", "id_document", "generic"]),
    );
    const invoice = builtIn.find(({ name }) => name === "invoice");
    expect(invoice?.schema.properties["line_items"]).toMatchObject({ type: "array" });
  });

  it("keeps one, gives the same for the same again, and the next version for another", async () => {
    const first = await add({ name: "label", schema: SCHEMA });
    expect(first.status).toBe(201);
    expect(first.headers.get("location")).toBe("/v1/extractors/label@1");
    expect(await first.json()).toMatchObject({ version: 1, title: "label", required: ["/tracking_number"] });
    expect((await add({ name: "label", schema: SCHEMA })).status).toBe(200);
    const second = await add({ name: "label", title: "Label", schema: SCHEMA });
    expect(await second.json()).toMatchObject({ version: 2, title: "Label" });
    expect((await list()).filter(({ name }) => name === "label")).toMatchObject([{ version: 2 }]);
    const old = await api.fetch("/v1/extractors/label@1", { key: reader });
    expect(await old.json()).toMatchObject({ version: 1, kind: "custom" });
  });

  it("says why a schema cannot be served", async () => {
    const answer = await add({ name: "bad", schema: { type: "object", properties: { a: { anyOf: [] } } } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: "invalid_schema",
      errors: [{ path: "/properties/a/anyOf" }],
    });
  });

  it.each([
    ["a built-in type's name", { name: "invoice", schema: SCHEMA }, 409],
    ["a name with spaces", { name: "My label", schema: SCHEMA }, 400],
    ["no schema", { name: "label" }, 400],
    ["a field that there is not", { name: "label", schema: SCHEMA, labels: [] }, 400],
    ["a schema without end", { name: "long", schema: { ...SCHEMA, description: "x".repeat(200_001) } }, 413],
  ])("refuses %s", async (_, body, status) => {
    expect((await add(body)).status).toBe(status);
  });

  it("keeps tenants apart, and asks for the scope", async () => {
    await add({ name: "mine", schema: SCHEMA });
    expect((await list(stranger)).filter(({ name }) => name === "mine")).toEqual([]);
    expect((await api.fetch("/v1/extractors/mine", { key: stranger })).status).toBe(404);
    const gone = await api.fetch("/v1/extractors/mine", { method: "DELETE", key: stranger });
    expect(gone.status).toBe(404);
    expect((await add({ name: "other", schema: SCHEMA }, reader)).status).toBe(403);
    expect((await api.fetch("/v1/extractors")).status).toBe(401);
  });

  it("offers a deleted one no longer, goes on counting its versions, and still knows the old ones", async () => {
    await add({ name: "brief", schema: SCHEMA });
    const gone = await api.fetch("/v1/extractors/brief", { method: "DELETE", key });
    expect(gone.status).toBe(204);
    expect((await api.fetch("/v1/extractors/brief", { key })).status).toBe(404);
    expect((await api.fetch("/v1/extractors/brief@1", { key })).status).toBe(200);
    expect(await (await add({ name: "brief", schema: SCHEMA })).json()).toMatchObject({ version: 2 });
    const pinned = await api.fetch("/v1/extractors/brief@2", { method: "DELETE", key });
    expect(pinned.status).toBe(400);
  });

  it("pins a document to the version that is the newest when it comes, and refuses an unknown one", async () => {
    await add({ name: "pinned", schema: SCHEMA });
    const body = "Tracking number: XK-20177";
    const sent = await api.fetch("/v1/documents?filename=a.txt&extractor=pinned", {
      method: "POST",
      key,
      body,
    });
    expect(sent.status).toBe(202);
    const { id } = await sent.json<{ id: string }>();
    const row = await api.ports.documents.find(TENANT, id as never);
    expect(row?.options.extractor).toBe("pinned@1");
    const unknown = await api.fetch("/v1/documents?filename=a.txt&extractor=nobody", {
      method: "POST",
      key,
      body,
    });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ errors: [{ path: "extractor" }] });
  });

  it("reads a document again by another extractor, and by none that is built in", async () => {
    await add({ name: "again", schema: SCHEMA });
    const id = await send(api, key);
    await finish(api, id);
    const ask = (extractor: string) =>
      api.fetch(`/v1/documents/${id}/reprocess`, {
        method: "POST",
        key,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ extractor }),
      });
    expect((await ask("invoice")).status).toBe(400);
    expect((await ask("nobody")).status).toBe(404);
    expect((await ask("again")).status).toBe(202);
    expect((await api.ports.documents.find(TENANT, id))?.options.extractor).toBe("again@1");
  });
});
