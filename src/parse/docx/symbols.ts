/** Characters of symbol fonts that mean something (the fonts' own charts); others stand for themselves. */
const WINGDINGS: Readonly<Record<string, string>> = {
  "6F": "☐",
  A8: "☐",
  FE: "☒",
  FD: "☒",
  FC: "✓",
  FB: "✗",
  "78": "☒",
  "52": "☒",
  A3: "☐",
  E0: "→",
  DF: "←",
  "28": "☎",
  "2A": "✉",
  "4A": "☺",
};

/** The Symbol font is the Greek alphabet at the places of the Latin one. */
const SYMBOL_GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

/** What a `w:sym` shows: a character of a font by its code in hexadecimal. */
export function symbolOf(code: string, font: string): string {
  if (!/^[\dA-F]{2,4}$/i.test(code)) return "";
  const value =
    Number.parseInt(code, 16) & (code.toUpperCase().startsWith("F0") && code.length === 4 ? 0xff : 0xffff);
  if (/wingdings/i.test(font)) {
    return WINGDINGS[value.toString(16).toUpperCase().padStart(2, "0")] ?? "•";
  }
  if (/^symbol$/i.test(font) && value >= 0x61 && value <= 0x7a) return SYMBOL_GREEK.charAt(value - 0x61);
  if (/^symbol$/i.test(font) && value === 0xb7) return "•";
  return value < 0x20 ? "" : String.fromCharCode(value);
}
