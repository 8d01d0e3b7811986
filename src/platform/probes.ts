import { DocumentId, TenantId } from "../model/ids.ts";
import type { Rooms } from "../ports.ts";

/** A document that nobody has: its room answers with no events. */
const NOBODY = TenantId.parse("ten_probe");
const NOTHING = DocumentId.parse(`doc_00_${"0".repeat(32)}`);

interface ProbedBindings {
  readonly BUCKET: R2Bucket;
  readonly DB: D1Database;
  readonly CACHE: KVNamespace;
  readonly QUEUE_URGENT: Queue;
  readonly QUEUE_STANDARD: Queue;
  readonly QUEUE_BULK: Queue;
  readonly ASSETS: Fetcher;
}

/** A queue is asked for its backlog, which sends nothing. */
async function askQueue(queue: Queue): Promise<void> {
  await queue.metrics();
}

/** One cheap question to each binding; each rejects when its binding does not answer. */
export function createProbes(
  env: ProbedBindings,
  rooms: Rooms,
): Readonly<Record<string, () => Promise<void>>> {
  return {
    BUCKET: async () => {
      await env.BUCKET.head("probe");
    },
    DB: async () => {
      await env.DB.prepare("SELECT count(*) FROM (SELECT 1 FROM tenants LIMIT 1)").first();
    },
    CACHE: async () => {
      await env.CACHE.get("probe");
    },
    QUEUE_URGENT: () => askQueue(env.QUEUE_URGENT),
    QUEUE_STANDARD: () => askQueue(env.QUEUE_STANDARD),
    QUEUE_BULK: () => askQueue(env.QUEUE_BULK),
    ROOMS: async () => {
      await rooms.of(NOBODY, NOTHING).events({ after: 0 });
    },
    ASSETS: async () => {
      const answer = await env.ASSETS.fetch("https://assets/favicon.svg", { method: "HEAD" });
      if (answer.status >= 500) throw new Error(`assets answered ${answer.status}`);
    },
  };
}
