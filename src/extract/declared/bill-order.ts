import { findIbans } from "../engine/bank.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { looksLikeAddress } from "../engine/party-names.ts";
import { findTaxIds } from "../engine/tax-ids.ts";
import { type Piece, type Segment, textOf, trimPiece, wholePiece } from "../engine/view.ts";
import { below } from "./below.ts";
import { freeSegments, hasLabel } from "./free-segments.ts";
import { datesOf } from "./values.ts";

const ROLES = ["/service_start_date", "/service_end_date", "/invoice_date", "/due_date"] as const;
/** The days from one of these dates to the next, at least and at most. */
const SPANS: readonly (readonly [number, number])[] = [
  [20, 400],
  [-3, 60],
  [3, 75],
];
const ACCOUNT = "/account_number";
const BILL = "/invoice_number";
const ADDRESS = "/service_address";
const BY_ORDER = 0.64;
const BY_PLACE = 0.58;
const DAY_MS = 86_400_000;
/** Numbers of a bill stand with its dates: so many rows apart at most. */
const NEAR = 4;
const CODE = /^(?=(?:[^\d]*\d){5})(?:[A-Z]{1,4}[-/ ]?)?\d[A-Z\d]*(?:[ ./-][A-Z\d]{1,10}){0,4}$/;
/** A document is numbered by its year; an account is not. */
const BY_YEAR = /^(?:[A-Z]{1,3}[-/]?)?(?:19|20)\d{2}[-/]\d{3,}/;

/** What no known label announces on a bill: its dates by their order, its numbers by their place and form. */
export function fillBill(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const own = ordered(values.filter((draft) => !isForeign(reading, draft, values)));
  return withAddress(reading, withNumbers(reading, withDates(reading, own)));
}

/** A period's days the right way round. */
function ordered(values: readonly DraftValue[]): DraftValue[] {
  const [start, end] = [ROLES[0], ROLES[1]].map((name) => values.find(({ pointer }) => pointer === name));
  if (!start || !end || String(start.value) <= String(end.value)) return [...values];
  return values.map((draft) =>
    draft === start
      ? { ...draft, pointer: ROLES[1] }
      : draft === end
        ? { ...draft, pointer: ROLES[0] }
        : draft,
  );
}

/** Whether an account's number is that of a meter or a bank. */
function isForeign(reading: Reading, draft: DraftValue, values: readonly DraftValue[]): boolean {
  if (draft.pointer !== ACCOUNT) return false;
  const value = String(draft.value);
  const meter = values.some(
    ({ pointer, value: other }) => pointer.endsWith("/meter_number") && String(other).startsWith(value),
  );
  return (
    meter ||
    reading.view.segments.some(
      (segment) => holds(segment, draft) && (findIbans(segment).length > 0 || TAX_NUMBER.test(segment.text)),
    )
  );
}

function holds({ page, words }: Segment, { cited }: DraftValue): boolean {
  return cited.some((part) => part.page === page.number && part.words.some((word) => words.includes(word)));
}

/** Tax numbers whose form no account has. */
const TAX_NUMBER = /(?<!\d)\d{9} ?R[CPT] ?\d{4}(?!\d)/;

interface Day {
  readonly iso: string;
  readonly piece: Piece;
}

function withDates(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const known = ROLES.map((pointer) => {
    const value = values.find((draft) => draft.pointer === pointer)?.value;
    return typeof value === "string" ? value : null;
  });
  if (!known.includes(null)) return [...values];
  const free = freeSegments(reading, values).flatMap((segment) => datesOf(reading, segment));
  const days = free
    .filter(({ iso }, at) => !known.includes(iso) && free.findIndex((other) => other.iso === iso) === at)
    .toSorted((a, b) => (a.iso < b.iso ? -1 : 1));
  if (days.length === 0 || days.length > 4) return [...values];
  const [first, second] = solutionsOf(days, known);
  if (!first || second) return [...values];
  const found = first.flatMap((day, role): DraftValue[] => {
    const pointer = ROLES[role];
    return day && pointer
      ? [{ pointer, value: day.iso, cited: [cite(day.piece)], confidence: BY_ORDER }]
      : [];
  });
  return [...values, ...found];
}

/** How free days may be the missing ones, in order, each used; those of the fewest gaps. */
function solutionsOf(days: readonly Day[], known: readonly (string | null)[]): (Day | null)[][] {
  const found: (Day | null)[][] = [];
  const go = (role: number, at: number, chosen: (Day | null)[]): void => {
    if (role === known.length) {
      if (at === days.length && fits(chosen, known)) found.push(chosen);
      return;
    }
    const day = days[at];
    if (known[role] === null && day) go(role + 1, at + 1, [...chosen, day]);
    go(role + 1, at, [...chosen, null]);
  };
  go(0, 0, []);
  return found;
}

function fits(chosen: readonly (Day | null)[], known: readonly (string | null)[]): boolean {
  const all = known.map((value, role) => value ?? chosen[role]?.iso ?? null);
  const [start, end, issued] = all;
  if ((start === null) !== (end === null) || issued === null) return false;
  return SPANS.every(([least, most], role) => {
    const [from, to] = [all[role], all[role + 1]];
    if (!from || !to) return true;
    const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
    return days >= least && days <= most;
  });
}

function withNumbers(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const missing = [ACCOUNT, BILL].filter((pointer) => !values.some((draft) => draft.pointer === pointer));
  if (missing.length === 0) return [...values];
  const page = reading.view.rows[0]?.page;
  const dated = reading.view.rows
    .filter(
      (row) => row.page === page && row.segments.some((segment) => datesOf(reading, segment).length > 0),
    )
    .map(({ index }) => index);
  const codes = freeSegments(reading, values)
    .filter(({ row, bbox }) => bbox[1] < 0.5 && dated.some((other) => Math.abs(other - row) <= NEAR))
    .flatMap((segment) => codeIn(reading, segment) ?? []);
  const filled = [...values];
  const put = (pointer: string, piece: Piece | undefined): void => {
    if (!piece || !missing.includes(pointer)) return;
    filled.push({ pointer, value: textOf(piece), cited: [cite(piece)], confidence: BY_PLACE });
  };
  const bills = codes.filter((piece) => BY_YEAR.test(textOf(piece)));
  const others = codes.filter((piece) => !bills.includes(piece));
  put(ACCOUNT, others[0]);
  put(BILL, bills[0] ?? (missing.includes(ACCOUNT) ? others[1] : others[0]));
  return filled;
}

/** A number with a label before it, right above it, or in its own text. */
function codeIn(reading: Reading, segment: Segment): Piece | null {
  const clean =
    datesOf(reading, segment).length === 0 &&
    findIbans(segment).length === 0 &&
    !TAX_NUMBER.test(segment.text) &&
    !isByContact(reading, segment);
  if (!clean || findTaxIds(segment).length > 0 || /[.,]\d{2}(?!\d)|%|@|^\+|\(\d/.test(segment.text))
    return null;
  const [, lead = ""] =
    /^([^\d:：]*[:：]\s+|(?:\p{L}[\p{L}.'’-]*\s+){1,4}(?=\S*\d))/u.exec(segment.text) ?? [];
  const piece = trimPiece({ segment, start: lead.length, end: segment.text.length });
  if (!CODE.test(textOf(piece))) return null;
  return lead !== "" || hasLabel(reading, segment) ? piece : null;
}

/** Whether a line stands among a sender's contacts. */
function isByContact(reading: Reading, { row, page, bbox }: Segment): boolean {
  return [row - 1, row, row + 1].some((index) =>
    reading.view.rows[index]?.segments.some((other) => {
      const aligned = [other.bbox[0] - bbox[0], other.bbox[2] - bbox[2]].some((gap) => Math.abs(gap) < 0.02);
      return other.page === page && (index === row || aligned) && /@|www\./i.test(other.text);
    }),
  );
}

/** An address right of a label that is no party's: where the service goes. */
function withAddress(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  if (values.some(({ pointer }) => pointer === ADDRESS)) return [...values];
  if (
    !["/vendor/address", "/customer/address"].every((name) => values.some(({ pointer }) => pointer === name))
  )
    return [...values];
  const free = freeSegments(reading, values);
  for (const segment of free) {
    const piece = labelled(reading, segment, new Set(free));
    if (!piece || segment.bbox[1] < 0.12 || segment.bbox[1] > 0.6) continue;
    const next = below(reading, piece);
    const further = next && next.order === segment.order && goesOn(next) ? [trimPiece(wholePiece(next))] : [];
    const pieces = [piece, ...further];
    const value = pieces.map((part) => textOf(part)).join(" ");
    const cited = pieces.map((part) => cite(part));
    return [...values, { pointer: ADDRESS, value, cited, confidence: BY_PLACE }];
  }
  return [...values];
}

function goesOn({ text }: Segment): boolean {
  return text.length < 40 && !/[:：@]/u.test(text) && /^[\p{Lu}\d]/u.test(text);
}

/** A segment's address behind a label of its own, of the segment left of it, or of a caption that is no party's name. */
function labelled(reading: Reading, segment: Segment, free: ReadonlySet<Segment>): Piece | null {
  const [, lead = ""] = /^([^\d:：.]{3,40}[:：.]\s+)/u.exec(segment.text) ?? [];
  const piece = trimPiece({ segment, start: lead.length, end: segment.text.length });
  const text = textOf(piece);
  const street = looksLikeAddress(text) && /\d/.test(text) && /,/.test(text) && !/@|www\./.test(text);
  if (!street || datesOf(reading, segment).length > 0) return null;
  if (lead !== "") return piece;
  const before = reading.view.rows[segment.row]?.segments[segment.order - 1];
  const above = reading.view.rows[segment.row - 1]?.segments.find(
    ({ bbox }) => Math.abs(bbox[0] - segment.bbox[0]) < 0.012,
  );
  const label = before ?? (above && free.has(above) ? above : undefined);
  return label && !/\d/.test(label.text) && label.text.split(/\s+/).length <= 4 ? piece : null;
}
