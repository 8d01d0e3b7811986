/** Decoders by the code page's number, where their name does not follow from it. */
const NAMES: Readonly<Record<number, string>> = {
  866: "ibm866",
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  1200: "utf-16le",
  1201: "utf-16be",
  10000: "macintosh",
  10007: "x-mac-cyrillic",
  20866: "koi8-r",
  21866: "koi8-u",
  28592: "iso-8859-2",
  28595: "iso-8859-5",
  28597: "iso-8859-7",
  28605: "iso-8859-15",
  65001: "utf-8",
};

/**
 * Code pages for the sheets' library, which has none of its own: workbooks before Excel 97 keep their texts in that
 * of the machine they were made on.
 */
export const codePages = {
  utils: {
    decode: (page: number, bytes: ArrayLike<number>): string =>
      new TextDecoder(nameOf(page), { fatal: false, ignoreBOM: true }).decode(Uint8Array.from(bytes)),
    encode: (_page: number, text: string): number[] =>
      Array.from(text, (character) => character.charCodeAt(0) & 0xff),
    hascp: (): boolean => true,
  },
};

function nameOf(page: number): string {
  return NAMES[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : "windows-1252");
}
