import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawInvoice } from "../../src/cli/sample/invoice.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { freePort, makeFolder, serve } from "./command.ts";
import type { Served } from "./command.ts";

const DOCUMENTS = 20;
const ENDED = new Set(["completed", "partial", "failed", "quarantined"]);

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});

afterAll(() => folder.remove());

// What waits for news in minutes where it is deployed waits for seconds here.
const HURRY = ["--var", "WATCHDOG_MS=3000", "--var", "LEASE_MS=4000"];

/** Sends invoices without waiting for them; gives their ids. */
async function sendAll({ url, key }: Served): Promise<string[]> {
  return Promise.all(
    Array.from({ length: DOCUMENTS }, async (_, index) => {
      const body = Uint8Array.from(writePdf(drawInvoice({ number: `K-${index}`, rows: 30 })));
      const response = await fetch(`${url}/v1/documents?filename=k-${index}.pdf`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body,
      });
      expect(response.status).toBe(202);
      return ((await response.json()) as { id: string }).id;
    }),
  );
}

async function statusesOf({ url, key }: Served, ids: readonly string[]): Promise<string[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`${url}/v1/documents/${id}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return ((await response.json()) as { status?: string }).status ?? `HTTP ${response.status}`;
    }),
  );
}

async function awaitEnds(server: Served, ids: readonly string[]): Promise<string[]> {
  for (let round = 0; ; round += 1) {
    const statuses = await statusesOf(server, ids).catch(() => []);
    if (round === 200 || (statuses.length > 0 && statuses.every((status) => ENDED.has(status))))
      return statuses;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("a server killed in the middle of its work loses none of what it has taken", async () => {
  const home = join(folder.path, "killed");
  const port = String(await freePort());
  const first = await serve(home, "--port", port, ...HURRY);
  const ids = await sendAll(first);
  await first.end("SIGKILL");

  const second = await serve(home, "--port", port, ...HURRY);
  try {
    expect(second.output()).toMatch(/work +\d+ documents go on from before/u);
    expect(await awaitEnds(second, ids)).toEqual(ids.map(() => "completed"));
    const events = await fetch(`${second.url}/v1/documents/${ids.at(-1)}/events`, {
      headers: { authorization: `Bearer ${second.key}` },
    });
    const numbers = [...(await events.text()).matchAll(/^id: ?(\d+)$/gmu)].map(([, number]) =>
      Number(number),
    );
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  } finally {
    await second.end("SIGTERM");
  }
});

test("a runtime that crashes under its server is started again, and its documents go on", async () => {
  const home = join(folder.path, "crashed");
  const server = await serve(home, "--port", "0", ...HURRY);
  try {
    const ids = await sendAll(server);
    const file = await readFile(join(home, "running", `${server.pid}.json`), "utf8");
    const { runtime } = JSON.parse(file) as { runtime: number[] };
    expect(runtime).toHaveLength(1);
    process.kill(runtime[0]!, "SIGKILL");
    expect(await awaitEnds(server, ids)).toEqual(ids.map(() => "completed"));
    expect(server.output()).toContain("The runtime crashed and serves again");
  } finally {
    await server.end("SIGTERM");
  }
});
