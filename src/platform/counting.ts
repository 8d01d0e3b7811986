import { AsyncLocalStorage } from "node:async_hooks";
import type { BindingCalls } from "../ports.ts";

interface Tally {
  calls: number;
  /** Depth of the deepest call that has ended: what starts now may have waited for it. */
  ended: number;
  depth: number;
}

type Call = (...values: unknown[]) => unknown;

const current = new AsyncLocalStorage<Tally>();
/** What stands behind a counting proxy: a database's batch takes only statements of its own. */
const originals = new WeakMap<object, unknown>();

/** The calls that go over the wire, by kind of binding; others only make further objects. */
const COUNTED = new Set(
  (
    "get put head list delete createMultipartUpload uploadPart complete abort getWithMetadata " +
    "send sendBatch metrics all run raw first batch exec fetch"
  ).split(" "),
);
const MAKERS = new Set(["prepare", "bind", "withSession", "resumeMultipartUpload"]);

async function tallied<T>(call: () => T): Promise<Awaited<T>> {
  const tally = current.getStore();
  if (!tally) return await call();
  tally.calls += 1;
  const depth = tally.ended + 1;
  tally.depth = Math.max(tally.depth, depth);
  try {
    return await call();
  } finally {
    tally.ended = Math.max(tally.ended, depth);
  }
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  return typeof value === "object" && value !== null ? (originals.get(value) ?? value) : value;
}

function wrapMethods<T extends object>(target: T, isCounted: (name: string) => boolean): T {
  const proxy = new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (typeof value !== "function" || typeof name !== "string") return value;
      const method = value as Call;
      const apply = (values: unknown[]) => Reflect.apply(method, object, values.map(unwrap));
      if (MAKERS.has(name)) return (...values: unknown[]) => wrapMethods(apply(values) as object, isCounted);
      if (!isCounted(name)) return (...values: unknown[]) => apply(values);
      return async (...values: unknown[]) => {
        const answer = await tallied(() => apply(values));
        return name === "createMultipartUpload" ? wrapMethods(answer as object, isCounted) : answer;
      };
    },
  });
  originals.set(proxy, target);
  return proxy;
}

/** A Durable Object namespace makes stubs; every call of a stub goes over the wire. */
function wrapNamespace<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (typeof value !== "function") return value;
      const apply = (values: unknown[]) => Reflect.apply(value as Call, object, values);
      if (name !== "get" && name !== "getByName") return (...values: unknown[]) => apply(values);
      return (...values: unknown[]) => wrapStub(apply(values) as object);
    },
  });
}

function wrapStub(stub: object): object {
  return new Proxy(stub, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => tallied(() => Reflect.apply(value as Call, object, values));
    },
  });
}

function isNamespace(name: string, binding: object): boolean {
  return "idFromName" in binding || name === "ROOMS" || name === "SENDERS";
}

/** Bindings that count their calls while `bindingCalls.count` runs. For development and tests. */
export function countBindingCalls<T extends object>(env: T): { env: T; bindingCalls: BindingCalls } {
  const wrapped = Object.entries(env).map(([name, binding]: [string, unknown]) => {
    if (typeof binding !== "object" || binding === null) return [name, binding] as const;
    return [
      name,
      isNamespace(name, binding) ? wrapNamespace(binding) : wrapMethods(binding, (call) => COUNTED.has(call)),
    ] as const;
  });
  return {
    // The same names with the same types behind proxies.
    env: Object.fromEntries(wrapped) as T,
    bindingCalls: {
      count: async (work) => {
        const tally: Tally = { calls: 0, ended: 0, depth: 0 };
        const value = await current.run(tally, work);
        return { value, calls: tally.calls, depth: tally.depth };
      },
    },
  };
}
