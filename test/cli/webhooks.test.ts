import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Webhook as Verifier } from "standardwebhooks";
import { freePort, makeFolder, serve } from "./command.ts";

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let folder: Awaited<ReturnType<typeof makeFolder>>;
let platform: Awaited<ReturnType<typeof serve>>;
let receiver: Server;
let address: string;
const received: Received[] = [];
/** What the receiver answers next; then 200. */
const answers: number[] = [];

beforeAll(async () => {
  folder = await makeFolder();
  platform = await serve(join(folder.path, "home"), "--port", String(await freePort()));
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.statusCode = answers.shift() ?? 200;
      response.end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});

afterAll(async () => {
  await platform.end("SIGTERM");
  receiver.close();
  await folder.remove();
});

function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${platform.key}`);
  return fetch(`${platform.url}${path}`, { ...init, headers });
}

function verified(secret: string, { headers, body }: Received): unknown {
  const named = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
  return new Verifier(secret).verify(
    body,
    Object.fromEntries(named.map((name) => [name, String(headers[name])])),
  );
}

test("a document's end arrives signed, is sent again after a failure, and is one event", async () => {
  const added = await call("/v1/webhooks", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: address, events: ["document.completed"] }),
  });
  expect(added.status).toBe(201);
  const { id, secret } = (await added.json()) as { id: string; secret: string };
  answers.push(500);
  const sent = await call("/v1/documents?filename=note.txt", {
    method: "POST",
    headers: { prefer: "wait=30" },
    body: "Invoice number: W-1\nTotal 12.00 EUR",
  });
  const document = (await sent.json()) as { id: string; status: string };
  expect(document.status).toBe("completed");
  await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 30_000, interval: 100 });
  const [first, second] = received;
  expect(verified(secret, first!)).toMatchObject({
    type: "document.completed",
    sequence: 1,
    data: { document_id: document.id, status: "completed", run: 1 },
  });
  expect(second?.body).toBe(first?.body);
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(verified(secret, second!)).toBeDefined();
  await vi.waitFor(async () => {
    const { deliveries } = (await (await call(`/v1/webhooks/${id}/deliveries`)).json()) as {
      deliveries: { attempt: number; status: number }[];
    };
    expect(deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [2, 200],
      [1, 500],
    ]);
  });

  const rotated = await call(`/v1/webhooks/${id}/rotate`, { method: "POST" });
  const fresh = (await rotated.json()) as { secret: string };
  await call(`/v1/webhooks/${id}/test`, { method: "POST" });
  await vi.waitFor(() => expect(received).toHaveLength(3), { timeout: 10_000, interval: 100 });
  for (const one of [secret, fresh.secret]) expect(verified(one, received[2]!)).toBeDefined();
});
