import { fetchTicket, Problem, request } from "./api.js";

/** @import { DocumentEvent } from "./types.js" */

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 15_000;
/** After so many sockets that never opened (a proxy may refuse upgrades) the events come by a plain stream. */
const SOCKET_ATTEMPTS = 2;

/**
 * @typedef {object} Following
 * @property {(event: DocumentEvent) => void} onevent every event once, in order
 * @property {(connected: boolean) => void} onconnection
 * @property {(problem: Problem) => void} onrefused the server does not want this, so there is no use in going on
 * @property {() => boolean} isOver whether the last event has been seen
 */

/**
 * Follows a document's events until `isOver` says so or the signal is aborted. A broken connection is
 * taken up again behind the last number seen, so nothing is lost and nothing comes twice.
 * @param {string} id
 * @param {Following} following
 * @param {AbortSignal} signal
 */
export async function followDocument(id, following, signal) {
  let lastSeen = 0;
  let failures = 0;
  let unopened = 0;
  /** @param {unknown} message */
  const take = (message) => {
    const event = readEvent(message);
    if (!event || event.seq <= lastSeen || signal.aborted) return;
    lastSeen = event.seq;
    failures = 0;
    following.onevent(event);
  };
  while (!signal.aborted && !following.isOver()) {
    try {
      if (unopened < SOCKET_ATTEMPTS) {
        unopened += 1;
        await bySocket(id, lastSeen, take, following, signal, () => (unopened = 0));
      } else await byStream(id, lastSeen, take, following, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) {
        following.onrefused(error);
        return;
      }
    }
    if (signal.aborted || following.isOver()) return;
    // A socket that is back at once is not worth a word.
    if (failures > 0) following.onconnection(false);
    await pause(backoffMs(failures, Math.random()), signal);
    failures += 1;
  }
}

/**
 * Full jitter: somewhere between nothing and twice as long as the last time, and never long.
 * @param {number} failures
 * @param {number} random 0..1
 */
export function backoffMs(failures, random) {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
  return ceiling / 2 + (random * ceiling) / 2;
}

/**
 * Cuts a server-sent stream into its data fields. Gives a function that takes text as it comes.
 * @param {(data: string) => void} ondata
 */
export function makeStreamReader(ondata) {
  let rest = "";
  /** @param {string} chunk */
  return (chunk) => {
    const blocks = (rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const data = block.split("\n").filter((line) => line.startsWith("data:"));
      if (data.length > 0) ondata(data.map((line) => line.slice(5).trimStart()).join("\n"));
    }
  };
}

/**
 * @param {string} id
 * @param {number} after
 * @param {(message: unknown) => void} take
 * @param {Following} following
 * @param {AbortSignal} signal
 * @param {() => void} onopen
 * @returns {Promise<void>} settles when the socket has closed
 */
async function bySocket(id, after, take, following, signal, onopen) {
  const ticket = await fetchTicket(id);
  const url = new URL(`/v1/documents/${encodeURIComponent(id)}/live`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("ticket", ticket);
  url.searchParams.set("after", String(after));
  const socket = new WebSocket(url);
  const close = () => socket.close();
  signal.addEventListener("abort", close, { once: true });
  await new Promise((resolve) => {
    socket.addEventListener("open", () => {
      onopen();
      following.onconnection(true);
    });
    socket.addEventListener("message", (message) => {
      take(message.data);
      if (following.isOver()) socket.close(1000);
    });
    socket.addEventListener("close", resolve);
    if (signal.aborted) close();
  });
  signal.removeEventListener("abort", close);
}

/**
 * @param {string} id
 * @param {number} after
 * @param {(message: unknown) => void} take
 * @param {Following} following
 * @param {AbortSignal} signal
 */
async function byStream(id, after, take, following, signal) {
  const response = await request(`/v1/documents/${encodeURIComponent(id)}/events?after=${after}`, {
    headers: { accept: "text/event-stream" },
    signal,
  });
  following.onconnection(true);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = makeStreamReader(take);
  if (!reader) return;
  while (!following.isOver()) {
    const { done, value } = await reader.read();
    if (done) return;
    read(value);
  }
  await reader.cancel();
}

/**
 * @param {unknown} message
 * @returns {DocumentEvent | null}
 */
function readEvent(message) {
  if (typeof message !== "string") return null;
  try {
    const event = /** @type {unknown} */ (JSON.parse(message));
    const fits = typeof event === "object" && event !== null && "seq" in event && "kind" in event;
    return fits ? /** @type {DocumentEvent} */ (event) : null;
  } catch {
    return null;
  }
}

/**
 * @param {number} delayMs
 * @param {AbortSignal} signal
 */
function pause(delayMs, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve(undefined)), { once: true });
  });
}
