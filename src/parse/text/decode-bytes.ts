/** IBM code page 850, 0x80 to 0xFF: what printers and DOS programs wrote; the platform's decoder does not know it. */
const IBM850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0";

/**
 * Decodes bytes in an encoding by its label (WHATWG Encoding, and `utf-32le`, `utf-32be`, `ibm850`); what cannot be
 * decoded becomes U+FFFD. Null when the label is not known. A byte order mark is left out.
 */
export function decodeBytes(bytes: Uint8Array, label: string): string | null {
  if (label === "utf-32le" || label === "utf-32be") return decodeUtf32(bytes, label === "utf-32le");
  if (label === "ibm850") return decodeTable(bytes, IBM850);
  return decoderOf(label)?.decode(bytes) ?? null;
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

function decodeTable(bytes: Uint8Array, upper: string): string {
  let text = "";
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80);
  return text;
}

function decodeUtf32(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    if (code === 0xfeff && at === 0) continue;
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    text += isCharacter ? String.fromCodePoint(code) : "\uFFFD";
  }
  return text;
}
