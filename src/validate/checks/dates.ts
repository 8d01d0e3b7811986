import { foldText } from "../../model/fold.ts";
import { type DocumentCheck, textAt } from "./check.ts";

const DAY_MS = 86_400_000;

/** Pairs of dates of which the first is not later than the second. */
const ORDERED: readonly (readonly [string, string])[] = [
  ["/invoice_date", "/due_date"],
  ["/order_date", "/delivery_date"],
  ["/service_start_date", "/service_end_date"],
  ["/period_start_date", "/period_end_date"],
  ["/effective_date", "/expiration_date"],
  ["/issue_date", "/expiry_date"],
  ["/date_of_birth", "/issue_date"],
];

/** Dates that follow each other. */
export const datesInOrder: DocumentCheck = {
  paths: ORDERED.flat(),
  proves: "Dates that follow each other stand in their order.",
  strength: "guard",
  run: ({ data }, report) => {
    const wrong: string[] = [];
    const seen: string[] = [];
    for (const [first, second] of ORDERED) {
      const [a, b] = [textAt(data, first), textAt(data, second)];
      if (a === null || b === null) continue;
      seen.push(first, second);
      if (a > b) wrong.push(first, second);
    }
    if (seen.length === 0) return [report.skip([], "There are no two dates to compare.")];
    return wrong.length === 0
      ? [report.pass(seen, "Dates follow each other.")]
      : [report.fail(wrong, "A date is before the date that it has to follow.")];
  },
};

/** Dates on which a document was made or its business was done, with the days that they may lie ahead. */
const PLAUSIBLE: Readonly<Record<string, number>> = {
  "/invoice_date": 92,
  "/transaction_date": 31,
  "/order_date": 92,
  "/response_date": 92,
  "/document_date": 92,
  "/despatch_date": 366,
  "/statement_date": 92,
  "/pay_date": 92,
  "/encounter_date": 92,
  "/filing_date": 366,
  "/due_date": 1_100,
  "/delivery_date": 1_100,
};
/** Papers of business from before that year are not sent in to be paid. */
const EARLIEST = "1990-01-01";

/** Dates that a paper of today can bear. */
export const datesPlausible: DocumentCheck = {
  paths: Object.keys(PLAUSIBLE),
  proves: "No date lies before 1990 or far behind the day on which the document came in.",
  strength: "guard",
  run: ({ data, receivedMs }, report) => {
    const wrong: string[] = [];
    const seen: string[] = [];
    for (const [pointer, daysAhead] of Object.entries(PLAUSIBLE)) {
      const date = textAt(data, pointer);
      if (date === null) continue;
      seen.push(pointer);
      const far = receivedMs !== null && Date.parse(date) > receivedMs + daysAhead * DAY_MS;
      if (date < EARLIEST || far) wrong.push(pointer);
    }
    if (seen.length === 0) return [report.skip([], "There is no date to judge.")];
    return wrong.length === 0
      ? [report.pass(seen, "The dates are such as a paper of today bears.")]
      : [report.fail(wrong, "A date lies before 1990 or far in the future: read it again.")];
  },
};

/** `net 30`, `30 days`, `zahlbar innerhalb von 14 Tagen`: folded, the number in the first group. */
const NET = /\bnet(?:to)?\s*-?\s*(\d{1,3})\b/;
const DAYS =
  /\b(\d{1,3})\s*(?:calendar |kalender)?(?:days?|tage?n?|jours?|dias|giorni|gg|dagen|dagar|dager|dage|dni|dnu|paivaa|pv)\b/g;
/** Terms that no single day follows from. */
const UNCLEAR =
  /month|monat|mois|mese|mes\b|maand|miesiac|manad|maned|working|business|werktag|ouvr|habil|lavorativ|reminder|mahn|verzug|after (?:delivery|receipt)|nach (?:lieferung|erhalt|eingang)|reception|\bor\b|oder|\beom\b/;

/** Days until payment that terms state; null unless just one number is stated. */
function daysOf(terms: string): number | null {
  const folded = foldText(terms);
  if (UNCLEAR.test(folded)) return null;
  const net = NET.exec(folded)?.[1];
  if (net !== undefined) return Number(net);
  const stated = new Set(Array.from(folded.matchAll(DAYS), (match) => Number(match[1])));
  const [only] = stated;
  return stated.size === 1 && only !== undefined && !/%/.test(folded) ? only : null;
}

/** The due date follows from the terms of payment. */
export const dueFromTerms: DocumentCheck = {
  paths: ["/invoice_date", "/payment_terms", "/due_date"],
  proves: "The document's date and its terms of payment give the due date.",
  strength: "guard",
  run: ({ data }, report) => {
    const { paths } = dueFromTerms;
    const issued = textAt(data, "/invoice_date");
    const due = textAt(data, "/due_date");
    const terms = textAt(data, "/payment_terms");
    if (issued === null || due === null || terms === null)
      return [report.skip(paths, "Date, terms and due date are not all given.")];
    const days = daysOf(terms);
    if (days === null) return [report.skip(paths, "No single day follows from the terms.")];
    const late = Math.round((Date.parse(due) - Date.parse(issued)) / DAY_MS) - days;
    // The day of the invoice may count, and a weekend or a holiday puts the day off.
    return late >= -1 && late <= 4
      ? [report.pass(paths, `${days} days behind ${issued} is ${due}.`)]
      : [report.fail(paths, `${due} is not ${days} days behind ${issued}.`)];
  },
};
