import type { MessageHeaders } from "../../model/message.ts";
import { author, mailboxes } from "./addresses.ts";
import type { HeaderFields } from "./header-fields.ts";
import { isoDate } from "./message-date.ts";

/** The headers of a message, decoded. Of several dates the first that exists counts. */
export function messageHeaders(header: HeaderFields): MessageHeaders {
  return {
    from: author(header.all("from")),
    to: mailboxes(header.all("to")),
    cc: mailboxes(header.all("cc")),
    bcc: mailboxes(header.all("bcc")),
    reply_to: mailboxes(header.all("reply-to")),
    subject: header.text("subject"),
    date:
      header
        .all("date")
        .map(isoDate)
        .find((date) => date !== null) ?? null,
    message_id: idsOf(header.text("message-id"))[0] ?? null,
    in_reply_to: idsOf(header.text("in-reply-to"))[0] ?? null,
    references: idsOf(header.all("references").join(" ")),
  };
}

/** Message ids without their brackets; what has none at all is taken as it stands. */
function idsOf(value: string | null): string[] {
  if (value === null) return [];
  const bracketed = Array.from(value.matchAll(/<\s*([^<>\s]+)\s*>/g), ([, id = ""]) => id);
  if (bracketed.length > 0) return bracketed;
  return value
    .split(/[\s,]+/)
    .map((id) => id.replace(/[<>]/g, ""))
    .filter((id) => id.includes("@"));
}
