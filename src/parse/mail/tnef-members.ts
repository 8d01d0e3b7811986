import { byteStream } from "../../model/byte-source.ts";
import { AppError } from "../../errors.ts";
import { safePath } from "../../model/safe-path.ts";
import type { DocumentSource } from "../../ports.ts";
import type { MemberFate, OpenedMember } from "../parser.ts";
import { attachmentFate, isPicture } from "./attachment-fate.ts";
import { PICTURE_HEAD } from "../pictures/picture-fate.ts";
import { contentIdOf } from "./content-ids.ts";
import type { MailPart } from "./mail-part.ts";
import { readPart, streamPart } from "./part-content.ts";
import { type TnefFile, tnefFiles } from "./tnef.ts";
import type { UniqueNames } from "./member-names.ts";

/** Whether a part is a message's attachments as Outlook packs them. */
export function isTnef(part: MailPart, name: string): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(part.type.value) || /^winmail\.dat$/i.test(name);
}

/** The files in a `winmail.dat` in its place: what its sender attached. */
export async function tnefMembers(
  source: Pick<DocumentSource, "range">,
  part: MailPart,
  name: string,
  names: UniqueNames,
  shownIds: ReadonlySet<string>,
  maxBytes: number,
): Promise<OpenedMember[]> {
  const { bytes, cut } = await readPart(source, part, maxBytes);
  const files = cut ? null : tnefFiles(bytes);
  if (!files || files.length === 0) {
    const path = names.take(name);
    const fate = files ? onlyFormat(path) : unreadable(path, cut);
    return [
      {
        path,
        mediaType: part.type.value,
        sizeBytes: part.size,
        fate,
        open: async () => streamPart(source, part),
      },
    ];
  }
  return files.map((file, index) => {
    const path = names.take(nameOf(file, index + 1));
    return {
      path,
      mediaType: file.mediaType,
      sizeBytes: file.length,
      fate: fateOf(file, path, shownIds, bytes),
      open: async () => {
        // Decoded anew: what is packed is not held until its turn comes.
        const again = await readPart(source, part, maxBytes);
        const content = again.bytes.slice(file.start, file.start + file.length);
        if (content.length < file.length)
          throw new AppError("file_damaged", `${path} breaks off. Send it again.`);
        return byteStream(content);
      },
    };
  });
}

function nameOf(file: TnefFile, number: number): string {
  const name = safePath(file.name ?? "")
    .split("/")
    .at(-1);
  return name === undefined || name === "unnamed" ? `attachment-${number}` : name;
}

function fateOf(
  file: TnefFile,
  name: string,
  shownIds: ReadonlySet<string>,
  bytes: Uint8Array,
): MemberFate | null {
  if (file.embedded) {
    const message = `${name} is a message in Outlook's own packing, which is not read. Ask for it as an attachment.`;
    return { outcome: "refused", code: "unsupported_format", message };
  }
  const mediaType = file.mediaType ?? "";
  const shown = file.contentId !== null && shownIds.has(contentIdOf(file.contentId));
  const facts = { mediaType, name, sizeBytes: file.length, shown, encrypted: false };
  const end = file.start + Math.min(file.length, PICTURE_HEAD);
  return attachmentFate(facts, isPicture(facts) ? bytes.subarray(file.start, end) : null);
}

function onlyFormat(name: string): MemberFate {
  const message = `${name} holds no files: only how Outlook shows the message.`;
  return { outcome: "set_aside", code: "system_file", message };
}

function unreadable(name: string, cut: boolean): MemberFate {
  const message = `${name}, Outlook's own packing of attachments, ${cut ? "is too large" : "cannot be read"}. Ask for the attachments themselves.`;
  return { outcome: "refused", code: cut ? "archive_too_large" : "file_damaged", message };
}
