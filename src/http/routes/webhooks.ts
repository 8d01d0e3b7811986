import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { EventId, Webhook, WebhookDelivery, WebhookEvent, WebhookId } from "../../model/webhook.ts";
import type { HttpEnv, RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { IdempotencyHeader } from "../schemas.ts";

const security = KEY_SECURITY;
const tags = ["Webhooks"];
const json = <T extends z.ZodType>(schema: T) => ({ content: { "application/json": { schema } } });

const WebhookSchema = Webhook.meta({ id: "Webhook" });
const Secret = z
  .string()
  .meta({ description: "Signs messages (Standard Webhooks). Shown here and nowhere else: keep it" });
const Created = Webhook.extend({ secret: Secret }).meta({ id: "NewWebhook" });
const Rotated = z.object({ secret: Secret, previous_until: z.iso.datetime() }).meta({ id: "RotatedWebhook" });
const WebhookList = z.object({ webhooks: z.array(WebhookSchema) }).meta({ id: "WebhookList" });
const DeliveryList = z
  .object({ deliveries: z.array(WebhookDelivery.meta({ id: "WebhookDelivery" })) })
  .meta({ id: "WebhookDeliveryList" });

const Url = z.string().min(1).max(2_000).meta({ description: "https, public, without credentials" });
const Events = z.array(WebhookEvent).max(20).meta({ description: "Empty for all" });
const Description = z.string().max(200);
const WebhookPath = z.object({ id: WebhookId });
const EventPath = z.object({ id: WebhookId, event: EventId });
const idempotency = ["idempotency_running", "idempotency_mismatch"] as const;

const addRoute = createRoute({
  method: "post",
  path: "/v1/webhooks",
  operationId: "addWebhook",
  summary: "Be told of what happens, by signed messages",
  description:
    "Messages follow Standard Webhooks: verify `webhook-signature` with the secret. An event is sent until it is answered with 2xx within 15 s, ten times over about three days; its id stays the same, `sequence` puts an endpoint's events in order. 410 disables the endpoint, as does an event that was never taken.",
  tags,
  security,
  request: {
    headers: IdempotencyHeader,
    body: {
      required: true,
      ...json(z.strictObject({ url: Url, events: Events.default([]), description: Description.default("") })),
    },
  },
  responses: {
    201: { description: "The endpoint, with its secret", ...json(Created) },
    ...problems("invalid_request", "unauthorized", "forbidden", "conflict", ...idempotency),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/webhooks",
  operationId: "listWebhooks",
  summary: "The endpoints, without their secrets",
  tags,
  security,
  responses: {
    200: { description: "The endpoints", ...json(WebhookList) },
    ...problems("unauthorized", "forbidden"),
  },
});

const changeRoute = createRoute({
  method: "patch",
  path: "/v1/webhooks/{id}",
  operationId: "changeWebhook",
  summary: "Change, disable or enable an endpoint",
  tags,
  security,
  request: {
    params: WebhookPath,
    body: {
      required: true,
      ...json(
        z.strictObject({
          url: Url.optional(),
          events: Events.optional(),
          description: Description.optional(),
          state: Webhook.shape.state.optional(),
        }),
      ),
    },
  },
  responses: {
    200: { description: "The endpoint", ...json(WebhookSchema) },
    ...problems("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/webhooks/{id}",
  operationId: "deleteWebhook",
  summary: "Delete an endpoint; what waited for it is not sent any more",
  tags,
  security,
  request: { params: WebhookPath },
  responses: { 204: { description: "It is gone" }, ...problems("unauthorized", "forbidden", "not_found") },
});

const rotateRoute = createRoute({
  method: "post",
  path: "/v1/webhooks/{id}/rotate",
  operationId: "rotateWebhookSecret",
  summary: "A new secret; the old one signs beside it for a day",
  tags,
  security,
  request: { params: WebhookPath, headers: IdempotencyHeader },
  responses: {
    200: { description: "The new secret", ...json(Rotated) },
    ...problems("unauthorized", "forbidden", "not_found", ...idempotency),
  },
});

const testRoute = createRoute({
  method: "post",
  path: "/v1/webhooks/{id}/test",
  operationId: "testWebhook",
  summary: "Send a test event",
  tags,
  security,
  request: { params: WebhookPath, headers: IdempotencyHeader },
  responses: {
    202: { description: "It is on its way", ...json(z.object({ event_id: EventId })) },
    ...problems("unauthorized", "forbidden", "not_found", "conflict", ...idempotency),
  },
});

const deliveriesRoute = createRoute({
  method: "get",
  path: "/v1/webhooks/{id}/deliveries",
  operationId: "listWebhookDeliveries",
  summary: "Attempts to deliver, newest first",
  tags,
  security,
  request: { params: WebhookPath },
  responses: {
    200: { description: "The attempts", ...json(DeliveryList) },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const replayRoute = createRoute({
  method: "post",
  path: "/v1/webhooks/{id}/deliveries/{event}/replay",
  operationId: "replayWebhookEvent",
  summary: "Send an event anew, whatever became of it",
  tags,
  security,
  request: { params: EventPath, headers: IdempotencyHeader },
  responses: {
    202: { description: "It is on its way", ...json(z.object({ event_id: EventId })) },
    ...problems("unauthorized", "forbidden", "not_found", "conflict", ...idempotency),
  },
});

/** Endpoints that are told of what happens. */
export function registerWebhooks(app: App, { useCases, ports }: RouterDeps): void {
  const tenantOf = (context: Context<HttpEnv>) => context.get("principal").tenant;
  const ownHost = (context: Context<HttpEnv>) => new URL(context.req.url).host;

  app.openapi(addRoute, async (context) => {
    const draft = context.req.valid("json");
    const added = await useCases.addWebhook(tenantOf(context), draft, ownHost(context));
    context.header("location", `/v1/webhooks/${added.id}`);
    return context.json(added, 201);
  });
  app.openapi(listRoute, async (context) =>
    context.json({ webhooks: await ports.webhooks.list(tenantOf(context)) }, 200),
  );
  app.openapi(changeRoute, async (context) => {
    const { id } = context.req.valid("param");
    const change = Object.fromEntries(
      Object.entries(context.req.valid("json")).filter(([, value]) => value !== undefined),
    );
    return context.json(await useCases.changeWebhook(tenantOf(context), id, change, ownHost(context)), 200);
  });
  app.openapi(deleteRoute, async (context) => {
    await useCases.deleteWebhook(tenantOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });
  app.openapi(rotateRoute, async (context) =>
    context.json(await useCases.rotateWebhook(tenantOf(context), context.req.valid("param").id), 200),
  );
  app.openapi(testRoute, async (context) =>
    context.json(await useCases.testWebhook(tenantOf(context), context.req.valid("param").id), 202),
  );
  app.openapi(deliveriesRoute, async (context) => {
    const { id } = context.req.valid("param");
    return context.json({ deliveries: await useCases.listDeliveries(tenantOf(context), id) }, 200);
  });
  app.openapi(replayRoute, async (context) => {
    const { id, event } = context.req.valid("param");
    await useCases.replayEvent(tenantOf(context), id, event);
    return context.json({ event_id: event }, 202);
  });
}
