/** Minor units as printed with a point and commas for thousands: 123450 -> "1,234.50". */
export function printMinor(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, "0");
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/gu, ",");
  return `${minor < 0 ? "-" : ""}${whole}.${digits.slice(-2)}`;
}
