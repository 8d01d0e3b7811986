import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, type Segment, textOf, wholePiece } from "../engine/view.ts";
import { CURRENCY_CODES } from "../labels/currencies.ts";
import { type Closing, findClosings } from "./meter-figures.ts";
import { datesOf } from "./values.ts";

type Meter = Map<string, DraftValue>;

const POINTER = /^\/meters\/(\d+)\/(.+)$/;
const UNIT =
  /(?<![\p{L}\d])(?:[kM]?Wh|GWh|GJ|MJ|N?m³|N?m3|cbm|[CH]CF|M?cf|therms?|k?gal(?:lons?)?|litres?|liters?)(?![\p{L}\d])/iu;
const NUMBER = /(?<![\p{L}\d-])(?=[A-Z\d -]*\d{3})[A-Z\d]{3,}(?:[ -][A-Z\d]{2,})*(?![\p{L}\d])/u;
const CODES: ReadonlySet<string> = new Set(CURRENCY_CODES);
const BY_SUM = 0.88;
const BY_PLACE = 0.66;
/** How far above its readings a meter's number, unit or days may stand, in rows. */
const ABOVE = 4;

/** Meters by what adds up: two readings and the consumption between them, with what labels say of the same meter. */
export function settleMeters(reading: Reading, values: readonly DraftValue[]): DraftValue[] {
  const rest = values.filter(({ pointer }) => !POINTER.test(pointer));
  const labelled = metersOf(values).filter((meter) => isMeter(meter));
  const closings = findClosings(reading);
  const meters =
    closings.length === 0
      ? labelled
      : closings.map((closing) => completed(reading, closing, labelled, rest, closings.length));
  return [
    ...rest,
    ...meters.flatMap((meter, at) =>
      [...meter].map(([name, { value, cited, confidence }]) => ({
        pointer: `/meters/${at}/${name}`,
        value,
        cited,
        confidence,
      })),
    ),
  ];
}

function metersOf(values: readonly DraftValue[]): Meter[] {
  const meters = new Map<string, Meter>();
  for (const draft of values) {
    const [, index, name] = POINTER.exec(draft.pointer) ?? [];
    if (index === undefined || name === undefined) continue;
    const unit = name === "unit" && (CODES.has(String(draft.value)) || !isUnit(String(draft.value)));
    if (unit) continue;
    const meter: Meter = meters.get(index) ?? new Map<string, DraftValue>();
    meters.set(index, meter.set(name, draft));
  }
  return [...meters.values()];
}

/** Whether a text may be a unit: a known one, or a short one in no sentence. */
function isUnit(text: string): boolean {
  return UNIT.test(text) || /^\p{L}{1,4}[23³²]?$/u.test(text);
}

/** A row of charges is none: its figures are amounts, and nothing was read off a device. */
function isMeter(meter: Meter): boolean {
  const isMoney = (name: string): boolean => /[.,]\d{2}$/.test(String(meter.get(name)?.value ?? ""));
  const number = String(meter.get("meter_number")?.value ?? "");
  const figures = ["previous_reading", "current_reading", "consumption"].filter((name) => meter.has(name));
  if (figures.some(isMoney)) return false;
  return (number.replace(/\W/g, "").length >= 4 && /\d{3}/.test(number)) || figures.length > 1;
}

function completed(
  reading: Reading,
  { previous, current, consumption }: Closing,
  labelled: readonly Meter[],
  others: readonly DraftValue[],
  count: number,
): Meter {
  const meter: Meter = new Map<string, DraftValue>();
  const read = [
    ["previous_reading", previous],
    ["current_reading", current],
    ["consumption", consumption],
  ] as const;
  const known = labelled.find((one) =>
    read.some(([name, { value }]) => [...one].some(([at, draft]) => at === name && draft.value === value)),
  );
  const alone = count === 1 && labelled.length === 1 ? labelled[0] : undefined;
  for (const [name, draft] of known ?? alone ?? []) meter.set(name, draft);
  for (const [name, { value, piece }] of read)
    meter.set(name, { pointer: "", value, cited: [cite(piece)], confidence: BY_SUM });
  const rows = [previous, current, consumption].map(({ piece }) => piece.segment.row);
  const near = segmentsNear(reading, Math.min(...rows), Math.max(...rows));
  const put = (name: string, piece: Piece | null, value?: string): void => {
    if (!piece || meter.has(name)) return;
    meter.set(name, {
      pointer: "",
      value: value ?? textOf(piece),
      cited: [cite(piece)],
      confidence: BY_PLACE,
    });
  };
  const unit = meter.get("unit");
  if (unit && !UNIT.test(String(unit.value))) meter.delete("unit");
  put("unit", unitIn([...near.inside, ...near.above.toReversed(), ...near.under]));
  const used = [previous.piece, current.piece, consumption.piece];
  put("meter_number", numberIn(reading, [...near.inside, ...near.above.toReversed()], used, others));
  const days = near.inside.flatMap((segment) => datesOf(reading, segment));
  const [first, second] = days;
  if (first && second && days.length === 2 && first.iso < second.iso) {
    put("previous_date", first.piece, first.iso);
    put("current_date", second.piece, second.iso);
  }
  return orderDays(meter);
}

/** Of two days the earlier one is the previous reading's. */
function orderDays(meter: Meter): Meter {
  const [from, to] = [meter.get("previous_date"), meter.get("current_date")];
  if (!from || !to) return meter;
  if (String(from.value) > String(to.value)) meter.set("previous_date", to).set("current_date", from);
  if (from.value === to.value) meter.delete("current_date");
  return meter;
}

function segmentsNear(
  reading: Reading,
  top: number,
  bottom: number,
): { inside: Segment[]; above: Segment[]; under: Segment[] } {
  const page = reading.view.rows[top]?.page;
  const rows = (from: number, to: number): Segment[] =>
    reading.view.rows
      .slice(Math.max(0, from), to)
      .filter((row) => row.page === page)
      .flatMap(({ segments }) => segments);
  return {
    inside: rows(top, bottom + 1),
    above: rows(top - ABOVE, top),
    under: rows(bottom + 1, bottom + 2),
  };
}

function unitIn(segments: readonly Segment[]): Piece | null {
  for (const segment of segments) {
    const match = UNIT.exec(segment.text);
    if (match) return { segment, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** The nearest number beside readings that no other value has: on a device, in a row of its table. */
function numberIn(
  reading: Reading,
  segments: readonly Segment[],
  used: readonly Piece[],
  others: readonly DraftValue[],
): Piece | null {
  const inside = new Set(used.map(({ segment }) => segment));
  const taken = new Set(
    others.flatMap(({ cited }) => cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`))),
  );
  for (const segment of segments) {
    const held = segment.words.some((word) => taken.has(`${segment.page.number}:${word}`));
    if (held && !inside.has(segment)) continue;
    if (segment.bbox[1] < 0.1 || datesOf(reading, segment).length > 0 || /[.,]\d{2}(?!\d)/.test(segment.text))
      continue;
    const match = NUMBER.exec(segment.text);
    if (!match || match[0].replace(/\W/g, "").length < 5) continue;
    const start = match.index;
    const piece = { ...wholePiece(segment), start, end: start + match[0].length };
    const own = used.some((one) => one.segment === segment && one.start < piece.end && one.end > piece.start);
    if (!own) return piece;
  }
  return null;
}
