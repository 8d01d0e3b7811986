/** Decoders by the code page's number, where their name does not follow from it. */
const NAMES: Readonly<Record<number, string>> = {
  866: "ibm866",
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  1200: "utf-16le",
  10000: "macintosh",
  10007: "x-mac-cyrillic",
  20866: "koi8-r",
  21866: "koi8-u",
  32768: "macintosh",
  65001: "utf-8",
};

/** Text of a code page of Windows or the Macintosh; of one that is not known, as Western Windows has it. */
export function decodeCodePage(page: number, bytes: Uint8Array): string {
  const name = NAMES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : "windows-1252");
  return new TextDecoder(name, { fatal: false, ignoreBOM: true }).decode(bytes);
}
