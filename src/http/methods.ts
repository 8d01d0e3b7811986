import type { MiddlewareHandler } from "hono";
import { AppError } from "../errors.ts";
import type { HttpEnv } from "./deps.ts";

/** A route as far as its address goes; `{name}` stands for one segment, or the front of one. */
export interface Address {
  readonly method: string;
  readonly path: string;
}

interface Known {
  readonly pattern: RegExp;
  readonly methods: string[];
}

function collect(addresses: readonly Address[]): Known[] {
  const byPath = new Map<string, string[]>();
  for (const { method, path } of addresses) {
    byPath.set(path, [...(byPath.get(path) ?? []), method.toUpperCase()]);
  }
  return Array.from(byPath, ([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`),
    methods: methods.includes("GET") ? ["HEAD", ...methods] : methods,
  }));
}

/** Answers unknown addresses with 404 and known ones under a wrong method with 405 and Allow (RFC 9110, 15.5.6), before any key is asked for. */
export function knownAddresses(addresses: readonly Address[]): MiddlewareHandler<HttpEnv> {
  const known = collect(addresses);
  return async (context, next) => {
    const { path, method } = context.req;
    const found = known.find(({ pattern }) => pattern.test(path));
    if (!found) throw new AppError("not_found", `There is nothing at ${path.slice(0, 200)}.`);
    if (!found.methods.includes(method)) {
      const allow = found.methods.toSorted();
      throw new AppError("method_not_allowed", `${path} takes ${allow.join(", ")}.`, { detail: { allow } });
    }
    await next();
  };
}
