import { remainderOf97 } from "../model/check-digits.ts";
import type { DocumentType } from "../model/extraction.ts";
import type { ParsedDocument } from "../model/parsed.ts";
import type { Evidence } from "./evidence.ts";

/** A line of a machine-readable zone (ICAO 9303), folded. */
const ZONE = /^(?=(?:[^<]*<){3})[a-z0-9<]{28,46}$/;
const TOTAL =
  /\btotal\b|\bsumme\b|gesamt|\btotale\b|\btotaal\b|\brazem\b|\bcelkem\b|yhteensa|\bsumma\b|i alt\b|\bjumlah\b/;
const TIME = /\b\d{1,2}:\d{2}(?::\d{2})?\s*(?:am|pm)?\b/;
const CLAUSE =
  /^\s*(?:§ ?\d|(?:article|artikel|articulo|articolo|artigo|clause|section|clausula|art\.|par\.) ?\d|\d{1,2}(?:\.\d{1,2})?[.)]? +[a-z])/;
const BOX = /[☐☑☒□■▢✓✔]|\[ ?[x✓]? ?\]|\( ?x? ?\)/gu;
const BLANK = /_{6,}|\.{12,}/g;
const DATED_AMOUNT =
  /^(?:\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9}\.?|[a-z]{3} \d{1,2})\b.*\d[.,]\d{2}\b.{0,6}$/;

/** Two decimals, or a currency's sign or code beside a number; folded text. */
const CURRENCY = String.raw`[$€£¥₹₩₪₺₴₫฿] ?\d|\b(?:rs|inr|rm|usd|eur|jpy|krw|cny|idr|rp)\.? ?\d|\d ?(?:元|円|원|₫|₴|₺|€|huf\b|ft\b|kr\b|kc\b|zl\b)`;
const AMOUNT = new RegExp(String.raw`\d[.,]\d{2}(?!\d)|${CURRENCY}`, "g");
const SCANNED_AMOUNT = new RegExp(String.raw`\d\s?[.,]\s?\d{2}(?!\d)|${CURRENCY}`, "g");

/** Paper of a till is this wide at most, in points, where its size is known. */
const TILL_PAPER = 300;
/** An A4 page of usual letters is about 60 of their heights wide; a strip of a till is half of that. */
const FEW_ACROSS = 42;
const MASKED_CARD = /(?:[*x#•]{3,4}[ -]?){1,3}\d{4}\b/;

const ANY_DATE =
  /(?<![\d.,])(?:\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}\.? [a-z]{3,9}\.? (?:19|20)\d{2})(?!\d)/g;
/** The fields of a driving licence by directive 2006/126/EC: name, dates, authority, classes. */
const LICENCE_NUMBERS = [/(?:^|\s)4a\b/m, /(?:^|\s)4b\b/m, /(?:^|\s)(?:9|5)\.? /m];
const IBAN = /\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?\b/g;
const TAX_RATE = /(?<!\d)(?:[4-9]|1\d|2[0-7])(?:[.,]\d{1,2})? ?%/;
const UNIT_OF_SUPPLY = /\d ?(?:kwh|m3|therms?|ccf|mwh|gj)\b|\b(?:kwh|m3|therms|ccf)\b/g;
const DOSE = /\d ?(?:mg|mcg|µg|ml|mmol|mmhg|i\.?u\.?)\b(?:\/[a-z]+)?/g;
const DIAGNOSIS_CODE = /\b[a-tv-z]\d{2}\.\d{1,2}\b/;

/** An amount below nought: a sign before it or behind it. */
const NEGATIVE = /(?<![\d.,])[-–−] ?(?:[^\s\d]{1,3} ?)?\d[\d.,' ]*[.,]\d{2}(?!\d)|\d[.,]\d{2}[-–−](?!\d)/g;

/** Types whose papers show money. */
const MONEY: readonly (readonly [DocumentType, number])[] = [
  ["invoice", -1.8],
  ["credit_note", -1.8],
  ["receipt", -1.8],
  ["purchase_order", -0.6],
  ["utility_bill", -1.8],
  ["bank_statement", -1.8],
  ["pay_stub", -1.8],
];

/** What the look of a page is measured by. */
interface Shape {
  readonly text: string;
  readonly lines: readonly string[];
  readonly words: number;
  readonly amounts: number;
  readonly scanned: boolean;
}

/** What a page's form says: a strip of paper, money at all, running prose, boxes, a machine-readable zone. */
export function weighShape(parsed: ParsedDocument, text: string): Evidence[] {
  const scanned = parsed.pages[0]?.source === "ocr";
  const amounts = text.match(scanned ? SCANNED_AMOUNT : AMOUNT)?.length ?? 0;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const shape: Shape = { text, lines, words: text.split(/\s+/).length, amounts, scanned };
  return [
    ...weighStrip(parsed, shape),
    ...weighMoney(shape),
    ...weighProse(shape),
    ...weighPatterns(shape),
    ...weighSigns(shape),
  ];
}

function weighStrip(parsed: ParsedDocument, { text, words, amounts, scanned }: Shape): Evidence[] {
  const [page] = parsed.pages;
  const found: Evidence[] = [];
  const strip = page !== undefined && amounts >= 2 && page.height > page.width * (scanned ? 1.5 : 1.9);
  const narrow = strip && page.height > page.width * 1.75;
  const receipt = (key: string, weight: number, reason: string) =>
    found.push({ type: "receipt", key, weight, reason });
  if (strip) receipt("strip", scanned ? (narrow ? 2 : 1.2) : 0.7, "is a strip of paper");
  else if (scanned && amounts >= 2 && words < 160 && parsed.pages.length === 1)
    receipt("short_scan", 0.6, "is short and scanned");
  if (TIME.test(text) && amounts > 0 && words < 350) receipt("time", 0.4, "shows a time of day");
  if (MASKED_CARD.test(text) && amounts > 0) receipt("masked_card", 0.5, "shows a card's last digits");
  if (page === undefined || page.words.length === 0) return found;
  if (!scanned && amounts > 0 && page.width <= TILL_PAPER)
    receipt("till_paper", 1, "is as narrow as a till's paper");
  if (amounts > 0 && words < 350 && lettersAcross(page) < FEW_ACROSS)
    receipt("few_across", 0.6, "is set in few letters across");
  return found;
}

/** How many heights of its usual letters a page is wide. */
function lettersAcross(page: ParsedDocument["pages"][number]): number {
  const heights = page.words.map((word) => word.bbox[3] - word.bbox[1]).sort((a, b) => a - b);
  const usual = (heights[heights.length >> 1] ?? 0) * page.height;
  return usual > 0 ? page.width / usual : Number.POSITIVE_INFINITY;
}

function weighMoney({ text, lines, words, amounts, scanned }: Shape): Evidence[] {
  const found: Evidence[] = [];
  if (amounts === 0) {
    const part = scanned ? 0.55 : 1;
    for (const [type, weight] of MONEY)
      found.push({ type, key: "no_amounts", weight: weight * part, reason: null });
    found.push({ type: "generic", key: "no_amounts", weight: 0.2, reason: "shows no amounts" });
  } else if (words / amounts > 250) {
    for (const [type, weight] of MONEY)
      found.push({ type, key: "few_amounts", weight: weight * 0.67, reason: null });
  }
  if (TOTAL.test(text) && amounts > 1) {
    for (const [type, weight] of [
      ["receipt", 0.3],
      ["invoice", 0.4],
      ["purchase_order", 0.2],
    ] as const)
      found.push({ type, key: "total", weight, reason: "shows a total" });
  }
  const debits = text.match(NEGATIVE)?.length ?? 0;
  if (debits >= 2 && debits / amounts > 0.4)
    found.push({ type: "credit_note", key: "negative", weight: 0.6, reason: "shows amounts below nought" });
  if (amounts >= 3 && words / amounts < 12)
    for (const type of ["invoice", "receipt", "bank_statement", "pay_stub", "utility_bill"] as const)
      found.push({ type, key: "dense_amounts", weight: 0.2, reason: "is full of amounts" });
  const dated = lines.filter((line) => DATED_AMOUNT.test(line)).length;
  if (dated >= 4)
    found.push({
      type: "bank_statement",
      key: "dated_amounts",
      weight: 0.9,
      reason: "lists amounts by date",
    });
  return found;
}

/** Long lines of words are prose; clauses that are counted are those of a contract. */
function weighProse({ lines, words, amounts }: Shape): Evidence[] {
  const found: Evidence[] = [];
  const long = lines.filter((line) => line.split(" ").length >= 9).length;
  const share = lines.length === 0 ? 0 : long / lines.length;
  if (words > 120 && share > 0.45) {
    for (const type of ["contract", "legal_document"] as const)
      found.push({ type, key: "prose", weight: 0.5, reason: "is mostly prose" });
    found.push({ type: "generic", key: "prose", weight: 0.6, reason: "is mostly prose" });
    for (const type of [
      "receipt",
      "invoice",
      "bank_statement",
      "pay_stub",
      "delivery_note",
      "id_document",
    ] as const)
      found.push({ type, key: "prose", weight: -0.6, reason: null });
  }
  const short = lines.filter((line) => line.split(" ").length <= 4).length;
  if (lines.length >= 10 && short / lines.length > 0.7 && amounts <= 2)
    for (const type of ["form", "delivery_note", "id_document", "medical_record"] as const)
      found.push({ type, key: "short_lines", weight: 0.4, reason: "is made of short entries" });
  const clauses = lines.filter((line) => CLAUSE.test(line)).length;
  if (clauses >= 4 && words > 150 && share > 0.25)
    found.push({ type: "contract", key: "clauses", weight: 0.9, reason: "is divided into clauses" });
  if (words < 170 && amounts === 0 && words > 8)
    found.push({
      type: "id_document",
      key: "few_words",
      weight: 0.6,
      reason: "has few words and no amounts",
    });
  else if (words > 350) found.push({ type: "id_document", key: "many_words", weight: -2.5, reason: null });
  return found;
}

/** Patterns that mean the same in every language. */
function weighPatterns({ text, words, amounts }: Shape): Evidence[] {
  const found: Evidence[] = [];
  const dates = text.match(ANY_DATE)?.length ?? 0;
  if (words < 170 && amounts === 0 && dates >= 2 && dates <= 6)
    found.push({
      type: "id_document",
      key: "few_dates",
      weight: 0.8,
      reason: "has few words and some dates",
    });
  if (/@[a-z0-9-]+\.|https?:|www\./.test(text))
    found.push({ type: "id_document", key: "contact", weight: -1.2, reason: null });
  if (LICENCE_NUMBERS.every((pattern) => pattern.test(text)))
    found.push({
      type: "id_document",
      key: "numbered",
      weight: 2,
      reason: "numbers its entries as a driving licence does",
    });
  if ([...text.matchAll(IBAN)].some(([printed]) => isIban(printed)))
    for (const [type, weight] of [
      ["invoice", 0.4],
      ["utility_bill", 0.4],
      ["credit_note", 0.2],
      ["bank_statement", 0.3],
    ] as const)
      found.push({ type, key: "iban", weight, reason: "shows an IBAN" });
  if (amounts >= 2 && TAX_RATE.test(text))
    for (const type of ["invoice", "credit_note", "utility_bill", "receipt", "purchase_order"] as const)
      found.push({ type, key: "tax_rate", weight: 0.4, reason: "shows a rate of tax" });
  const readings = text.match(UNIT_OF_SUPPLY)?.length ?? 0;
  if (readings > 0)
    found.push({ type: "utility_bill", key: "units", weight: 0.8, reason: "measures a supply" });
  const doses = text.match(DOSE)?.length ?? 0;
  if (doses >= 2) found.push({ type: "medical_record", key: "doses", weight: 0.9, reason: "gives doses" });
  if (DIAGNOSIS_CODE.test(text) && !/\$|€|£/.test(text))
    found.push({ type: "medical_record", key: "codes", weight: 0.6, reason: "shows codes of diagnoses" });
  return found;
}

/** Whether the check digits are right (ISO 13616: the number of it leaves 1 of 97). */
function isIban(printed: string): boolean {
  const bare = printed.replace(/ /g, "");
  return remainderOf97(bare.slice(4) + bare.slice(0, 4)) === 1;
}

/** Marks that are no words: a machine-readable zone, boxes to check, a court's caption. */
function weighSigns({ text, lines }: Shape): Evidence[] {
  const found: Evidence[] = [];
  if (lines.some((line) => ZONE.test(line.replace(/\s+/g, "").replace(/[«‹]/g, "<"))))
    found.push({ type: "id_document", key: "zone", weight: 6, reason: "has a machine-readable zone" });
  const boxes = text.match(BOX)?.length ?? 0;
  if (boxes >= 2 && boxes < 4)
    found.push({ type: "form", key: "boxes", weight: 0.8, reason: "has boxes to check" });
  if (boxes >= 4) found.push({ type: "form", key: "boxes", weight: 1.6, reason: "has boxes to check" });
  const blanks = text.match(BLANK)?.length ?? 0;
  if (blanks >= 6) found.push({ type: "form", key: "blanks", weight: 0.9, reason: "has blanks to fill in" });
  const braces = lines.filter((line) => /^[)§:]$|\s[)§]$/.test(line.trim())).length;
  if (braces >= 4)
    found.push({ type: "legal_document", key: "caption", weight: 1.5, reason: "has a court's caption" });
  if (/(?:^|[\s,])v(?:s)?\.(?:\s|$)/m.test(text))
    found.push({
      type: "legal_document",
      key: "versus",
      weight: 0.9,
      reason: "names parties against each other",
    });
  return found;
}
