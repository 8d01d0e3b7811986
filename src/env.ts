import type { Job } from "./model/job.ts";
import type { LineReader } from "./ports.ts";
import type { RoomObject } from "./room-object.ts";
import type { SenderObject } from "./sender-object.ts";

/** The Worker's bindings, as wrangler.toml names them. Vars beside them are read by config.ts. */
export interface Env {
  readonly BUCKET: R2Bucket;
  readonly DB: D1Database;
  readonly CACHE: KVNamespace;
  readonly QUEUE_URGENT: Queue<Job>;
  readonly QUEUE_STANDARD: Queue<Job>;
  readonly QUEUE_BULK: Queue<Job>;
  readonly SENDERS: DurableObjectNamespace<SenderObject>;
  readonly ROOMS: DurableObjectNamespace<RoomObject>;
  readonly ASSETS: Fetcher;
  /** The Worker that reads lines a second time; without it pages are read once. */
  readonly READER?: LineReader;
}
