import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { indexMailbox, type MailboxMessage, unquoteFrom } from "../mail/index-mailbox.ts";
import { streamPart } from "../mail/part-content.ts";
import type { OpenedDocument, OpenedMember, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads a mailbox as the messages that it holds; the file goes by once, and none of it is kept. */
export const mbox: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const { messages, found } = await indexMailbox(await source.stream(), limits.maxMembers);
    if (found === 0) {
      throw new AppError(
        "empty_file",
        "The mailbox holds no message. Send one that does, or the message itself.",
      );
    }
    const warnings: Warning[] = [];
    if (found > messages.length) {
      warnings.push({
        code: "content_not_read",
        message: `The mailbox holds ${found} messages, more than the ${messages.length} that are read: the last ${found - messages.length} were left out. Split it.`,
      });
    }
    return {
      pageCount: 0,
      container: true,
      members: messages.map((message) => memberOf(source, message)),
      inventory: [{ kind: "message", found, read: messages.length }],
      metadata: {},
      warnings,
      readPage: async (number) => {
        throw new AppError("page_not_found", `A mailbox has no pages, so none with the number ${number}.`);
      },
      close: () => undefined,
    };
  },
};

function memberOf(source: DocumentSource, { name, start, end, quoted }: MailboxMessage): OpenedMember {
  const open = async (): Promise<ReadableStream<Uint8Array>> =>
    streamPart(source, { start, end, encoding: "identity" });
  return {
    path: name,
    mediaType: "message/rfc822",
    sizeBytes: quoted ? null : end - start,
    fate: null,
    open: quoted ? async () => (await open()).pipeThrough(unquoteFrom()) : open,
  };
}
