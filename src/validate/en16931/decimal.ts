import { Big } from "big.js";

const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;

export const ZERO = new Big(0);

/** Half of the smallest unit of an amount: what lies nearer than that is the same amount, rounded to two decimals. */
const HALF_CENT = new Big("0.005");

/** A plain decimal as a number; null for nothing and for what is no plain decimal. */
export function decimal(text: string | null | undefined): Big | null {
  return text !== null && text !== undefined && DECIMAL.test(text) ? new Big(text) : null;
}

/** An amount as a reader expects it: at least two decimals, and every decimal that it has. */
export function shown(amount: Big): string {
  const plain = amount.toFixed();
  const decimals = plain.split(".")[1]?.length ?? 0;
  return decimals < 2 ? amount.toFixed(2) : plain;
}

/** True where `given` is `exact` rounded to two decimals, halves either way. */
export function isRounded(given: Big, exact: Big): boolean {
  return given.minus(exact).abs().lte(HALF_CENT);
}

/** True where two amounts lie nearer than `tolerance`. */
export function isNear(a: Big, b: Big, tolerance: Big): boolean {
  return a.minus(b).abs().lt(tolerance);
}

/** Digits behind the decimal point, as written. */
export function decimalsOf(content: string): number {
  return content.trim().split(".")[1]?.length ?? 0;
}
