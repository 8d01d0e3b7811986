import { foldText, readAmounts, readDates, type Comparison } from "./normalise.ts";

/** Tells whether a truth's value stands in a text, however it is written there; null where that cannot be told. */
export type Oracle = (compare: Comparison, truth: string) => boolean | null;

const NUMBERS = /\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?:[.,]\d+)?|[.,]?\d[\d.,'’]*/gu;

/**
 * What could have been found at all: dates and amounts by their value, everything else by its letters and digits.
 * A currency may be told by a sign or a country, a mark by a stroke: of those nothing is said.
 */
export function oracleOf(text: string): Oracle {
  let days: ReadonlySet<string> | null = null;
  let amounts: ReadonlySet<string> | null = null;
  let folded: string | null = null;
  const holds = (value: string): boolean => value !== "" && (folded ??= foldText(text)).includes(value);
  return (compare, truth) => {
    switch (compare) {
      case "date":
        days ??= daysIn(text);
        return meets(withNextCentury(readDates(truth)), days);
      case "money":
        amounts ??= amountsIn(text);
        return meets(unsigned(readAmounts(truth)), amounts);
      case "name":
      case "identifier":
        return holds(foldText(truth));
      case "prose":
      case "currency":
      case "instant":
      case "mark":
        return null;
    }
  };
}

function meets(wanted: ReadonlySet<string>, had: ReadonlySet<string>): boolean {
  return [...wanted].some((entry) => had.has(entry));
}

function unsigned(values: ReadonlySet<string>): Set<string> {
  return new Set([...values].map((value) => value.replace("-", "")));
}

/** A year of two digits is read as one of this century: someone may be born in the last one. */
function withNextCentury(days: ReadonlySet<string>): Set<string> {
  return new Set([...days].flatMap((day) => [day, `${Number(day.slice(0, 4)) + 100}${day.slice(4)}`]));
}

/** Words that the longest way to write a date takes. */
const DATE_WORDS = 4;

/** Every day that a text can mean, from whichever word on it is read: numbers before a date must not hide it. */
function daysIn(text: string): Set<string> {
  const found = readDates(text);
  for (const line of text.split("\n")) {
    const words = line.split(/\s+/u);
    words.forEach((word, index) => {
      if (!/\d|\p{Letter}{3}/u.test(word)) return;
      for (const day of readDates(words.slice(index, index + DATE_WORDS).join(" "))) found.add(day);
    });
  }
  return found;
}

/** Every amount that a text can mean, without regard to its sign. */
function amountsIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    for (const [token] of line.matchAll(NUMBERS)) {
      const trimmed = token.replace(/[.,'’]+$/u, "");
      for (const value of readAmounts(trimmed)) found.add(value);
      // A group of thousands may as well be two numbers that stand side by side.
      if (/\s/u.test(trimmed))
        for (const part of trimmed.split(/\s/u)) for (const value of readAmounts(part)) found.add(value);
    }
  }
  return found;
}
