import { FORMAT_NAMES, type Format } from "../../model/format.ts";
import { safePath } from "../../model/safe-path.ts";
import type { DocumentSource } from "../../ports.ts";
import type { MemberFate, OpenedMember } from "../parser.ts";
import { attachmentFate, isPicture } from "./attachment-fate.ts";
import { PICTURE_HEAD } from "../pictures/picture-fate.ts";
import type { Attached } from "./body-structure.ts";
import { contentIdOf } from "./content-ids.ts";
import { fieldsOf } from "./header-fields.ts";
import { type MailPart, nameOf } from "./mail-part.ts";
import { readPart, streamPart } from "./part-content.ts";
import { isTnef, tnefMembers } from "./tnef-members.ts";
import { subjectName, UniqueNames } from "./member-names.ts";
import { bytesOf, latin1 } from "./read-lines.ts";

type Source = Pick<DocumentSource, "range">;

/** First bytes of a message inside a message, in which its subject stands. */
const SUBJECT_HEAD = 32 * 1024;

/** Lists what is attached, in the message's order, each with its name, what becomes of it, and how it is read. */
export async function mailMembers(
  source: Source,
  attachments: readonly Attached[],
  shownIds: ReadonlySet<string>,
  limits: { readonly maxPartBytes: number },
): Promise<OpenedMember[]> {
  const names = new UniqueNames();
  const members: OpenedMember[] = [];
  for (const [index, attached] of attachments.entries()) {
    const { part } = attached;
    const name = await memberName(source, part, index + 1);
    if (isTnef(part, name)) {
      members.push(...(await tnefMembers(source, part, name, names, shownIds, limits.maxPartBytes)));
      continue;
    }
    const path = names.take(name);
    members.push({
      path,
      mediaType: part.type.value,
      sizeBytes: part.size,
      toldBy: headersOf(part),
      fate: await fateOf(source, attached, path, shownIds),
      open: async () => streamPart(source, part),
    });
  }
  return members;
}

/** The headers that give a part's name and media type (RFC 2183, RFC 2045), where it has them. */
function headersOf({ header, type, disposition }: MailPart): NonNullable<OpenedMember["toldBy"]> {
  const named = disposition.params.has("filename")
    ? "Content-Disposition"
    : type.params.has("name")
      ? "Content-Type"
      : null;
  return {
    ...(named === null ? {} : { path: named }),
    ...(header.text("content-type") === null ? {} : { media_type: "Content-Type" }),
  };
}

async function fateOf(
  source: Source,
  { part, related, encrypted }: Attached,
  name: string,
  shownIds: ReadonlySet<string>,
): Promise<MemberFate | null> {
  const mediaType = part.type.value;
  if (part.unopened) {
    const message = "Parts inside parts are nested deeper than is read.";
    return { outcome: "refused", code: "nesting_too_deep", message };
  }
  const shown =
    related ||
    part.disposition.value === "inline" ||
    shownIds.has(contentIdOf(latin1(bytesOf(part.header.first("content-id")))));
  const secret =
    encrypted || (/^application\/(?:x-)?pkcs7-mime$/.test(mediaType) && (await isEnveloped(source, part)));
  const facts = { mediaType, name, sizeBytes: part.size, shown, encrypted: secret };
  const head = isPicture(facts) ? (await readPart(source, part, PICTURE_HEAD)).bytes : null;
  return attachmentFate(facts, head);
}

/** CMS content types by the last byte of their object identifiers (RFC 5652): 3 is enveloped data. */
const CMS = "\x2a\x86\x48\x86\xf7\x0d\x01";

async function isEnveloped(source: Source, part: MailPart): Promise<boolean> {
  const said = part.type.params.get("smime-type")?.toLowerCase();
  if (said !== undefined) return said.includes("enveloped");
  const head = latin1((await readPart(source, part, 64)).bytes);
  const at = head.indexOf(CMS);
  if (at < 0) return false;
  const arc = head.slice(at + CMS.length);
  return arc.startsWith("\x07\x03") || arc.startsWith("\x09\x10\x01\x17");
}

/** The name that a part has, or one that says what it is. */
async function memberName(source: Source, part: MailPart, number: number): Promise<string> {
  const given = nameOf(part);
  const base = given === null ? undefined : safePath(given).split("/").at(-1);
  if (base !== undefined && base !== "unnamed") return base;
  if (part.type.value === "message/rfc822" || part.type.value === "message/global") {
    const { bytes } = await readPart(source, part, SUBJECT_HEAD);
    return messageName(bytes, number);
  }
  return `attachment-${number}${endingOf(part.type.value)}`;
}

/** A message's name by its subject, with the ending that makes it a file. */
export function messageName(head: Uint8Array, number: number | string): string {
  const lines = latin1(head).split(/(?<=\n)/);
  const blank = lines.findIndex((line) => line.trim() === "");
  const { header } = fieldsOf(lines.slice(0, blank < 0 ? lines.length : blank).map(bytesOf));
  return subjectName(header.text("subject"), number, ".eml");
}

const MORE_ENDINGS: Readonly<Record<string, string>> = {
  "text/calendar": ".ics",
  "text/vcard": ".vcf",
  "text/x-vcard": ".vcf",
  "image/svg+xml": ".svg",
  "application/pgp-signature": ".asc",
  "application/pkcs7-signature": ".p7s",
};

function endingOf(mediaType: string): string {
  const more = MORE_ENDINGS[mediaType];
  if (more !== undefined) return more;
  const formats = Object.keys(FORMAT_NAMES) as Format[];
  const format = formats.find((name) => FORMAT_NAMES[name].mediaType === mediaType);
  return format === undefined ? "" : `.${FORMAT_NAMES[format].endings[0]}`;
}
