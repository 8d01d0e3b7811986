import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { AppError } from "../errors.ts";
import { authenticate } from "./auth.ts";
import type { HttpEnv, RouterDeps } from "./deps.ts";
import { idempotent } from "./idempotency.ts";
import { knownAddresses, type Address } from "./methods.ts";
import type { App } from "./openapi.ts";
import { isOurFault, toProblem } from "./problem.ts";
import { respond } from "./respond.ts";
import { registerContent } from "./routes/content.ts";
import { registerCorrections } from "./routes/corrections.ts";
import { registerDeadLetters } from "./routes/dead-letters.ts";
import { registerDocuments } from "./routes/documents.ts";
import { registerExtractors } from "./routes/extractors.ts";
import { registerLive } from "./routes/live.ts";
import { registerSystem } from "./routes/system.ts";
import { registerWebhooks } from "./routes/webhooks.ts";
import { invalidRequest } from "./upload-options.ts";

const UNDESCRIBED: readonly Address[] = [
  { method: "get", path: "/v1/openapi.json" },
  { method: "get", path: "/docs" },
  { method: "get", path: "/dev/key" },
];

/** A malformed id names no document; everything else that does not validate is the caller's to mend. */
function createApp(): App {
  return new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      if (result.target === "param") throw new AppError("not_found", "There is nothing of this name.");
      throw invalidRequest(result.error, "The request is not valid.");
    },
  });
}

/** Hono's validators throw their own error for a body that is not JSON. */
function fromHono(exception: HTTPException): AppError {
  return exception.status < 500
    ? new AppError("invalid_request", exception.message || "The request is not valid.")
    : new AppError("internal", "The request failed.", { cause: exception });
}

/** What is logged of a fault. A parser's message can quote what it read, so it stays out. */
function faultOf(error: Error): Record<string, unknown> {
  const frames = error.stack?.split("\n").filter((line) => line.trimStart().startsWith("at "));
  const message = error instanceof SyntaxError ? undefined : error.message.slice(0, 500);
  return { name: error.name, message, frames: frames?.slice(0, 8).map((line) => line.trim()) };
}

function routes(deps: RouterDeps): App {
  const app = createApp();
  registerDocuments(app, deps);
  registerContent(app, deps);
  registerCorrections(app, deps);
  registerDeadLetters(app, deps);
  registerExtractors(app, deps);
  registerLive(app, deps);
  registerWebhooks(app, deps);
  registerSystem(app, deps);
  return app;
}

function describedAddresses(app: App): Address[] {
  return app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === "route" ? [{ method: definition.route.method, path: definition.route.path }] : [],
  );
}

/**
 * The HTTP API. Validates, calls a use-case, answers; every error leaves as RFC 9457 problem details.
 * Made once an isolate.
 */
export function createRouter(deps: RouterDeps): { fetch: (request: Request) => Promise<Response> } {
  const described = routes(deps);
  const app = createApp();
  app.onError((thrown, context) => {
    const requestId = context.get("requestId");
    const error = thrown instanceof HTTPException ? fromHono(thrown) : thrown;
    if (isOurFault(error)) {
      deps.ports.log.error("http_failed", { request: requestId, path: context.req.path, ...faultOf(error) });
    }
    return toProblem(error, { requestId, path: context.req.path });
  });
  app.use(respond(deps));
  app.use(knownAddresses([...UNDESCRIBED, ...describedAddresses(described)]));
  // Matches "/v1/documents" itself as well.
  app.use("/v1/documents/*", authenticate(deps));
  app.use("/v1/dead-letters/*", authenticate(deps));
  app.use("/v1/webhooks/*", authenticate(deps));
  app.use("/v1/memory", authenticate(deps));
  app.use("/v1/extractors/*", authenticate(deps));
  app.use("/v1/*", idempotent(deps));
  app.route("/", described);
  return { fetch: async (request) => app.fetch(request) };
}
