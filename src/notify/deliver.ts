import { AppError } from "../errors.ts";
import type { TenantId } from "../model/ids.ts";
import type { Notice, WebhookEndpoint } from "../ports.ts";
import { retryAfterMs } from "./schedule.ts";
import { signedHeaders } from "./sign.ts";
import { checkTarget } from "./target.ts";

/** An endpoint that takes longer than this to answer has not taken the message. */
const TIMEOUT_MS = 15_000;
/** Says "do not send here any more" (RFC 9110, 15.5.11). */
const GONE = 410;

/** What became of one attempt. `gone` asks for the endpoint to be disabled. */
export interface Attempt {
  readonly ok: boolean;
  readonly gone: boolean;
  readonly status: number | null;
  readonly error: string | null;
  readonly retryAfterMs: number;
  readonly durationMs: number;
}

export interface DeliverPorts {
  readonly clock: () => number;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly allowPrivate: boolean;
}

/** An event as it is sent: the same bytes in every attempt. `sequence` puts an endpoint's events in order. */
export function bodyOf(tenant: TenantId, { type, atMs, payload }: Notice, sequence: number): string {
  const { document, type: kind, ...rest } = JSON.parse(payload) as Record<string, unknown>;
  const data = {
    ...(document === undefined ? {} : { document_id: document, document_type: kind ?? null }),
    ...rest,
  };
  return JSON.stringify({ type, timestamp: new Date(atMs).toISOString(), tenant, sequence, data });
}

/** Sends one message, following no redirect: whoever is asked may not lead it elsewhere. Never throws. */
export async function deliver(
  ports: DeliverPorts,
  endpoint: Pick<WebhookEndpoint, "url" | "secret" | "previousSecret">,
  message: { readonly id: string; readonly body: string },
): Promise<Attempt> {
  const atMs = ports.clock();
  const failed = (error: string): Attempt => ({
    ok: false,
    gone: false,
    status: null,
    error,
    retryAfterMs: 0,
    durationMs: ports.clock() - atMs,
  });
  try {
    const url = checkTarget(endpoint.url, { allowPrivate: ports.allowPrivate, ownHosts: [] });
    const secrets = [endpoint.secret, ...(endpoint.previousSecret === null ? [] : [endpoint.previousSecret])];
    const headers = await signedHeaders({ ...message, atMs }, secrets);
    const response = await ports.fetch(
      new Request(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json", "user-agent": "Docket-Webhooks/1" },
        body: message.body,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    );
    await response.body?.cancel();
    const { status } = response;
    return {
      ok: status >= 200 && status < 300,
      gone: status === GONE,
      status,
      error: status >= 200 && status < 300 ? null : reasonOf(status),
      retryAfterMs: retryAfterMs(response.headers.get("retry-after"), ports.clock()),
      durationMs: ports.clock() - atMs,
    };
  } catch (error) {
    if (error instanceof AppError) return failed(error.message);
    const name = error instanceof Error ? error.name : "";
    return failed(name === "TimeoutError" ? `No answer within ${TIMEOUT_MS / 1000} s.` : "No connection.");
  }
}

function reasonOf(status: number): string {
  if (status >= 300 && status < 400)
    return `Redirects (${status}) are not followed: give the address itself.`;
  return status === GONE ? "The endpoint says that it is gone (410)." : `The endpoint answered ${status}.`;
}
