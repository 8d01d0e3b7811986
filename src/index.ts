import { compose } from "./compose.ts";
import { consume } from "./entry/queue.ts";
import type { Env } from "./env.ts";

export { DocumentRoom } from "./entry/room/document-room.ts";
export { WebhookSender } from "./entry/webhooks/webhook-sender.ts";

export default {
  fetch: (request, env) => compose(env).router.fetch(request),
  queue: (batch, env) => consume(compose(env), batch),
  scheduled: async (_event, env) => {
    await compose(env).sweep();
  },
} satisfies ExportedHandler<Env>;
