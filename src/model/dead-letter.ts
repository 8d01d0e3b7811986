import { z } from "zod";
import { DocumentId } from "./ids.ts";

/** Names a dead letter: of a document's run, or of a message that was not understood. */
export const DeadLetterId = z.string().regex(/^dead_[0-9A-Za-z_-]{1,80}$/);
export type DeadLetterId = z.infer<typeof DeadLetterId>;

/** What the pipeline gave up, with the cause. */
export const DeadLetter = z.object({
  id: DeadLetterId,
  document_id: DocumentId.nullable(),
  run: z.int().nullable(),
  /** An error's code, or `message_malformed`. */
  reason: z.string(),
  detail: z.string(),
  created_at: z.iso.datetime(),
  /** When its document was sent through the pipeline again. */
  replayed_at: z.iso.datetime().nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
