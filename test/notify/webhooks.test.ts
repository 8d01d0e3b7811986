import { describe, expect, it } from "vitest";
import { Webhook as Verifier } from "standardwebhooks";
import { TenantId } from "../../src/model/ids.ts";
import { EventId } from "../../src/model/webhook.ts";
import { bodyOf, deliver } from "../../src/notify/deliver.ts";
import { delayBeforeMs, MOST_ATTEMPTS, retryAfterMs } from "../../src/notify/schedule.ts";
import { makeSecret, signedHeaders } from "../../src/notify/sign.ts";
import { checkTarget } from "../../src/notify/target.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("a message's signature", () => {
  const body = '{"type":"webhook.test","data":{"ö":1}}';

  it("is what the Standard Webhooks library verifies, and of nothing else", async () => {
    const secret = makeSecret();
    const headers = await signedHeaders({ id: "evt_1", body, atMs: Date.now() }, [secret]);
    expect(new Verifier(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Verifier(secret).verify(`${body} `, headers)).toThrow("No matching signature found");
    expect(() => new Verifier(makeSecret()).verify(body, headers)).toThrow("No matching signature found");
  });

  it("is made with both secrets while one is being changed over", async () => {
    const [old, fresh] = [makeSecret(), makeSecret()];
    const headers = await signedHeaders({ id: "evt_1", body, atMs: Date.now() }, [fresh, old]);
    for (const secret of [old, fresh]) expect(new Verifier(secret).verify(body, headers)).toBeDefined();
  });
});

describe("the schedule", () => {
  it("is that of Standard Webhooks, and ends", () => {
    const delays = Array.from({ length: MOST_ATTEMPTS }, (_, at) => delayBeforeMs(at + 1, 0.5));
    expect(delays).toEqual([
      0,
      5_000,
      5 * MINUTE,
      30 * MINUTE,
      2 * HOUR,
      5 * HOUR,
      10 * HOUR,
      14 * HOUR,
      20 * HOUR,
      24 * HOUR,
    ]);
    expect(delayBeforeMs(MOST_ATTEMPTS + 1, 0.5)).toBeNull();
  });

  it("is shaken by a tenth, and waits as long as it is asked to", () => {
    expect(delayBeforeMs(3, 0)).toBe(4.5 * MINUTE);
    expect(delayBeforeMs(3, 1)).toBe(5.5 * MINUTE);
    expect(delayBeforeMs(2, 0.5, 90_000)).toBe(90_000);
    expect(delayBeforeMs(2, 0.5, 1e12)).toBe(24 * HOUR);
  });

  it.each([
    ["120", 120_000],
    ["Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
    ["soon", 0],
    [null, 0],
  ])("reads Retry-After: %s", (header, ms) => {
    expect(retryAfterMs(header, 0)).toBe(ms);
  });
});

describe("a target", () => {
  const check = (url: string) => checkTarget(url, { allowPrivate: false, ownHosts: ["docket.example"] });

  it.each([
    "https://example.com/hook?x=1",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/",
    "https://a.example:8443/",
  ])("may be public: %s", (url) => {
    expect(check(url).href).toBe(url);
  });

  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "not an address",
    "https://user:pass@example.com/",
    "https://docket.example/v1/documents",
    "https://localhost/",
    "https://db.internal/",
    "https://printer.local./",
    "https://intranet/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
  ])("is refused where it leads inside, or is none: %s", (url) => {
    expect(() => check(url)).toThrow(/url/);
  });
});

describe("an attempt", () => {
  const endpoint = { url: "https://example.com/hook", secret: makeSecret(), previousSecret: null };
  const message = { id: "evt_1", body: "{}" };
  const attempt = (answer: (request: Request) => Promise<Response>, url = endpoint.url) =>
    deliver({ clock: () => Date.now(), fetch: answer, allowPrivate: false }, { ...endpoint, url }, message);

  it("succeeds with 2xx alone, and follows no redirect", async () => {
    const asked: Request[] = [];
    const ok = await attempt(async (request) => {
      asked.push(request);
      return new Response(null, { status: 204 });
    });
    expect(ok).toMatchObject({ ok: true, status: 204, error: null });
    expect(asked[0]?.redirect).toBe("manual");
    const moved = await attempt(
      async () => new Response(null, { status: 302, headers: { location: "https://127.0.0.1/" } }),
    );
    expect(moved).toMatchObject({ ok: false, status: 302 });
    expect(moved.error).toContain("not followed");
    expect(await attempt(async () => new Response(null, { status: 410 }))).toMatchObject({
      ok: false,
      gone: true,
    });
  });

  it("that is asked to wait says so, and one without an answer says why", async () => {
    const busy = await attempt(
      async () => new Response(null, { status: 429, headers: { "retry-after": "60" } }),
    );
    expect(busy).toMatchObject({ ok: false, status: 429, retryAfterMs: 60_000 });
    const hung = await attempt(async () => {
      throw new DOMException("too long", "TimeoutError");
    });
    expect(hung).toMatchObject({ ok: false, status: null, error: "No answer within 15 s." });
    const cut = await attempt(() => Promise.reject(new TypeError("reset")));
    expect(cut).toMatchObject({ ok: false, status: null, error: "No connection." });
  });

  it("is not made where the address has become one that may not be called", async () => {
    const asked: Request[] = [];
    const refused = await attempt(async (request) => {
      asked.push(request);
      return new Response();
    }, "https://10.0.0.1/");
    expect(refused).toMatchObject({ ok: false, status: null });
    expect(asked).toEqual([]);
  });
});

it("a body tells what happened, to whom, and the event's place in order", () => {
  const notice = {
    id: EventId.parse("evt_1"),
    type: "document.completed" as const,
    document: null,
    payload: JSON.stringify({ document: "doc_1", run: 2, status: "completed", type: "invoice" }),
    atMs: 0,
  };
  expect(JSON.parse(bodyOf(TenantId.parse("ten_a"), notice, 7))).toEqual({
    type: "document.completed",
    timestamp: "1970-01-01T00:00:00.000Z",
    tenant: "ten_a",
    sequence: 7,
    data: { document_id: "doc_1", document_type: "invoice", run: 2, status: "completed" },
  });
});
