import type { WebhookQueues } from "../../ports.ts";
import type { SenderObject } from "../../sender-object.ts";

/** Endpoints' queues as Durable Objects, named by tenant and endpoint. */
export function createWebhookQueues(namespace: DurableObjectNamespace<SenderObject>): WebhookQueues {
  return {
    of: (tenant, webhook) => {
      // Its mapped types lose the exactness of ours; the object implements SenderObject.
      const stub = () => namespace.getByName(`${tenant}/${webhook}`) as unknown as SenderObject;
      return {
        offer: (notices, options) => stub().offer({ tenant, webhook }, [...notices], options?.again === true),
        erase: () => stub().erase(),
      };
    },
  };
}
