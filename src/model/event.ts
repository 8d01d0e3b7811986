import { z } from "zod";

/** The kinds of events a document goes through, in the order in which they come. */
export const EventKind = z.enum([
  "queued",
  "claimed",
  "parsed",
  "page",
  "member",
  "classified",
  "field",
  "checked",
  "retrying",
  "corrected",
  "completed",
  "partial",
  "failed",
  "quarantined",
  "cancelled",
]);
export type EventKind = z.infer<typeof EventKind>;

/** What a stage says happened; the room gives it its number and time. Holds no more of the document than its result does. */
export const EventDraft = z.object({ kind: EventKind, data: z.record(z.string(), z.unknown()) });
export type EventDraft = z.infer<typeof EventDraft>;

/** A numbered event of one document. Numbers start at 1 and have no gaps, over all runs. */
export const DocumentEvent = EventDraft.extend({
  seq: z.number().int().min(1),
  run: z.number().int().min(1),
  at: z.iso.datetime(),
});
export type DocumentEvent = z.infer<typeof DocumentEvent>;
