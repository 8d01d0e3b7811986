import { once } from "node:events";
import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cronFires } from "../../src/cli/local/cron.ts";
import { isAlive } from "../../src/cli/local/processes.ts";
import { docket, freePort, makeFolder, serve } from "./command.ts";

let folder: Awaited<ReturnType<typeof makeFolder>>;
let home: string;

beforeAll(async () => {
  folder = await makeFolder();
  home = join(folder.path, "home");
});

afterAll(() => folder.remove());

async function upload(
  url: string,
  key: string,
  text: string,
  wait: number,
): Promise<{ id: string; status: string }> {
  const response = await fetch(`${url}/v1/documents?filename=note.txt`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, prefer: `wait=${wait}`, "content-type": "text/plain" },
    body: text,
  });
  expect([200, 202]).toContain(response.status);
  return (await response.json()) as { id: string; status: string };
}

async function status(url: string, key: string, id: string): Promise<string> {
  const response = await fetch(`${url}/v1/documents/${id}`, { headers: { authorization: `Bearer ${key}` } });
  const body = (await response.json()) as { status?: string };
  return body.status ?? `HTTP ${response.status}`;
}

describe("docket serve", () => {
  test("finds its data again after a stop, and after having been killed", async () => {
    const port = String(await freePort());
    const first = await serve(home, "--port", port);
    expect(first.url).toBe(`http://127.0.0.1:${port}`);
    expect(first.output()).toContain("made now");
    expect(first.output()).toContain(`Authorization: Bearer ${first.key}`);
    const { mode } = await stat(join(home, "development.json"));
    expect(mode & 0o777).toBe(0o600);
    const document = await upload(first.url, first.key, "Invoice number: A-1\nTotal 12.00 EUR", 30);
    expect(document.status).toBe("completed");
    expect(await first.end("SIGTERM")).toBe(0);

    const second = await serve(home, "--port", port);
    expect(second.output()).toContain("kept from before");
    expect(second.key).toBe(first.key);
    expect(await status(second.url, second.key, document.id)).toBe("completed");
    const listed = await docket(home, "list", "--json");
    expect(listed.stdout).toContain(document.id);
    const watched = await docket(home, "watch", document.id);
    expect(watched.stdout).toMatch(/1 .* queued[\s\S]*completed/u);
    expect(watched.code).toBe(0);
    await second.end("SIGKILL");

    const third = await serve(home, "--port", port);
    expect(third.output()).toContain("that a killed server had left");
    expect(await status(third.url, third.key, document.id)).toBe("completed");
    expect(await third.end("SIGINT")).toBe(0);
    expect(await isAlive(third.pid)).toBe(false);
  });

  test("names who holds the port and the way out", async () => {
    const holder = createServer();
    holder.listen(0, "127.0.0.1");
    await once(holder, "listening");
    const address = holder.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    try {
      const done = await docket(join(folder.path, "other"), "serve", "--port", String(port));
      expect(done.stderr).toContain(`Port ${port} is taken by`);
      expect(done.stderr).toContain(`PORT=${port + 1} npm start`);
      expect(done.code).toBe(1);
    } finally {
      holder.close();
    }
  });

  test("does not open one home twice, and is used by other commands while it runs", async () => {
    const server = await serve(home, "--port", "0");
    try {
      const twice = await docket(home, "serve", "--port", "0");
      expect(twice.stderr).toContain(`Docket already runs at ${server.url}`);
      expect(twice.code).toBe(1);
      const admin = await docket(home, "admin", "create-tenant", "Second");
      expect(admin.stderr).toContain("stop it first");
      const listed = await docket(home, "list", "--url", server.url, "--key", server.key, "--json");
      expect(listed.code).toBe(0);
    } finally {
      await server.end("SIGTERM");
    }
  });

  test("a tenant made by hand sees nothing of the others", async () => {
    const made = await docket(home, "admin", "create-tenant", "Second's", "--json");
    const { key, tenant } = JSON.parse(made.stdout) as { key: string; tenant: string };
    expect(tenant).toMatch(/^ten_[a-z0-9]{26}$/u);
    const server = await serve(home, "--port", "0");
    try {
      const response = await fetch(`${server.url}/v1/documents`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ documents: [] });
    } finally {
      await server.end("SIGTERM");
    }
  });
});

test.each([
  ["*/15 * * * *", "2026-03-12T10:30:00Z", true],
  ["*/15 * * * *", "2026-03-12T10:31:00Z", false],
  ["0 3 * * 0", "2026-03-15T03:00:00Z", true],
  ["0 3 * * 7", "2026-03-15T03:00:00Z", true],
  ["0 3 * * 1-5", "2026-03-15T03:00:00Z", false],
  ["5,10 8-9 1 */2 *", "2026-03-01T09:10:00Z", true],
  ["5,10 8-9 1 */2 *", "2026-02-01T09:10:00Z", false],
  ["* * * *", "2026-03-12T10:30:00Z", false],
])("cron %s at %s: %s", (expression, date, fires) => {
  expect(cronFires(expression, new Date(date))).toBe(fires);
});
