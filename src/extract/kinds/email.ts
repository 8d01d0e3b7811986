import { z } from "zod";
import { Mailbox } from "../../model/message.ts";
import { defineExtractor } from "../define.ts";

const schema = z
  .object({
    from: z.array(Mailbox),
    to: z.array(Mailbox),
    cc: z.array(Mailbox),
    reply_to: z.array(Mailbox),
    subject: z.string(),
    date: z.string(),
    message_id: z.string(),
    in_reply_to: z.string(),
    references: z.array(z.string()),
    body: z.string(),
    attachments: z.array(
      z.object({ name: z.string(), media_type: z.string().nullable(), size_bytes: z.number().nullable() }),
    ),
  })
  .partial();

export const email = defineExtractor({ kind: "email", version: 1, title: "E-mail", schema, required: [] });
