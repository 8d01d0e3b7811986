/** Shapes of what documents print: words, capitals, amounts, dates, times, identifiers. */
const SHAPES: readonly [RegExp, number][] = [
  [/^[-+]?[\p{Sc}]?\d{1,3}([.,' ]?\d{3})*[.,]\d{2}[\p{Sc}%]?$/u, 1.1],
  [/^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}$/u, 1.15],
  [/^\d{1,2}:\d{2}(:\d{2})?([AaPp][Mm])?$/u, 1.1],
  [/^\d+$/u, 1],
  [/^\p{Lu}?\p{Ll}+[.,:;]?$/u, 1.05],
  [/^\p{Lu}+[.,:;]?$/u, 1.03],
  [/^[\p{Lu}\d/.-]+$/u, 0.97],
  [/^[\p{L}\d.,:;/&()'-]+$/u, 0.93],
];

/** How much a word looks like print rather than noise: about 1, less for odd mixtures. */
export function plausibility(text: string): number {
  const bare = text.replace(/^[("'[]+|[)"'\]:;,]+$/gu, "");
  for (const [shape, weight] of SHAPES) if (shape.test(bare)) return weight;
  return /[\p{L}\d]/u.test(bare) ? 0.8 : 0.5;
}
