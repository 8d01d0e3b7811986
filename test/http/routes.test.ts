import { beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../src/errors.ts";
import type { DocumentEvent } from "../../src/model/event.ts";
import { makeDocumentId, type DocumentId } from "../../src/model/ids.ts";
import { ParsedDocument } from "../../src/model/parsed.ts";
import { finish, LAYOUT, makeApi, objectsOf, OTHER, PNG, seedKey, send, TENANT, type Api } from "./api.ts";

const api = makeApi();
let key: string;
let reader: string;
let writer: string;
let stranger: string;
/** Ended, failed, and not ended. */
let done: DocumentId;
let broken: DocumentId;
let queued: DocumentId;
const MISSING = makeDocumentId(0, new Uint8Array(10));

beforeAll(async () => {
  key = await seedKey(TENANT);
  reader = await seedKey(TENANT, { scopes: ["documents:read"] });
  writer = await seedKey(TENANT, { scopes: ["documents:write"] });
  stranger = await seedKey(OTHER);
  done = await send(api, key);
  broken = await send(api, key);
  queued = await send(api, key);
  await finish(api, done);
  await finish(api, broken, { code: "file_damaged", message: "The file is cut off." });
});

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  instance: string;
  request_id: string;
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = await response.json<Problem>();
  expect(problem).toMatchObject({
    type: `urn:docket:error:${problem.code}`,
    title: expect.any(String),
    status: response.status,
    detail: expect.stringMatching(/\S/),
    request_id: response.headers.get("x-request-id"),
  });
  return problem;
}

/** Every route of one document, as method and path. */
function routesOf(id: string): [method: string, path: string][] {
  const self = `/v1/documents/${id}`;
  return [
    ["GET", self],
    ["GET", `${self}/result`],
    ["GET", `${self}/text`],
    ["GET", `${self}/layout`],
    ["GET", `${self}/history`],
    ["GET", `${self}/file`],
    ["GET", `${self}/pages/1.png`],
    ["GET", `${self}/events`],
    ["GET", `${self}/live`],
    ["POST", `${self}/tickets`],
    ["POST", `${self}/reprocess`],
    ["DELETE", self],
  ];
}

function requestOf([method, path]: [string, string], as?: string) {
  const headers: Record<string, string> = path.endsWith("/live") ? { upgrade: "websocket" } : {};
  return api.fetch(path, { method, headers, ...(as === undefined ? {} : { key: as }) });
}

describe("who may", () => {
  it("another tenant's id answers 404 on every route, like one that never was, and changes nothing", async () => {
    const before = await objectsOf(TENANT);
    for (const [asked, as] of [
      [done, stranger],
      [MISSING, key],
      ["doc_nonsense", key],
    ] as const) {
      for (const route of routesOf(asked)) {
        const response = await requestOf(route, as);
        expect([...route, response.status]).toEqual([...route, 404]);
        expect((await problemOf(response)).code).toBe("not_found");
      }
    }
    expect(await objectsOf(TENANT)).toEqual(before);
    expect((await api.ports.documents.view(TENANT, done))?.status).toBe("completed");
    const { documents } = await (
      await api.fetch("/v1/documents", { key: stranger })
    ).json<{ documents: unknown[] }>();
    expect(documents).toEqual([]);
  });

  it("every route wants a key", async () => {
    for (const route of [...routesOf(done), ["GET", "/v1/documents"], ["POST", "/v1/documents"]] as [
      string,
      string,
    ][]) {
      for (const as of [undefined, "dk_live_wrong", `${key.slice(0, -1)}_`]) {
        const response = await requestOf(route, as);
        expect([...route, response.status]).toEqual([...route, 401]);
        expect(response.headers.get("www-authenticate")).toBe('Bearer realm="docket"');
        expect((await problemOf(response)).code).toBe("unauthorized");
      }
    }
  });

  it("a key reaches as far as its scopes", async () => {
    for (const route of routesOf(queued)) {
      const reads = route[0] === "GET" || route[1].endsWith("/tickets");
      expect((await requestOf(route, reads ? writer : reader)).status).toBe(403);
    }
    const upload = await api.fetch("/v1/documents?filename=a.txt", {
      method: "POST",
      key: reader,
      body: "x",
    });
    expect(await problemOf(upload)).toMatchObject({ code: "forbidden", scope: "documents:write" });
    expect((await api.fetch(`/v1/documents/${queued}`, { key: reader })).status).toBe(200);
    expect((await api.fetch("/v1/documents?limit=1", { key: writer })).status).toBe(403);
  });
});

describe("a document's state", () => {
  it("is one binding call, with a warm key none more", async () => {
    await api.fetch(`/v1/documents/${done}`, { key });
    const response = await api.fetch(`/v1/documents/${done}`, { key });
    expect(await response.json()).toMatchObject({
      id: done,
      status: "completed",
      type: "invoice",
      vendor: "Müller GmbH",
      total: "119.00",
      currency: "EUR",
      links: { self: `/v1/documents/${done}` },
    });
    expect(response.headers.get("x-docket-binding-calls")).toBe("1");
    expect(response.headers.get("x-docket-binding-depth")).toBe("1");
    expect(response.headers.get("server-timing")).toContain("1 calls, 1 deep");
  });

  it("HEAD has its headers without a body", async () => {
    const response = await api.fetch(`/v1/documents/${done}`, { method: "HEAD", key });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });
});

describe("lists", () => {
  it("give documents and walk by cursor", async () => {
    const first = await api.fetch("/v1/documents?limit=2", { key });
    const page = await first.json<{ documents: { id: string }[]; next: string }>();
    expect(page.documents).toHaveLength(2);
    const second = await api.fetch(`/v1/documents?limit=2&cursor=${page.next}`, { key });
    const rest = await second.json<{ documents: { id: string }[]; next: string | null }>();
    const ids = [...page.documents, ...rest.documents].map((document) => document.id);
    expect(new Set(ids)).toEqual(new Set([done, broken, queued]));
    expect(rest.next).toBeNull();
  });

  it("take every filter", async () => {
    const query =
      "status=completed&type=invoice&vendor=M%C3%BCller&invoice_number=R-1&sales_order_header_id=SO-1&total_min=100&total_max=119.00&currency=EUR&date_from=2026-02-01&date_to=2026-02-01&created_from=2020-01-01&created_to=2100-01-01T00:00:00Z&sort=total&order=asc&limit=200";
    const response = await api.fetch(`/v1/documents?${query}`, { key });
    const { documents } = await response.json<{ documents: { id: string }[] }>();
    expect(documents.map((document) => document.id)).toEqual([done]);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["limit=ten", "limit"],
    ["status=done", "status"],
    ["sort=vendor", "sort"],
    ["total_min=1,50", "total_min"],
    ["date_from=01.02.2026", "date_from"],
    ["created_to=never", "created_to"],
    ["currency=euro", "currency"],
    ["vender=acme", "vender"],
    ["cursor=%F0%9F%92%A9", "cursor"],
    ["cursor=abc", "cursor"],
  ])("refuse ?%s and name it", async (query, name) => {
    const response = await api.fetch(`/v1/documents?${query}`, { key });
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem.code).toBe("invalid_request");
    expect(JSON.stringify(problem)).toContain(name);
  });
});

describe("what was read", () => {
  it("the result holds the values", async () => {
    const response = await api.fetch(`/v1/documents/${done}/result`, { key });
    expect(await response.json()).toMatchObject({
      id: done,
      status: "completed",
      data: { invoice_number: "R-1", total: "119.00" },
      error: null,
      review: { auto_approved: true },
      links: { text: `/v1/documents/${done}/text` },
    });
    expect(response.headers.get("x-docket-binding-depth")).toBe("1");
  });

  it("a failed document has a result too, which says why", async () => {
    const response = await api.fetch(`/v1/documents/${broken}/result`, { key });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "failed",
      data: {},
      error: { code: "file_damaged", message: "The file is cut off." },
    });
  });

  it.each(["result", "text", "layout"])("the %s of a document that has not ended is 409", async (what) => {
    const response = await api.fetch(`/v1/documents/${queued}/${what}`, { key });
    expect(response.status).toBe(409);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await problemOf(response)).toMatchObject({ code: "not_ready", document_status: "queued" });
  });

  it("the layout is what was parsed", async () => {
    const response = await api.fetch(`/v1/documents/${done}/layout`, { key });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(ParsedDocument.parse(await response.json())).toEqual(LAYOUT);
  });

  it("a document that ended without a result has no layout", async () => {
    const response = await api.fetch(`/v1/documents/${broken}/layout`, { key });
    expect(response.status).toBe(404);
    expect(await problemOf(response)).toMatchObject({ code: "not_found" });
  });

  it("the text is plain text", async () => {
    const response = await api.fetch(`/v1/documents/${done}/text`, { key });
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; charset=utf-8$/i);
    expect(await response.text()).toBe("Rechnung Nr. R-1 über 119,00 €");
  });

  it("the original comes back byte for byte, as a download that runs nowhere", async () => {
    const html = "<script>alert(1)</script> <a href='x'>text</a>";
    const sent = await api.fetch("/v1/documents?filename=b%C3%B6se%22%0D%0Ax.txt", {
      method: "POST",
      key,
      body: html,
    });
    const { id } = await sent.json<{ id: string }>();
    const response = await api.fetch(`/v1/documents/${id}/file`, { key });
    expect(await response.text()).toBe(html);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="b?se\\"x.txt"; filename*=UTF-8''b%C3%B6se%22x.txt`,
    );
    expect(response.headers.get("content-length")).toBe(String(html.length));
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("pages come as PNG", async () => {
    const pages = makeApi({
      useCases: {
        readPageImage: async ({ page, maxSide }) => ({
          png: Uint8Array.of(...PNG, page, maxSide % 256),
          final: true,
        }),
      },
    });
    const response = await pages.fetch(`/v1/documents/${done}/pages/2.png?max_side=300`, { key });
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(...PNG, 2, 44));
  });

  it.each([
    ["pages/0.png", 404, "page_not_found"],
    ["pages/one.png", 404, "page_not_found"],
    ["pages/1.png?max_side=9", 400, "invalid_request"],
    ["pages/1.png?max_side=99999", 400, "invalid_request"],
    ["pages/1.png", 415, "unsupported_format"],
  ])("%s is refused with %i", async (path, status, code) => {
    const response = await api.fetch(`/v1/documents/${done}/${path}`, { key });
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });
});

describe("reprocessing and deleting", () => {
  it("a new run is queued, as another type when asked", async () => {
    const id = await send(api, key);
    const early = await api.fetch(`/v1/documents/${id}/reprocess`, { method: "POST", key });
    expect((await problemOf(early)).code).toBe("conflict");
    await finish(api, id);
    const init = {
      method: "POST",
      key,
      body: '{"type":"receipt"}',
      headers: { "content-type": "application/json" },
    };
    const response = await api.fetch(`/v1/documents/${id}/reprocess`, init);
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ id, status: "queued", run: 2 });
    expect(api.jobs.at(-1)).toMatchObject({ document: id, epoch: 2 });
    expect((await api.ports.documents.find(TENANT, id))?.options.type).toBe("receipt");
    await finish(api, id, null, 2);
    expect((await api.fetch(`/v1/documents/${id}/reprocess`, { method: "POST", key })).status).toBe(202);
  });

  it.each(['{"type":"novel"}', '{"typ":"receipt"}', "{", "[]"])("the body %s is refused", async (body) => {
    const headers = { "content-type": "application/json" };
    const response = await api.fetch(`/v1/documents/${done}/reprocess`, {
      method: "POST",
      key,
      body,
      headers,
    });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).code).toBe("invalid_request");
  });

  it("deleting leaves nothing, and the second time there is nothing", async () => {
    const id = await send(api, key);
    await finish(api, id);
    const response = await api.fetch(`/v1/documents/${id}`, { method: "DELETE", key });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    expect((await objectsOf(TENANT)).filter((name) => name.includes(id))).toEqual([]);
    for (const route of routesOf(id)) expect((await requestOf(route, key)).status).toBe(404);
  });
});

describe("live", () => {
  /** Collects a socket's events until it closes. */
  function follow(response: Response): Promise<DocumentEvent[]> {
    const socket = response.webSocket;
    if (!socket) throw new Error(`no socket: ${response.status}`);
    const events: DocumentEvent[] = [];
    const closed = new Promise<DocumentEvent[]>((resolve) => {
      socket.addEventListener("message", ({ data }) => void events.push(JSON.parse(String(data))));
      socket.addEventListener("close", () => resolve(events));
    });
    socket.accept();
    return closed;
  }
  const upgrade = { upgrade: "websocket" };
  const ticketFor = async (id: string, of: Api = api) => {
    const response = await of.fetch(`/v1/documents/${id}/tickets`, { method: "POST", key });
    expect(response.status).toBe(201);
    const { ticket, expires_in } = await response.json<{ ticket: string; expires_in: number }>();
    expect(expires_in).toBe(60);
    return encodeURIComponent(ticket);
  };

  it("a socket gets what was and what comes, and resumes behind `after`", async () => {
    const id = await send(api, key);
    const whole = follow(await api.fetch(`/v1/documents/${id}/live`, { key, headers: upgrade }));
    await finish(api, id);
    const events = await whole;
    expect(events.map(({ kind }) => kind)).toEqual(["queued", "claimed", "completed"]);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const late = await api.fetch(`/v1/documents/${id}/live?after=2`, { key, headers: upgrade });
    expect(late.status).toBe(101);
    expect(await follow(late)).toEqual(events.slice(2));
  });

  it("an event stream does the same, and Last-Event-ID counts more than `after`", async () => {
    const path = `/v1/documents/${done}/events`;
    const whole = await api.fetch(path, { key });
    expect(whole.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(whole.headers.get("cache-control")).toContain("no-store");
    expect((await whole.text()).match(/^id: .*$/gm)).toEqual(["id: 1", "id: 2", "id: 3"]);
    const resumed = await api.fetch(`${path}?after=0`, { key, headers: { "last-event-id": "2" } });
    expect((await resumed.text()).match(/^id: .*$/gm)).toEqual(["id: 3"]);
  });

  it.each([
    ["events?after=-1", {}],
    ["events?after=x", {}],
    ["events", { "last-event-id": "x" }],
    ["live", {}],
  ])("%s with %o is refused", async (path, headers) => {
    const response = await api.fetch(`/v1/documents/${done}/${path}`, { key, headers });
    expect((await problemOf(response)).code).toBe("invalid_request");
  });

  it("a ticket opens one socket or stream, once, without a key", async () => {
    const ticket = await ticketFor(done);
    const path = `/v1/documents/${done}/live?ticket=${ticket}`;
    const first = await api.fetch(path, { headers: { ...upgrade, origin: "https://docket.test" } });
    expect(first.status).toBe(101);
    expect(await follow(first)).toHaveLength(3);
    expect((await problemOf(await api.fetch(path, { headers: upgrade }))).code).toBe("unauthorized");
    const stream = await api.fetch(`/v1/documents/${done}/events?ticket=${await ticketFor(done)}`);
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  it("a ticket is for its document and its two routes alone", async () => {
    const ticket = await ticketFor(done);
    for (const path of [`${queued}/events`, `${MISSING}/events`, `${done}/result`, `${done}/file`, done]) {
      const response = await api.fetch(`/v1/documents/${path}?ticket=${ticket}`);
      expect([path, response.status]).toEqual([path, 401]);
    }
    for (const forged of ["", "x", "ten_http.", "ten_http.x", "ten_stranger.x", "../x.y", "x".repeat(5000)]) {
      const response = await api.fetch(`/v1/documents/${done}/events?ticket=${encodeURIComponent(forged)}`);
      expect(response.status).toBe(401);
    }
    expect((await api.fetch(`/v1/documents/${done}/events?ticket=${ticket}`)).status).toBe(200);
  });

  it("a ticket on another site's page is refused and not used up", async () => {
    const path = `/v1/documents/${done}/live?ticket=${await ticketFor(done)}`;
    for (const origin of ["https://evil.test", "null", "https://docket.test.evil.test"]) {
      const response = await api.fetch(path, { headers: { ...upgrade, origin } });
      expect((await problemOf(response)).code).toBe("forbidden");
    }
    const own = await api.fetch(path, { headers: { ...upgrade, origin: "https://docket.test" } });
    expect(own.status).toBe(101);
    await follow(own);
  });
});

describe("the frame of every answer", () => {
  it("carries a request id and security headers, on errors too, and lets no other site in", async () => {
    for (const [path, init] of [
      ["/healthz", {}],
      ["/v1/nothing", {}],
      [`/v1/documents/${done}`, { key, headers: { origin: "https://evil.test" } }],
      ["/v1/documents", { key: "wrong" }],
      ["/docs", {}],
    ] as const) {
      const { headers } = await api.fetch(path, init);
      expect(headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(headers.get("strict-transport-security")).toContain("max-age");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("unknown addresses are 404", async () => {
    for (const path of [
      "/v1/nothing",
      "/v1",
      "/v1/documents/",
      `/v1/documents/${done}/secret`,
      "/V1/documents",
    ]) {
      const response = await api.fetch(path, { key });
      expect(response.status).toBe(404);
      expect(await problemOf(response)).toMatchObject({ code: "not_found", instance: path });
    }
  });

  it.each([
    ["PUT", "/v1/documents", "GET, HEAD, POST"],
    ["PATCH", "/v1/documents/doc_x", "DELETE, GET, HEAD"],
    ["DELETE", "/v1/documents/doc_x/result", "GET, HEAD"],
    ["GET", "/v1/documents/doc_x/reprocess", "POST"],
    ["POST", "/v1/documents/doc_x/pages/1.png", "GET, HEAD"],
    ["OPTIONS", "/v1/documents", "GET, HEAD, POST"],
    ["POST", "/healthz", "GET, HEAD"],
  ])("%s %s is 405 and says what is allowed", async (method, path, allow) => {
    const response = await api.fetch(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allow);
    expect((await problemOf(response)).code).toBe("method_not_allowed");
  });

  it("what fails here tells nothing but the request's id, and is logged", async () => {
    const failing = makeApi({
      useCases: {
        readResult: () => Promise.reject(new Error("secret connection string")),
        readText: () => Promise.reject(new SyntaxError('Unexpected token, "Rechnung an Frau M" is not JSON')),
        openOriginal: () =>
          Promise.reject(new AppError("upstream_unavailable", "R2 does not answer.", { cause: "secret" })),
      },
    });
    const response = await failing.fetch(`/v1/documents/${done}/result`, { key });
    expect(response.status).toBe(500);
    const problem = await problemOf(response);
    expect(JSON.stringify(problem)).not.toContain("secret");
    expect(problem.detail).toContain(problem.request_id);
    const entry = failing.logged.find(({ event }) => event === "http_failed");
    expect(entry?.fields).toMatchObject({ request: problem.request_id, message: "secret connection string" });
    await failing.fetch(`/v1/documents/${done}/text`, { key });
    expect(JSON.stringify(failing.logged)).not.toContain("Frau M");
    const upstream = await failing.fetch(`/v1/documents/${done}/file`, { key });
    expect(upstream.headers.get("retry-after")).toBe("5");
    expect(JSON.stringify(await problemOf(upstream))).not.toContain("secret");
  });

  it("a request is one line in the log, without keys, queries or names", async () => {
    const own = makeApi();
    await own.fetch("/v1/documents?vendor=Frau%20M", { key });
    expect(own.logged).toEqual([
      {
        event: "http_request",
        fields: {
          request: expect.any(String),
          method: "GET",
          path: "/v1/documents",
          status: 200,
          ms: expect.any(Number),
          tenant: TENANT,
        },
      },
    ]);
  });
});

describe("the system", () => {
  it("is healthy", async () => {
    expect(await (await api.fetch("/healthz")).json()).toEqual({ status: "ok", version: "0.0.0" });
  });

  it("is ready when every binding answers", async () => {
    const response = await api.fetch("/readyz");
    const { status, bindings } = await response.json<{ status: string; bindings: Record<string, unknown> }>();
    expect(bindings).toEqual(
      Object.fromEntries(
        ["BUCKET", "DB", "CACHE", "QUEUE_URGENT", "QUEUE_STANDARD", "QUEUE_BULK", "ROOMS", "ASSETS"].map(
          (name) => [name, { verdict: "ok", ms: expect.any(Number) }],
        ),
      ),
    );
    expect([response.status, status]).toEqual([200, "ready"]);
  });

  it("is not ready when one fails or hangs, and tells no more than which", async () => {
    const limping = makeApi({
      probes: {
        DB: () => Promise.reject(new Error("secret host is down")),
        CACHE: () => new Promise(() => undefined),
        BUCKET: () => Promise.resolve(),
      },
    });
    const response = await limping.fetch("/readyz");
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(text).not.toContain("secret");
    expect(JSON.parse(text)).toMatchObject({
      status: "not_ready",
      bindings: { DB: { verdict: "failed" }, CACHE: { verdict: "failed" }, BUCKET: { verdict: "ok" } },
    });
  });

  it("describes itself in OpenAPI 3.1, every route with its errors", async () => {
    const description = await (
      await api.fetch("/v1/openapi.json")
    ).json<{
      openapi: string;
      paths: Record<
        string,
        Record<string, { responses: Record<string, { content?: object }>; security: object[] }>
      >;
      components: { schemas: Record<string, unknown>; securitySchemes: Record<string, { type: string }> };
    }>();
    expect(description.openapi).toBe("3.1.0");
    const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations.toSorted()).toEqual([
      "delete /v1/documents/{id}",
      "delete /v1/extractors/{reference}",
      "delete /v1/memory",
      "delete /v1/webhooks/{id}",
      "get /healthz",
      "get /readyz",
      "get /v1/dead-letters",
      "get /v1/documents",
      "get /v1/documents/{id}",
      "get /v1/documents/{id}/events",
      "get /v1/documents/{id}/file",
      "get /v1/documents/{id}/history",
      "get /v1/documents/{id}/layout",
      "get /v1/documents/{id}/live",
      "get /v1/documents/{id}/pages/{page}.png",
      "get /v1/documents/{id}/result",
      "get /v1/documents/{id}/text",
      "get /v1/extractors",
      "get /v1/extractors/{reference}",
      "get /v1/memory",
      "get /v1/webhooks",
      "get /v1/webhooks/{id}/deliveries",
      "patch /v1/documents/{id}/fields",
      "patch /v1/webhooks/{id}",
      "post /v1/dead-letters/replay",
      "post /v1/dead-letters/{id}/replay",
      "post /v1/documents",
      "post /v1/documents/{id}/cancel",
      "post /v1/documents/{id}/reprocess",
      "post /v1/documents/{id}/tickets",
      "post /v1/extractors",
      "post /v1/webhooks",
      "post /v1/webhooks/{id}/deliveries/{event}/replay",
      "post /v1/webhooks/{id}/rotate",
      "post /v1/webhooks/{id}/test",
    ]);
    for (const [path, methods] of Object.entries(description.paths)) {
      if (!path.startsWith("/v1/")) continue;
      for (const operation of Object.values(methods)) {
        expect(operation.security[0]).toEqual({ apiKey: [] });
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["401", "403", "500"]));
        expect(operation.responses["401"]?.content).toEqual({
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        });
      }
    }
    expect(description.components.securitySchemes["apiKey"]?.type).toBe("http");
    const references = JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of references) expect(description.components.schemas).toHaveProperty(name ?? "");
  });

  it("shows its reference page, which loads from no other host", async () => {
    const response = await api.fetch("/docs");
    const page = await response.text();
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page).toContain('src="/vendor/scalar/standalone.js"');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self';.*connect-src 'self'/);
  });

  it("gives the development key to the developer's own machine alone", async () => {
    const development = { environment: "development", devApiKey: "dk_dev_x" } as const;
    for (const host of ["127.0.0.1:8787", "localhost:8787", "[::1]:8787"]) {
      const local = makeApi({ settings: development, origin: `http://${host}` });
      expect(await (await local.fetch("/dev/key")).json()).toEqual({ key: "dk_dev_x" });
    }
    for (const [settings, origin] of [
      [development, "http://evil.test"],
      [development, "http://localhost.evil.test"],
      [{ ...development, devApiKey: null }, "http://localhost"],
      [{ ...development, environment: "production" }, "http://localhost"],
      [{ ...development, environment: "test" }, "http://localhost"],
    ] as const) {
      expect((await makeApi({ settings, origin }).fetch("/dev/key")).status).toBe(404);
    }
  });
});
