const HEAD = 4_096;

/**
 * The encoding that a text names itself, as a label: an XML declaration (XML 1.0, 4.3.3) or an HTML `meta`
 * (HTML, 4.2.5.4). Null where it names none, or one that its own bytes rule out.
 */
export function declaredEncoding(bytes: Uint8Array): string | null {
  let head = "";
  for (const byte of bytes.subarray(0, HEAD)) head += String.fromCharCode(byte);
  const declared =
    /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{2,40})["']/i.exec(head)?.[1] ??
    /<meta[^>]{0,400}?\scharset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head)?.[1] ??
    /<meta[^>]{0,400}?content\s*=\s*["'][^"'>]{0,200}?charset\s*=\s*([\w.:-]{2,40})/i.exec(head)?.[1];
  const label = declared?.toLowerCase() ?? null;
  // Whoever could read the declaration byte by byte did not read UTF-16 or UTF-32.
  return label === null || /^(?:utf-?(?:16|32)|ucs|iso-10646)/.test(label) ? null : label;
}
