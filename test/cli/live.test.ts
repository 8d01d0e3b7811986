import { once } from "node:events";
import { join } from "node:path";
import { EventSource } from "eventsource";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { writePdf } from "../../src/cli/sample/pdf-writer.ts";
import { renderPdf } from "../../src/cli/sample/raster.ts";
import { makeFolder, serve, type Served } from "./command.ts";

let folder: Awaited<ReturnType<typeof makeFolder>>;
let server: Served;

beforeAll(async () => {
  folder = await makeFolder();
  server = await serve(join(folder.path, "home"), "--port", "0");
});

afterAll(async () => {
  await server.end("SIGTERM");
  await folder.remove();
});

/** A PDF whose pages are pictures of text, so that each takes OCR its time. */
async function scan(pages: number): Promise<Uint8Array> {
  const size = { width: 300, height: 200 };
  const drawn = [];
  for (let number = 1; number <= pages; number += 1) {
    const texts = [`Page ${number} of a scanned letter`, "with a second line of words", "and a third"].map(
      (text, row) => ({ text, x: 30, y: 50 + row * 30, size: 14 }),
    );
    const { data, width, height } = await renderPdf(writePdf({ pages: [{ ...size, texts }] }), 3);
    drawn.push({ ...size, images: [{ pixels: data, columns: width, rows: height, x: 0, y: 0, ...size }] });
  }
  return writePdf({ pages: drawn });
}

async function send(body: Uint8Array): Promise<string> {
  const response = await fetch(`${server.url}/v1/documents?filename=scan.pdf`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.key}`, "content-type": "application/pdf" },
    body: Buffer.from(body),
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { id: string }).id;
}

/** A follower on the `ws` library: its socket, and the events it has been told. */
function follow(id: string, after: number) {
  const address = `${server.url.replace("http", "ws")}/v1/documents/${id}/live?after=${after}`;
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${server.key}` } });
  const told: { seq: number; kind: string }[] = [];
  socket.on("message", (data: Buffer) => told.push(JSON.parse(data.toString("utf8"))));
  return { socket, told, closed: once(socket, "close") as Promise<[number]> };
}

test("two WebSocket clients follow a document live; one comes back half-way; both hold the same events without a gap", async () => {
  const id = await send(await scan(6));
  const steady = follow(id, 0);
  const first = follow(id, 0);
  await expect.poll(() => first.told.some(({ kind }) => kind === "page"), { timeout: 60_000 }).toBe(true);
  first.socket.terminate();
  await first.closed;
  const second = follow(id, first.told.at(-1)?.seq ?? 0);
  const [[steadyCode], [secondCode]] = await Promise.all([steady.closed, second.closed]);
  expect([steadyCode, secondCode]).toEqual([1000, 1000]);
  expect(steady.told.map(({ seq }) => seq)).toEqual(steady.told.map((_, at) => at + 1));
  expect([...first.told, ...second.told]).toEqual(steady.told);
  expect(second.told.length).toBeGreaterThan(0);
  expect(steady.told.filter(({ kind }) => kind === "page")).toHaveLength(6);
  expect(steady.told.at(-1)?.kind).toBe("completed");

  const late = follow(id, 0);
  await late.closed;
  expect(late.told).toEqual(steady.told);
});

test("an EventSource of another library follows to the end and is not called back after it", async () => {
  const id = await send(await scan(2));
  const seen: number[] = [];
  let requests = 0;
  const source = new EventSource(`${server.url}/v1/documents/${id}/events`, {
    fetch: (input, init) => {
      requests += 1;
      return fetch(input, { ...init, headers: { ...init.headers, authorization: `Bearer ${server.key}` } });
    },
  });
  const kinds = ["queued", "claimed", "parsed", "page", "classified", "field", "checked", "completed"];
  for (const kind of kinds) {
    source.addEventListener(kind, (event) => seen.push((JSON.parse(event.data) as { seq: number }).seq));
  }
  await expect.poll(() => source.readyState, { timeout: 60_000 }).toBe(EventSource.CLOSED);
  expect(seen).toEqual(seen.map((_, at) => at + 1));
  expect(seen.length).toBeGreaterThan(6);
  expect(requests).toBe(2);
});

test("a browser's ticket opens the socket once", async () => {
  const id = await send(await scan(1));
  const answer = await fetch(`${server.url}/v1/documents/${id}/tickets`, {
    method: "POST",
    headers: { authorization: `Bearer ${server.key}` },
  });
  const { ticket } = (await answer.json()) as { ticket: string };
  const address = `${server.url.replace("http", "ws")}/v1/documents/${id}/live?ticket=${ticket}`;
  const opened = new WebSocket(address);
  await once(opened, "open");
  opened.close();
  const refused = new WebSocket(address);
  const [error] = (await once(refused, "error")) as [Error];
  expect(error.message).toContain("401");
});
