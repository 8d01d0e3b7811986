import type { Endpoint } from "../client/client.ts";

/** An answer with how long it took, to the last byte of its body, in ms. */
export interface TimedAnswer {
  readonly status: number;
  readonly ms: number;
  readonly body: unknown;
  /** Binding calls of the request, and how many of them waited for one another; null outside development. */
  readonly calls: number | null;
  readonly depth: number | null;
}

/** Sends a request and times it. Nothing is tried again: a benchmark measures what happens. */
export async function timed(
  endpoint: Endpoint,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
): Promise<TimedAnswer> {
  const startedMs = performance.now();
  const response = await fetch(endpoint.url + path, {
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${endpoint.key}` },
  });
  const text = await response.text();
  const ms = performance.now() - startedMs;
  const body: unknown =
    response.headers.get("content-type")?.includes("json") === true ? JSON.parse(text) : text;
  return {
    status: response.status,
    ms,
    body,
    calls: numberOf(response.headers.get("x-docket-binding-calls")),
    depth: numberOf(response.headers.get("x-docket-binding-depth")),
  };
}

function numberOf(header: string | null): number | null {
  return header === null ? null : Number(header);
}

/** Sends a document as a raw body; `waitSeconds` asks for the result in the same answer. */
export function send(
  endpoint: Endpoint,
  name: string,
  bytes: Uint8Array,
  waitSeconds: number,
): Promise<TimedAnswer> {
  return timed(endpoint, `/v1/documents?filename=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      ...(waitSeconds > 0 ? { prefer: `wait=${waitSeconds}` } : {}),
    },
    body: Uint8Array.from(bytes),
  });
}

/** Runs `count` jobs, `lanes` at a time, and gives what they gave in order. */
export async function inLanes<T>(
  count: number,
  lanes: number,
  job: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await job(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane));
  return results;
}
