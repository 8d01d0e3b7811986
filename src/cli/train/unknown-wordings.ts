import { read } from "../../extract/engine/reading.ts";
import { wordsOf } from "../../extract/engine/view.ts";
import { foldText } from "../../model/fold.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import type { TruthRow } from "../eval/truth.ts";
import type { Random } from "./random.ts";

/** Labels that look less like one are left as they are: names and goods have such words too. */
const LEAST = 0.6;

/** The document with a share of its labels' words made senseless, each everywhere alike; values keep theirs. */
export function withoutWordings(
  parsed: ParsedDocument,
  share: number,
  row: TruthRow,
  random: Random,
): ParsedDocument {
  const told = foldText(JSON.stringify(row.data ?? row.fields));
  const chosen = new Map<string, string | null>();
  const swaps = new Map<string, string>();
  for (const hit of [...read(parsed).labels.values()].flat()) {
    if (hit.quality < LEAST) continue;
    const { page } = hit.piece.segment;
    for (const index of wordsOf(hit.piece)) {
      const text = page.words[index]?.text ?? "";
      const key = foldText(text).replace(/\P{L}/gu, "");
      if (key.length < 2 || told.includes(key)) continue;
      const other = chosen.has(key) ? chosen.get(key) : random.chance(share) ? senseless(text, random) : null;
      chosen.set(key, other ?? null);
      if (other !== null && other !== undefined) swaps.set(`${page.number} ${index}`, other);
    }
  }
  const pages = parsed.pages.map((page) => {
    const words = page.words.map((word, index) =>
      Object.assign({}, word, { text: swaps.get(`${page.number} ${index}`) ?? word.text }),
    );
    return Object.assign({}, page, { words });
  });
  return { ...parsed, pages };
}

function senseless(text: string, random: Random): string {
  return Array.from(text)
    .map((letter, at) => {
      if (!/\p{L}/u.test(letter)) return letter;
      const pool = at % 2 === 0 ? "bdfgklmnprstv" : "aeiou";
      const other = pool[random.below(pool.length)] ?? letter;
      return letter === letter.toUpperCase() ? other.toUpperCase() : other;
    })
    .join("");
}
