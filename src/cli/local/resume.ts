import type { Miniflare } from "miniflare";
import { z } from "zod";
import { Job, Priority } from "../../model/job.ts";
import type { Database } from "./migrate.ts";

const QUEUES = {
  urgent: "QUEUE_URGENT",
  standard: "QUEUE_STANDARD",
  bulk: "QUEUE_BULK",
} as const satisfies Record<Priority, string>;

const Pending = z.object({
  tenant_id: z.string(),
  id: z.string(),
  run: z.number(),
  priority: Priority,
});

/**
 * Sends the documents that had not ended to their queues again. Local queues forget what was waiting when
 * they stop, and a room's watchdog would take minutes; a message too many is dropped by the room's lease.
 * Gives the number of documents.
 */
export async function resumePending(
  database: Database,
  producer: (binding: string) => ReturnType<Miniflare["getQueueProducer"]>,
): Promise<number> {
  const { results } = await database
    .prepare("SELECT tenant_id, id, run, priority FROM documents WHERE status IN ('queued', 'processing')")
    .all();
  for (const row of results) {
    const { tenant_id, id, run, priority } = Pending.parse(row);
    const queue = await producer(QUEUES[priority]);
    await queue.send(Job.parse({ v: 1, tenant: tenant_id, document: id, step: 0, epoch: run }));
  }
  return results.length;
}
