/** A printed number with what it can mean; the first reading is the likeliest. */
export interface ReadNumber {
  /** Values without rounding, as decimal strings. */
  readonly readings: readonly string[];
  /** The printed part. */
  readonly content: string;
  readonly start: number;
  readonly end: number;
  /** Digits behind the decimal mark of the first reading. */
  readonly decimals: number;
}

/** A space sets thousands apart, or stands beside a mark that OCR moved; two numbers of one cell stay two. */
const NUMBER =
  /\d(?:[\d.,'’·]|(?<=[.,])[\s ](?=\d)|[\s ](?=[.,]\s?\d)|(?<![.,]\d{1,2})[\s ](?=\d{3}(?!\d)))*(?<=\d)/u;
const DATE_OR_TIME = /\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d\d-\d\d|\d:\d\d/u;
const WITH_UNIT = /^[-−–]?\d[\d.,'’]*\s?\p{L}{1,12}[.²³]?(?:\(\p{L}{1,4}\))?$/u;
const MAX_LENGTH = 24;

const MINUS_BEFORE = /[-−–(]\s*(?:[\p{Sc}A-Z]{0,3}\s*)?$/u;
const MINUS_BEHIND = /^\s*(?:[-−–]|CR\b)/u;
const GROUPING = /[\s '’·]/gu;
const LEADING_ZEROS = /^0+(?=\d)/u;
const BARE_MARK = /^\./u;

/** What is believed of a number that is printed without a decimal mark: it has none, or OCR may have lost it. */
export type LostMark = "none" | "maybe" | "likely";

/** The first number in a text, e.g. `€ 1.234,50-` as -1234.50. Null when there is none. */
export function readNumber(
  text: string,
  decimal: "." | "," | null,
  lost: LostMark = "none",
): ReadNumber | null {
  const match = NUMBER.exec(text);
  if (!match || match[0].length > MAX_LENGTH) return null;
  const start = match.index;
  const end = start + match[0].length;
  if (DATE_OR_TIME.test(text.slice(Math.max(0, start - 1), end + 6))) return null;
  const negative = MINUS_BEFORE.test(text.slice(0, start)) || MINUS_BEHIND.test(text.slice(end));
  const readings = readingsOf(match[0].replace(GROUPING, ""), decimal, lost);
  const [first] = readings;
  if (first === undefined) return null;
  return {
    readings: readings.map((value) => (negative && Number(value) !== 0 ? `-${value}` : value)),
    content: match[0],
    start,
    end,
    decimals: first.split(".")[1]?.length ?? 0,
  };
}

function readingsOf(digits: string, decimal: "." | "," | null, lost: LostMark): string[] {
  const marks = digits.replace(/\d/gu, "");
  if (marks === "") {
    const whole = trimZeros(digits);
    if (lost === "none" || digits.length < 3) return [whole];
    const cents = trimZeros(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
    return lost === "likely" ? [cents, whole] : [whole, cents];
  }
  const last = marks.at(-1) ?? ".";
  const at = digits.lastIndexOf(last);
  const whole = digits.slice(0, at).replace(/[.,]/gu, "");
  const fraction = digits.slice(at + 1);
  const asDecimal = trimZeros(`${whole}.${fraction}`);
  const asWhole = trimZeros(whole + fraction);
  const repeated = marks.length > 1 && new Set(marks).size === 1;
  if (repeated) return fraction.length === 3 ? [asWhole] : [asDecimal, asWhole];
  if (marks.length > 1 || fraction.length !== 3 || whole === "" || /^0+$/u.test(whole)) return [asDecimal];
  if (whole.length > 3 || decimal === last) return [asDecimal, asWhole];
  return [asWhole, asDecimal];
}

function trimZeros(value: string): string {
  return value.replace(LEADING_ZEROS, "").replace(BARE_MARK, "0.");
}

const MONEY_WORD =
  /^[-−–(+]?(?:[\p{Sc}]|[A-Z]{1,3}[$.]?)?[-−–]?\d{1,3}(?:[.,'’]?\d{3})*[.,]\d{2}(?:[-−–)]|\p{Sc}|[A-Z]{3})?(?:\*|[A-Z]{1,2})?$/u;

/** Whether one printed word is an amount of money with its cents; a tax letter behind it is allowed. */
export function isMoneyWord(text: string): boolean {
  return text.length <= 20 && MONEY_WORD.test(text);
}

/** Whether a text is a number with at most a unit, a currency or a tax letter beside it. */
export function isNumberText(text: string): boolean {
  const digits = text.match(/\d/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (digits === 0 || text.length > 30) return false;
  return letters <= 3 || digits >= letters || WITH_UNIT.test(text);
}

/** Whether `quantity` times `price` is `amount` up to what rounding the price and the amount to their cents allows. */
export function multiplies(quantity: number, price: number, amount: number): boolean {
  const slack = 0.011 + Math.abs(quantity) * 0.00501;
  const off = Math.abs(Math.abs(quantity * price) - Math.abs(amount));
  return off <= Math.min(slack, Math.max(0.011, 0.004 * Math.abs(amount)));
}
