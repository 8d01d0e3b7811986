import type { Env } from "./env.ts";

export { DocumentRoom } from "./entry/room/document-room.ts";

export default {
  fetch: () => new Response("docket"),
} satisfies ExportedHandler<Env>;
