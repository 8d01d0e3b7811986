import type { Draft } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { UNITS } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import { moneyString } from "../engine/money.ts";
import { type Piece, type Segment, wholePiece } from "../engine/view.ts";
import { fillBill } from "./bill-order.ts";
import { choiceIn, choiceInTitle } from "./choices.ts";
import type { Declaration, DeclaredField } from "./declaration.ts";
import { fillParties } from "./fill-parties.ts";
import { fillPeriod } from "./fill-periods.ts";
import { hasLabel } from "./free-segments.ts";
import { settleMeters } from "./meters.ts";
import { readDeclared } from "./read-declared.ts";
import { amountsIn } from "./values.ts";

const PERIOD = {
  start: "/service_start_date",
  end: "/service_end_date",
  maxDays: 400,
  ranges: true,
} as const;
const MAX_TITLE = 70;
const HEAD = 0.4;
/** Values that say what is supplied stand above the charges. */
const LAST = 0.6;
const ALONE = 5;

/** What a utility bill says beside an invoice: its labels, the period, what is supplied, and its tax by rate. */
export function readUtility(reading: Reading, declares: Declaration): Draft {
  const declared = settleMeters(reading, readDeclared(reading, declares));
  const values = fillParties(reading, fillPeriod(reading, declared, PERIOD), [
    { pointer: "/vendor", role: "issuer", keys: ["vendor"], details: ["address"] },
    { pointer: "/customer", role: "addressee", keys: ["customer"], details: ["address"] },
  ]);
  const filled = fillBill(reading, values);
  return { values: [...filled, ...utilityOf(reading, declares, filled), ...taxOf(reading)] };
}

/** What is supplied, by the words of head, title and charges: what most of them name. */
function utilityOf(reading: Reading, { fields }: Declaration, known: readonly DraftValue[]): DraftValue[] {
  const field = fields.find(({ pointer }) => pointer === "/utility");
  if (!field || known.some(({ pointer }) => pointer === field.pointer)) return [];
  const votes = new Map<string, { weight: number; piece: Piece }>();
  for (const segment of reading.view.segments) {
    if (segment.text.length > MAX_TITLE) continue;
    const whole = wholePiece(segment);
    const named = namedAlone(reading, field, segment);
    const piece = named?.piece ?? whole;
    const choice = named?.choice ?? choiceInTitle(field, whole);
    if (choice === null || choice === "other") continue;
    const before = votes.get(choice);
    const weight = named ? ALONE : segment.bbox[1] < HEAD ? 2 : 1;
    votes.set(choice, { weight: (before?.weight ?? 0) + weight, piece: before?.piece ?? piece });
  }
  const [best, second] = [...votes].toSorted((a, b) => b[1].weight - a[1].weight);
  if (!best || (second && second[1].weight >= best[1].weight)) return [];
  const [value, { piece, weight }] = best;
  const share = weight / [...votes.values()].reduce((sum, vote) => sum + vote.weight, 0);
  return [{ pointer: field.pointer, value, cited: [cite(piece)], confidence: 0.85 * share, derived: true }];
}

/** What is supplied, where a value with a label says nothing else, whatever the label says. */
function namedAlone(
  reading: Reading,
  field: DeclaredField,
  segment: Segment,
): { choice: string; piece: Piece } | null {
  const start = /^[^:：]{2,40}[:：]\s+/u.exec(segment.text)?.[0].length ?? 0;
  if (segment.bbox[1] > LAST || (start === 0 && !hasLabel(reading, segment))) return null;
  const piece = { segment, start, end: segment.text.length };
  const found = choiceIn(field, piece);
  return found && found.fit === 1 ? { choice: String(found.value), piece } : null;
}

/** The tax of a row with one rate and one amount, where an amount above it is its base. */
function taxOf(reading: Reading): DraftValue[] {
  const bases: number[] = [];
  const found: DraftValue[] = [];
  for (const row of reading.view.rows) {
    const money = row.segments
      .flatMap((segment) => amountsIn(reading, wholePiece(segment)))
      .filter(({ decimals }) => decimals === 2);
    const rates = row.segments.flatMap((segment) => reading.rates.get(segment) ?? []);
    const [rate, more] = rates;
    const amount = money.at(-1);
    const rest = money.filter(({ piece }) => piece !== amount?.piece && !overlapsRate(piece, rate?.piece));
    if (rate && !more && amount && rest.length === 0 && rate.rate > 0 && rate.rate <= 30) {
      const based = bases.some((base) => Math.abs((base * rate.rate) / 100 - amount.units) < 0.0101 * UNITS);
      if (based) {
        const at = `/taxes/${found.length / 2}`;
        found.push(
          { pointer: `${at}/rate`, value: String(rate.rate), cited: [cite(rate.piece)], confidence: 0.9 },
          {
            pointer: `${at}/amount`,
            value: moneyString(amount.units, amount.decimals),
            cited: [cite(amount.piece)],
            confidence: 0.9,
          },
        );
      }
    }
    bases.push(...money.map(({ units }) => units));
  }
  return found;
}

function overlapsRate(piece: Piece, rate: Piece | undefined): boolean {
  return (
    rate !== undefined && piece.segment === rate.segment && piece.start < rate.end && piece.end > rate.start
  );
}
