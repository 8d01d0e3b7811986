import { isValidIBAN } from "ibantools";
import { type DocumentCheck, rowsAt, textAt } from "./check.ts";

/** IBAN check digits (ISO 13616). */
export const ibanChecksum: DocumentCheck = {
  paths: ["/bank_accounts/*/iban", "/account/iban", "/bank_account/iban"],
  proves: "An IBAN's country, length and check digits are right.",
  strength: "guard",
  run: ({ data }, report) => {
    const found = rowsAt(data, "/bank_accounts").map(({ iban }, index): [string, unknown] => [
      `/bank_accounts/${index}/iban`,
      iban,
    ]);
    for (const pointer of ["/account/iban", "/bank_account/iban"])
      found.push([pointer, textAt(data, pointer)]);
    return found.flatMap(([path, iban]) => {
      if (typeof iban !== "string") return [];
      return isValidIBAN(iban.replaceAll(" ", ""))
        ? [report.pass([path], "Country, length and check digits are right (ISO 13616).")]
        : [report.fail([path], "The check digits are wrong: read again before paying.")];
    });
  },
};

/** Whether a GTIN's last digit is right (GS1 General Specifications, 7.9). */
function isGtin(code: string): boolean {
  const digits = Array.from(code, Number).toReversed();
  const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

const GTIN = /^(?:\d{8}|\d{12,14})$/;

/**
 * Check digits of product codes. A code that is printed as a GTIN has to be one; where codes are only as long as
 * one, they are the seller's own unless most of them fit.
 */
export const gtinChecksum: DocumentCheck = {
  paths: ["/line_items/*/standard_product_code", "/line_items/*/product_code"],
  proves: "The check digits of product codes (EAN, UPC, GTIN) are right.",
  strength: "guard",
  run: ({ data }, report) => {
    const right: string[] = [];
    const wrong: string[] = [];
    for (const key of ["standard_product_code", "product_code"]) {
      const codes = rowsAt(data, "/line_items").flatMap((row, index): [string, string][] => {
        const code = row[key];
        return typeof code === "string" && GTIN.test(code) ? [[`/line_items/${index}/${key}`, code]] : [];
      });
      const good = codes.filter(([, code]) => isGtin(code));
      const own = key === "product_code" && (good.length === 0 || good.length * 2 <= codes.length);
      if (own) continue;
      right.push(...good.map(([path]) => path));
      wrong.push(...codes.filter(([, code]) => !isGtin(code)).map(([path]) => path));
    }
    if (wrong.length > 0)
      return [report.fail(wrong, `The check digits of ${wrong.length} product codes are wrong.`)];
    return right.length > 0
      ? [report.pass(right, `The check digits of ${right.length} product codes are right.`)]
      : [report.skip(["/line_items"], "There is no product code with a check digit.")];
  },
};

/** Whether digits are a payment card's number (ISO/IEC 7812-1, Luhn). */
function isCard(digits: string): boolean {
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  let sum = 0;
  for (const [at, digit] of Array.from(digits, Number).toReversed().entries()) {
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** A whole card number on a paper is a danger in itself (PCI DSS, 3.4). */
export const cardNumberMasked: DocumentCheck = {
  paths: ["/payment_card/*/number", "/card_number"],
  proves: "No payment card's number is shown whole.",
  strength: "guard",
  run: ({ data }, report) => {
    const numbers = rowsAt(data, "/payment_card").map(({ number }, index): [string, unknown] => [
      `/payment_card/${index}/number`,
      number,
    ]);
    numbers.push(["/card_number", textAt(data, "/card_number")]);
    const shown = numbers.filter((entry): entry is [string, string] => typeof entry[1] === "string");
    if (shown.length === 0) return [report.skip([], "There is no card number.")];
    const whole = shown.filter(([, number]) => isCard(number.replace(/[\s-]/g, "")));
    return whole.length === 0
      ? [
          report.pass(
            shown.map(([path]) => path),
            "Card numbers are masked.",
          ),
        ]
      : [
          report.fail(
            whole.map(([path]) => path),
            "A card's number is shown whole: mask it before the document goes on.",
          ),
        ];
  },
};

/** A check digit of a machine-readable zone: weights 7, 3, 1 (ICAO 9303, part 3, 4.9). */
function zoneDigit(text: string): number {
  const weights = [7, 3, 1];
  return (
    Array.from(text).reduce((sum, letter, at) => {
      const value = letter === "<" ? 0 : Number.parseInt(letter, 36);
      return sum + value * (weights[at % 3] ?? 0);
    }, 0) % 10
  );
}

/** Parts of a zone by its form, as [line, from, behind]; the digit stands right behind each. */
const ZONES: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  "2x44": [
    [1, 0, 9],
    [1, 13, 19],
    [1, 21, 27],
  ],
  "2x36": [
    [1, 0, 9],
    [1, 13, 19],
    [1, 21, 27],
  ],
  "3x30": [
    [0, 5, 14],
    [1, 0, 6],
    [1, 8, 14],
  ],
};

/** The whole zone's digit, over its parts with their own digits. */
function compositeOf(lines: readonly string[]): [string, string] {
  const [first = "", second = ""] = lines;
  if (lines.length === 3)
    return [
      first.slice(5, 30) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29),
      second.slice(29),
    ];
  const optional = second.length === 44 ? second.slice(21, 43) : second.slice(21, 35);
  return [second.slice(0, 10) + second.slice(13, 20) + optional, second.slice(-1)];
}

/** Check digits of a travel document's machine-readable zone (ICAO 9303). */
export const mrzChecksum: DocumentCheck = {
  paths: ["/machine_readable_zone", "/document_number"],
  proves: "The machine-readable zone's check digits are right, and its number is the one that was read.",
  strength: "proof",
  run: ({ data }, report) => {
    const paths = ["/machine_readable_zone"];
    const zone = textAt(data, "/machine_readable_zone");
    if (zone === null) return [report.skip(paths, "There is no machine-readable zone.")];
    const lines = zone.split("\n").map((line) => line.replaceAll(" ", "").toUpperCase());
    const form = ZONES[`${lines.length}x${lines[0]?.length ?? 0}`];
    if (!form || lines.some((line) => line.length !== lines[0]?.length || !/^[A-Z\d<]+$/.test(line)))
      return [
        report.fail(paths, "The machine-readable zone has not the length of its lines: it was misread."),
      ];
    const parts = form.map(([line, from, behind]) => {
      const text = lines[line] ?? "";
      return [text.slice(from, behind), text.charAt(behind)] as const;
    });
    // An empty part may have a filler for its digit.
    const right = [...parts, compositeOf(lines)].every(
      ([text, digit]) => String(zoneDigit(text)) === digit || (digit === "<" && /^<*$/.test(text)),
    );
    if (!right) return [report.fail(paths, "The machine-readable zone's check digits are wrong.")];
    const number = parts[0]?.[0].replaceAll("<", "");
    const read = textAt(data, "/document_number")?.replace(/[\s-]/g, "").toUpperCase();
    return read === undefined || read === number
      ? [report.pass([...paths, "/document_number"], "The check digits are right (ICAO 9303).")]
      : [report.fail([...paths, "/document_number"], `The zone says ${number}, not ${read}.`)];
  },
};
