import { foldText } from "../../model/fold.ts";
import { LEXICONS, type Language } from "../labels/all.ts";
import type { LabelHit } from "./labels.ts";
import type { View } from "./view.ts";

/** Small words that only one or two of the languages use. */
const SMALL_WORDS: Readonly<Record<Language, string>> = {
  en: "the and of for to your with this from by is are please thank you",
  de: "der die das und mit bitte fur von wir ihre sie zum zur auf bei nicht den ist im",
  fr: "le la les des du et pour votre vous nous sur au aux est une par dans",
  es: "el los las del y para su por con una en que nuestra gracias",
  it: "il della di per con non gli alla sono dei delle nel vostro dal",
  pt: "da do das dos para com na uma pelo sua obrigado nao ao em",
  nl: "het een van voor met op uw wij de niet aan bij graag onze te",
  pl: "oraz na od do nie jest przez dla ul sp w z po",
  sv: "och for att av med inom pa den ar vid till ert vi",
  da: "og til af pa det ved er ikke den pr venligst med",
  no: "og til av pa det ved er ikke den pr vennligst med etter",
  fi: "ja on ei sek mukaan paivaa kiitos oy tai kun",
  cs: "ze pro dle je na od do nebo podle kc ul",
  hu: "es az egy vagy nem kerjuk koszonjuk kft zrt utca forint szerint alapjan",
  ro: "si pentru este sau prin din catre str bucuresti dumneavoastra conform va multumim",
  el: "και του της το στο για με των στην από την τον προς οδος",
  tr: "ve ile bir icin bu sok cad mah turkiye adina lutfen tesekkur olarak ederiz",
  uk: "та від до на за для що вул грн київ україна або згідно тов",
  zh: "有限公司 公司 元 的 市 区 中国",
  ja: "株式会社 御中 様 円 の 東京都",
  ko: "주식회사 원 및 귀하 서울특별시 대표자",
  ar: "من في على إلى شركة هذا ريال درهم المملكة",
  ms: "dan di yang untuk kepada sila terima kasih jalan tidak",
};

/** The language most of the document's labels and small words belong to; null when nothing tells. */
export function inferLanguage(view: View, hits: readonly LabelHit[]): string | null {
  const read = view.parsed.pages.map((page) => page.language).find((language) => language !== null) ?? null;
  const words = new Map<string, number>();
  for (const match of foldText(view.text).matchAll(/\p{L}+/gu)) {
    words.set(match[0], (words.get(match[0]) ?? 0) + 1);
  }
  const printed = hits.filter((hit) => hit.quality > 0.5).map((hit) => labelText(hit));
  let best: string | null = null;
  let bestScore = 1;
  for (const language of Object.keys(LEXICONS) as Language[]) {
    let score = read === language ? 2 : 0;
    for (const word of smallWords(language)) score += Math.min(4, words.get(word) ?? 0);
    const own = labelSet(language);
    for (const label of printed) if (own.has(label)) score += 1;
    if (score > bestScore) {
      best = language;
      bestScore = score;
    }
  }
  return best;
}

const FOLDED_WORDS = new Map<Language, readonly string[]>();

function smallWords(language: Language): readonly string[] {
  const known = FOLDED_WORDS.get(language);
  if (known) return known;
  const made = foldText(SMALL_WORDS[language]).split(" ");
  FOLDED_WORDS.set(language, made);
  return made;
}

function labelText(hit: LabelHit): string {
  return foldText(hit.piece.segment.text.slice(hit.piece.start, hit.piece.end)).replace(/[^\p{L}#]/gu, "");
}

const LABEL_SETS = new Map<Language, ReadonlySet<string>>();

function labelSet(language: Language): ReadonlySet<string> {
  const known = LABEL_SETS.get(language);
  if (known) return known;
  const made = new Set(
    Object.values(LEXICONS[language])
      .flat()
      .map((label: string) => foldText(label).replace(/[^\p{L}#]/gu, "")),
  );
  LABEL_SETS.set(language, made);
  return made;
}

/** The languages that a word is known in, as bits in the order of the lexicons. */
let vocabulary: ReadonlyMap<string, number> | null = null;

function knownWords(): ReadonlyMap<string, number> {
  if (vocabulary) return vocabulary;
  const made = new Map<string, number>();
  for (const [index, language] of (Object.keys(LEXICONS) as Language[]).entries()) {
    const labels = Object.values(LEXICONS[language]).flat().join(" ");
    for (const [word] of foldText(`${labels} ${SMALL_WORDS[language]}`).matchAll(WORD))
      made.set(word, (made.get(word) ?? 0) | (1 << index));
  }
  vocabulary = made;
  return made;
}

const WORD = /\p{L}{2,}/gu;
/** Words that are looked at, and how few say nothing. */
const MOST_WORDS = 1_500;
const FEWEST_WORDS = 12;
const FEWEST_WORDS_OF_SCAN = 25;
/**
 * Share of a bill's different words that its language's labels and small words make up: 0.2 and more in the languages
 * that are known, 0.14 and less in others; of what OCR read less.
 */
const KNOWN_SHARE = 0.16;
const KNOWN_SHARE_OF_SCAN = 0.12;
/** Letters of the languages that are known; of all others no label is. */
const KNOWN_LETTER =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}]/u;
const DENSE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Cyrillic and Arabic letters are shared with languages of which only these letters tell Ukrainian and Arabic. */
const CYRILLIC = /\p{Script=Cyrillic}/u;
const UKRAINIAN = /[іїєґ]/iu;
const PERSIAN = /[پچژگک]/u;

/** Whether a document is written in a language that no labels are known in. */
export function isForeign(view: View, hits: readonly LabelHit[]): boolean {
  const letters = view.text.slice(0, 20_000).match(/\p{L}/gu) ?? [];
  const known = letters.filter((letter) => KNOWN_LETTER.test(letter));
  if (letters.length < 20) return false;
  if (known.length * 2 < letters.length) return true;
  const labelled = new Set(hits.filter((hit) => hit.quality > 0.5).map((hit) => labelText(hit))).size;
  const count = (script: RegExp): number => known.filter((letter) => script.test(letter)).length;
  if (count(DENSE_LETTER) * 2 > known.length) return labelled < 3;
  if (count(CYRILLIC) * 2 > known.length && !UKRAINIAN.test(view.text)) return true;
  if (count(PERSIAN) > 0 && count(PERSIAN) * 50 > known.length) return true;
  if (countLabels(hits) >= ENOUGH_LABELS) return false;
  return view.parsed.pages[0]?.source === "ocr"
    ? shareOfKnown(view, FEWEST_WORDS_OF_SCAN) < KNOWN_SHARE_OF_SCAN
    : shareOfKnown(view, FEWEST_WORDS) < KNOWN_SHARE;
}

/** Different long labels of one language that settle it, however many goods are listed: in others two at most are alike. */
const ENOUGH_LABELS = 5;

function countLabels(hits: readonly LabelHit[]): number {
  const sure = new Set(hits.filter((hit) => hit.quality > 0.8).map((hit) => labelText(hit)));
  const long = [...sure].filter((label) => label.length > 3);
  return Math.max(
    ...(Object.keys(LEXICONS) as Language[]).map(
      (language) => long.filter((label) => labelSet(language).has(label)).length,
    ),
  );
}

/** The share of words that the best of the languages knows; 1 where there are too few to tell. */
function shareOfKnown(view: View, fewest: number): number {
  const words = knownWords();
  const counts = Object.keys(LEXICONS).map(() => 0);
  const different = new Set(foldText(view.text.slice(0, 20_000)).match(WORD));
  let all = 0;
  for (const word of different) {
    if (all >= MOST_WORDS) break;
    all += 1;
    const bits = words.get(word) ?? 0;
    for (let index = 0; bits >> index !== 0; index += 1)
      if ((bits >> index) & 1) counts[index] = (counts[index] ?? 0) + 1;
  }
  return all < fewest ? 1 : Math.max(...counts) / all;
}
