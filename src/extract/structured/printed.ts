import { foldKey } from "../../model/fold.ts";
import type { ParsedDocument, ParsedPage } from "../../model/parsed.ts";
import type { Cited, DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { UNITS } from "../engine/money.ts";
import type { Reading } from "../engine/reading.ts";
import type { Locate, Wanted } from "./sheet.ts";

/** Shorter texts (a country, a line's number) stand anywhere: they are looked for beside their line alone. */
const MIN_KEY = 3;
/** How far a line's cells may stand from its name, in fractions of a page. */
const MAX_DISTANCE = 0.12;
/** Places whose heights differ by less stand side by side. */
const SAME_HEIGHT = 0.004;
/** A number that stands in every line is looked for so often, and no more. */
const MAX_PLACES = 2_000;

/** A page with the letters and digits of its words, those alone that have any. */
interface PageKeys {
  readonly page: ParsedPage;
  readonly words: readonly number[];
  readonly keys: readonly string[];
}

/** A word's place: its page's position, and its own among the words with letters. */
type Position = readonly [page: number, word: number];

/** A place that a value may stand at; `height` counts pages from the top of the first. */
interface Place {
  readonly cited: readonly Cited[];
  readonly height: number;
}

/** Finds the places of values on the pages that print them. */
export class Printed {
  readonly #pages: readonly PageKeys[];
  readonly #reading: Reading | null;
  readonly #own: ReadonlyMap<string, DraftValue>;
  readonly #byPath: ReadonlyMap<string, readonly Cited[]>;
  readonly #byWord = new Map<string, Position[]>();
  readonly #positions: ReadonlyMap<number, number>;
  readonly #texts = new Map<string, readonly Place[]>();
  readonly #dates = new Map<string, Place[]>();
  readonly #amounts = new Map<number, Place[]>();
  /** Where each line of the document was found. */
  readonly #lines = new Map<number, number>();

  /** `own` is what the page's reading found by itself: where it agrees, its place is the best one. */
  constructor(parsed: ParsedDocument, reading: Reading | null, own: readonly DraftValue[]) {
    this.#reading = reading;
    this.#pages = parsed.pages.map(keysOf);
    this.#positions = new Map(parsed.pages.map(({ number }, index) => [number, index]));
    this.#own = new Map(own.map((draft) => [draft.pointer, draft]));
    this.#byPath = new Map(parsed.pages.flatMap(citedByPath));
    this.#indexWords();
    this.#indexReading();
  }

  readonly locate: Locate = (wanted) => {
    const listed = this.#byPath.get(wanted.xpath);
    if (listed) return this.#remember(wanted, { cited: listed, height: this.#heightOf(listed) });
    const own = this.#own.get(wanted.pointer);
    if (wanted.line === null && own && sameValue(own.value, wanted)) return own.cited;
    const places = this.#placesOf(wanted);
    const last = wanted.pointer.endsWith("/amount");
    const best = wanted.line === null ? places[0] : this.#nearest(places, wanted.line, last);
    return best ? this.#remember(wanted, best) : [];
  };

  /** True where a value stands anywhere on the pages. */
  prints(wanted: Pick<Wanted, "value" | "form">): boolean {
    return this.#placesOf({ ...wanted, pointer: "", xpath: "", line: null }).length > 0;
  }

  #placesOf({ value, form }: Wanted): readonly Place[] {
    if (form === "code") return [];
    if (form === "text" || this.#reading === null) return this.#placesOfText(value);
    if (form === "date") return this.#dates.get(value) ?? [];
    const places = this.#amounts.get(unitsOf(value)) ?? [];
    return Number(value) === 0 ? places.filter(isPrintedZero) : places;
  }

  /** Places of a text in the order of the pages: words behind one another that make the same letters and digits. */
  #placesOfText(value: string): readonly Place[] {
    const key = foldKey(value);
    const known = this.#texts.get(key);
    if (known || key === "") return known ?? [];
    const [rarest, offset] = this.#rarestWord(value.split(/\s+/).map(foldKey).filter(Boolean));
    const places: Place[] = [];
    for (const [index, at] of rarest) {
      const page = this.#pages[index];
      const words = page ? wordsFrom(page, at - offset, key) : [];
      if (page && words.length > 0) places.push(this.#placeOf(byLine(page.page, words)));
      if (places.length >= MAX_PLACES) break;
    }
    const own =
      key.length >= MIN_KEY
        ? places
        : places.filter(({ cited }) => cited[0]?.content.length === value.length);
    this.#texts.set(key, own);
    return own;
  }

  /** Where that word of a text stands which stands in the fewest places, and which of its words it is. */
  #rarestWord(words: readonly string[]): [positions: readonly Position[], offset: number] {
    let best: [readonly Position[], number] | null = null;
    for (const [offset, word] of words.entries()) {
      const positions = this.#byWord.get(word);
      if (!positions) return [[], 0];
      if (best === null || positions.length < best[0].length) best = [positions, offset];
    }
    return best ?? [[], 0];
  }

  /**
   * The place nearest to where the line was found; before anything of it is, the first behind the line before.
   * Of places on one height `last` takes the last: a line's amount stands behind its price.
   */
  #nearest(places: readonly Place[], line: number, last: boolean): Place | undefined {
    const known = this.#lines.get(line);
    if (known === undefined) {
      const before = this.#lines.get(line - 1) ?? -1;
      return places[firstBehind(places, before)] ?? (line === 0 ? places[0] : undefined);
    }
    let best: Place | undefined;
    for (let at = firstBehind(places, known - MAX_DISTANCE); at < places.length; at += 1) {
      const place = places[at];
      if (!place || place.height > known + MAX_DISTANCE) break;
      const nearer = best ? Math.abs(best.height - known) - Math.abs(place.height - known) : 1;
      if (nearer > SAME_HEIGHT || (last && nearer > -SAME_HEIGHT)) best = place;
    }
    return best;
  }

  /** A line's own name tells where the line is; numbers alone may stand anywhere. */
  #remember(wanted: Wanted, place: Place): readonly Cited[] {
    const { line, pointer } = wanted;
    if (line !== null && !this.#lines.has(line) && pointer.endsWith("/name"))
      this.#lines.set(line, place.height);
    return place.cited;
  }

  #indexWords(): void {
    for (const [page, { keys }] of this.#pages.entries()) {
      for (const [word, key] of keys.entries()) push(this.#byWord, key, [page, word]);
    }
  }

  #indexReading(): void {
    if (this.#reading === null) return;
    for (const dates of this.#reading.dates.values()) {
      for (const { iso, piece } of dates) push(this.#dates, iso, this.#placeOf([cite(piece)]));
    }
    for (const amounts of this.#reading.money.values()) {
      for (const { units, piece } of amounts) push(this.#amounts, units, this.#placeOf([cite(piece)]));
    }
    for (const rates of this.#reading.rates.values()) {
      for (const { rate, piece } of rates)
        push(this.#amounts, Math.round(rate * UNITS), this.#placeOf([cite(piece)]));
    }
  }

  #placeOf(cited: readonly Cited[]): Place {
    return { cited, height: this.#heightOf(cited) };
  }

  #heightOf([first]: readonly Cited[]): number {
    const index = this.#positions.get(first?.page ?? 0) ?? 0;
    const box = this.#pages[index]?.page.words[first?.words[0] ?? -1]?.bbox;
    return index + (box ? (box[1] + box[3]) / 2 : 0);
  }
}

/** Zeros stand in telephone numbers and dates too: an amount of nothing is printed with its decimals. */
function isPrintedZero({ cited }: Place): boolean {
  return cited.some(({ content }) => /\d[.,]\d/.test(content));
}

/** The first place below a height; places stand in the order of the pages. */
function firstBehind(places: readonly Place[], height: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.height ?? Infinity) <= height + 1e-4) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sameValue(own: string | number | boolean, { value, form }: Wanted): boolean {
  if (form === "amount") return unitsOf(String(own)) === unitsOf(value);
  return form === "date" ? own === value : foldKey(String(own)) === foldKey(value);
}

/** Ten-thousandths, as amounts are counted on pages; a number with more digits is never found. */
function unitsOf(value: string): number {
  const significant = value.includes(".") ? value.replace(/0+$/, "") : value;
  const digits = significant.split(".")[1]?.length ?? 0;
  return digits > 4 ? Number.NaN : Math.round(Number(value) * UNITS);
}

function keysOf(page: ParsedPage): PageKeys {
  const words: number[] = [];
  const keys: string[] = [];
  for (const [index, word] of page.words.entries()) {
    const key = foldKey(word.text);
    if (key === "") continue;
    words.push(index);
    keys.push(key);
  }
  return { page, words, keys };
}

/** The page's words from one on that make a key together; none where they do not. */
function wordsFrom({ words, keys }: PageKeys, from: number, key: string): number[] {
  const found: number[] = [];
  let length = 0;
  if (from < 0) return [];
  for (let at = from; at < keys.length && length < key.length; at += 1) {
    const own = keys[at] ?? "";
    if (!key.startsWith(own, length)) return [];
    length += own.length;
    found.push(words[at] ?? 0);
  }
  return length === key.length ? found : [];
}

/** A citation for each printed line that the words stand in. */
function byLine(page: ParsedPage, words: readonly number[]): Cited[] {
  const cited: Cited[] = [];
  let rest = words;
  while (rest.length > 0) {
    const behind = lineEnd(page, rest[0] ?? 0);
    const own = rest.filter((word) => word < behind);
    cited.push({
      page: page.number,
      words: own,
      content: own.map((word) => page.words[word]?.text ?? "").join(" "),
    });
    rest = rest.slice(Math.max(1, own.length));
  }
  return cited;
}

/** The word behind the line that holds a word: lines are in the order of their words. */
function lineEnd({ lines }: ParsedPage, word: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.words[1] ?? Infinity) <= word) low = middle + 1;
    else high = middle;
  }
  return lines[low]?.words[1] ?? word + 1;
}

/** Where a page itself says which path a value has. */
function citedByPath(page: ParsedPage): [string, Cited[]][] {
  return page.key_values.flatMap(({ path, value_words: words }): [string, Cited[]][] =>
    path === undefined || words.length === 0 ? [] : [[path, byLine(page, words)]],
  );
}

function push<Key, Value>(places: Map<Key, Value[]>, key: Key, place: Value): void {
  const known = places.get(key);
  if (known) known.push(place);
  else places.set(key, [place]);
}
