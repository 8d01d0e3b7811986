import { foldedLines, type FoldedLine } from "./folded-lines.ts";
import type { ParsedPage } from "../model/parsed.ts";

/** Forms that are read by name, as their pages call themselves. */
const NUMBER = /\bw-?\s?9\b|\bw-?\s?8\s?ben\b|\b1099\W{0,2}(?:misc|nec|int|div|g|r)\b|\bw-?\s?2\b/;
const UNIQUE_TITLE = /request for taxpayer|certificate of foreign status of benef|wage and tax statement/;
const NUMBER_LINE =
  /^(?:form\s*)?(?:w-?\s?9|w-?\s?8\s?ben|w-?\s?2|1099\W{0,2}(?:misc|nec|int|div|g|r))(?:\s*\(rev\.?[^)]*\)?|\s*20\d\d)?$/;
const NUMBER_FIRST =
  /^(?:form\s*)?(?:w-?\s?9|w-?\s?8\s?ben|w-?\s?2|1099\W{0,2}(?:misc|nec|int|div|g|r))(?:\s*\(rev\.?[^)]*\))?\W+(?=[a-z])/;
const TITLE_FIRST =
  /^(?:request for taxpayer|certificate of foreign status of benef|wage and tax statement|miscellaneous (?:income|information)|nonemployee compensation|interest income|dividends and distributions|certain government payments|distributions from pensions)/;
/** A title that an amount follows is an item of a bill. */
const AMOUNT = /\d[.,]\d{2}(?!\d)/;
const MAX_TITLE = 90;
/** How far down a page's heading stands at most, in fractions of the page. */
const HEAD = 0.4;

/** What the authority prints on its forms, but on its letters too. */
const AUTHORITY = [/department of the treasury|^internal revenue service$/, /^under penalties of perjury/m];
/** What only a form has. */
const OMB = /\bomb no\b/;
const COPY = /^copy [abcd12](?:\b|$)/m;
/** Names of boxes; a letter that explains a form names one or two of them. */
const BOXES: readonly RegExp[] = [
  /payer.?s tin/,
  /recipient.?s (?:tin|name)/,
  /payer.?s name/,
  /federal income tax withheld/,
  /wages, tips, other/,
  /social security wages/,
  /medicare wages/,
  /employee.?s (?:social security|ssn|first name|name)/,
  /as shown on your income tax return/,
  /federal tax classification/,
  /exempt payee code/,
  /list account number/,
  /individual who is the beneficial owner/,
  /country of citizenship/,
  /permanent residence address/,
  /foreign tax identifying number/,
];
const FEW_BOXES = 2;
const MANY_BOXES = 4;

/**
 * The number or title of the tax form that one of the pages is; null where they only mention one. A form is told by
 * its heading together with other marks of its own. With the words of a bill beside it (`business`) the first page has
 * to show more of them, and a heading alone is an item.
 */
export function findTaxForm(pages: readonly ParsedPage[], business: boolean): string | null {
  for (const page of business ? pages.slice(0, 1) : pages) {
    const lines = foldedLines(page);
    const text = lines.map((line) => line.text).join("\n");
    const name = (NUMBER.exec(text) ?? UNIQUE_TITLE.exec(text))?.[0];
    if (name !== undefined && isForm(lines, text, business)) return name;
  }
  return null;
}

function isForm(lines: readonly FoldedLine[], text: string, business: boolean): boolean {
  const head = lines.filter((line) => line.top < HEAD && line.text.length <= MAX_TITLE);
  const titles = head.filter(
    (line) => TITLE_FIRST.test(line.text.replace(NUMBER_FIRST, "")) && !AMOUNT.test(line.text),
  );
  const titled = titles.length > 0;
  const numbered =
    head.some((line) => NUMBER_LINE.test(line.text)) || titles.some((line) => NUMBER_FIRST.test(line.text));
  const own = countMarks(text);
  const authority = AUTHORITY.filter((pattern) => lines.some((line) => pattern.test(line.text))).length;
  const marks = own + authority;
  if (business) return own > 0 && marks >= (titled ? 2 : 3);
  return (titled && numbered) || (titled && marks > 0) || (own > 0 && marks >= 2);
}

/** How many marks that only a form has are printed; many boxes count twice. */
function countMarks(text: string): number {
  const boxes = BOXES.filter((pattern) => pattern.test(text)).length;
  const rooms = boxes >= MANY_BOXES ? 2 : boxes >= FEW_BOXES ? 1 : 0;
  return rooms + (OMB.test(text) ? 1 : 0) + (COPY.test(text) ? 1 : 0);
}
