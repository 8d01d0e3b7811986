import type { Picture } from "../pictures/list-pictures.ts";

/** Characters of base64 that are decoded at a time. */
const STEP = 65_536;
const PLAIN = /^[A-Za-z0-9+/]*$/;

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
  let characters = 0;
  for (const text of base64In(source, from)) characters += text.length;
  return Math.floor((characters * 3) / 4);
}

/** Decodes as far as it is base64: what is no character of it is left out. */
function* decode(source: string, from: number): Generator<Uint8Array, void> {
  let left = "";
  for (const text of base64In(source, from)) {
    left += text;
    const usable = left.length - (left.length % 4);
    if (usable > 0) yield bytesOf(left.slice(0, usable));
    left = left.slice(usable);
  }
  if (left.length > 1) yield bytesOf(left);
}

/** The characters of base64 without line breaks and padding, percent signs resolved, a step at a time. */
function* base64In(source: string, from: number): Generator<string, void> {
  let cut = "";
  for (let at = from; at < source.length; at += STEP) {
    const text = cut + source.slice(at, at + STEP);
    // A percent sign's two digits may stand in the next step.
    cut = /%[\dA-Fa-f]?$/.exec(text)?.[0] ?? "";
    const whole = text.slice(0, text.length - cut.length);
    yield PLAIN.test(whole)
      ? whole
      : whole
          .replaceAll(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
          .replaceAll(/[^A-Za-z0-9+/]/g, "");
  }
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
