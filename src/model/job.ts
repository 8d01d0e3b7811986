import { z } from "zod";
import { DocumentId, TenantId } from "./ids.ts";

export const Priority = z.enum(["urgent", "standard", "bulk"]);
export type Priority = z.infer<typeof Priority>;

/**
 * A queue message. Carries ids, never content. `epoch` is the run it belongs to:
 * a message of an older run is dropped. `step` numbers the parse steps of one run.
 */
export const Job = z.object({
  v: z.literal(1),
  tenant: TenantId,
  document: DocumentId,
  step: z.number().int().min(0),
  epoch: z.number().int().min(1),
  traceparent: z.string().optional(),
});
export type Job = z.infer<typeof Job>;
