import { UNITS } from "./money.ts";
import type { Money } from "./money.ts";
import type { PrintedRate, Reading } from "./reading.ts";
import type { Region } from "./amount-candidates.ts";
import type { Row } from "./view.ts";

/** A tax by rate: rate x base = amount, each printed in one row. */
export interface PrintedTax {
  readonly rate: PrintedRate;
  readonly base: Money;
  readonly amount: Money;
}

/** Rows of a tax table, found by their arithmetic alone. Rows among the line items do not count. */
export function findTaxes(reading: Reading, regions: readonly Region[]): PrintedTax[] {
  const found: PrintedTax[] = [];
  for (const row of reading.view.rows) {
    if (isAmong(row, regions)) continue;
    const money = row.segments
      .flatMap((segment) => reading.money.get(segment) ?? [])
      .filter((amount) => amount.decimals === 2 || amount.currency !== null);
    const rates = row.segments.flatMap((segment) =>
      (reading.rates.get(segment) ?? []).concat(bareRates(reading, segment)),
    );
    const under = ratesOver(reading, row).map(({ rate, amount }) =>
      taxIn([rate], [...(reading.money.get(rate.piece.segment) ?? []), amount]),
    );
    for (const tax of [taxIn(rates, money), ...under])
      if (tax && !found.some((known) => sameTax(known, tax))) found.push(tax);
  }
  return found;
}

/** A tax by rate whose row does not print what it is on. */
export interface RatedTax {
  readonly rate: PrintedRate;
  readonly amount: Money;
}

/** Rows of a rate and an amount (`VAT 20 %  5,932.40`) that add up to the tax; one alone has to fit a net too. */
export function findRatedTaxes(
  reading: Reading,
  regions: readonly Region[],
  sums: { readonly nets: readonly number[]; readonly tax: number },
): RatedTax[] {
  const rows = reading.view.rows.flatMap((row): RatedTax[] => {
    const [rate, ...rates] = row.segments.flatMap((segment) => reading.rates.get(segment) ?? []);
    const money = row.segments
      .flatMap((segment) => reading.money.get(segment) ?? [])
      .filter((one) => one.decimals === 2);
    const amount = money[money.length - 1];
    if (rate && money.length === 0 && !isAmong(row, regions)) return ratesOver(reading, row);
    if (!rate || rates.length > 0 || !amount || isAmong(row, regions)) return [];
    return rate.rate > 0 && rate.rate <= 30 && amount.units !== 0 ? [{ rate, amount }] : [];
  });
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 0.021 * UNITS;
  const single = rows.find(({ amount }) => close(amount.units, sums.tax));
  if (single) {
    const fits =
      sums.nets.length === 0 || sums.nets.some((net) => close((net * single.rate.rate) / 100, sums.tax));
    return fits ? [single] : [];
  }
  const distinct = rows.filter(
    (one, at) => rows.findIndex((other) => other.amount.units === one.amount.units) === at,
  );
  const sum = distinct.reduce((total, { amount }) => total + amount.units, 0);
  return distinct.length >= 2 && distinct.length <= 6 && close(sum, sums.tax) ? distinct : [];
}

/** Rates in a row of names, each with the amount that stands right beneath it: `VAT 20 %` over `506.07`. */
function ratesOver(reading: Reading, row: Row): RatedTax[] {
  const beneath = reading.view.rows[row.index + 1];
  if (!beneath || beneath.page.number !== row.page.number) return [];
  return row.segments.flatMap((segment) => {
    const [rate, ...others] = reading.rates.get(segment) ?? [];
    const under = beneath.segments
      .filter(({ bbox }) => Math.min(bbox[2], segment.bbox[2]) > Math.max(bbox[0], segment.bbox[0]))
      .flatMap((below) => (reading.money.get(below) ?? []).filter((one) => one.decimals === 2));
    const [amount] = under;
    const single = rate && others.length === 0 && amount && under.length === 1;
    return single && rate.rate > 0 && rate.rate <= 30 && amount.units !== 0 ? [{ rate, amount }] : [];
  });
}

function isAmong(row: Row, regions: readonly Region[]): boolean {
  const middle = (row.bbox[1] + row.bbox[3]) / 2;
  return regions.some(
    (region) => region.page === row.page.number && middle > region.bbox[1] && middle < region.bbox[3],
  );
}

/** `19` or `19,0` in a column of rates has no sign of its own. */
function bareRates(reading: Reading, segment: Parameters<Reading["rates"]["get"]>[0]): PrintedRate[] {
  return (reading.money.get(segment) ?? [])
    .filter((amount) => amount.currency === null && amount.units > 0 && amount.units <= 30 * UNITS)
    .map((amount) => ({ piece: amount.piece, rate: amount.units / UNITS }));
}

/** The tax that a row's numbers tell; of several the one whose gross amount stands in the row too. */
function taxIn(rates: readonly PrintedRate[], money: readonly Money[]): PrintedTax | null {
  const found: PrintedTax[] = [];
  for (const rate of rates) {
    if (rate.rate <= 0 || rate.rate > 30) continue;
    for (const base of money) {
      if (Math.abs(base.units) < UNITS / 10 || base.piece === rate.piece) continue;
      for (const amount of money) {
        if (amount === base || amount.piece === rate.piece || amount.units === 0) continue;
        const signed = unbracketed(base, amount);
        const off = Math.abs((signed.units * rate.rate) / 100 - amount.units);
        if (off < 0.0101 * UNITS && Math.abs(amount.units) > 0.02 * UNITS)
          found.push({ rate, base: signed, amount });
      }
    }
  }
  const grossed = found.find(({ base, amount }) =>
    money.some((one) => one.units === base.units + amount.units),
  );
  return grossed ?? found[0] ?? null;
}

/** A base in brackets behind its rate (`VAT 20 % (14,541.00)`) has its tax's sign: they only set it apart. */
function unbracketed(base: Money, amount: Money): Money {
  const { segment, start } = base.piece;
  const bracketed =
    segment.text
      .slice(0, start + 1)
      .trimEnd()
      .endsWith("(") || segment.text[start] === "(";
  const same = Math.sign(base.units) === Math.sign(amount.units);
  return bracketed && !same && base.piece.start > 0 ? { ...base, units: -base.units } : base;
}

function sameTax(a: PrintedTax, b: PrintedTax): boolean {
  return a.rate.rate === b.rate.rate && a.base.units === b.base.units && a.amount.units === b.amount.units;
}
