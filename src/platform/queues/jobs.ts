import type { Priority } from "../../model/job.ts";
import type { Jobs } from "../../ports.ts";

/** Work through Cloudflare Queues: one queue a priority, because a queue is first in, first out. */
export function createJobs(queues: Record<Priority, Queue>): Jobs {
  return {
    send: async (job, priority, delaySeconds) => {
      await queues[priority].send(job, delaySeconds === undefined ? {} : { delaySeconds });
    },
  };
}
