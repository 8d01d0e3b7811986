import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { AppError } from "../../errors.ts";
import type { DocumentId } from "../../model/ids.ts";
import { writeTicket } from "../auth.ts";
import type { HttpEnv, RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, TICKET_SECURITY, type App } from "../openapi.ts";
import { DocumentPath, EventSchema, Ticket } from "../schemas.ts";

const tags = ["Live"];
const After = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const LiveParameters = z.object({
  after: After.optional().meta({ description: "The number of the last event seen; 0 for all" }),
  ticket: z.string().optional(),
});

const liveRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/live",
  operationId: "followBySocket",
  summary: "Events over a WebSocket: each message is one event as JSON",
  tags,
  security: TICKET_SECURITY,
  request: { params: DocumentPath, query: LiveParameters },
  responses: {
    101: { description: "Switched to WebSocket" },
    ...problems("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

const eventsRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/events",
  operationId: "followByEventStream",
  summary: "Events as server-sent events; resumes from Last-Event-ID or `after`",
  tags,
  security: TICKET_SECURITY,
  request: {
    params: DocumentPath,
    query: LiveParameters,
    headers: z.object({ "last-event-id": z.string().optional() }),
  },
  responses: {
    200: {
      description: "The stream; each `data` is one Event",
      content: { "text/event-stream": { schema: EventSchema } },
    },
    ...problems("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

const ticketRoute = createRoute({
  method: "post",
  path: "/v1/documents/{id}/tickets",
  operationId: "createTicket",
  summary: "A single-use ticket of 60 s, for a browser's socket or event stream",
  tags,
  security: KEY_SECURITY,
  request: { params: DocumentPath },
  responses: {
    201: { description: "The ticket", content: { "application/json": { schema: Ticket } } },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

/** A ticket was given out for a document that is there; a key may name any. */
async function ensureFound(deps: RouterDeps, context: Context<HttpEnv>, id: DocumentId): Promise<void> {
  const { tenant, keyId } = context.get("principal");
  if (keyId === "ticket") return;
  if (!(await deps.ports.documents.find(tenant, id))) {
    throw new AppError("not_found", `There is no document ${id}.`);
  }
}

/** The last event seen: what a reconnecting client says itself counts more than the address it was given. */
function lastSeen(context: Context<HttpEnv>, after: number | undefined): number {
  const header = context.req.header("last-event-id");
  if (header === undefined || header === "") return after ?? 0;
  const parsed = After.safeParse(header);
  if (!parsed.success) throw new AppError("invalid_request", "Last-Event-ID has to be an event's number.");
  return parsed.data;
}

/** A document's events while it is read, and after. */
export function registerLive(app: App, deps: RouterDeps): void {
  const roomOf = (context: Context<HttpEnv>, id: DocumentId) =>
    deps.ports.rooms.of(context.get("principal").tenant, id);

  app.openapi(liveRoute, async (context) => {
    const { id } = context.req.valid("param");
    if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new AppError("invalid_request", "This address speaks WebSocket; without one use /events.");
    }
    await ensureFound(deps, context, id);
    return roomOf(context, id).connect(context.req.raw, context.req.valid("query").after ?? 0);
  });

  app.openapi(eventsRoute, async (context) => {
    const { id } = context.req.valid("param");
    const after = lastSeen(context, context.req.valid("query").after);
    await ensureFound(deps, context, id);
    // Without an Upgrade header the room answers with an event stream.
    return roomOf(context, id).connect(new Request(context.req.url), after);
  });

  app.openapi(ticketRoute, async (context) => {
    const { id } = context.req.valid("param");
    await ensureFound(deps, context, id);
    const ticket = await roomOf(context, id).issueTicket();
    const { tenant } = context.get("principal");
    return context.json({ ticket: writeTicket(tenant, ticket), expires_in: 60 as const }, 201);
  });
}
