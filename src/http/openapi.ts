import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import { STATUS_OF, type ErrorCode } from "../errors.ts";
import type { HttpEnv } from "./deps.ts";
import { Problem } from "./schemas.ts";

export type App = OpenAPIHono<HttpEnv>;

/** Every route under an API key is described with it; the live ones with a ticket as well. */
export const KEY_SECURITY: { [scheme: string]: string[] }[] = [{ apiKey: [] }];
export const TICKET_SECURITY: { [scheme: string]: string[] }[] = [{ apiKey: [] }, { ticket: [] }];

/** Responses for the errors that a route answers with, by status. */
export function problems(...codes: ErrorCode[]): RouteConfig["responses"] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes, "internal"] as const) {
    byStatus.set(STATUS_OF[code], [...(byStatus.get(STATUS_OF[code]) ?? []), code]);
  }
  return Object.fromEntries(
    Array.from(byStatus, ([status, at]) => [
      status,
      { description: at.join(", "), content: { "application/problem+json": { schema: Problem } } },
    ]),
  );
}

/** Registers what the description needs beside the routes. */
export function describeSecurity(app: App): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "dk_live_...",
    description: "An API key with the scopes documents:read and documents:write as needed.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "ticket", {
    type: "apiKey",
    in: "query",
    name: "ticket",
    description: "A single-use ticket of 60 s for browsers' sockets and event streams.",
  });
}

/** The description's head. */
export function openApiInfo(version: string) {
  return {
    openapi: "3.1.0",
    info: {
      title: "Docket",
      version,
      description:
        "Documents in, validated JSON out, with the place on the page of every value. Errors are RFC 9457 problem details with a stable `code`.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "Documents", description: "Send, find, reprocess and delete documents" },
      { name: "Content", description: "Values, text, pages and the original" },
      { name: "Memory", description: "What corrections have taught" },
      { name: "Extractors", description: "What documents are read as: built-in types, and your own" },
      { name: "Webhooks", description: "Being told of what happens, by signed messages" },
      { name: "Dead letters", description: "What was given up, and sending it through again" },
      { name: "Live", description: "Numbered events while a document is read" },
      { name: "System", description: "Health, readiness and this description" },
    ],
  };
}
