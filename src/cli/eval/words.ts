/** How much of a truth's text was read. */
export interface WordScore {
  /** Words of the truth, each as often as it stands there. */
  readonly truth: number;
  readonly found: number;
  /** Different words of the truth. */
  readonly distinct: number;
  readonly distinctFound: number;
}

/**
 * Finds a truth's words in a text, without regard to order, case and signs. Every occurrence counts; a converter
 * repeats what cells that span share, so that different words are counted beside.
 */
export function scoreWords(truth: string, given: string): WordScore {
  const wanted = countWords(truth);
  const had = countWords(given);
  let [all, found, distinctFound] = [0, 0, 0];
  for (const [word, count] of wanted) {
    const got = had.get(word) ?? 0;
    all += count;
    found += Math.min(count, got);
    if (got > 0) distinctFound += 1;
  }
  return { truth: all, found, distinct: wanted.size, distinctFound };
}

const MARKUP = /<!--.*?-->|&(?:lt|gt|amp|quot|#\d+);|\]\([^)\s]*\)/gsu;

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const plain = text.normalize("NFKC").replaceAll(MARKUP, " ").toLowerCase();
  for (const [word] of plain.matchAll(/[\p{Letter}\p{Number}]+/gu))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
