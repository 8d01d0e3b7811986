import type { MemberFate } from "../parser.ts";
import { pictureSize } from "./picture-size.ts";

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

/** Bytes of a picture that are looked at: a JPEG's preview stands before its size. */
export const PICTURE_HEAD = 64 * 1024;

/** A page or a receipt that is legible has more bytes and pixels than this; logos and banners have less. */
const PHOTO_BYTES = 30 * 1024;
const PHOTO_SIDE = 300;
/** Nothing can be written on a picture that is smaller: icons, rules, counting pixels. */
const ICON_SIDE = 48;

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

/**
 * Logos, signatures and decoration stand in the text and are small. A photo or a scan is large: it stays a document
 * even where a phone's mail program has put it into the text.
 */
function pictureFate(
  { name, sizeBytes, shown }: AttachmentFacts,
  head: Uint8Array | null,
): MemberFate | null {
  const size = head ? pictureSize(head) : null;
  const side = size ? Math.min(size.width, size.height) : null;
  const shape = size ? `${size.width} by ${size.height} pixels` : "a picture of unknown size";
  if (side !== null && side > 0 && side < ICON_SIDE) {
    return setAside("inline_picture", `${name} (${shape}) is too small to say anything: an icon or a rule.`);
  }
  if (!shown) return null;
  const large = sizeBytes !== null && sizeBytes > PHOTO_BYTES && (side === null || side > PHOTO_SIDE);
  if (large) return null;
  return setAside(
    "inline_picture",
    `${name} (${shape}) stands in the text: a logo or a part of a signature.`,
  );
}

function refused(
  code: "empty_file" | "password_required" | "unsupported_format",
  message: string,
): MemberFate {
  return { outcome: "refused", code, message };
}

function setAside(code: "inline_picture" | "signature" | "system_file", message: string): MemberFate {
  return { outcome: "set_aside", code, message };
}
