/** `1` as `a`, `27` as `aa`; numbers below 1 stay digits. */
export function letters(number: number, first: "a" | "A"): string {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(first.charCodeAt(0) + ((rest - 1) % 26)) + text;
  }
  return text === "" ? String(number) : text;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/** Roman numerals up to 3999; other numbers stay digits. */
export function roman(number: number, upper: boolean): string {
  if (number < 1 || number > 3_999) return String(number);
  let text = "";
  let rest = number;
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return upper ? text.toUpperCase() : text;
}

/** A number by the name of its format (ECMA-376-1, 17.18.59); formats that are not known count in digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case "none":
      return "";
    case "upperRoman":
    case "lowerRoman":
      return roman(value, format === "upperRoman");
    case "upperLetter":
    case "lowerLetter":
      return letters(value, format === "upperLetter" ? "A" : "a");
    case "decimalZero":
      return String(value).padStart(2, "0");
    case "chineseCounting":
    case "ideographDigital":
    case "japaneseCounting":
    case "chineseCountingThousand":
      return value <= 10 ? "〇一二三四五六七八九十".charAt(value) || String(value) : String(value);
    default:
      return String(value);
  }
}
