import { createRoute } from "@hono/zod-openapi";
import { AppError } from "../../errors.ts";
import type { RouterDeps } from "../deps.ts";
import { DOCS_PAGE, DOCS_POLICY } from "../docs-page.ts";
import { describeSecurity, openApiInfo, type App } from "../openapi.ts";
import { Health, Readiness } from "../schemas.ts";

const PROBE_TIMEOUT_MS = 3_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const tags = ["System"];

const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  operationId: "getHealth",
  summary: "Whether the Worker runs",
  tags,
  security: [],
  responses: { 200: { description: "It does", content: { "application/json": { schema: Health } } } },
});

const readyRoute = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "getReadiness",
  summary: "Whether each binding answers, and how fast",
  tags,
  security: [],
  responses: {
    200: { description: "All do", content: { "application/json": { schema: Readiness } } },
    503: { description: "At least one does not", content: { "application/json": { schema: Readiness } } },
  },
});

function timeout(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error("timeout")), PROBE_TIMEOUT_MS);
  });
}

type Verdict = { verdict: "ok" | "failed"; ms: number };

async function probe(deps: RouterDeps, name: string, ask: () => Promise<void>): Promise<[string, Verdict]> {
  const startedMs = deps.ports.clock();
  let verdict: Verdict["verdict"] = "ok";
  try {
    await Promise.race([ask(), timeout()]);
  } catch (error) {
    verdict = "failed";
    deps.ports.log.error("probe_failed", { binding: name, error: String(error) });
  }
  return [name, { verdict, ms: deps.ports.clock() - startedMs }];
}

/** The development key is for the page on the developer's own machine: never deployed, never to another host's name. */
function devKey(deps: RouterDeps, url: string): string | null {
  const { environment, devApiKey } = deps.settings;
  return environment === "development" && LOOPBACK.has(new URL(url).hostname) ? devApiKey : null;
}

/** Health, readiness, the API's description, and the local page's key. */
export function registerSystem(app: App, deps: RouterDeps): void {
  app.openapi(healthRoute, (context) =>
    context.json({ status: "ok" as const, version: deps.settings.version }, 200),
  );

  app.openapi(readyRoute, async (context) => {
    const probed = await Promise.all(
      Object.entries(deps.probes).map(([name, ask]) => probe(deps, name, ask)),
    );
    const ready = probed.every(([, { verdict }]) => verdict === "ok");
    const bindings = Object.fromEntries(probed);
    return ready
      ? context.json({ status: "ready" as const, bindings }, 200)
      : context.json({ status: "not_ready" as const, bindings }, 503);
  });

  describeSecurity(app);
  app.get("/v1/openapi.json", (context) =>
    context.json(app.getOpenAPI31Document(openApiInfo(deps.settings.version))),
  );

  app.get(
    "/docs",
    () =>
      new Response(DOCS_PAGE, {
        headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": DOCS_POLICY },
      }),
  );

  app.get("/dev/key", (context) => {
    const key = devKey(deps, context.req.url);
    if (key === null) throw new AppError("not_found", "There is nothing at this address.");
    return context.json({ key });
  });
}
