import { describe, expect, it } from "vitest";
import type { EventDraft } from "../../src/model/event.ts";
import { type DocumentId, makeDocumentId } from "../../src/model/ids.ts";
import type { Room } from "../../src/ports.ts";
import { makeWorld, TENANT } from "../pipeline/world.ts";

const FAR = 10_000_000;

async function openRoom(): Promise<{ room: Room; id: DocumentId; fence: number }> {
  const { ports } = makeWorld();
  const id = makeDocumentId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  const room = ports.rooms.of(TENANT, id);
  await room.begin({
    tenant: TENANT,
    document: id,
    run: 1,
    priority: "standard",
    deadlineMs: Date.now() + FAR,
    data: {},
  });
  const claim = await room.claim({ run: 1, leaseMs: FAR });
  if (claim.verdict !== "granted") throw new Error("the claim was not granted");
  return { room, id, fence: claim.fence };
}

const page = (number: number): EventDraft => ({ kind: "page", data: { page: number } });

/** Follows a room by WebSocket, keeping the numbers of what it is told. */
async function follow(
  room: Room,
  after: number,
): Promise<{ seen: number[]; socket: WebSocket; closed: Promise<number> }> {
  const response = await room.connect(
    new Request("https://x/", { headers: { upgrade: "websocket" } }),
    after,
  );
  expect(response.status).toBe(101);
  const socket = response.webSocket!;
  const seen: number[] = [];
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", (event) => resolve(event.code));
  });
  socket.addEventListener("message", (event) => {
    seen.push((JSON.parse(String(event.data)) as { seq: number }).seq);
  });
  socket.accept();
  return { seen, socket, closed };
}

describe("following a document", () => {
  it("two sockets, one of which comes back half-way, hold the same events without a gap", async () => {
    const { room, fence } = await openRoom();
    const steady = await follow(room, 0);
    const first = await follow(room, 0);
    await room.record({ fence, leaseMs: FAR, events: [page(1), page(2)] });
    await expect.poll(() => first.seen.length).toBe(4);
    first.socket.close(1000);
    await room.record({ fence, leaseMs: FAR, events: [page(3)] });
    const second = await follow(room, first.seen.at(-1)!);
    await room.record({ fence, leaseMs: FAR, events: [page(4)] });
    await room.end({ run: 1, fence, status: "completed", events: [{ kind: "completed", data: {} }] });
    expect(await steady.closed).toBe(1000);
    expect(await second.closed).toBe(1000);
    expect(steady.seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([...first.seen, ...second.seen]).toEqual(steady.seen);
  });

  it("a socket that comes after the end is told everything and let go", async () => {
    const { room, fence } = await openRoom();
    await room.end({ run: 1, fence, status: "completed", events: [{ kind: "completed", data: {} }] });
    const late = await follow(room, 1);
    expect(await late.closed).toBe(1000);
    expect(late.seen).toEqual([2, 3]);
  });

  it("answers a peer's close", async () => {
    const { room } = await openRoom();
    const { socket, closed } = await follow(room, 0);
    socket.close(1000, "bye");
    expect(await closed).toBe(1000);
  });

  it("server-sent events carry their numbers as ids, and end with the run", async () => {
    const { room, fence } = await openRoom();
    const response = await room.connect(new Request("https://x/"), 1);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    await room.record({ fence, leaseMs: FAR, events: [page(1)] });
    await room.end({ run: 1, fence, status: "failed", events: [{ kind: "failed", data: {} }] });
    const text = await response.text();
    expect(text.match(/^id: \d+$/gm)).toEqual(["id: 2", "id: 3", "id: 4"]);
    expect(text.match(/^event: \w+$/gm)).toEqual(["event: claimed", "event: page", "event: failed"]);
    expect(text).toMatch(/^retry: 1000$/m);
  });

  it("a reader of server-sent events who has seen the last one is told not to come again", async () => {
    const { room, fence } = await openRoom();
    await room.end({ run: 1, fence, status: "failed", events: [{ kind: "failed", data: {} }] });
    expect((await room.connect(new Request("https://x/"), 3)).status).toBe(204);
  });

  it("a call that waits is woken by the end, or says that it has not come", async () => {
    const { room, fence } = await openRoom();
    expect(await room.awaitEnd(20)).toBe(false);
    const waiting = room.awaitEnd(20_000);
    await room.end({ run: 1, fence, status: "completed", events: [{ kind: "completed", data: {} }] });
    expect(await waiting).toBe(true);
    expect(await room.awaitEnd(20_000)).toBe(true);
  });
});

describe("tickets", () => {
  it("open the door once", async () => {
    const { room } = await openRoom();
    const ticket = await room.issueTicket();
    expect(await room.redeemTicket("another")).toBe(false);
    expect(await room.redeemTicket(ticket)).toBe(true);
    expect(await room.redeemTicket(ticket)).toBe(false);
  });

  it("of one document do not open another", async () => {
    const [one, other] = [await openRoom(), await openRoom()];
    expect(await other.room.redeemTicket(await one.room.issueTicket())).toBe(false);
  });
});

it("beginning a run twice writes its first event once", async () => {
  const { room, id } = await openRoom();
  const again = {
    tenant: TENANT,
    document: id,
    run: 1,
    priority: "standard" as const,
    deadlineMs: Date.now() + FAR,
    data: {},
  };
  await room.begin(again);
  expect((await room.events({ after: 0 })).map((event) => event.kind)).toEqual(["queued", "claimed"]);
});

it("an older fence neither records, nor releases, nor ends", async () => {
  const { room, fence } = await openRoom();
  await room.release({ fence, events: [] });
  const claim = await room.claim({ run: 1, leaseMs: FAR });
  expect(claim).toMatchObject({ verdict: "granted", fence: fence + 1, attempt: 2 });
  expect(await room.record({ fence, leaseMs: 1, events: [page(1)] })).toBe(false);
  await room.release({ fence, events: [page(1)] });
  expect(await room.claim({ run: 1, leaseMs: 1 })).toMatchObject({ verdict: "leased" });
  expect(await room.end({ run: 1, fence, status: "completed", events: [] })).toBe(false);
});
