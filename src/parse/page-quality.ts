import type { BBox } from "../model/geometry.ts";
import type { PdfPageText, ReadWord } from "../ports.ts";

/**
 * What a page's text layer is worth:
 * `good` is read as it is; `none` has no words; `garbled` has words that are not what is printed;
 * `sparse` is right but may be a stamp on a picture or on outlined letters that hold the real text.
 */
export type TextLayerQuality = "good" | "none" | "garbled" | "sparse";

/** Above this share of characters without a meaning, a font was not decoded. */
const MAX_BAD_SHARE = 0.2;
/** Fewer characters than this do not tell garbage from a stamp. */
const MIN_CHARACTERS = 24;
/** Fewer words than this do not tell a cipher from codes. */
const MIN_TOKENS = 12;
/** The least share of words that look like words, numbers or codes. Real pages of any kind are above 0.8. */
const MIN_PLAUSIBLE = 0.4;
/** A page with fewer characters beside a large picture may be a stamped scan. */
const SPARSE_CHARACTERS = 220;
const SPARSE_COVERAGE = 0.4;
/** So many curved shapes are a page of outlined letters. */
const SPARSE_OUTLINES = 400;

/** Judges a text layer by its characters, its words and what else is drawn. */
export function judgeTextLayer(page: PdfPageText): TextLayerQuality {
  if (page.words.length === 0) return "none";
  const text = page.words.map((word) => word.text).join("");
  const bad = countBad(text) + page.undecoded;
  const total = text.length + page.undecoded;
  if (total >= MIN_CHARACTERS && bad / total > MAX_BAD_SHARE) return "garbled";
  if (bad === total || isCipher(page.words) || isScramble(page.words)) return "garbled";
  const pictured = page.imageCoverage >= SPARSE_COVERAGE || page.outlines >= SPARSE_OUTLINES;
  return pictured && total < SPARSE_CHARACTERS ? "sparse" : "good";
}

/** Whether nothing at all stands on a page. */
export function isBlank(page: PdfPageText): boolean {
  return page.words.length === 0 && page.undecoded === 0 && page.drawings === 0;
}

/** Private-use and replacement characters, and what Unicode does not assign. */
const MEANINGLESS = /[\p{Co}\p{Cn}\uFFFD]/gu;

function countBad(text: string): number {
  return text.match(MEANINGLESS)?.length ?? 0;
}

/** Whether letters must be mapped to wrong ones: too few words look like any, or their frequencies are no language's. */
export function isCipher(words: readonly ReadWord[]): boolean {
  if (hasForeignFrequencies(words.map((word) => word.text).join(""))) return true;
  const tokens = words.map((word) => word.text).filter((text) => text.length >= 3);
  if (tokens.length < MIN_TOKENS) return false;
  const plausible = tokens.filter(isPlausible).length;
  return plausible / tokens.length < MIN_PLAUSIBLE;
}

/** Letter frequencies in percent, a to z, averaged over the languages of Europe: near enough to each of them. */
const FREQUENCIES = [
  8.5, 1.4, 3.3, 4.3, 13, 1.3, 2, 2.5, 8, 0.5, 1.6, 4.5, 2.8, 8, 6, 2.2, 0.4, 7, 7, 7, 4, 1.4, 1, 0.3, 1, 1,
];
/** The least likeness (cosine) to them. Pages of invoices and receipts have 0.86 and more, ciphers mostly below 0.7. */
const MIN_LIKENESS = 0.72;
/** Fewer letters have no frequencies to speak of. */
const MIN_LETTERS = 100;

function hasForeignFrequencies(text: string): boolean {
  const counts = FREQUENCIES.map(() => 0);
  let letters = 0;
  let latin = 0;
  for (const letter of text.normalize("NFD").toLowerCase().match(/\p{L}/gu) ?? []) {
    letters++;
    const index = letter.charCodeAt(0) - 0x61;
    if (index < 0 || index >= counts.length) continue;
    latin++;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  if (latin < MIN_LETTERS || latin < 0.6 * letters) return false;
  const product = counts.reduce((sum, count, index) => sum + count * (FREQUENCIES[index] ?? 0), 0);
  return product / (Math.hypot(...counts) * Math.hypot(...FREQUENCIES)) < MIN_LIKENESS;
}

/** So few words can be told by their marks alone: letters shifted in their code become signs. */
const MAX_SIGNS = 0.3;
const MIN_SCRAMBLED = 6;

/** Whether a page of a few words has none that looks like any, and many signs inside them. */
function isScramble(words: readonly ReadWord[]): boolean {
  const tokens = words.map((word) => word.text).filter((text) => text.length >= 3);
  if (tokens.length === 0 || tokens.length >= MIN_TOKENS || tokens.some(isPlausible)) return false;
  const inner = tokens.map((token) => token.replace(OPENING, "").replace(CLOSING, "")).join("");
  const signs = inner.match(/[\p{P}\p{S}]/gu)?.length ?? 0;
  return inner.length >= MIN_SCRAMBLED && new Set(inner).size > 4 && signs / inner.length > MAX_SIGNS;
}

const OPENING = /^[\p{P}\p{S}]+/u;
const CLOSING = /[\p{P}\p{S}]+$/u;
const NUMBER = /^[\p{L}\p{Sc}]{0,4}\p{N}[\p{N}.,:/'’\-+%()]*\p{L}{0,3}$/u;
const CODE = /^(?=.*\p{N})[\p{Lu}\p{N}][\p{Lu}\p{N}\-/._]*$/u;
const LATIN = /^\p{Script=Latin}+$/u;
const ACCENTED = /[\u0080-\u024F]/g;
const VOWEL = /[aeiouyæøœ]/i;
const RUN_OF_CONSONANTS = /[bcdfghjklmnpqrstvwxz]{6,}/i;
const INNER_CAPITAL = /\p{Ll}\p{Lu}.*\p{Ll}\p{Lu}/u;
const COMPOUND = /[-/.@:,_&'’+()]+/u;

function isPlausible(token: string): boolean {
  const core = token.replace(OPENING, "").replace(CLOSING, "");
  if (core === "") return /^(.)\1*$/u.test(token);
  if (NUMBER.test(core) || CODE.test(core)) return true;
  return core.split(COMPOUND).every((part) => part === "" || NUMBER.test(part) || isWordlike(part));
}

/** Letters of one script; in Latin, with a vowel and without six consonants in a row. */
function isWordlike(part: string): boolean {
  if (!/^\p{L}[\p{L}\p{M}]*$/u.test(part)) return false;
  const plain = part.normalize("NFD").replace(/\p{M}/gu, "");
  if (!LATIN.test(plain)) return !/\p{Script=Latin}/u.test(plain);
  if (part.length <= 4 && part === part.toUpperCase()) return true;
  const accents = part.match(ACCENTED)?.length ?? 0;
  if (accents / part.length > 0.5 || INNER_CAPITAL.test(part)) return false;
  return VOWEL.test(plain) && !RUN_OF_CONSONANTS.test(plain);
}

/**
 * Joins a sparse text layer with what OCR read of the same page: the layer's words are kept, and of OCR's
 * those that do not lie on one of them. Lines of the second follow those of the first.
 */
export function mergeReadings(layer: readonly ReadWord[], ocr: readonly ReadWord[]): ReadWord[] {
  const lines = layer.reduce((most, word) => Math.max(most, word.line + 1), 0);
  const added = ocr.filter((word) => !layer.some((known) => overlap(word.bbox, known.bbox) > 0.4));
  return [...layer, ...added.map((word) => Object.assign({}, word, { line: word.line + lines }))];
}

/** Share of the smaller box that lies in the other. */
function overlap(a: BBox, b: BBox): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: BBox) => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / Math.max(1e-12, Math.min(area(a), area(b)));
}
