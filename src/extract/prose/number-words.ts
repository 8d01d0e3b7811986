const UNITS: readonly (readonly string[])[] = [
  ["zero", "null", "cero"],
  [
    "one",
    "first",
    "eins",
    "ein",
    "einem",
    "eine",
    "einen",
    "einer",
    "erste",
    "ersten",
    "un",
    "une",
    "premier",
    "uno",
    "una",
    "primero",
  ],
  ["two", "second", "zwei", "zweiten", "deux", "dos", "segundo"],
  ["three", "third", "drei", "dritten", "trois", "tres", "tercero"],
  ["four", "fourth", "vier", "vierten", "quatre", "cuatro"],
  ["five", "fifth", "fuenf", "funf", "funften", "cinq", "cinco"],
  ["six", "sixth", "sechs", "sechsten", "seis"],
  ["seven", "seventh", "sieben", "siebten", "sept", "siete"],
  ["eight", "eighth", "acht", "achten", "huit", "ocho"],
  ["nine", "ninth", "neun", "neunten", "neuf", "nueve"],
  ["ten", "tenth", "zehn", "zehnten", "dix", "diez"],
  ["eleven", "eleventh", "elf", "elften", "onze", "once"],
  ["twelve", "twelfth", "zwoelf", "zwolf", "zwolften", "douze", "doce"],
  ["thirteen", "thirteenth", "dreizehn", "treize", "trece"],
  ["fourteen", "fourteenth", "vierzehn", "quatorze", "catorce"],
  ["fifteen", "fifteenth", "fuenfzehn", "funfzehn", "quinze", "quince"],
  ["sixteen", "sixteenth", "sechzehn", "seize", "dieciseis"],
  ["seventeen", "seventeenth", "siebzehn", "diecisiete"],
  ["eighteen", "eighteenth", "achtzehn", "dieciocho"],
  ["nineteen", "nineteenth", "neunzehn", "diecinueve"],
];
const TENS: readonly (readonly [number, readonly string[]])[] = [
  [20, ["twenty", "twentieth", "zwanzig", "vingt", "veinte"]],
  [30, ["thirty", "thirtieth", "dreissig", "trente", "treinta"]],
  [40, ["forty", "vierzig", "quarante", "cuarenta"]],
  [50, ["fifty", "funfzig", "cinquante", "cincuenta"]],
  [60, ["sixty", "sechzig", "soixante", "sesenta"]],
  [70, ["seventy", "siebzig", "setenta"]],
  [80, ["eighty", "achtzig", "ochenta"]],
  [90, ["ninety", "neunzig", "noventa"]],
];

const VALUES: ReadonlyMap<string, number> = new Map([
  ...UNITS.flatMap((names, value) => names.map((name): [string, number] => [name, value])),
  ...TENS.flatMap(([value, names]) => names.map((name): [string, number] => [name, value])),
  ...UNITS.slice(1, 10).flatMap((names, index) =>
    names.map((name): [string, number] => [`veinti${name}`, 21 + index]),
  ),
]);
const HUNDREDS = new Set(["hundred", "hundert", "cent", "cents", "cien", "ciento"]);
const THOUSANDS = new Set(["thousand", "tausend", "mille", "mil"]);

/** A number written in folded words of English, German, French or Spanish, or in digits; null for what is none. */
export function numberFromWords(text: string): number | null {
  const printed = text.trim();
  if (/^\d+$/.test(printed)) return Number(printed);
  let total = 0;
  let current = 0;
  let seen = false;
  for (const word of printed.split(/[\s-]+/)) {
    if (word === "and" || word === "y" || word === "et" || word === "und" || word === "") continue;
    const value = VALUES.get(word);
    if (value !== undefined) current += value;
    else if (HUNDREDS.has(word)) current = Math.max(1, current) * 100;
    else if (THOUSANDS.has(word)) {
      total += Math.max(1, current) * 1000;
      current = 0;
    } else return null;
    seen = true;
  }
  return seen ? total + current : null;
}
