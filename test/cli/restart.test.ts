import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawInvoice } from "../../src/cli/sample/invoice.ts";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { freePort, makeFolder, serve } from "./command.ts";

const DOCUMENTS = 20;
const ENDED = new Set(["completed", "partial", "failed", "quarantined"]);

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
});

afterAll(() => folder.remove());

test("a server killed in the middle of its work loses none of what it has taken", async () => {
  const home = join(folder.path, "home");
  // What waits for news in minutes where it is deployed waits for seconds here.
  const hurry = ["--var", "WATCHDOG_MS=3000", "--var", "LEASE_MS=4000"];
  const port = String(await freePort());
  const first = await serve(home, "--port", port, ...hurry);
  const headers = { authorization: `Bearer ${first.key}` };
  const ids = await Promise.all(
    Array.from({ length: DOCUMENTS }, async (_, index) => {
      const body = Uint8Array.from(writePdf(drawInvoice({ number: `K-${index}`, rows: 30 })));
      const response = await fetch(`${first.url}/v1/documents?filename=k-${index}.pdf`, {
        method: "POST",
        headers,
        body,
      });
      expect(response.status).toBe(202);
      return ((await response.json()) as { id: string }).id;
    }),
  );
  await first.end("SIGKILL");

  const second = await serve(home, "--port", port, ...hurry);
  try {
    const statusOf = async (id: string): Promise<string> => {
      const response = await fetch(`${second.url}/v1/documents/${id}`, { headers });
      return ((await response.json()) as { status?: string }).status ?? `HTTP ${response.status}`;
    };
    const before = await Promise.all(ids.map(statusOf));
    expect(before.filter((status) => !ENDED.has(status)).length).toBeGreaterThan(0);
    let statuses = before;
    for (let round = 0; round < 200 && !statuses.every((status) => ENDED.has(status)); round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      statuses = await Promise.all(ids.map(statusOf));
    }
    expect(statuses).toEqual(ids.map(() => "completed"));
    const events = await fetch(`${second.url}/v1/documents/${ids.at(-1)}/events`, { headers });
    const numbers = [...(await events.text()).matchAll(/^id: ?(\d+)$/gmu)].map(([, number]) =>
      Number(number),
    );
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  } finally {
    await second.end("SIGTERM");
  }
});
