import { createRoute, z } from "@hono/zod-openapi";
import { CorrectionEntry, CorrectionRequest } from "../../model/correction.ts";
import { VendorMemory } from "../../model/lesson.ts";
import type { RouterDeps } from "../deps.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { DocumentPath, ResultSchema } from "../schemas.ts";

const security = KEY_SECURITY;

const correctRoute = createRoute({
  method: "patch",
  path: "/v1/documents/{id}/fields",
  operationId: "correctFields",
  summary: "Set values right",
  description:
    "Each correction names a value by its JSON Pointer into `data`; null takes it away. Its place is what `page` and `bbox` say, or where the value is printed. Checks and review run again, the earlier version is kept, and the next document of the same vendor and layout is read with what was learned.",
  tags: ["Content"],
  security,
  request: {
    params: DocumentPath,
    headers: z.object({
      "if-match": z.string().optional().meta({
        description: "The `version` that was looked at (RFC 9110, 13.1.1): refused if it has changed",
      }),
    }),
    body: {
      required: true,
      content: {
        "application/json": { schema: CorrectionRequest.extend({ version: z.string().max(40).optional() }) },
      },
    },
  },
  responses: {
    200: { description: "The corrected result", content: { "application/json": { schema: ResultSchema } } },
    ...problems(
      "invalid_request",
      "unauthorized",
      "forbidden",
      "not_found",
      "not_ready",
      "conflict",
      "precondition_failed",
    ),
  },
});

const historyRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/history",
  operationId: "getHistory",
  summary: "Who set which value right, and when",
  tags: ["Content"],
  security,
  request: { params: DocumentPath },
  responses: {
    200: {
      description: "Corrections, oldest first",
      content: {
        "application/json": {
          schema: z
            .object({ corrections: z.array(CorrectionEntry.omit({ digest: true })) })
            .meta({ id: "History" }),
        },
      },
    },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const memoryRoute = createRoute({
  method: "get",
  path: "/v1/memory",
  operationId: "getMemory",
  summary: "What corrections have taught, by vendor",
  tags: ["Memory"],
  security,
  responses: {
    200: {
      description: "Vendors with their lessons",
      content: {
        "application/json": {
          schema: z.object({ version: z.int(), vendors: z.array(VendorMemory) }).meta({ id: "Memory" }),
        },
      },
    },
    ...problems("unauthorized", "forbidden"),
  },
});

const forgetRoute = createRoute({
  method: "delete",
  path: "/v1/memory",
  operationId: "deleteMemory",
  summary: "Forget what one vendor's corrections have taught, or all of it",
  tags: ["Memory"],
  security,
  request: {
    query: z.strictObject({
      vendor: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: "As the memory lists it; without it, all" }),
    }),
  },
  responses: {
    200: {
      description: "How many lessons were forgotten",
      content: { "application/json": { schema: z.object({ forgotten: z.int() }) } },
    },
    ...problems("invalid_request", "unauthorized", "forbidden"),
  },
});

/** `"2.1-c0ffee00"` without its quotes; null for none and for `*`. */
function versionOf(header: string | undefined): string | null {
  const text = header?.trim().replace(/^W\//, "").replaceAll('"', "");
  return text === undefined || text === "" || text === "*" ? null : text;
}

/** What people set right, who did, and what is learned of it. */
export function registerCorrections(app: App, deps: RouterDeps): void {
  app.openapi(correctRoute, async (context) => {
    const { id } = context.req.valid("param");
    const { version, ...request } = context.req.valid("json");
    const { tenant, keyId } = context.get("principal");
    const expected = versionOf(context.req.header("if-match")) ?? version ?? null;
    const result = await deps.useCases.correct({ tenant, id, keyId, expected, ...request });
    context.header("etag", `"${result.version}"`);
    return context.json(result, 200);
  });

  app.openapi(historyRoute, async (context) => {
    const { id } = context.req.valid("param");
    const entries = await deps.useCases.readHistory({ tenant: context.get("principal").tenant, id });
    return context.json({ corrections: entries.map(({ digest: _digest, ...entry }) => entry) }, 200);
  });

  app.openapi(memoryRoute, async (context) => {
    const { tenant } = context.get("principal");
    const { memory } = deps.ports;
    const [version, vendors] = await Promise.all([memory.version(tenant), memory.list(tenant)]);
    return context.json({ version, vendors }, 200);
  });

  app.openapi(forgetRoute, async (context) => {
    const { tenant } = context.get("principal");
    const { vendor } = context.req.valid("query");
    const forgotten = await deps.ports.memory.forget(tenant, vendor ?? null, deps.ports.clock());
    return context.json({ forgotten }, 200);
  });
}
