import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../errors.ts";
import { extractorId, ExtractorReference } from "../../model/custom-extractor.ts";
import { BuiltInType } from "../../extract/registry.ts";
import type { DocumentId, TenantId } from "../../model/ids.ts";
import { isTerminal } from "../../model/document.ts";
import { documentLinks } from "../../model/links.ts";
import type { ListQuery } from "../../ports.ts";
import type { HttpEnv, RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { preferredWait } from "../prefer.ts";
import {
  Accepted,
  DocumentList,
  DocumentPath,
  DocumentSchema,
  IdempotencyHeader,
  ListParameters,
  ResultSchema,
  UploadForm,
  UploadQuery,
} from "../schemas.ts";
import { fingerprintOf, fingerprintUpload } from "../idempotency.ts";
import { openUpload } from "../upload.ts";
import type { Context } from "hono";

const security = KEY_SECURITY;
const tags = ["Documents"];

const uploadRoute = createRoute({
  method: "post",
  path: "/v1/documents",
  operationId: "createDocument",
  summary: "Send a document",
  description:
    "As multipart/form-data with the field `file`, or as a raw body whose name stands in `?filename=`, Content-Disposition or X-Filename; then the options go into the query.",
  tags,
  security,
  request: {
    query: UploadQuery,
    headers: IdempotencyHeader.extend({
      prefer: z
        .string()
        .optional()
        .meta({ description: "`wait=N`: seconds to wait for the result (RFC 7240)" }),
    }),
    body: {
      required: true,
      content: {
        "multipart/form-data": { schema: UploadForm },
        "application/octet-stream": { schema: z.any().meta({ type: "string", format: "binary" }) },
      },
    },
  },
  responses: {
    200: {
      description: "The document has ended: it was waited for, or its result was known",
      content: { "application/json": { schema: ResultSchema } },
    },
    202: { description: "Taken in: it will end", content: { "application/json": { schema: Accepted } } },
    ...problems(
      "invalid_request",
      "length_mismatch",
      "unauthorized",
      "forbidden",
      "payload_too_large",
      "unsupported_format",
      "empty_file",
      "idempotency_running",
      "idempotency_mismatch",
      "upstream_unavailable",
    ),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/v1/documents",
  operationId: "listDocuments",
  summary: "Find documents",
  tags,
  security,
  request: { query: ListParameters },
  responses: {
    200: { description: "A page of documents", content: { "application/json": { schema: DocumentList } } },
    ...problems("invalid_request", "unauthorized", "forbidden"),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}",
  operationId: "getDocument",
  summary: "A document's state",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    200: { description: "The document", content: { "application/json": { schema: DocumentSchema } } },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const eraseRoute = createRoute({
  method: "delete",
  path: "/v1/documents/{id}",
  operationId: "deleteDocument",
  summary: "Delete a document and everything made from it",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    204: { description: "It is gone" },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const reprocessRoute = createRoute({
  method: "post",
  path: "/v1/documents/{id}/reprocess",
  operationId: "reprocessDocument",
  summary: "Read a document again, as another type if one is given",
  tags,
  security,
  request: {
    params: DocumentPath,
    headers: IdempotencyHeader,
    body: {
      required: false,
      content: {
        "application/json": {
          schema: z.strictObject({
            type: BuiltInType.optional(),
            extractor: ExtractorReference.optional().meta({ description: "An extractor of your own" }),
            password: z
              .string()
              .min(1)
              .max(1_024)
              .optional()
              .meta({ description: "Opens a protected file; kept nowhere" }),
          }),
        },
      },
    },
  },
  responses: {
    202: { description: "A new run is queued", content: { "application/json": { schema: DocumentSchema } } },
    ...problems(
      "invalid_request",
      "unauthorized",
      "forbidden",
      "not_found",
      "conflict",
      "idempotency_running",
      "idempotency_mismatch",
    ),
  },
});

const cancelRoute = createRoute({
  method: "post",
  path: "/v1/documents/{id}/cancel",
  operationId: "cancelDocument",
  summary: "Stop reading a document that has not ended, and what came out of it",
  tags,
  security,
  request: { params: DocumentPath, headers: IdempotencyHeader },
  responses: {
    200: { description: "It is cancelled", content: { "application/json": { schema: DocumentSchema } } },
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

async function takeIn(deps: RouterDeps, context: Context<HttpEnv>) {
  const request = context.req.raw;
  const { tenant } = context.get("principal");
  const traceparent = request.headers.get("traceparent");
  const upload = await openUpload(request, { maxBytes: deps.settings.maxUploadBytes });
  try {
    const { filename, contentType, body, length, options } = upload;
    const attempt = context.get("attempt");
    const taken = await deps.useCases.accept({
      tenant,
      filename,
      contentType,
      body,
      length,
      options,
      ...(traceparent === null ? {} : { traceparent }),
      ...(attempt ? { id: attempt.document } : {}),
    });
    if (attempt) context.set("fingerprint", await fingerprintUpload(filename, taken.sha256, await options()));
    return taken;
  } catch (error) {
    await upload.abandon();
    throw error;
  }
}

/** An earlier attempt under the same key died behind the door: the document that it brought in is the answer. */
async function resumed(deps: RouterDeps, context: Context<HttpEnv>) {
  const attempt = context.get("attempt");
  if (!attempt?.resumed) return null;
  const { tenant } = context.get("principal");
  const record = await deps.ports.documents.find(tenant, attempt.document);
  if (!record) return null;
  const { fingerprint, sha256 } = await fingerprintOf(deps, context.req.raw);
  if (sha256 !== record.sha256) {
    throw new AppError(
      "idempotency_mismatch",
      "This Idempotency-Key was used for another file. Use a new key for a new document.",
    );
  }
  context.set("fingerprint", fingerprint);
  const key = { tenant, id: record.id };
  return { id: record.id, result: isTerminal(record.status) ? await deps.useCases.readResult(key) : null };
}

async function send(deps: RouterDeps, context: Context<HttpEnv>) {
  const taken = takeIn(deps, context);
  deps.keepAlive?.(taken.catch(() => undefined));
  return taken;
}

/** Waits as long as the client wishes; the seconds that were granted, and whether the document has ended. */
async function waitForEnd(
  deps: RouterDeps,
  context: Context<HttpEnv>,
  key: { tenant: TenantId; id: DocumentId },
): Promise<boolean> {
  const seconds = preferredWait(context.req.header("prefer"), deps.settings.maxWaitSeconds);
  if (seconds === 0) return false;
  context.header("preference-applied", `wait=${seconds}`);
  try {
    return await deps.ports.rooms.of(key.tenant, key.id).awaitEnd(seconds * 1000);
  } catch (error) {
    // The document has been taken in: the client gets its id, whatever became of the waiting.
    const name = error instanceof Error ? error.name : "unknown";
    deps.ports.log.warn("wait_failed", { tenant: key.tenant, document: key.id, error: name });
    return false;
  }
}

async function createDocument(deps: RouterDeps, context: Context<HttpEnv>): Promise<Response> {
  const { tenant } = context.get("principal");
  const { id, result } = (await resumed(deps, context)) ?? (await send(deps, context));
  context.header("location", `/v1/documents/${id}`);
  if (result) return context.json(result, 200);
  if (await waitForEnd(deps, context, { tenant, id })) {
    return context.json(await deps.useCases.readResult({ tenant, id }), 200);
  }
  return context.json({ id, status: "queued", links: documentLinks(id) }, 202);
}

function toListQuery(parameters: z.infer<typeof ListParameters>): ListQuery {
  const { sort, order, limit, cursor, ...given } = parameters;
  // Optional keys are left out altogether, as the port's exact optional properties want it.
  const filters = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as ListQuery["filters"];
  return { filters, sort, order, limit, ...(cursor === undefined ? {} : { cursor }) };
}

/** A user's extractor at the version that is the newest now. @throws AppError not_found, invalid_request */
async function pin(
  deps: RouterDeps,
  tenant: TenantId,
  reference: ExtractorReference,
): Promise<ExtractorReference> {
  const found = await deps.useCases.readExtractor(tenant, reference);
  if (found.kind === "custom") return extractorId(found);
  throw new AppError("invalid_request", `${found.name} is a built-in type: give it as \`type\`.`);
}

/** Documents as a collection: send, find, read, reprocess, delete. */
export function registerDocuments(app: App, deps: RouterDeps): void {
  // Its body must not be read by a validator: registered by hand.
  app.openAPIRegistry.registerPath(uploadRoute);
  app.post(uploadRoute.path, (context) => createDocument(deps, context));

  app.openapi(listRoute, async (context) => {
    const { tenant } = context.get("principal");
    return context.json(
      await deps.ports.documents.list(tenant, toListQuery(context.req.valid("query"))),
      200,
    );
  });

  app.openapi(readRoute, async (context) => {
    const { id } = context.req.valid("param");
    const view = await deps.ports.documents.view(context.get("principal").tenant, id);
    if (!view) throw new AppError("not_found", `There is no document ${id}.`);
    return context.json(view, 200);
  });

  app.openapi(eraseRoute, async (context) => {
    const { id } = context.req.valid("param");
    const erased = await deps.useCases.erase({ tenant: context.get("principal").tenant, id });
    if (!erased) throw new AppError("not_found", `There is no document ${id}.`);
    return context.body(null, 204);
  });

  app.openapi(cancelRoute, async (context) => {
    const { id } = context.req.valid("param");
    return context.json(await deps.useCases.cancel({ tenant: context.get("principal").tenant, id }), 200);
  });

  app.openapi(reprocessRoute, async (context) => {
    const { id } = context.req.valid("param");
    const { type, extractor, password } = context.req.valid("json");
    const { tenant } = context.get("principal");
    const secret = password === undefined ? {} : { password };
    const own = extractor === undefined ? {} : { extractor: await pin(deps, tenant, extractor) };
    return context.json(
      await deps.useCases.reprocess({ tenant, id, type: type ?? null, ...own, ...secret }),
      202,
    );
  });
}
