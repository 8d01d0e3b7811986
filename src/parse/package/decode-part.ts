/** How far into a part its XML declaration is looked for. */
const DECLARATION_BYTES = 200;

/** Decodes XML by its byte order mark, else by the encoding that it declares, else as UTF-8 (XML 1.0, appendix F). */
export function decodePart(part: Uint8Array): string {
  return partDecoder(part).decode(part);
}

/** The decoder of a part by how it begins. */
export function partDecoder(part: Uint8Array): TextDecoder {
  const [first, second] = part;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
  if (first === 0x3c && second === 0) return new TextDecoder("utf-16le");
  if (first === 0 && second === 0x3c) return new TextDecoder("utf-16be");
  const start = new TextDecoder("latin1").decode(part.subarray(0, DECLARATION_BYTES));
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? "utf-8";
  try {
    // What stands in single bytes cannot be UTF-16, whatever it declares.
    return new TextDecoder(declared.toLowerCase().startsWith("utf-16") ? "utf-8" : declared);
  } catch {
    return new TextDecoder();
  }
}
