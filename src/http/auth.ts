import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "../errors.ts";
import type { Scope } from "../model/api-key.ts";
import { DocumentId, TenantId } from "../model/ids.ts";
import type { Principal } from "../ports.ts";
import type { HttpEnv, RouterDeps } from "./deps.ts";

/** `/v1/documents/{id}/live` and `/events`: the two that a browser reaches with a ticket. */
const TICKET_ROUTE = /^\/v1\/documents\/([^/]+)\/(?:live|events)$/;
const READING_METHODS = new Set(["GET", "HEAD"]);

/** A ticket as browsers carry it: the tenant tells which room can redeem it. */
export function writeTicket(tenant: TenantId, ticket: string): string {
  return `${tenant}.${ticket}`;
}

function readTicket(text: string): { tenant: TenantId; ticket: string } | null {
  const at = text.indexOf(".");
  const tenant = TenantId.safeParse(text.slice(0, at));
  return tenant.success && text.length < 256 ? { tenant: tenant.data, ticket: text.slice(at + 1) } : null;
}

/** RFC 6750, 2.1. */
function bearerToken(request: Request): string | null {
  return /^Bearer +([^\s]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

function neededScope(method: string, path: string): Scope {
  return READING_METHODS.has(method) || path.endsWith("/tickets") ? "documents:read" : "documents:write";
}

async function byKey(deps: RouterDeps, request: Request, path: string): Promise<Principal> {
  const token = bearerToken(request);
  if (token === null) {
    throw new AppError("unauthorized", "Send your API key as `Authorization: Bearer dk_...`.");
  }
  const principal = await deps.ports.keys.authenticate(token);
  if (!principal) throw new AppError("unauthorized", "The API key is unknown, expired or revoked.");
  const scope = neededScope(request.method, path);
  if (!principal.scopes.includes(scope)) {
    throw new AppError("forbidden", `The API key lacks the scope ${scope}.`, { detail: { scope } });
  }
  return principal;
}

/** A socket that another site's page opens would carry the ticket's rights with it: same host only. */
function checkOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null) return;
  if (!URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host) {
    throw new AppError("forbidden", "A ticket works only on pages of this host.");
  }
}

async function byTicket(deps: RouterDeps, request: Request, id: string, text: string): Promise<Principal> {
  checkOrigin(request);
  const document = DocumentId.safeParse(id);
  const ticket = readTicket(text);
  const redeemed =
    document.success &&
    ticket !== null &&
    (await deps.ports.rooms.of(ticket.tenant, document.data).redeemTicket(ticket.ticket));
  if (!redeemed) {
    throw new AppError("unauthorized", "The ticket has been used, has run out or is not for this document.");
  }
  return { tenant: ticket.tenant, keyId: "ticket", scopes: ["documents:read"] };
}

async function identify(deps: RouterDeps, context: Context<HttpEnv>): Promise<Principal> {
  const request = context.req.raw;
  const { path } = context.req;
  const ticket = context.req.query("ticket");
  const id = TICKET_ROUTE.exec(path)?.[1];
  return ticket !== undefined && id !== undefined && bearerToken(request) === null
    ? byTicket(deps, request, id, ticket)
    : byKey(deps, request, path);
}

/** Lets a request pass with a key of the needed scope, or, on the live routes, with a single-use ticket. */
export function authenticate(deps: RouterDeps): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    context.set("principal", await identify(deps, context));
    await next();
  };
}
