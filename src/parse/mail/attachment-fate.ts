import type { MemberFate } from "../parser.ts";
import { pictureFate } from "../pictures/picture-fate.ts";

/** What is known of an attachment before it is opened, whichever format carries it. */
export interface AttachmentFacts {
  /** In lower case. */
  readonly mediaType: string;
  readonly name: string;
  readonly sizeBytes: number | null;
  /** Shown in the text: referenced by its content id, or marked as inline. */
  readonly shown: boolean;
  readonly encrypted: boolean;
}

const PICTURE_ENDING = /\.(?:png|apng|jpe?g|jpe|jfif|gif|bmp|dib|webp|svg|tiff?|hei[cf]|emz|wmz|emf|wmf)$/i;
const SIGNATURE_TYPE = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature)$/;
const SIGNATURE_NAME = /^(?:smime\.p7s|signature\.asc|.*\.(?:p7s|sig))$/i;
const REPORT_TYPE =
  /^(?:message\/(?:global-)?(?:delivery-status|disposition-notification|feedback-report)|text\/rfc822-headers|application\/applefile|application\/pgp-encrypted)$/;

/** Parts of a web page that was saved as a message: how it looks and moves. */
const STYLE_TYPE = /^(?:text\/css|(?:text|application)\/(?:x-)?javascript|font\/.*)$/;

/** Whether its first bytes are wanted to tell a logo from a photo. */
export function isPicture({ mediaType, name }: Pick<AttachmentFacts, "mediaType" | "name">): boolean {
  return mediaType.startsWith("image/") || PICTURE_ENDING.test(name);
}

/** Decides what becomes of an attachment; null for what is a document of its own. `head` is there for pictures. */
export function attachmentFate(facts: AttachmentFacts, head: Uint8Array | null): MemberFate | null {
  const { mediaType, name, sizeBytes } = facts;
  if (sizeBytes === 0) return refused("empty_file", `${name} is empty.`);
  if (facts.encrypted) return encrypted(name);
  if (SIGNATURE_TYPE.test(mediaType) || SIGNATURE_NAME.test(name)) {
    return setAside("signature", `${name} is the message's digital signature. It was not checked.`);
  }
  if (REPORT_TYPE.test(mediaType)) {
    return setAside("system_file", `${name} (${mediaType}) is a note from mail program to mail program.`);
  }
  if (STYLE_TYPE.test(mediaType)) {
    return setAside("system_file", `${name} (${mediaType}) says how the message looks, not what it says.`);
  }
  if (/^message\/(?:external-body|partial)$/.test(mediaType)) {
    return refused("unsupported_format", `${name} is only a reference: its content is not in this message.`);
  }
  if (mediaType === "application/mac-binhex40" || /\.hqx$/i.test(name)) {
    return refused(
      "unsupported_format",
      `${name} is packed with BinHex 4.0, which is not read. Send it as it is.`,
    );
  }
  return isPicture(facts) ? pictureFate(facts, head) : null;
}

function encrypted(name: string): MemberFate {
  return refused(
    "password_required",
    `${name} is encrypted for its receiver (S/MIME or OpenPGP). Decrypt it in the mail program and send its content.`,
  );
}

function refused(
  code: "empty_file" | "password_required" | "unsupported_format",
  message: string,
): MemberFate {
  return { outcome: "refused", code, message };
}

function setAside(code: "signature" | "system_file", message: string): MemberFate {
  return { outcome: "set_aside", code, message };
}
