import type { DraftValue } from "./draft.ts";
import { UNITS } from "./money.ts";
import type { Reading } from "./reading.ts";

/** What tells by its own form what it is, whatever the language around it. */
const BY_FORM = /^\/(?:currency|bank_accounts\/\d+\/(?:iban|bic)|vendor\/tax_id)$/;
const SUMS = /^\/(?:subtotal|tax_total|total|taxes\/\d+\/.+)$/;
const METER = /^\/meters\/(\d+)\/\w+$/;
const ROW = /^\/line_items\/(\d+)\/(\w+)$/;
/** Most that is said of a value whose form is known and whose meaning follows from there being one of it. */
const ONLY_ONE = 0.6;
/** A cent a row is rounding. */
const TOLERANCE = UNITS / 50;

/**
 * Of a bill in an unknown language what form and arithmetic prove: IBAN, currency, sums that add up, rows whose quantity
 * and price make their amount, meters whose readings add up, the date if there is but one. Names and numbers rest on labels, and nobody knows those.
 */
export function provenOnly(values: readonly DraftValue[], reading: Reading): DraftValue[] {
  const sums = sumsClose(values);
  const rows = provenRows(values);
  const metersAddUp = meterAddsUp(values);
  const dates = new Set([...reading.dates.values()].flat().map(({ iso }) => iso));
  return values.flatMap((value) => {
    const { pointer } = value;
    if (pointer === "/amount_due" && sums && numberAt(values, pointer) === numberAt(values, "/total"))
      return [value];
    if (BY_FORM.test(pointer) || (sums && SUMS.test(pointer))) return [value];
    if (pointer === "/invoice_date" && dates.size === 1)
      return [{ ...value, confidence: Math.min(value.confidence, ONLY_ONE) }];
    if (metersAddUp && METER.test(pointer)) return [value];
    const row = ROW.exec(pointer);
    const place = row ? rows.indexOf(Number(row[1])) : -1;
    return row && place >= 0 ? [{ ...value, pointer: `/line_items/${place}/${row[2]}` }] : [];
  });
}

function numberAt(values: readonly DraftValue[], pointer: string): number | null {
  const found = values.find((value) => value.pointer === pointer);
  const number = found === undefined ? Number.NaN : Number(found.value);
  return Number.isFinite(number) ? Math.round(number * UNITS) : null;
}

function sumsClose(values: readonly DraftValue[]): boolean {
  const [net, tax] = [numberAt(values, "/subtotal"), numberAt(values, "/tax_total")];
  const total = numberAt(values, "/total");
  return (
    net !== null && tax !== null && total !== null && tax !== 0 && Math.abs(net + tax - total) <= TOLERANCE
  );
}

/** Whether all meters' readings lie as far apart as what was used. */
function meterAddsUp(values: readonly DraftValue[]): boolean {
  const meters = new Set(values.flatMap(({ pointer }) => METER.exec(pointer)?.[1] ?? []));
  return [...meters].every((meter) => {
    const [before, now, used] = ["previous_reading", "current_reading", "consumption"].map((name) =>
      numberAt(values, `/meters/${meter}/${name}`),
    );
    if (typeof before !== "number" || typeof now !== "number" || typeof used !== "number") return false;
    return Math.abs(now - before - used) <= TOLERANCE;
  });
}

/** The rows, in order, whose quantity times price is their amount. */
function provenRows(values: readonly DraftValue[]): number[] {
  const rows = new Set(values.flatMap(({ pointer }) => ROW.exec(pointer)?.[1] ?? []));
  return [...rows].map(Number).filter((row) => {
    const [quantity, price, amount] = ["quantity", "unit_price", "amount"].map((name) =>
      numberAt(values, `/line_items/${row}/${name}`),
    );
    if (!quantity || !price || !amount) return false;
    return Math.abs((quantity / UNITS) * price - amount) <= TOLERANCE;
  });
}
