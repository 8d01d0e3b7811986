/** ISO 4217 (2026 edition): currencies whose minor unit is not a hundredth. Funds and metals have none. */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const DEFAULT_MINOR_UNITS = 2;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Digits behind the decimal point of a currency's minor unit; 2 for an unknown one or none. */
export function minorUnits(currency: string | null): number {
  return (currency === null ? undefined : MINOR_UNITS[currency]) ?? DEFAULT_MINOR_UNITS;
}

/** Currencies by the digits of their minor unit, without those of two digits. */
export function currenciesByMinorUnits(): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const [currency, digits] of Object.entries(MINOR_UNITS)) {
    groups.set(digits, [...(groups.get(digits) ?? []), currency]);
  }
  return groups;
}

/**
 * A decimal string as an integer of 10^-`digits`, rounded half away from zero.
 * Null for what is no plain decimal or is beyond the safe integers.
 */
export function toScaledInteger(amount: string, digits: number): number | null {
  const match = DECIMAL.exec(amount);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  const scaled = Number(kept + ((fraction[digits] ?? "0") >= "5" ? 1n : 0n));
  if (!Number.isSafeInteger(scaled)) return null;
  return sign && scaled !== 0 ? -scaled : scaled;
}

/** A decimal string in a currency's minor unit: "12.50" EUR is 1250, "1250" JPY is 1250. */
export function toMinor(amount: string, currency: string | null): number | null {
  return toScaledInteger(amount, minorUnits(currency));
}

/** A minor-unit integer as a decimal string: 1250 EUR is "12.50". */
export function fromMinor(minor: number, currency: string | null): string {
  const digits = minorUnits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(text.length - digits)}`;
}
