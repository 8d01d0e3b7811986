import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { openCompoundFile } from "../mail/msg/compound-file.ts";
import { msgMembers } from "../mail/msg/msg-members.ts";
import { readMsg } from "../mail/msg/read-msg.ts";
import { openMessage } from "../mail/open-message.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Bytes before the first property of a file ([MS-OXMSG], 2.4.1.1). */
const HEAD = 32;

/** Reads a message, note, appointment, task or contact of Outlook ([MS-OXMSG]). */
export const msg: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The message has ${source.size} bytes, more than the ${limits.maxBytes} that are read. Save its attachments and send them by themselves.`,
      );
    }
    const root = openCompoundFile(await source.bytes());
    if (!root.streams.some(({ name }) => name.startsWith("__properties_version1.0"))) {
      throw new AppError(
        "unsupported_format",
        "The file is a compound file but no message of Outlook. Send it under its own name and kind.",
      );
    }
    const { message, body, metadata, charset } = readMsg(root, HEAD, limits);
    const members = msgMembers(root, charset, body.contentIds);
    return openMessage(
      { message, body: body.blocks, members, leftOut: 0, warnings: body.warnings, metadata },
      limits,
    );
  },
};
