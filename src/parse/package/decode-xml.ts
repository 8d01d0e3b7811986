/** How far into a part its XML declaration is looked for. */
const DECLARATION_BYTES = 200;

/** Decodes XML by its byte order mark, else by the encoding that it declares, else as UTF-8 (XML 1.0, appendix F). */
export function decodeXml(part: Uint8Array): string {
  const [first, second] = part;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(part);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(part);
  if (first === 0x3c && second === 0) return new TextDecoder("utf-16le").decode(part);
  if (first === 0 && second === 0x3c) return new TextDecoder("utf-16be").decode(part);
  const start = new TextDecoder("latin1").decode(part.subarray(0, DECLARATION_BYTES));
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  return decoderFor(declared ?? "utf-8").decode(part);
}

function decoderFor(label: string): TextDecoder {
  try {
    // A part that stands in bytes cannot be UTF-16, whatever it declares.
    return new TextDecoder(label.toLowerCase().startsWith("utf-16") ? "utf-8" : label);
  } catch {
    return new TextDecoder();
  }
}
