const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  þ: "th",
  "№": "no",
  º: "o",
  "°": "o",
};

/** Most words have no letters that fold. */
const PLAIN = /^[ -~]*$/;

const MARKS = /[\u0300-\u036f]|[\u064b-\u0655]|\u0640/g;
const FOLDED = /[ßæœøłđıþ№º°]/g;
const BETWEEN = /[^\p{L}\p{N}]+/gu;

/** Lower case without diacritics, vowel signs and lengthened lines; punctuation and spaces stay. `Fälligkeit` becomes `falligkeit`. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(FOLDED, (letter) => LETTERS[letter] ?? letter);
}

/** Letters and digits alone, folded: what is left of a name when it is compared. */
export function foldKey(text: string): string {
  return foldText(text).replace(BETWEEN, "");
}
