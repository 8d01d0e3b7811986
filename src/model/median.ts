/** The middle of some numbers, the upper one of two, or `otherwise` when there are none. */
export function medianOf(values: readonly number[], otherwise = 0): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? otherwise;
}
