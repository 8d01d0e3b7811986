const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** A decimal string in English words: "120.50" -> "one hundred twenty and 50/100". */
export function sayAmount(decimal: string): string {
  const [whole = "0", cents = "00"] = decimal.replace("-", "").split(".");
  return `${decimal.startsWith("-") ? "minus " : ""}${say(Number(whole))} and ${cents}/100`;
}

function say(value: number): string {
  if (value < 20) return SMALL[value] ?? "";
  if (value < 100)
    return `${TENS[Math.floor(value / 10)] ?? ""}${value % 10 === 0 ? "" : `-${say(value % 10)}`}`;
  for (const [size, name] of [
    [1_000_000, "million"],
    [1_000, "thousand"],
    [100, "hundred"],
  ] as const) {
    if (value >= size) {
      const rest = value % size;
      return `${say(Math.floor(value / size))} ${name}${rest === 0 ? "" : ` ${say(rest)}`}`;
    }
  }
  return "";
}
