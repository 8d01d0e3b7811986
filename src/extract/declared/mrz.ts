/** A machine-readable zone (ICAO 9303) as read and proven. */
export interface MachineZone {
  readonly format: "TD1" | "TD2" | "TD3" | "MRV-A" | "MRV-B";
  /** The zone's lines with what was misread put right. */
  readonly lines: readonly string[];
  readonly documentCode: string;
  readonly issuer: string;
  readonly documentNumber: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly nationality: string;
  /** ISO 8601, null where the zone has no full date. */
  readonly birthDate: string | null;
  readonly expiryDate: string | null;
  readonly sex: "female" | "male" | "unspecified";
  readonly personalNumber: string;
  /** Which check digits are right. */
  readonly proven: ReadonlySet<"number" | "birth" | "expiry" | "all">;
}

interface Layout {
  readonly format: MachineZone["format"];
  readonly lines: number;
  readonly width: number;
}

const LAYOUTS: readonly Layout[] = [
  { format: "TD1", lines: 3, width: 30 },
  { format: "TD3", lines: 2, width: 44 },
  { format: "TD2", lines: 2, width: 36 },
];
const WEIGHTS = [7, 3, 1];
const AS_DIGIT: Readonly<Record<string, string>> = {
  O: "0",
  Q: "0",
  D: "0",
  I: "1",
  L: "1",
  Z: "2",
  S: "5",
  B: "8",
  G: "6",
};
const AS_LETTER: Readonly<Record<string, string>> = {
  "0": "O",
  "1": "I",
  "2": "Z",
  "5": "S",
  "8": "B",
  "6": "G",
};
/** A zone's line may have lost or gained so many characters. */
const TOLERANCE = 2;

/** A printed line in the zone's alphabet: fillers that were read as other marks put right, spaces taken out. */
export function zoneLine(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s.,·]/g, "")
    .replace(/[«≪]/g, "<<")
    .replace(/[‹＜([{]/g, "<");
}

/** Whether a line can be part of a zone: its alphabet alone, with fillers or almost full of digits. */
export function isZoneLine(line: string): boolean {
  return line.length >= 28 && line.length <= 46 && /^[A-Z0-9<]+$/.test(line) && /<|\d{6}/.test(line);
}

/** Reads consecutive lines as a zone; null where they are none or nothing proves them. */
export function readZone(lines: readonly string[]): MachineZone | null {
  for (const layout of LAYOUTS) {
    const own = lines.slice(0, layout.lines);
    if (own.length < layout.lines || own.some((line) => Math.abs(line.length - layout.width) > TOLERANCE))
      continue;
    const fitted = own.map((line, at) => fit(line, layout, at));
    if (!/^[A-Z]/.test(fitted[0] ?? "")) continue;
    const zone = layout.format === "TD1" ? readCard(fitted) : readPage(fitted, layout);
    if (zone && zone.proven.size >= 2) return zone;
  }
  return null;
}

/** Brings a line to its length: fillers at its end are added or taken away. */
function fit(line: string, { width, lines }: Layout, at: number): string {
  if (line.length === width) return line;
  const nameLine = lines === 3 ? at === 2 : at === 0;
  if (line.length > width) return line.endsWith("<") ? line.slice(0, width) : line.slice(0, width);
  if (nameLine) return line.padEnd(width, "<");
  const gap = line.lastIndexOf("<<");
  return gap < 0
    ? line.padEnd(width, "<")
    : line.slice(0, gap) + "<".repeat(width - line.length) + line.slice(gap);
}

function readCard([first = "", second = "", third = ""]: readonly string[]): MachineZone | null {
  const number = checked(first.slice(5, 14), first.charAt(14), false);
  const birth = checked(second.slice(0, 6), second.charAt(6), true);
  const expiry = checked(second.slice(8, 14), second.charAt(14), true);
  const line1 = first.slice(0, 2) + letters(first.slice(2, 5)) + number.text + number.digit + first.slice(15);
  const line2 =
    birth.text +
    birth.digit +
    sexOf(second.charAt(7)) +
    expiry.text +
    expiry.digit +
    letters(second.slice(15, 18)) +
    second.slice(18);
  const all = checkDigit(line1.slice(5) + line2.slice(0, 7) + line2.slice(8, 15) + line2.slice(18, 29));
  return build("TD1", [line1, line2, third], {
    code: line1.slice(0, 2),
    issuer: line1.slice(2, 5),
    number,
    names: third,
    nationality: line2.slice(15, 18),
    birth,
    expiry,
    sex: line2.charAt(7),
    personal: line1.slice(15),
    all: all === digitOf(line2.charAt(29)),
  });
}

function readPage([first = "", second = ""]: readonly string[], layout: Layout): MachineZone | null {
  const number = checked(second.slice(0, 9), second.charAt(9), false);
  const birth = checked(second.slice(13, 19), second.charAt(19), true);
  const expiry = checked(second.slice(21, 27), second.charAt(27), true);
  const line1 = first.slice(0, 2) + letters(first.slice(2));
  const line2 =
    number.text +
    number.digit +
    letters(second.slice(10, 13)) +
    birth.text +
    birth.digit +
    sexOf(second.charAt(20)) +
    expiry.text +
    expiry.digit +
    second.slice(28);
  const visa = first.startsWith("V");
  const end = layout.width - 1;
  const all = checkDigit(line2.slice(0, 10) + line2.slice(13, 20) + line2.slice(21, end));
  const long = layout.format === "TD3";
  return build(visa ? (long ? "MRV-A" : "MRV-B") : layout.format, [line1, line2], {
    code: line1.slice(0, 2),
    issuer: line1.slice(2, 5),
    number,
    names: line1.slice(5),
    nationality: line2.slice(10, 13),
    birth,
    expiry,
    sex: line2.charAt(20),
    personal: line2.slice(28, long ? 42 : end),
    all: !visa && all === digitOf(line2.charAt(end)),
  });
}

interface Checked {
  readonly text: string;
  readonly digit: string;
  readonly right: boolean;
}

interface Parts {
  readonly code: string;
  readonly issuer: string;
  readonly number: Checked;
  readonly names: string;
  readonly nationality: string;
  readonly birth: Checked;
  readonly expiry: Checked;
  readonly sex: string;
  readonly personal: string;
  readonly all: boolean;
}

function build(format: MachineZone["format"], lines: readonly string[], parts: Parts): MachineZone {
  const proven = new Set<"number" | "birth" | "expiry" | "all">();
  if (parts.number.right) proven.add("number");
  if (parts.birth.right) proven.add("birth");
  if (parts.expiry.right) proven.add("expiry");
  if (parts.all) proven.add("all");
  const [surname = "", given = ""] = letters(parts.names).split("<<");
  return {
    format,
    lines,
    documentCode: parts.code.replace(/</g, ""),
    issuer: letters(parts.issuer).replace(/</g, ""),
    documentNumber: parts.number.text.replace(/</g, ""),
    surname: spaced(surname),
    givenNames: spaced(given),
    nationality: letters(parts.nationality).replace(/</g, ""),
    birthDate: dateOf(parts.birth.text, parts.expiry.text, true),
    expiryDate: dateOf(parts.expiry.text, parts.expiry.text, false),
    sex: parts.sex === "F" ? "female" : parts.sex === "M" ? "male" : "unspecified",
    personalNumber: parts.personal.replace(/</g, " ").trim(),
    proven,
  };
}

function spaced(name: string): string {
  return name.replace(/</g, " ").trim();
}

function letters(text: string): string {
  return text.replace(/[012568]/g, (digit) => AS_LETTER[digit] ?? digit);
}

function digits(text: string): string {
  return text.replace(/[OQDILZSBG]/g, (letter) => AS_DIGIT[letter] ?? letter);
}

function sexOf(read: string): string {
  return read === "M" || read === "F"
    ? read
    : read === "P" || read === "E"
      ? "F"
      : read === "H" || read === "N"
        ? "M"
        : "<";
}

function digitOf(read: string): number {
  return read === "<" ? 0 : Number(digits(read));
}

/** A part with its check digit; where they disagree, what OCR takes for each other is tried. */
function checked(text: string, digit: string, numeric: boolean): Checked {
  const wanted = digitOf(digit);
  const plain = numeric ? digits(text) : text;
  const printed = String(wanted);
  if (checkDigit(plain) === wanted) return { text: plain, digit: printed, right: true };
  for (const other of numeric ? [] : confusions(plain)) {
    if (checkDigit(other) === wanted) return { text: other, digit: printed, right: true };
  }
  return { text: plain, digit: digit === "<" ? "<" : printed, right: false };
}

/** The text with one character exchanged for what it may have been; those between digits first. */
function confusions(text: string): string[] {
  const found: { text: string; digits: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const digits = text.slice(Math.max(0, at - 1), at + 2).replace(/\D/g, "").length;
    const others = [AS_DIGIT[character], AS_LETTER[character], ...(character === "0" ? ["Q", "D"] : [])];
    for (const other of others) {
      if (other !== undefined) found.push({ text: text.slice(0, at) + other + text.slice(at + 1), digits });
    }
  }
  return [...found.sort((a, b) => b.digits - a.digits).map((one) => one.text), digits(text)];
}

/** ICAO 9303 part 3: weights 7, 3, 1; letters count from 10, fillers 0. */
export function checkDigit(text: string): number {
  let sum = 0;
  for (const [at, character] of text.split("").entries()) {
    const value =
      character === "<" ? 0 : /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55;
    sum += value * (WEIGHTS[at % 3] ?? 0);
  }
  return sum % 10;
}

/** A date of six digits: expiries are of this century, births not after the expiry. */
function dateOf(text: string, expiry: string, birth: boolean): string | null {
  const match = /^(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const [, year = "", month = "", day = ""] = match;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  const last = /^\d{2}/.exec(expiry)?.[0];
  const century = birth && (last === undefined || Number(year) > Number(last) - 1) ? 19 : 20;
  return `${century}${year}-${month}-${day}`;
}
