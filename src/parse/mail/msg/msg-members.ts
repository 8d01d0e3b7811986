import { byteStream } from "../../../model/byte-source.ts";
import { AppError } from "../../../errors.ts";
import { safePath } from "../../../model/safe-path.ts";
import type { MemberFate, OpenedMember } from "../../parser.ts";
import { attachmentFate, isPicture } from "../attachment-fate.ts";
import { PICTURE_HEAD } from "../../pictures/picture-fate.ts";
import { contentIdOf } from "../content-ids.ts";
import { latin1 } from "../read-lines.ts";
import { subjectName, UniqueNames } from "../member-names.ts";
import type { CompoundStorage } from "./compound-file.ts";
import { asFile } from "./embedded-message.ts";
import { type Properties, readProperties } from "./properties.ts";
import { subjectOf } from "./read-msg.ts";
import { writeCompoundFile } from "./write-compound-file.ts";

/** Ids of an attachment's properties ([MS-OXCMSG], 2.2.2). */
const ID = {
  data: 0x3701,
  extension: 0x3703,
  fileName: 0x3704,
  method: 0x3705,
  longFileName: 0x3707,
  mediaType: 0x370e,
  contentId: 0x3712,
  flags: 0x3714,
  displayName: 0x3001,
  hidden: 0x7ffe,
} as const;

const BY_VALUE = 1;
const EMBEDDED_MESSAGE = 5;
const OLE_OBJECT = 6;
/** The attachment is drawn in the HTML of the message ([MS-OXCMSG], 2.2.2.18). */
const SHOWN_IN_HTML = 4;

/** Lists what is attached to a message of Outlook. An embedded message becomes a file of its own when it is opened. */
export function msgMembers(
  root: CompoundStorage,
  charset: string | null,
  shownIds: ReadonlySet<string>,
): OpenedMember[] {
  const names = new UniqueNames();
  const storages = root.storages.filter(({ name }) => name.startsWith("__attach_version1.0_#"));
  return storages.map((storage, index) => {
    const properties = readProperties(storage, 8, charset);
    const embedded = properties.storage(ID.data);
    const method = properties.number(ID.method) ?? BY_VALUE;
    if (method === EMBEDDED_MESSAGE && embedded)
      return embeddedMember(root, embedded, charset, names, index + 1);
    return fileMember(properties, method, shownIds, names, index + 1);
  });
}

function embeddedMember(
  root: CompoundStorage,
  embedded: CompoundStorage,
  charset: string | null,
  names: UniqueNames,
  number: number,
): OpenedMember {
  const subject = subjectOf(readProperties(embedded, 24, charset));
  return {
    path: names.take(subjectName(subject, number, ".msg")),
    mediaType: "application/vnd.ms-outlook",
    sizeBytes: null,
    fate: null,
    open: async () => writeCompoundFile(asFile(root, embedded)),
  };
}

function fileMember(
  properties: Properties,
  method: number,
  shownIds: ReadonlySet<string>,
  names: UniqueNames,
  number: number,
): OpenedMember {
  const signed = /^multipart\/signed/i.test(properties.text(ID.mediaType) ?? "");
  const path = names.take(signed ? `signed-message-${number}.eml` : nameOf(properties, number));
  const mediaType = signed ? "message/rfc822" : properties.text(ID.mediaType)?.trim().toLowerCase() || null;
  const sizeBytes = properties.size(ID.data);
  return {
    path,
    mediaType,
    sizeBytes,
    fate: fateOf(properties, method, { path, mediaType: mediaType ?? "", sizeBytes }, shownIds),
    open: async () => {
      const bytes = properties.bytes(ID.data);
      if (!bytes)
        throw new AppError("file_damaged", `${path} is listed in the message, but its content is missing.`);
      return byteStream(new Uint8Array(bytes));
    },
  };
}

function nameOf(properties: Properties, number: number): string {
  for (const id of [ID.longFileName, ID.fileName, ID.displayName]) {
    const name =
      safePath(properties.text(id) ?? "")
        .split("/")
        .at(-1) ?? "";
    if (name !== "" && name !== "unnamed") return name;
  }
  return `attachment-${number}${safePath(properties.text(ID.extension) ?? "").replace(/^unnamed$/, "")}`;
}

function fateOf(
  properties: Properties,
  method: number,
  { path, mediaType, sizeBytes }: { path: string; mediaType: string; sizeBytes: number | null },
  shownIds: ReadonlySet<string>,
): MemberFate | null {
  if (method === OLE_OBJECT) {
    const message = `${path} is an object of another program inside the message, which is not read.`;
    return { outcome: "refused", code: "unsupported_format", message };
  }
  if (sizeBytes === null && method !== BY_VALUE) {
    const message = `${path} is only a reference: its content is not in this message.`;
    return { outcome: "refused", code: "unsupported_format", message };
  }
  if (sizeBytes === null) {
    const message = `${path} is listed in the message, but its content is missing.`;
    return { outcome: "refused", code: "file_damaged", message };
  }
  const contentId = properties.text(ID.contentId) ?? "";
  const shown =
    properties.flag(ID.hidden) ||
    ((properties.number(ID.flags) ?? 0) & SHOWN_IN_HTML) !== 0 ||
    (contentId !== "" && shownIds.has(contentIdOf(contentId)));
  const picture = isPicture({ mediaType, name: path });
  const head = picture || /\.p7m$/i.test(path) ? headOf(properties) : null;
  const encrypted =
    head !== null && !picture && latin1(head).includes("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03");
  return attachmentFate({ mediaType, name: path, sizeBytes, shown, encrypted }, picture ? head : null);
}

/** The first bytes of an attachment; null where they cannot be read, which opening it then says. */
function headOf(properties: Properties): Uint8Array | null {
  try {
    return properties.bytes(ID.data)?.slice(0, PICTURE_HEAD) ?? null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
