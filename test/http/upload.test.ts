import { beforeAll, describe, expect, it } from "vitest";
import { openUpload } from "../../src/http/upload.ts";
import { TenantId, type DocumentId } from "../../src/model/ids.ts";
import { bindings, finish, makeApi, objectsOf, seedKey, TENANT } from "./api.ts";

const api = makeApi();
const small = makeApi({ settings: { maxUploadBytes: 100_000 } });
const SIZED = TenantId.parse("ten_sized");
let key: string;
let sizedKey: string;

beforeAll(async () => {
  key = await seedKey(TENANT);
  sizedKey = await seedKey(SIZED);
});

interface Answer {
  id: DocumentId;
  status: string;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
  links: Record<string, string>;
}

async function answerOf(response: Response): Promise<Answer> {
  return response.json<Answer>();
}

function unique(): string {
  return `Invoice ${crypto.randomUUID()}\nTotal 119.00 EUR\n`;
}

const BOUNDARY = "----docketBoundary7";

/** A form written by hand, so that order, headers and its end are ours. */
function rawForm(parts: [headers: string, body: string][], end = `--${BOUNDARY}--\r\n`): RequestInit {
  const body = parts
    .map(([headers, content]) => `--${BOUNDARY}\r\n${headers}\r\n\r\n${content}\r\n`)
    .join("");
  return {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` },
    body: new TextEncoder().encode(body + end),
  };
}

const filePart = (name = "a.txt", content = unique()): [string, string] => [
  `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain`,
  content,
];
const fieldPart = (name: string, value: string): [string, string] => [
  `Content-Disposition: form-data; name="${name}"`,
  value,
];

async function viewOf(id: DocumentId) {
  return api.ports.documents.view(TENANT, id);
}

describe("a form", () => {
  it("is taken in and answered with 202, id and links", async () => {
    const form = new FormData();
    form.set("file", new File([unique()], "rechnung.txt", { type: "text/plain" }));
    const response = await api.fetch("/v1/documents", { method: "POST", key, body: form });
    expect(response.status).toBe(202);
    const answer = await answerOf(response);
    const self = `/v1/documents/${answer.id}`;
    expect(answer).toEqual({
      id: answer.id,
      status: "queued",
      links: {
        self,
        result: `${self}/result`,
        text: `${self}/text`,
        layout: `${self}/layout`,
        file: `${self}/file`,
        events: `${self}/events`,
        live: `${self}/live`,
      },
    });
    expect(response.headers.get("location")).toBe(self);
    expect(api.jobs.at(-1)).toMatchObject({ document: answer.id, tenant: TENANT, epoch: 1 });
    expect(await viewOf(answer.id)).toMatchObject({ filename: "rechnung.txt", status: "queued" });
  });

  const fields: [string, string][] = [
    fieldPart("type", "receipt"),
    fieldPart("priority", "urgent"),
    fieldPart("tags", "travel, 2026 ,travel"),
    fieldPart("metadata", '{"cost_centre":"7","büro":"köln"}'),
    fieldPart("max_cost", "0.05"),
    fieldPart("page_only", "true"),
    fieldPart("split", "never"),
    fieldPart("password", "kept nowhere"),
  ];
  it.each([
    ["before", [...fields, filePart()]],
    ["behind", [filePart(), ...fields]],
    ["around", [...fields.slice(0, 2), filePart(), ...fields.slice(2)]],
  ])("may carry its fields %s the file", async (_where, parts) => {
    const response = await api.fetch("/v1/documents", { ...rawForm(parts), key });
    expect(response.status).toBe(202);
    const { id } = await answerOf(response);
    expect((await api.ports.documents.find(TENANT, id))?.options).toEqual({
      type: "receipt",
      priority: "urgent",
      tags: ["2026", "travel"],
      metadata: { cost_centre: "7", büro: "köln" },
      max_cost_micros: 50_000,
      page_only: true,
      split: "never",
    });
  });

  it.each([
    ["Lieferschein Köln.txt", "Lieferschein Köln.txt"],
    ["发票 №1.txt", "发票 №1.txt"],
    ["../../etc/passwd.txt", "passwd.txt"],
    ["C:\\\\scans\\\\a.txt", "a.txt"],
    ["evil\u202Etxt.exe.txt", "eviltxt.exe.txt"],
    ["", "document"],
    [`${"x".repeat(400)}.txt`, `${"x".repeat(196)}.txt`],
  ])("keeps the file name %j as %j", async (sent, kept) => {
    const response = await api.fetch("/v1/documents", { ...rawForm([filePart(sent)]), key });
    expect(response.status).toBe(202);
    expect((await viewOf((await answerOf(response)).id))?.filename).toBe(kept);
  });

  it.each<[string, [string, string][], string]>([
    ["no file", [fieldPart("type", "receipt")], "no file"],
    ["two files", [filePart("a.txt"), filePart("b.txt")], "more than one file"],
    [
      "the file in another field",
      [['Content-Disposition: form-data; name="upload"; filename="a.txt"', "x"]],
      "field file",
    ],
    ["an unknown field", [filePart(), fieldPart("tpye", "receipt")], "no field tpye"],
    ["an unknown type", [filePart(), fieldPart("type", "novel")], "type"],
    ["metadata that is no JSON", [filePart(), fieldPart("metadata", "{a:1}")], "metadata is not JSON"],
    ["metadata that is no object of strings", [filePart(), fieldPart("metadata", '{"a":1}')], "metadata.a"],
    ["a switch that is neither", [filePart(), fieldPart("page_only", "maybe")], "page_only"],
    ["a way to split that there is not", [filePart(), fieldPart("split", "always")], "split"],
    ["a negative cost", [filePart(), fieldPart("max_cost", "-1")], "max_cost"],
    ["a field twice", [filePart(), fieldPart("type", "receipt"), fieldPart("type", "invoice")], "2 times"],
    [
      "too many tags",
      [fieldPart("tags", Array.from({ length: 33 }, (_, i) => i).join(",")), filePart()],
      "tags",
    ],
    ["a field that is too long", [fieldPart("metadata", "x".repeat(70_000)), filePart()], "longer than"],
    [
      "too many fields",
      [...Array.from({ length: 70 }, (_, i) => fieldPart("tags", `${i}`)), filePart()],
      "too many",
    ],
  ])("with %s is refused and leaves nothing", async (_case, parts, message) => {
    const before = await objectsOf(TENANT);
    const sent = api.jobs.length;
    const response = await api.fetch("/v1/documents", { ...rawForm(parts), key });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await answerOf(response)).toMatchObject({
      code: "invalid_request",
      detail: expect.stringContaining(message),
    });
    expect(await objectsOf(TENANT)).toEqual(before);
    expect(api.jobs).toHaveLength(sent);
  });

  it("says which paths are wrong", async () => {
    const parts = [filePart(), fieldPart("priority", "asap")];
    const { errors } = await answerOf(await api.fetch("/v1/documents", { ...rawForm(parts), key }));
    expect(errors).toEqual([{ path: "priority", message: expect.any(String) }]);
  });

  it("without a boundary, without a body, or empty, is refused", async () => {
    const headers = { "content-type": "multipart/form-data" };
    const post = { method: "POST", key };
    expect((await api.fetch("/v1/documents", { ...post, headers, body: "x" })).status).toBe(400);
    expect((await api.fetch("/v1/documents", post)).status).toBe(422);
    const nothing = await api.fetch("/v1/documents", { ...rawForm([]), key });
    expect(await answerOf(nothing)).toMatchObject({ code: "invalid_request" });
    const empty = await api.fetch("/v1/documents", { ...rawForm([filePart("a.txt", "")]), key });
    expect(empty.status).toBe(422);
    expect(await answerOf(empty)).toMatchObject({ code: "empty_file" });
  });

  it.each([
    ["inside the file", rawForm([filePart("a.txt", "x".repeat(50_000))], "").body as Uint8Array, -20_000],
    ["before its last boundary", rawForm([filePart(), fieldPart("type", "rec")], "").body as Uint8Array, -5],
    ["inside a header", rawForm([filePart(), fieldPart("type", "rec")], "").body as Uint8Array, -30],
  ])("cut off %s is refused and leaves nothing", async (_where, whole, end) => {
    const before = await objectsOf(TENANT);
    const init = { ...rawForm([]), body: whole.slice(0, end), key };
    const response = await api.fetch("/v1/documents", init);
    expect(response.status).toBe(400);
    expect(await answerOf(response)).toMatchObject({ code: "length_mismatch" });
    expect(await objectsOf(TENANT)).toEqual(before);
  });

  it("whose sender goes away half-way leaves nothing", async () => {
    const before = await objectsOf(TENANT);
    const whole = rawForm([filePart("a.txt", "x".repeat(500_000))]).body as Uint8Array;
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at > 300_000) return controller.error(new Error("Network connection lost."));
        controller.enqueue(whole.slice(at, (at += 50_000)));
      },
    });
    const response = await api.fetch("/v1/documents", { ...rawForm([]), body, key });
    expect(await answerOf(response)).toMatchObject({ code: "length_mismatch" });
    expect(await objectsOf(TENANT)).toEqual(before);
  });

  it("arrives whole however it is cut into chunks", async () => {
    const content = Array.from({ length: 300 }, (_, i) => `${i}\r\n--${BOUNDARY.slice(0, i % 18)}\r\n-`).join(
      "",
    );
    const whole = rawForm([filePart("a.txt", content), fieldPart("tags", "late")]).body as Uint8Array;
    for (const size of [1, 2, 3, 7, 61, 1000]) {
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(whole.slice(at, (at += size)));
          if (at >= whole.length) controller.close();
        },
      });
      const request = new Request("https://docket.test/v1/documents", { ...rawForm([]), body });
      const upload = await openUpload(request, { maxBytes: 1_000_000 });
      expect(await new Response(upload.body).text()).toBe(content);
      expect((await upload.options()).tags).toEqual(["late"]);
    }
  });
});

describe("a raw body", () => {
  it.each<[string, string, Record<string, string>]>([
    ["the query", "?filename=Beleg%20M%C3%BCnchen.txt", {}],
    [
      "Content-Disposition",
      "",
      { "content-disposition": "attachment; filename*=UTF-8''Beleg%20M%C3%BCnchen.txt" },
    ],
    ["X-Filename", "", { "x-filename": "Beleg%20M%C3%BCnchen.txt" }],
  ])("takes its name from %s", async (_where, query, headers) => {
    const init = { method: "POST", key, body: unique(), headers };
    const response = await api.fetch(`/v1/documents${query}`, init);
    expect(response.status).toBe(202);
    expect((await viewOf((await answerOf(response)).id))?.filename).toBe("Beleg München.txt");
  });

  it("takes its options from the query", async () => {
    const query = "?filename=a.txt&type=invoice&tags=a&tags=b&metadata=%7B%22k%22%3A%22v%22%7D&max_cost=1";
    const response = await api.fetch(`/v1/documents${query}`, { method: "POST", key, body: unique() });
    const { id } = await answerOf(response);
    expect((await api.ports.documents.find(TENANT, id))?.options).toEqual({
      type: "invoice",
      priority: "standard",
      tags: ["a", "b"],
      metadata: { k: "v" },
      max_cost_micros: 1_000_000,
    });
  });

  it("takes a password from a header, and from no address", async () => {
    const upload = await openUpload(
      new Request("https://docket.test/v1/documents?filename=a.pdf", {
        method: "POST",
        body: "x",
        headers: { "x-document-password": "open sesame" },
      }),
      { maxBytes: 1_000 },
    );
    expect(await upload.options()).toMatchObject({ password: "open sesame" });
    await upload.abandon();
    const response = await api.fetch("/v1/documents?filename=a.pdf&password=open", {
      method: "POST",
      key,
      body: "x",
    });
    expect(response.status).toBe(400);
    expect((await answerOf(response)).detail).toContain("x-document-password");
  });

  it.each<[string, RequestInit, number, string]>([
    ["without a name", { body: "x" }, 400, "invalid_request"],
    ["that is empty", { body: "", headers: { "x-filename": "a.txt" } }, 422, "empty_file"],
    [
      "that is compressed",
      { body: "x", headers: { "x-filename": "a.txt", "content-encoding": "gzip" } },
      415,
      "unsupported_format",
    ],
  ])("%s is refused", async (_case, init, status, code) => {
    const response = await api.fetch("/v1/documents", { method: "POST", key, ...init });
    expect(response.status).toBe(status);
    expect(await answerOf(response)).toMatchObject({ code });
  });

  it("with an unknown option is refused before it is read", async () => {
    const response = await api.fetch("/v1/documents?filename=a.txt&wait=5", {
      method: "POST",
      key,
      body: "x",
    });
    expect(await answerOf(response)).toMatchObject({ code: "invalid_request", errors: [{ path: "wait" }] });
  });

  it("whose sender goes away half-way leaves nothing", async () => {
    const before = await objectsOf(TENANT);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error("Network connection lost."));
      },
    });
    const response = await api.fetch("/v1/documents?filename=a.txt", { method: "POST", key, body });
    expect(await answerOf(response)).toMatchObject({ code: "length_mismatch" });
    expect(await objectsOf(TENANT)).toEqual(before);
  });
});

describe("a file over the limit", () => {
  const stream = (bytes: number) => {
    let left = bytes;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(Math.min(left, 20_000)).fill(120));
        left -= 20_000;
        if (left <= 0) controller.close();
      },
    });
  };

  it.each<[string, string, RequestInit]>([
    [
      "raw and announced",
      "?filename=a.txt",
      { body: new Uint8Array(100_001), headers: { "content-length": "100001" } },
    ],
    ["raw and streamed", "?filename=a.txt", { body: stream(150_000) }],
    ["in a form", "", rawForm([filePart("a.txt", "x".repeat(100_001))])],
    [
      "in a form, announced far too long",
      "",
      {
        ...rawForm([filePart()]),
        headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}`, "content-length": "9000000" },
      },
    ],
  ])("%s is 413 and leaves nothing", async (_case, query, init) => {
    const response = await small.fetch(`/v1/documents${query}`, { method: "POST", key: sizedKey, ...init });
    expect(response.status).toBe(413);
    expect(await answerOf(response)).toMatchObject({ code: "payload_too_large", max_bytes: 100_000 });
    expect(await objectsOf(SIZED)).toEqual([]);
    expect(
      (await small.ports.documents.list(SIZED, { filters: {}, sort: "created_at", order: "asc", limit: 9 }))
        .documents,
    ).toEqual([]);
  });

  it("just at the limit is taken", async () => {
    const body = "x".repeat(100_000);
    const raw = await small.fetch("/v1/documents?filename=a.txt", { method: "POST", key: sizedKey, body });
    expect(raw.status).toBe(202);
    const form = await small.fetch("/v1/documents", {
      ...rawForm([filePart("b.txt", `${body.slice(1)}y`)]),
      key: sizedKey,
    });
    expect(form.status).toBe(202);
  });
});

it("a 60 MB form is never held: the sender is at most a few chunks ahead of the store", async () => {
  const CHUNK = 64 * 1024;
  const FILE_BYTES = 60_000_000;
  const head = new TextEncoder().encode(`--${BOUNDARY}\r\n${filePart()[0]}\r\n\r\n`);
  const tail = new TextEncoder().encode(`\r\n--${BOUNDARY}--\r\n`);
  let sent = 0;
  let taken = 0;
  let ahead = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(head),
      pull(controller) {
        if (sent >= FILE_BYTES) {
          controller.enqueue(tail);
          return controller.close();
        }
        const size = Math.min(CHUNK, FILE_BYTES - sent);
        sent += size;
        ahead = Math.max(ahead, sent - taken);
        controller.enqueue(new Uint8Array(size).fill(sent % 251));
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request("https://docket.test/v1/documents", { ...rawForm([]), body });
  const upload = await openUpload(request, { maxBytes: 100_000_000 });
  const reader = upload.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    taken += value.byteLength;
    if (taken % 100 === 0) await scheduler.wait(0);
  }
  await upload.options();
  expect(taken).toBe(FILE_BYTES);
  expect(ahead).toBeLessThan(8 * CHUNK);
});

describe("Prefer: wait", () => {
  it("answers with the result when the document ends in time", async () => {
    const ending = makeApi({ settings: { maxWaitSeconds: 20 } });
    const waiting = ending.fetch("/v1/documents?filename=a.txt", {
      method: "POST",
      key,
      body: unique(),
      headers: { prefer: "respond-async, wait=15" },
    });
    while (ending.jobs.length === 0) await scheduler.wait(5);
    await finish(ending, ending.jobs[0]!.document);
    const response = await waiting;
    expect(response.status).toBe(200);
    expect(response.headers.get("preference-applied")).toBe("wait=15");
    expect(await response.json()).toMatchObject({
      id: ending.jobs[0]!.document,
      status: "completed",
      type: "invoice",
      file: "a.txt",
      data: { total: "119.00" },
      error: null,
      children: [],
    });
  });

  it("answers 202 when it does not, and waits no longer than allowed", async () => {
    const response = await makeApi({ settings: { maxWaitSeconds: 1 } }).fetch(
      "/v1/documents?filename=a.txt",
      {
        method: "POST",
        key,
        body: unique(),
        headers: { prefer: "wait=600" },
      },
    );
    expect(response.status).toBe(202);
    expect(response.headers.get("preference-applied")).toBe("wait=1");
  });

  it("malformed is none", async () => {
    const response = await api.fetch("/v1/documents?filename=a.txt", {
      method: "POST",
      key,
      body: unique(),
      headers: { prefer: "wait=soon" },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get("preference-applied")).toBeNull();
  });

  it("a file whose end is known at once answers 200 with the result", async () => {
    const body = Uint8Array.from({ length: 64 }, (_, i) => (i * 7) % 256);
    const response = await api.fetch("/v1/documents?filename=a.bin", { method: "POST", key, body });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "failed",
      error: { code: "unsupported_format" },
      data: {},
    });
  });
});

it("an upload costs at most four binding calls in a row", async () => {
  await api.fetch("/v1/documents?filename=a.txt", { method: "POST", key, body: unique() });
  const response = await api.fetch("/v1/documents?filename=a.txt", { method: "POST", key, body: unique() });
  expect(response.status).toBe(202);
  // Sending the message is collected here: it is the fourth.
  expect(Number(response.headers.get("x-docket-binding-depth"))).toBeLessThanOrEqual(3);
  expect(await bindings.BUCKET.head("nothing")).toBeNull();
});
