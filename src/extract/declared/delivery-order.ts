import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, trimPiece } from "../engine/view.ts";
import { freeSegments, hasLabel } from "./free-segments.ts";
import { datesOf } from "./values.ts";

const ORDERED = "/order_date";
const WRITTEN = "/document_date";
const DELIVERED = "/delivery_date";
const NOTE = "/delivery_note_number";
const PURCHASE = "/purchase_order_number";
const CUSTOMER = "/customer_id";
const BY_ORDER = 0.6;
const BY_FORM = 0.62;
const DAY_MS = 86_400_000;
/** A note is written at most so many days before its goods leave; an order is placed earlier. */
const WRITTEN_DAYS = 2;
const MAX_DAYS = 200;
const HEAD = 0.5;
/** What a code has to look like that only its place speaks for. */
const CODE = /^(?=(?:[^\d]*\d){4})[A-Z\d][A-Z\d./-]{3,18}$/;
/** How buyers' order numbers are formed. */
const ORDER_FORM = /^(?:P\/?O|PUR|BE|BST|CMD|BC|OC|PED|ORD|ZAM|INK)[-/.\s]?\d{3,}[\d/-]*$|^45\d{8}$/;

/** How customers are numbered: shorter than documents. */
const CUSTOMER_FORM = /^(?:(?:K|C|KD|CL|CU|CUST)-?)?\d{4,6}$/;

interface Day {
  readonly iso: string;
  readonly piece: Piece;
}

/** What no known label announces, by the order of things: goods are ordered before their note is written and they leave. */
export function fillDelivery(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const dated = orderedBy(reading, withDates(reading, values));
  return withNumbers(reading, dated);
}

function withDates(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const free = freeSegments(reading, values).flatMap((segment) => datesOf(reading, segment));
  const days = free
    .filter(({ iso }, at) => free.findIndex((other) => other.iso === iso) === at)
    .toSorted((a, b) => (a.iso < b.iso ? -1 : 1));
  if (days.length === 0 || days.length > 3) return [...values];
  const filled = [...values];
  const put = (pointer: string, day: Day): void => {
    filled.push({ pointer, value: day.iso, cited: [cite(day.piece)], confidence: BY_ORDER });
  };
  const valueOf = (pointer: string): string | null => dayOf(filled, pointer);
  const others = [ORDERED, WRITTEN].flatMap((pointer) => valueOf(pointer) ?? []).toSorted();
  const last = days.at(-1);
  if (valueOf(DELIVERED) === null && last && last.iso >= (others.at(-1) ?? "")) {
    put(DELIVERED, last);
    days.pop();
  }
  const delivered = valueOf(DELIVERED);
  if (delivered === null) return filled;
  for (const day of days.toReversed()) {
    const ahead = daysBetween(day.iso, delivered);
    if (ahead < 0 || ahead > MAX_DAYS) continue;
    const pointer = ahead <= WRITTEN_DAYS ? WRITTEN : ORDERED;
    if (valueOf(pointer) === null) put(pointer, day);
  }
  return filled;
}

/** A plain date close behind the order's number is the order's, where it lies well before the delivery. */
function orderedBy(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const of = (pointer: string): DraftValue | undefined => values.find((draft) => draft.pointer === pointer);
  const [number, written, delivered] = [of(PURCHASE), of(WRITTEN), dayOf(values, DELIVERED)];
  if (!number || !written || delivered === null || of(ORDERED)) return [...values];
  const ahead = daysBetween(String(written.value), delivered);
  if (ahead <= WRITTEN_DAYS || ahead > MAX_DAYS || !stands(reading, written, number)) return [...values];
  return values.map((draft) =>
    draft === written
      ? { ...draft, pointer: ORDERED, confidence: Math.min(BY_ORDER, draft.confidence) }
      : draft,
  );
}

/** Whether a value stands right of another one, or under it. */
function stands(reading: Reading, value: DraftValue, other: DraftValue): boolean {
  const [place, before] = [segmentOf(reading, value), segmentOf(reading, other)];
  if (!place || !before || place.page !== before.page) return false;
  const rows = place.row - before.row;
  if (rows === 0) return place.order > before.order && place.order - before.order <= 2;
  return rows > 0 && rows <= 2 && Math.abs(place.bbox[0] - before.bbox[0]) < 0.03;
}

function segmentOf(reading: Reading, { cited }: DraftValue): Segment | undefined {
  const [first] = cited;
  const word = first?.words[0];
  if (!first || word === undefined) return undefined;
  return reading.view.segments.find(({ page, words }) => page.number === first.page && words.includes(word));
}

/** The note's number is the first code of the head that nothing else is; an order's is told by its form. */
function withNumbers(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const missing = [PURCHASE, NOTE, CUSTOMER].filter(
    (pointer) => !values.some((draft) => draft.pointer === pointer),
  );
  if (missing.length === 0) return [...values];
  const items = reading.view.rows.find(({ index }) => reading.headerRows.has(index))?.bbox[1] ?? HEAD;
  const codes = freeSegments(reading, values)
    .filter(({ bbox }) => bbox[1] < Math.min(HEAD, items))
    .flatMap((segment) => codeIn(reading, segment) ?? []);
  const filled = [...values];
  const put = (pointer: string, piece: Piece, confidence: number): void => {
    filled.push({ pointer, value: textOf(piece), cited: [cite(piece)], confidence });
  };
  const orders = codes.filter((piece) => ORDER_FORM.test(textOf(piece)));
  const [order] = orders;
  if (missing.includes(PURCHASE) && order && orders.length === 1) put(PURCHASE, order, BY_FORM);
  const note = codes.find((piece) => !orders.includes(piece));
  if (missing.includes(NOTE) && note) put(NOTE, note, BY_ORDER);
  const customers = codes.filter((piece) => piece !== note && CUSTOMER_FORM.test(textOf(piece)));
  const [customer, another] = customers;
  if (missing.includes(CUSTOMER) && customer && !another) put(CUSTOMER, customer, BY_ORDER);
  return filled;
}

/** A code with a label before it, right above it, or behind a colon. */
function codeIn(reading: Reading, segment: Segment): Piece | null {
  if (datesOf(reading, segment).length > 0) return null;
  const [, lead = "", code] = /^(.*?[:：.]\s+|\p{L}[^\d:]*\s+)?(\S+)$/u.exec(segment.text) ?? [];
  if (code === undefined || !CODE.test(code)) return null;
  const piece = trimPiece({ segment, start: lead.length, end: segment.text.length });
  if (lead !== "") return lead.split(/\s+/).length <= 5 ? piece : null;
  return hasLabel(reading, segment) ? piece : null;
}

function dayOf(values: readonly DraftValue[], pointer: string): string | null {
  const value = values.find((draft) => draft.pointer === pointer)?.value;
  return typeof value === "string" ? value : null;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
