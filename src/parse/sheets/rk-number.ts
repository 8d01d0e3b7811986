/** 30 bits of an integer or of a double's upper half; the lowest bit divides by 100 ([MS-XLS] 2.5.217). */
export function rkNumber(raw: number): number {
  const divisor = raw & 1 ? 100 : 1;
  if (raw & 2) return (raw >> 2) / divisor;
  const double = new DataView(new ArrayBuffer(8));
  double.setUint32(4, (raw & ~3) >>> 0, true);
  return double.getFloat64(0, true) / divisor;
}
