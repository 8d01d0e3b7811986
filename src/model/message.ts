import { z } from "zod";

/** A name and an address as an e-mail's header gives them. */
export const Mailbox = z.object({ name: z.string().nullable(), address: z.string() });
export type Mailbox = z.infer<typeof Mailbox>;

/** The headers of an e-mail (RFC 5322), decoded. */
export const MessageHeaders = z.object({
  from: z.array(Mailbox),
  to: z.array(Mailbox),
  cc: z.array(Mailbox),
  bcc: z.array(Mailbox),
  reply_to: z.array(Mailbox),
  subject: z.string().nullable(),
  /** ISO 8601 with the offset that the header gives; null where it is none that exists. */
  date: z.string().nullable(),
  /** Without angle brackets, as are the next two. */
  message_id: z.string().nullable(),
  in_reply_to: z.string().nullable(),
  references: z.array(z.string()),
});
export type MessageHeaders = z.infer<typeof MessageHeaders>;
