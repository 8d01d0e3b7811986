import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "../errors.ts";
import type { SendOptions } from "../model/document.ts";
import { toHex } from "../model/hex.ts";
import { IdempotencyKey } from "../model/idempotency.ts";
import { DocumentId, makeDocumentId, type TenantId } from "../model/ids.ts";
import type { IdempotencyClaim, KeptAnswer } from "../ports.ts";
import type { HttpEnv, RouterDeps } from "./deps.ts";
import { openUpload } from "./upload.ts";

/** The one request whose body is a file: it is hashed as it streams. */
const UPLOAD_PATH = "/v1/documents";
const DOCUMENT_PATH = /^\/v1\/documents\/(doc_[0-9a-f_]+)\//;
/** What an answer says beside its body that a second one has to say too. */
const KEPT_HEADERS = ["content-type", "location", "preference-applied"] as const;

type Granted = Extract<IdempotencyClaim, { verdict: "granted" }>;
type Answered = Extract<IdempotencyClaim, { fingerprint: string }>;

async function digest(parts: readonly unknown[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return toHex(await crypto.subtle.digest("SHA-256", bytes));
}

/** What an upload asks for: a form's boundaries and the password are no part of it. */
export function fingerprintUpload(
  filename: string,
  sha256: string,
  { password: _password, ...options }: SendOptions,
): Promise<string> {
  return digest([
    "POST",
    UPLOAD_PATH,
    filename,
    sha256,
    Object.entries(options).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
}

/** Reads a sent file away to know what it asks for, keeping nothing of it. */
export async function fingerprintOf(
  deps: RouterDeps,
  request: Request,
): Promise<{ fingerprint: string; sha256: string }> {
  const upload = await openUpload(request, { maxBytes: deps.settings.maxUploadBytes });
  const hash = new crypto.DigestStream("SHA-256");
  await upload.body.pipeTo(hash);
  const sha256 = toHex(await hash.digest);
  return { sha256, fingerprint: await fingerprintUpload(upload.filename, sha256, await upload.options()) };
}

async function fingerprintText(context: Context<HttpEnv>): Promise<string> {
  const { pathname, search } = new URL(context.req.url);
  return digest([context.req.method, pathname, search, await context.req.text()]);
}

/** A request without effect is not kept: what the caller has to mend, or may try again (503), goes under the same key. */
function isKept(status: number): boolean {
  return status < 400 || (status >= 500 && status !== 503);
}

async function keepable(response: Response): Promise<KeptAnswer> {
  const headers = new Map<string, string>();
  for (const name of KEPT_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: await response.clone().text(),
  };
}

async function replay(deps: RouterDeps, context: Context<HttpEnv>, known: Answered): Promise<Response> {
  const fingerprint =
    context.req.path === UPLOAD_PATH
      ? (await fingerprintOf(deps, context.req.raw)).fingerprint
      : await fingerprintText(context);
  if (fingerprint !== known.fingerprint) {
    throw new AppError(
      "idempotency_mismatch",
      "This Idempotency-Key was used for a request with other content. Use a new key for a new request.",
    );
  }
  if (known.verdict === "forgotten") {
    throw new AppError("not_found", "What this Idempotency-Key made has been deleted.");
  }
  const { status, headers, body } = known.answer;
  return new Response(body, { status, headers: { ...headers, "idempotent-replayed": "true" } });
}

/** The document that an answer tells of, so that its deletion takes the answer along. */
function documentOf(path: string, granted: Granted): DocumentId {
  const named = DocumentId.safeParse(DOCUMENT_PATH.exec(path)?.[1]);
  return named.success ? named.data : granted.document;
}

async function execute(
  deps: RouterDeps,
  context: Context<HttpEnv>,
  { key, granted, tenant }: { key: IdempotencyKey; granted: Granted; tenant: TenantId },
  next: () => Promise<void>,
): Promise<void> {
  const { idempotency } = deps.ports;
  context.set("attempt", { document: granted.document, resumed: granted.resumed });
  if (context.req.path !== UPLOAD_PATH) context.set("fingerprint", await fingerprintText(context));
  await next();
  const fingerprint = context.get("fingerprint");
  if (fingerprint === undefined || !isKept(context.res.status)) {
    return idempotency.release(tenant, key, granted.token);
  }
  await idempotency.settle(tenant, key, {
    token: granted.token,
    fingerprint,
    document: documentOf(context.req.path, granted),
    answer: await keepable(context.res),
  });
}

/**
 * Requests under an `Idempotency-Key` have one effect however often they are sent, as with Stripe's first API:
 * the first status and body are kept, faults of ours too, and given again; 409 while the first is running,
 * 422 where the content differs. What was refused is not kept.
 */
export function idempotent(deps: RouterDeps): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const given = context.req.header("idempotency-key");
    if (context.req.method !== "POST" || given === undefined) return next();
    const key = IdempotencyKey.safeParse(given);
    if (!key.success)
      throw new AppError("invalid_request", "An Idempotency-Key has 1 to 255 characters, no spaces.");
    const { tenant } = context.get("principal");
    const nowMs = deps.ports.clock();
    const claim = await deps.ports.idempotency.claim(tenant, key.data, {
      token: crypto.randomUUID(),
      document: makeDocumentId(nowMs, crypto.getRandomValues(new Uint8Array(10))),
      atMs: nowMs,
      leaseMs: deps.settings.idempotency.leaseMs,
      keepMs: deps.settings.idempotency.keepMs,
    });
    if (claim.verdict === "running") {
      throw new AppError(
        "idempotency_running",
        "The first request with this Idempotency-Key has not been answered yet. Try again shortly.",
      );
    }
    if (claim.verdict !== "granted") return replay(deps, context, claim);
    // A client that goes away must not leave its key running.
    const executed = execute(deps, context, { key: key.data, granted: claim, tenant }, next);
    deps.keepAlive?.(executed.catch(() => undefined));
    return executed;
  };
}
