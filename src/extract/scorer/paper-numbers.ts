import { usualHeight } from "../engine/usual-height.ts";
import { findIbans } from "../engine/bank.ts";
import { findEmails, phonesOf, findWebsites } from "../engine/contacts.ts";
import { findIdentifiers, type IdentifierQuery } from "../engine/identifier-fields.ts";
import { findIdentifier } from "../engine/identifiers.ts";
import { overlaps, type Reading } from "../engine/reading.ts";
import { findTaxIds } from "../engine/tax-ids.ts";
import { boxOf, type Piece, readConfidence, type Segment, textOf } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";
import type { Concept } from "../labels/stems.ts";
import { reachOfLabels } from "./labels-near.ts";
import type { Candidate, Evidence, ScoredField } from "./scored-field.ts";
import { guessedOf, surroundingFeatures, surroundingsOf, surroundingValues } from "./surroundings.ts";

const OTHERS: readonly LabelKey[] = [
  "order_number",
  "sales_order_number",
  "delivery_note_number",
  "contract_number",
  "quote_number",
  "customer_id",
  "supplier_id",
  "buyer_reference",
  "payment_reference",
  "account_number",
  "referenced_invoice",
  "receipt_number",
  "other_number",
  "tax_id",
  "registration_number",
  "phone",
  "bank_account",
  "bic",
  "page",
];
const GUESSES: readonly LabelKey[] = ["order_number", "customer_id"];
const CONCEPTS: readonly Concept[] = [
  "number",
  "invoice",
  "credit",
  "order",
  "customer",
  "deliver",
  "date",
  "pay",
  "your",
  "our",
  "account",
  "tax",
  "terms",
  "goods",
];
const SHAPE = [
  "length",
  "digits",
  "letters",
  "small_letters",
  "dashes",
  "slashes",
  "dots",
  "spaces",
  "leading_letters",
  "invoice_prefix",
  "other_prefix",
  "year",
  "leading_zero",
] as const;
const PLACE = [
  "page",
  "x0",
  "x1",
  "y0",
  "row_share",
  "size",
  "alone",
  "letters_after",
  "segments_in_row",
  "amounts_in_row",
  "dates_in_row",
  "rows_below_header",
  "rows_below_title",
  "right_of_title",
  "in_title",
  "behind_title",
  "rows_to_date",
  "beside_date",
  "rank",
  "candidates",
  "repeats",
  "same_shape",
] as const;
const TYPE = ["phone", "tax_form", "contact", "amount", "read_confidence"] as const;
const FEATURES = [
  "own.strength",
  "own.side",
  "guess.strength",
  "guess.side",
  ...OTHERS.map((key) => `${key}.strength`),
  ...GUESSES.map((key) => `guess.${key}`),
  "rule_score",
  "rule_rank",
  "guess_score",
  "guess_rank",
  "rule_same",
  "rule_confidence",
  "rule_given",
  "other_field",
  "as_reference",
  ...SHAPE,
  ...PLACE,
  ...TYPE,
  ...surroundingFeatures(CONCEPTS),
];

/** Numbers of a long list are many: no more are looked at, the first ones. */
const MOST = 90;
/** Single digits in a row, and the head of a bank account's number. */
const NO_NUMBER = /^(?:\d\s+)+\d$|^[A-Z]{2}\d{2}$/;
/** Below, a number is wrong as often as right. */
const LEAST = 0.3;
const INVOICE_PREFIX =
  /^(?:inv|in|rechn|re|rg|rn|r|fact|fac|fa|ft|fv|fs|fc|f|bill|si|cn|cr|gs|gu|av|nc|kn|lf|vf)[-_/.\s]?\d/iu;
const OTHER_PREFIX = /^(?:po|so|ord|ab|ls|ln|dn|kd|kdnr|k|c|cust|proj|p|v|ref|hrb|hra|art|sku)[-_/.\s]?\d/iu;

/** A paper's own number among all that look like one. */
export function numberField(name: string, pointer: string, query: IdentifierQuery): ScoredField {
  return {
    name,
    features: FEATURES,
    least: LEAST,
    candidates: (evidence) => candidatesOf(evidence, pointer, query),
  };
}

interface Found {
  readonly piece: Piece;
  readonly key: string;
}

function keyOf(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

function candidatesOf(evidence: Evidence, pointer: string, query: IdentifierQuery): Candidate[] {
  const { reading } = evidence;
  const choices = findIdentifiers(reading, query);
  const guesses = findIdentifiers(guessedOf(reading), query);
  const found = printedNumbers(
    reading,
    [...choices, ...guesses].flatMap(({ pieces }) => pieces.slice(0, 1)),
  );
  const announced = announcedValues(reading, query);
  const ruled = ruleValues(evidence, pointer, choices, guesses);
  const placed = placeValues(evidence, query, found);
  return found.map(({ piece, key }, rank) => {
    const text = textOf(piece);
    const around = surroundingsOf(reading, piece);
    const features = [
      ...announced(piece, key, rank),
      ...ruled(piece, key, rank),
      ...shapeValues(text),
      ...placed(piece, key, rank),
      ...typeValues(reading, piece),
      ...surroundingValues(around, piece, CONCEPTS),
    ];
    return { value: text, key, pieces: [piece], features, repaired: false };
  });
}

type Values = (piece: Piece, key: string, rank: number) => number[];

/** Every group of words that can be an identifier, in reading order, and those that the rules found. */
function printedNumbers(reading: Reading, chosen: readonly Piece[]): Found[] {
  const found = new Map<string, Found>();
  const add = (piece: Piece): void => {
    const id = `${piece.segment.row}.${piece.segment.order}.${piece.start}.${piece.end}`;
    if (!found.has(id)) found.set(id, { piece, key: keyOf(textOf(piece)) });
  };
  for (const piece of chosen) add(piece);
  for (const segment of reading.view.segments) {
    if (found.size >= MOST) break;
    if (/\d/.test(segment.text)) for (const piece of numbersIn(reading, segment)) add(piece);
  }
  return [...found.values()].toSorted(
    ({ piece: a }, { piece: b }) =>
      a.segment.row - b.segment.row || a.segment.order - b.segment.order || a.start - b.start,
  );
}

function numbersIn(reading: Reading, segment: Segment): Piece[] {
  const dates = (reading.dates.get(segment) ?? []).map((date) => date.piece);
  const taken: Piece[] = [
    ...dates,
    ...findIbans(segment).flatMap((iban) => (iban.valid ? [iban.piece] : [])),
    ...findEmails(segment),
    ...findWebsites(segment),
    ...(reading.money.get(segment) ?? []).flatMap((money) =>
      money.decimals === 2 || money.currency !== null ? [money.piece] : [],
    ),
    ...(reading.rates.get(segment) ?? []).map((rate) => rate.piece),
  ];
  const found: Piece[] = [];
  for (const start of startsIn(segment)) {
    const next = dates.find((date) => date.start > start)?.start ?? segment.text.length;
    const piece = findIdentifier({ segment, start, end: next });
    if (!piece || piece.start - start > 2 || piece.end - piece.start < 3) continue;
    if (NO_NUMBER.test(textOf(piece))) continue;
    if (!taken.some((other) => overlaps(other, piece))) found.push(piece);
  }
  return found;
}

/** Where a number may begin: at a word with a digit, behind its colon, and at the capitals before it. */
function startsIn({ text }: Segment): number[] {
  const starts: number[] = [];
  let capitals = -1;
  for (const match of text.matchAll(/\S+/g)) {
    const [word] = match;
    if (/\d/.test(word)) {
      if (capitals >= 0) starts.push(capitals);
      const colon = /^[\p{L}.°º]+[:#](?=.*\d)/u.exec(word);
      starts.push(match.index + (colon?.[0].length ?? 0));
    }
    capitals = /^[A-Z]{1,6}[-/.#]?$/.test(word) ? match.index : -1;
  }
  return starts;
}

function announcedValues(reading: Reading, query: IdentifierQuery): Values {
  const exact = reachOfLabels(reading, [...query.keys, ...OTHERS]);
  const guessed = reachOfLabels(guessedOf(reading), [...query.keys, ...GUESSES]);
  const others = OTHERS.map((key) => (query.keys.includes(key) ? null : key));
  const guesses = GUESSES.map((key) => (query.keys.includes(key) ? null : key));
  return (piece) => {
    const best = (announced: typeof exact): number[] => {
      const all = query.keys.flatMap((key) => announced(piece, key) ?? []);
      const [first] = all.toSorted((a, b) => b.strength - a.strength);
      return [first?.strength ?? 0, first?.side ?? Number.NaN];
    };
    return [
      ...best(exact),
      ...best(guessed),
      ...others.map((key) => (key === null ? 0 : (exact(piece, key)?.strength ?? 0))),
      ...guesses.map((key) => (key === null ? 0 : (guessed(piece, key)?.strength ?? 0))),
    ];
  };
}

const OTHER_FIELDS =
  /^\/(?:purchase_order_number|sales_order_number|sales_order_header_id|contract_number|buyer_reference|referenced_invoice_number|customer\/customer_id|(?:vendor|customer|buyer|supplier)\/(?:tax_id|registration_number|phone)|bank_accounts\/\d+\/\w+)$/;

function ruleValues(
  { drafts }: Evidence,
  pointer: string,
  choices: ReturnType<typeof findIdentifiers>,
  guesses: ReturnType<typeof findIdentifiers>,
): Values {
  const rule = drafts.get(pointer);
  const ruled = rule === undefined ? null : keyOf(String(rule.value));
  const others = new Map<string, number>();
  for (const [at, { value, confidence }] of drafts) {
    const key = keyOf(String(value));
    if (at !== pointer && OTHER_FIELDS.test(at)) others.set(key, Math.max(confidence, others.get(key) ?? 0));
  }
  const reference = drafts.get("/payment_reference");
  const referred = reference === undefined ? null : keyOf(String(reference.value));
  return (_, key) => {
    const places = [choices, guesses].flatMap((list) => {
      const at = list.findIndex(({ value }) => keyOf(value) === key);
      return [list[at]?.score ?? 0, at < 0 ? Number.NaN : at];
    });
    return [
      ...places,
      Number(ruled === key),
      ruled === key ? (rule?.confidence ?? 0) : 0,
      rule?.confidence ?? 0,
      others.get(key) ?? 0,
      Number(referred === key),
    ];
  };
}

function shapeValues(text: string): number[] {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
  return [
    text.length,
    count(/\d/g),
    count(/\p{L}/gu),
    count(/\p{Ll}/gu),
    count(/-/g),
    count(/\//g),
    count(/\./g),
    count(/\s/g),
    /^\p{L}*/u.exec(text)?.[0].length ?? 0,
    Number(INVOICE_PREFIX.test(text)),
    Number(OTHER_PREFIX.test(text)),
    Number(/(?<!\d)(?:19|20)\d{2}(?!\d)/.test(text)) + Number(/^\D*20[0-4]\d/.test(text)),
    Number(text.startsWith("0")),
  ];
}

function placeValues({ reading, drafts }: Evidence, query: IdentifierQuery, found: readonly Found[]): Values {
  const { view } = reading;
  const rows = Math.max(1, view.rows.length);
  const usual = usualHeight(reading);
  const header = Math.min(...reading.headerRows, Number.POSITIVE_INFINITY);
  const title = titleOf(reading, query);
  const dated = dateOf(reading, [drafts.get("/invoice_date")?.value, drafts.get("/order_date")?.value]);
  const repeats = Map.groupBy(found, ({ key }) => key);
  const shapes = Map.groupBy(found, ({ key }) => shapeOf(key));
  return (piece, key, rank) => {
    const { segment } = piece;
    const box = boxOf(piece);
    const row = view.rows[segment.row]?.segments ?? [];
    const sum = (of: (one: Segment) => number): number => row.reduce((total, one) => total + of(one), 0);
    const inTitle = title?.segment === segment;
    return [
      view.parsed.pages.indexOf(segment.page),
      box[0],
      box[2],
      box[1],
      segment.row / rows,
      segment.height / Math.max(1e-6, usual),
      Number(piece.end - piece.start > segment.text.length * 0.8),
      (segment.text.slice(piece.end).match(/\p{L}/gu) ?? []).length,
      row.length,
      sum((one) => (reading.money.get(one) ?? []).filter((money) => money.decimals === 2).length),
      sum((one) => (reading.dates.get(one) ?? []).length),
      Number.isFinite(header) ? segment.row - header : Number.NaN,
      title ? segment.row - title.segment.row : Number.NaN,
      title ? box[0] - title.segment.bbox[0] : Number.NaN,
      Number(inTitle),
      inTitle && title ? piece.start - title.end : Number.NaN,
      dated ? segment.row - dated.segment.row : Number.NaN,
      dated ? Math.abs(box[0] - boxOf(dated)[0]) : Number.NaN,
      rank,
      found.length,
      repeats.get(key)?.length ?? 1,
      shapes.get(shapeOf(key))?.length ?? 1,
    ];
  };
}

function shapeOf(key: string): string {
  return key.replace(/\d/g, "#").replace(/[A-Z]/g, "A");
}

/** The largest of the titles of the first page that say what this paper is. */
function titleOf(reading: Reading, { titles = [] }: IdentifierQuery): Piece | null {
  const first = reading.view.rows[0]?.page;
  let best: Piece | null = null;
  for (const [segment, hits] of reading.labels) {
    if (segment.page !== first) continue;
    const hit = hits.find((one) => titles.some((kind) => one.titles.has(kind)) && one.quality >= 0.6);
    if (hit && (!best || segment.height > best.segment.height * 1.05)) best = hit.piece;
  }
  return best;
}

/** Where the day of issue stands that the rules found. */
function dateOf(reading: Reading, values: readonly unknown[]): Piece | null {
  for (const dates of reading.dates.values())
    for (const { iso, piece } of dates) if (values.includes(iso)) return piece;
  return null;
}

function typeValues(reading: Reading, piece: Piece): number[] {
  const { segment } = piece;
  return [
    Number(phonesOf(segment).some((other) => overlaps(other, piece))),
    Number(findTaxIds(segment).some((other) => overlaps(other, piece))),
    Number(segment.text.includes("@") || /www\.|https?:/.test(segment.text)),
    Number((reading.money.get(segment) ?? []).some((money) => overlaps(money.piece, piece))),
    readConfidence(piece),
  ];
}
