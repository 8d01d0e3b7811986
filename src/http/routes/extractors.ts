import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../errors.ts";
import { CustomExtractor, ExtractorName, ExtractorReference } from "../../model/custom-extractor.ts";
import type { RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { ExtractorList, ExtractorSchema, IdempotencyHeader } from "../schemas.ts";

const security = KEY_SECURITY;
const tags = ["Extractors"];

/** Longer definitions are no forms that people fill in. */
const MAX_SCHEMA_CHARACTERS = 200_000;

const ExtractorPath = z.object({
  reference: ExtractorReference.meta({ example: "shipping_label@2", description: "A name, or name@version" }),
});

const ExtractorBody = z
  .strictObject({
    name: ExtractorName,
    title: z.string().min(1).max(120).optional(),
    schema: CustomExtractor.shape.schema.meta({
      description:
        "JSON Schema of the data wanted: objects, arrays of rows with plain columns, texts, numbers, dates, enums. `x-labels` lists wordings that are printed, `x-kind` says what a value is (money, identifier, name, address ...).",
    }),
  })
  .meta({ id: "NewExtractor" });

const listRoute = createRoute({
  method: "get",
  path: "/v1/extractors",
  operationId: "listExtractors",
  summary:
    "What documents can be read as: the built-in types and your own extractors, with their JSON Schemas",
  tags,
  security,
  responses: {
    200: { description: "The extractors", content: { "application/json": { schema: ExtractorList } } },
    ...problems("unauthorized", "forbidden"),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/extractors/{reference}",
  operationId: "getExtractor",
  summary: "One extractor; of your own also an earlier version",
  tags,
  security,
  request: { params: ExtractorPath },
  responses: {
    200: { description: "The extractor", content: { "application/json": { schema: ExtractorSchema } } },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const addRoute = createRoute({
  method: "post",
  path: "/v1/extractors",
  operationId: "addExtractor",
  summary: "Add an extractor of your own, or its next version",
  description:
    "The same definition again changes nothing. Documents keep the version that was the newest when they were sent.",
  tags,
  security,
  request: {
    headers: IdempotencyHeader,
    body: { required: true, content: { "application/json": { schema: ExtractorBody } } },
  },
  responses: {
    200: {
      description: "It was there already",
      content: { "application/json": { schema: ExtractorSchema } },
    },
    201: { description: "A new version", content: { "application/json": { schema: ExtractorSchema } } },
    ...problems(
      "invalid_request",
      "invalid_schema",
      "unauthorized",
      "forbidden",
      "conflict",
      "idempotency_running",
      "idempotency_mismatch",
      "payload_too_large",
    ),
  },
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/v1/extractors/{reference}",
  operationId: "deleteExtractor",
  summary: "Offer an extractor no longer; documents that were sent with it are still read",
  tags,
  security,
  request: { params: ExtractorPath },
  responses: {
    204: { description: "It is gone" },
    ...problems("invalid_request", "unauthorized", "forbidden", "not_found"),
  },
});

/** Extractors: list, read, add, delete. */
export function registerExtractors(app: App, deps: RouterDeps): void {
  app.openapi(listRoute, async (context) =>
    context.json({ extractors: await deps.useCases.listExtractors(context.get("principal").tenant) }, 200),
  );

  app.openapi(readRoute, async (context) => {
    const { reference } = context.req.valid("param");
    const { tenant } = context.get("principal");
    return context.json(await deps.useCases.readExtractor(tenant, reference), 200);
  });

  app.openapi(addRoute, async (context) => {
    const { name, title, schema } = context.req.valid("json");
    if (JSON.stringify(schema).length > MAX_SCHEMA_CHARACTERS) {
      throw new AppError(
        "payload_too_large",
        `A schema has at most ${MAX_SCHEMA_CHARACTERS} characters as JSON.`,
      );
    }
    const { tenant } = context.get("principal");
    const { extractor, added } = await deps.useCases.addExtractor(tenant, {
      name,
      title: title ?? name,
      schema,
    });
    context.header("location", `/v1/extractors/${extractor.name}@${extractor.version}`);
    return added ? context.json(extractor, 201) : context.json(extractor, 200);
  });

  app.openapi(deleteRoute, async (context) => {
    const { reference } = context.req.valid("param");
    const name = ExtractorName.safeParse(reference);
    if (!name.success) {
      throw new AppError(
        "invalid_request",
        "An extractor is deleted whole: give its name without a version.",
      );
    }
    if (!(await deps.useCases.deleteExtractor(context.get("principal").tenant, name.data))) {
      throw new AppError("not_found", `There is no extractor ${name.data} of your own.`);
    }
    return context.body(null, 204);
  });
}
