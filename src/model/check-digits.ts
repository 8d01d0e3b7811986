/** What the letters and digits leave of 97, letters counted from A = 10 (ISO 7064, MOD 97-10); right numbers leave 1. */
export function remainderOf97(signs: string): number {
  let rest = 0;
  for (const sign of signs) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
