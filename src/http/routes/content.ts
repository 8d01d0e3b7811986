import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { AppError } from "../../errors.ts";
import { DocumentId } from "../../model/ids.ts";
import type { HttpEnv, RouterDeps } from "../deps.ts";
import { attachment } from "../filename.ts";
import { KEY_SECURITY, problems, type App } from "../openapi.ts";
import { DocumentPath, LayoutSchema, ResultSchema } from "../schemas.ts";
import { invalidRequest } from "../upload-options.ts";

const security = KEY_SECURITY;
const tags = ["Content"];
const binary = z.any().meta({ type: "string", format: "binary" });

/** Longest side of a rendered page in pixels: 256 for a thumbnail, 2048 for what a vision model sees. */
const MaxSide = z.coerce.number().int().min(64).max(2048).default(1600);
const PageNumber = z.coerce.number().int().min(1).max(1_000_000);

const resultRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/result",
  operationId: "getResult",
  summary: "A document's values with their evidence",
  description: "A failed document answers too: `data` is empty and `error` says why.",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    200: { description: "The result", content: { "application/json": { schema: ResultSchema } } },
    ...problems("unauthorized", "forbidden", "not_found", "not_ready"),
  },
});

const textRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/text",
  operationId: "getText",
  summary: "A document's text, the one that spans point into",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    200: { description: "The text", content: { "text/plain": { schema: z.string() } } },
    ...problems("unauthorized", "forbidden", "not_found", "not_ready"),
  },
});

const layoutRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/layout",
  operationId: "getLayout",
  summary: "What was parsed: pages with words, lines, blocks, tables and key-values",
  description:
    "The form that every format becomes before its values are looked for. Boxes are fractions of the upright page, from its top left; spans lie in their page's text.",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    200: { description: "The layout", content: { "application/json": { schema: LayoutSchema } } },
    ...problems("unauthorized", "forbidden", "not_found", "not_ready"),
  },
});

const fileRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/file",
  operationId: "getFile",
  summary: "The original, byte for byte",
  tags,
  security,
  request: { params: DocumentPath },
  responses: {
    200: { description: "The original", content: { "application/octet-stream": { schema: binary } } },
    ...problems("unauthorized", "forbidden", "not_found"),
  },
});

const pageRoute = createRoute({
  method: "get",
  path: "/v1/documents/{id}/pages/{page}.png",
  operationId: "getPageImage",
  summary: "A page as an image, upright, the frame that boxes are fractions of",
  tags,
  security,
  request: {
    params: DocumentPath.extend({ page: PageNumber }),
    query: z.object({ max_side: MaxSide.optional() }),
  },
  responses: {
    200: { description: "The page", content: { "image/png": { schema: binary } } },
    ...problems(
      "invalid_request",
      "unauthorized",
      "forbidden",
      "not_found",
      "page_not_found",
      "unsupported_format",
    ),
  },
});

/** An original as a download that no browser runs. */
async function sendFile(deps: RouterDeps, context: Context<HttpEnv>, id: DocumentId): Promise<Response> {
  const { tenant } = context.get("principal");
  const original = await deps.useCases.openOriginal({ tenant, id });
  return new Response(original.source, {
    headers: {
      "content-type": original.contentType,
      "content-length": String(original.size),
      "content-disposition": attachment(original.filename),
      "content-security-policy": "sandbox; default-src 'none'",
    },
  });
}

async function sendPage(deps: RouterDeps, context: Context<HttpEnv>): Promise<Response> {
  const id = DocumentId.safeParse(context.req.param("id"));
  const page = PageNumber.safeParse(/^(\d+)\.png$/.exec(context.req.param("page") ?? "")?.[1]);
  if (!id.success) throw new AppError("not_found", "There is no such document.");
  if (!page.success) throw new AppError("page_not_found", "Pages are /pages/1.png, /pages/2.png and so on.");
  const maxSide = MaxSide.safeParse(context.req.query("max_side"));
  if (!maxSide.success) throw invalidRequest(maxSide.error, "max_side has to be from 64 to 2048.");
  const { png, final } = await deps.useCases.readPageImage({
    tenant: context.get("principal").tenant,
    id: id.data,
    page: page.data,
    maxSide: maxSide.data,
  });
  return new Response(png, {
    headers: {
      "content-type": "image/png",
      "cache-control": final ? "private, max-age=3600" : "no-store",
    },
  });
}

/** What was read from a document, and the document itself. */
export function registerContent(app: App, deps: RouterDeps): void {
  app.openapi(resultRoute, async (context) => {
    const { id } = context.req.valid("param");
    const result = await deps.useCases.readResult({ tenant: context.get("principal").tenant, id });
    context.header("etag", `"${result.version}"`);
    return context.json(result, 200);
  });

  app.openapi(textRoute, async (context) => {
    const { id } = context.req.valid("param");
    return context.text(await deps.useCases.readText({ tenant: context.get("principal").tenant, id }), 200);
  });

  // It is streamed: a document of many pages must not be read into memory to be sent.
  app.openAPIRegistry.registerPath(layoutRoute);
  app.get("/v1/documents/:id/layout", async (context) => {
    const id = DocumentId.safeParse(context.req.param("id"));
    if (!id.success) throw new AppError("not_found", "There is no such document.");
    const layout = await deps.useCases.openLayout({ tenant: context.get("principal").tenant, id: id.data });
    return new Response(layout, { headers: { "content-type": "application/json" } });
  });

  app.openapi(fileRoute, (context) => sendFile(deps, context, context.req.valid("param").id));

  // "{page}.png" is no path parameter of the router's: registered by hand.
  app.openAPIRegistry.registerPath(pageRoute);
  app.get("/v1/documents/:id/pages/:page", (context) => sendPage(deps, context));
}
