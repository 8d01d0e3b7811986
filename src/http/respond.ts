import type { MiddlewareHandler } from "hono";
import type { HttpEnv, RouterDeps } from "./deps.ts";

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/** Copies a response with headers that its route has not set itself; a socket's answer stays as it is. */
function dress(response: Response, request: Request, extra: Readonly<Record<string, string>>): Response {
  if (response.webSocket) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
  if (request.url.startsWith("https:")) headers.set("strict-transport-security", "max-age=31536000");
  for (const [name, value] of Object.entries(extra)) headers.set(name, value);
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}

/** Gives each request its id, each response its headers, each pair one line in the log. */
export function respond(deps: RouterDeps): MiddlewareHandler<HttpEnv> {
  const { clock, log } = deps.ports;
  return async (context, next) => {
    const requestId = `req_${crypto.randomUUID().replaceAll("-", "")}`;
    context.set("requestId", requestId);
    const startedMs = clock();
    const extra: Record<string, string> = { "x-request-id": requestId };
    if (deps.bindingCalls) {
      const { calls, depth } = await deps.bindingCalls.count(next);
      extra["x-docket-binding-calls"] = String(calls);
      extra["x-docket-binding-depth"] = String(depth);
      extra["server-timing"] =
        `total;dur=${clock() - startedMs}, bindings;desc="${calls} calls, ${depth} deep"`;
    } else {
      await next();
    }
    context.res = dress(context.res, context.req.raw, extra);
    log.info("http_request", {
      request: requestId,
      method: context.req.method,
      path: context.req.path,
      status: context.res.status,
      ms: clock() - startedMs,
      tenant: context.get("principal")?.tenant,
    });
  };
}
