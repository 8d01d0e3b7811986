import type { MemberFate } from "../parser.ts";
import { isRaster, pictureSize } from "./picture-size.ts";

/** What is known of a picture before it is read, whichever format carries it. */
export interface PictureFacts {
  readonly name: string;
  readonly sizeBytes: number | null;
  /** Shown in the text of what carries it. */
  readonly shown: boolean;
}

/** Bytes of a picture that are looked at: a JPEG's preview stands before its size. */
export const PICTURE_HEAD = 64 * 1024;

/** A page or a receipt that is legible has more bytes and pixels than this; logos and banners have less. */
const PHOTO_BYTES = 30 * 1024;
const PHOTO_SIDE = 300;
/** Nothing can be written on a picture that is smaller: icons, rules, counting pixels. */
const ICON_SIDE = 48;

/**
 * Logos, signatures and decoration stand in the text and are small. A photo or a scan is large: it is a document
 * (null) even where it was put into the text.
 */
export function pictureFate(
  { name, sizeBytes, shown }: PictureFacts,
  head: Uint8Array | null,
): MemberFate | null {
  const size = head ? pictureSize(head) : null;
  const side = size ? Math.min(size.width, size.height) : null;
  const shape = size ? `${size.width} by ${size.height} pixels` : "a picture of unknown size";
  if (side !== null && side > 0 && side < ICON_SIDE) {
    return setAside(`${name} (${shape}) is too small to say anything: an icon or a rule.`);
  }
  if (!shown) return null;
  if (isLarge(sizeBytes) && (side === null || side > PHOTO_SIDE)) return null;
  return setAside(`${name} (${shape}) stands in the text: a logo or a part of a signature.`);
}

/** The same for a picture that a document shows. Drawings and what stands behind the pages of a template are no text. */
export function shownPictureFate(
  { name, sizeBytes }: Omit<PictureFacts, "shown">,
  head: Uint8Array | null,
  isDecoration: boolean,
): MemberFate | null {
  if (isDecoration) return setAside(`${name} belongs to the template: decoration of its pages.`);
  if (sizeBytes === 0) return setAside(`${name} is empty.`);
  if (!head || !isRaster(head)) {
    return setAside(`${name} is a vector drawing, or a picture of a kind that is not read.`);
  }
  return pictureFate({ name, sizeBytes, shown: true }, head);
}

/** Whether a picture of so many bytes may be a page or a receipt. */
export function isLarge(sizeBytes: number | null): boolean {
  return sizeBytes !== null && sizeBytes > PHOTO_BYTES;
}

function setAside(message: string): MemberFate {
  return { outcome: "set_aside", code: "inline_picture", message };
}
