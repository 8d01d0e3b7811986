/** Places by which a text shows whose dollar it means. */
const DOLLARS: readonly (readonly [string, RegExp])[] = [
  [
    "USD",
    /\b(?:United States|U\.S\.A?\.|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Wisconsin|Wyoming)\b|, [A-Z]{2} \d{5}\b/,
  ],
  [
    "CAD",
    /\b(?:Canada|Ontario|Qu[eé]bec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|New Brunswick|Newfoundland)\b/,
  ],
  ["AUD", /\b(?:Australia|New South Wales|Queensland|Tasmania|NSW|ABN)\b/],
  ["NZD", /\b(?:New Zealand|Aotearoa)\b/],
  ["SGD", /\bSingapore\b/],
  ["HKD", /\bHong Kong\b/],
];

/** The dollar of the one country whose places a text names. */
export function dollarOf(text: string): string | null {
  const named = DOLLARS.filter(([, places]) => places.test(text)).map(([code]) => code);
  return named.length === 1 ? (named[0] ?? null) : null;
}
