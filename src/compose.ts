import { Config } from "./config.ts";
import type { Env } from "./env.ts";
import { createDocuments } from "./platform/d1/documents.ts";
import { createResultCache } from "./platform/kv/result-cache.ts";
import { createLog } from "./platform/log.ts";
import { createJobs } from "./platform/queues/jobs.ts";
import { createBlobs } from "./platform/r2/blobs.ts";
import { createRooms } from "./platform/rooms/rooms.ts";
import type { Ports } from "./ports.ts";

/** The ports that keep and send, without those that read documents: all that a room needs. */
export type StoragePorts = Pick<Ports, "blobs" | "cache" | "clock" | "documents" | "jobs" | "log" | "rooms">;

/** Adapters for what keeps and sends. */
export function composeStorage(env: Env): { config: Config; ports: StoragePorts } {
  const config = Config.parse(env);
  const log = createLog();
  return {
    config,
    ports: {
      clock: () => Date.now(),
      log,
      blobs: createBlobs(env.BUCKET),
      cache: createResultCache(env.CACHE, log),
      documents: createDocuments(env.DB),
      jobs: createJobs({ urgent: env.QUEUE_URGENT, standard: env.QUEUE_STANDARD, bulk: env.QUEUE_BULK }),
      rooms: createRooms(env.ROOMS),
    },
  };
}
