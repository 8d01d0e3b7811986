import { bytesOf } from "../read-lines.ts";

/** What the dictionary holds at the beginning ([MS-OXRTFCP], 2.1.2.1). */
const DICTIONARY = bytesOf(
  "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx",
);
const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const WINDOW = 4_096;

/**
 * Unpacks RTF as Outlook packs it ([MS-OXRTFCP]), `maxBytes` at most. A reference is 2 bytes for at most 17, so what
 * comes out is bounded by what goes in; null where it is no such RTF.
 */
export function decompressRtf(packed: Uint8Array, maxBytes: number): Uint8Array | null {
  if (packed.length < 16) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const kind = view.getUint32(8, true);
  if (kind === UNCOMPRESSED) return packed.subarray(16, 16 + Math.min(maxBytes, view.getUint32(4, true)));
  if (kind !== COMPRESSED) return null;
  const out = new Uint8Array(Math.min(maxBytes, (packed.length - 16) * 9));
  const window = new Uint8Array(WINDOW);
  window.set(DICTIONARY);
  let at = DICTIONARY.length;
  let length = 0;
  const write = (byte: number): void => {
    window[at] = byte;
    at = (at + 1) % WINDOW;
    out[length] = byte;
    length += 1;
  };
  for (let read = 16; read < packed.length && length < out.length;) {
    const control = packed[read] ?? 0;
    read += 1;
    for (let bit = 0; bit < 8 && read < packed.length && length < out.length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        write(packed[read] ?? 0);
        read += 1;
        continue;
      }
      const token = ((packed[read] ?? 0) << 8) | (packed[read + 1] ?? 0);
      read += 2;
      const from = token >> 4;
      if (from === at) return out.subarray(0, length);
      for (let step = 0; step < (token & 15) + 2 && length < out.length; step += 1) {
        write(window[(from + step) % WINDOW] ?? 0);
      }
    }
  }
  return out.subarray(0, length);
}
