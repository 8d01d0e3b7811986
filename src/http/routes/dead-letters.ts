import { createRoute, z } from "@hono/zod-openapi";
import { DeadLetterId } from "../../model/dead-letter.ts";
import type { RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { DeadLetterList, IdempotencyHeader, Replay, Replayed } from "../schemas.ts";

const security = KEY_SECURITY;
const tags = ["Dead letters"];

/** Each takes a handful of calls: so many stay far below what one request may ask. */
const MOST_REPLAYED = 100;

const LetterPath = z.object({ id: DeadLetterId });

const listRoute = createRoute({
  method: "get",
  path: "/v1/dead-letters",
  operationId: "listDeadLetters",
  summary: "What was given up and waits for somebody to look, oldest first",
  tags,
  security,
  request: {
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      after: DeadLetterId.optional().meta({ description: "The last one of the page before" }),
    }),
  },
  responses: {
    200: { description: "Dead letters", content: { "application/json": { schema: DeadLetterList } } },
    ...problems("invalid_request", "unauthorized", "forbidden"),
  },
});

const replayRoute = createRoute({
  method: "post",
  path: "/v1/dead-letters/{id}/replay",
  operationId: "replayDeadLetter",
  summary: "Send a given-up document through the pipeline again, as a new run",
  tags,
  security,
  request: { params: LetterPath, headers: IdempotencyHeader },
  responses: {
    202: { description: "A new run is queued", content: { "application/json": { schema: Replay } } },
    ...problems(
      "unauthorized",
      "forbidden",
      "not_found",
      "conflict",
      "idempotency_running",
      "idempotency_mismatch",
    ),
  },
});

const replayAllRoute = createRoute({
  method: "post",
  path: "/v1/dead-letters/replay",
  operationId: "replayDeadLetters",
  summary: `Send several through again: the named ones, or the oldest ${MOST_REPLAYED} that wait`,
  tags,
  security,
  request: {
    headers: IdempotencyHeader,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ ids: z.array(DeadLetterId).min(1).max(MOST_REPLAYED).optional() }),
        },
      },
    },
  },
  responses: {
    200: { description: "What became of each", content: { "application/json": { schema: Replayed } } },
    ...problems(
      "invalid_request",
      "unauthorized",
      "forbidden",
      "idempotency_running",
      "idempotency_mismatch",
    ),
  },
});

/** What the pipeline gave up: look at it, send it through again. */
export function registerDeadLetters(app: App, deps: RouterDeps): void {
  const { deadLetters } = deps.ports;

  app.openapi(listRoute, async (context) => {
    const { limit, after } = context.req.valid("query");
    const { tenant } = context.get("principal");
    return context.json(
      { dead_letters: await deadLetters.list(tenant, { limit, after: after ?? null }) },
      200,
    );
  });

  app.openapi(replayAllRoute, async (context) => {
    const { tenant } = context.get("principal");
    const { ids } = context.req.valid("json");
    const waiting = ids ?? (await deadLetters.list(tenant, { limit: MOST_REPLAYED, after: null }));
    const named = waiting.map((one) => (typeof one === "string" ? one : one.id));
    const { replayed, refused } = await deps.useCases.replayAll(tenant, named);
    return context.json({ replayed: [...replayed], refused: [...refused] }, 200);
  });

  app.openapi(replayRoute, async (context) => {
    const { id } = context.req.valid("param");
    return context.json(await deps.useCases.replay(context.get("principal").tenant, id), 202);
  });
}
