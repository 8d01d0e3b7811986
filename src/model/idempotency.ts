import { z } from "zod";

/** What a client names a request by, so that sending it again has no second effect: up to 255 printable ASCII characters. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/, "has to be 1 to 255 printable characters without spaces");
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;
