import type { Picture } from "../pictures/list-pictures.ts";

/** Characters of base64 that are decoded at a time; a multiple of four. */
const STEP = 65_536;

/** The pictures that a page carries in its own text (RFC 2397, base64), of all that it shows; each once. */
export function dataPictures(sources: readonly string[]): Picture[] {
  return sources
    .flatMap((source) => {
      const head = /^\s*data:(image\/[\w.+-]{1,60})?[^,]{0,200};\s*base64\s*,/i.exec(source.slice(0, 400));
      return head ? [{ source, type: head[1]?.toLowerCase() ?? null, at: head[0].length }] : [];
    })
    .map(({ source, type, at }, index): Picture => {
      const ending = /^image\/(?:x-|vnd\.)?([a-z0-9]{2,5})/.exec(type ?? "")?.[1]?.replace("jpeg", "jpg");
      return {
        name: `picture-${index + 1}${ending ? `.${ending}` : ""}`,
        mediaType: type,
        size: () => sizeOf(source, at),
        pieces: () => decode(source, at),
      };
    });
}

function sizeOf(source: string, from: number): number {
  let size = 0;
  for (const piece of decode(source, from)) size += piece.length;
  return size;
}

/** Decodes as far as it is base64: what is cut off or spoilt ends there. */
function* decode(source: string, from: number): Generator<Uint8Array, void> {
  let left = "";
  let cut = "";
  for (let at = from; at < source.length; at += STEP) {
    const text = cut + source.slice(at, at + STEP);
    // A percent sign's two digits may stand in the next step.
    cut = /%[\dA-Fa-f]?$/.exec(text)?.[0] ?? "";
    left += text
      .slice(0, text.length - cut.length)
      .replaceAll(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replaceAll(/[^A-Za-z0-9+/]/g, "");
    const usable = left.length - (left.length % 4);
    if (usable > 0) yield bytesOf(left.slice(0, usable));
    left = left.slice(usable);
  }
  if (left.length > 1) yield bytesOf(left);
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
