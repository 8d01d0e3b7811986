/** Letters that OCR takes for each other where ink is thin, by pairs. */
const ALIKE = new Set(
  "od do oq qo hn nh il li it ti lt tl ef fe cg gc uv vu br rb mn nm ci ic ao oa".split(" "),
);
const LETTER_OF: Readonly<Record<string, string>> = { "0": "O", "1": "I", "5": "S", "8": "B", "4": "A" };
/** The digits that letters are taken for, where digits have to stand. */
export const DIGIT_OF: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  Q: "0",
  D: "0",
  I: "1",
  l: "1",
  i: "1",
  "|": "1",
  "!": "1",
  S: "5",
  B: "8",
  Z: "2",
};

/** Digits inside of words as the letters they look like (`T0TAL`, `1NV0ICE`, `Tota1`); every offset stays. */
export function repairLetters(text: string): string {
  return text
    .replace(/(?<=\p{L})[01458](?=\p{L})/gu, (digit) => LETTER_OF[digit] ?? digit)
    .replace(/(?<=\p{L}{3})1(?![\p{L}\d])/gu, "l")
    .replace(/(?<![\p{L}\d.,])[01](?=\p{Lu}{3})/gu, (digit) => LETTER_OF[digit] ?? digit)
    .replace(/(?<![\p{L}\d])N0(?=[\s.:])/gu, "NO");
}

/** Letters inside of dates and times as the digits they look like (`O4/O3/2O18`); every offset stays. */
export function repairDigits(text: string): string {
  return text.replace(/\S{6,}/gu, (token) => {
    const digits = token.replace(/\D/g, "").length;
    if (digits < 3 || /^\d+$/u.test(token)) return token;
    const month = /^(\S{1,2}[-/.])(\p{L}{3,9})([-/.]\S{2,4})$/u.exec(token);
    if (month) return `${asDigits(month[1] ?? "")}${month[2] ?? ""}${asDigits(month[3] ?? "")}`;
    return /^[\dOoQDIli|!SBZ]+(?:[-/.:][\dOoQDIli|!SBZ]+){2}[,;]?$/.test(token) ? asDigits(token) : token;
  });
}

function asDigits(text: string): string {
  return text.replace(/[OoQDIli|!SBZ]/g, (letter) => DIGIT_OF[letter] ?? letter);
}

/** Whether two words of one length differ in a single letter that OCR takes for the other one. */
export function isMisreadOf(read: string, meant: string): boolean {
  if (read.length !== meant.length) return false;
  let at = -1;
  for (let i = 0; i < read.length; i += 1) {
    if (read.charAt(i) === meant.charAt(i)) continue;
    if (at >= 0) return false;
    at = i;
  }
  return at >= 0 && ALIKE.has(read.charAt(at) + meant.charAt(at));
}
