/** Names that programs give encodings which have no such name. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  "utf-8-w/o-bom": "utf-8",
  ansi: "windows-1252",
};

/**
 * Decodes XML by its byte order mark, else by its shape (UTF-16 shows in the first character), else by its
 * declaration, else as UTF-8 (XML 1.0, appendix F). An encoding that nobody knows, and bytes that are not in the one
 * declared, are read as UTF-8 where they are that, else as windows-1252.
 */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder("utf-8").decode(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (first === 0x3c && second === 0) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0 && second === 0x3c) return new TextDecoder("utf-16be").decode(bytes);
  const declared = declaredEncoding(bytes);
  if (declared !== null && !/^utf-?(8|16)/.test(declared)) {
    const decoder = decoderOf(declared);
    if (decoder !== null) return decoder.decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const name = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1]?.toLowerCase();
  return name === undefined ? null : (ALIASES[name] ?? name);
}

function decoderOf(name: string): TextDecoder | null {
  try {
    return new TextDecoder(name);
  } catch {
    return null;
  }
}
