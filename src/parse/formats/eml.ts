import { byteStream } from "../../model/byte-source.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { bodyStructure } from "../mail/body-structure.ts";
import { indexMessage } from "../mail/index-message.ts";
import type { MailIndex, MailPart } from "../mail/mail-part.ts";
import { mailMembers } from "../mail/mail-members.ts";
import { messageHeaders } from "../mail/message-headers.ts";
import { openMessage } from "../mail/open-message.ts";
import { readBody } from "../mail/read-body.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Parts that are indexed beyond the members that are read: texts, and what only holds other parts. */
const MORE_PARTS = 500;

/**
 * Reads an e-mail (RFC 5322, RFC 2045 to 2047). The file goes by once to find its parts; attachments are decoded when
 * they are opened, so that a large message takes no more memory than a small one.
 */
export const eml: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const near = await held(source);
    const index = await indexMessage(await near.stream(), {
      maxParts: limits.maxMembers + MORE_PARTS,
      maxDepth: limits.maxDepth,
    });
    const { plain, html, attachments } = bodyStructure(index.root);
    const body = await readBody(near, { plain, html }, limits);
    const listed = attachments.slice(0, limits.maxMembers);
    const members = await mailMembers(near, listed, body.contentIds, limits);
    const date = index.root.header.text("date");
    const message = messageHeaders(index.root.header);
    return openMessage(
      {
        message,
        body: body.blocks,
        members,
        leftOut: attachments.length - listed.length + index.partsLeftOut,
        warnings: [...remarks(index), ...body.warnings],
        metadata: message.date === null && date !== null ? { date } : {},
      },
      limits,
    );
  },
};

/** Most bytes of a message that are kept in memory, so that its parts need not be asked for one by one. */
const HELD = 4 * 1024 * 1024;

async function held(source: DocumentSource): Promise<Pick<DocumentSource, "stream" | "range">> {
  if (source.size > HELD) return source;
  const bytes = await source.bytes();
  return {
    stream: async () => byteStream(bytes),
    range: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

function remarks({ root, headerCut }: MailIndex): Warning[] {
  const warnings: Warning[] = [];
  if (root.header.fields.length === 0) {
    const message = "The file has no header of an e-mail: all of it was read as text.";
    warnings.push({ code: "structure_invalid", message });
  }
  if (headerCut) {
    warnings.push({ code: "content_not_read", message: "The header is too long: its rest was left out." });
  }
  if (breaksOff(root)) {
    const message = "The message breaks off before its last boundary: its end may be missing.";
    warnings.push({ code: "file_damaged", message });
  }
  return warnings;
}

function breaksOff(part: MailPart): boolean {
  return !part.closed || part.parts.some(breaksOff);
}
