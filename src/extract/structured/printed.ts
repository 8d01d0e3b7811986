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

/** A page's letters and digits behind one another, and where each word begins in them. */
interface PageKeys {
  readonly page: ParsedPage;
  readonly text: string;
  readonly starts: readonly number[];
}

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
  readonly #dates = new Map<string, Place[]>();
  readonly #amounts = new Map<number, Place[]>();
  /** Where each line of the document was found. */
  readonly #lines = new Map<number, number>();

  /** `own` is what the page's reading found by itself: where it agrees, its place is the best one. */
  constructor(parsed: ParsedDocument, reading: Reading | null, own: readonly DraftValue[]) {
    this.#reading = reading;
    this.#pages = parsed.pages.map(keysOf);
    this.#own = new Map(own.map((draft) => [draft.pointer, draft]));
    this.#byPath = new Map(parsed.pages.flatMap(citedByPath));
    this.#indexReading();
  }

  readonly locate: Locate = (wanted) => {
    const listed = this.#byPath.get(wanted.xpath);
    if (listed) return this.#remember(wanted, { cited: listed, height: this.#heightOf(listed) });
    const own = this.#own.get(wanted.pointer);
    if (wanted.line === null && own && sameValue(own.value, wanted)) return own.cited;
    const places = this.#placesOf(wanted);
    const best = wanted.line === null ? places[0] : this.#nearest(places, wanted.line);
    return best ? this.#remember(wanted, best) : [];
  };

  /** True where a value stands anywhere on the pages. */
  prints(wanted: Pick<Wanted, "value" | "form">): boolean {
    return this.#placesOf({ ...wanted, pointer: "", xpath: "", line: null }).length > 0;
  }

  #placesOf({ value, form }: Wanted): readonly Place[] {
    if (form === "code") return [];
    if (form === "text" || this.#reading === null) return this.#placesOfText(value);
    return (form === "date" ? this.#dates.get(value) : this.#amounts.get(unitsOf(value))) ?? [];
  }

  /** Places of a text in the order of the pages: whole words that make the same letters and digits. */
  #placesOfText(value: string): Place[] {
    const key = foldKey(value);
    if (key === "") return [];
    const places: Place[] = [];
    for (const keys of this.#pages) {
      for (
        let at = keys.text.indexOf(key);
        at >= 0 && places.length < 40;
        at = keys.text.indexOf(key, at + 1)
      ) {
        const words = wordsAt(keys, at, at + key.length);
        if (words.length > 0) places.push(this.#placeOf(byLine(keys.page, words)));
      }
    }
    return key.length >= MIN_KEY
      ? places
      : places.filter((place) => place.cited[0]?.content.length === value.length);
  }

  /** The place nearest to where the line was found; before anything of it is, the first behind the line before. */
  #nearest(places: readonly Place[], line: number): Place | undefined {
    const known = this.#lines.get(line);
    if (known === undefined) {
      const before = this.#lines.get(line - 1) ?? -1;
      return places.find((place) => place.height > before + 1e-4) ?? (line === 0 ? places[0] : undefined);
    }
    const distance = (place: Place): number => Math.abs(place.height - known);
    const near = places.filter((place) => distance(place) <= MAX_DISTANCE);
    return near.toSorted((a, b) => distance(a) - distance(b))[0];
  }

  /** A line's own name tells where the line is; numbers alone may stand anywhere. */
  #remember(wanted: Wanted, place: Place): readonly Cited[] {
    const { line, pointer } = wanted;
    if (line !== null && !this.#lines.has(line) && pointer.endsWith("/name"))
      this.#lines.set(line, place.height);
    return place.cited;
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
    const index = this.#pages.findIndex(({ page }) => page.number === first?.page);
    const box = this.#pages[index]?.page.words[first?.words[0] ?? -1]?.bbox;
    return index + (box ? (box[1] + box[3]) / 2 : 0);
  }
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
  const starts: number[] = [];
  let text = "";
  for (const word of page.words) {
    starts.push(text.length);
    text += foldKey(word.text);
  }
  return { page, text, starts };
}

/** The words from one place of a page's keys to another, where both are ends of words; none where they are not. */
function wordsAt({ starts, text, page }: PageKeys, from: number, to: number): number[] {
  const first = indexOfStart(starts, from);
  if (first === null) return [];
  const words: number[] = [];
  for (let index = first; index < page.words.length; index += 1) {
    const end = starts[index + 1] ?? text.length;
    if ((starts[index] ?? 0) < end) words.push(index);
    if (end === to) return words;
    if (end > to) return [];
  }
  return [];
}

/** The last word that begins at an offset: those before it have no letters. */
function indexOfStart(starts: readonly number[], offset: number): number | null {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1] === offset ? low - 1 : null;
}

/** A citation for each printed line that the words stand in. */
function byLine(page: ParsedPage, words: readonly number[]): Cited[] {
  const cited: Cited[] = [];
  let rest = words;
  while (rest.length > 0) {
    const [first = 0] = rest;
    const line = page.lines.find((candidate) => candidate.words[0] <= first && first < candidate.words[1]);
    const behind = line?.words[1] ?? first + 1;
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

/** Where a page itself says which path a value has. */
function citedByPath(page: ParsedPage): [string, Cited[]][] {
  return page.key_values.flatMap(({ path, value_words: words }): [string, Cited[]][] =>
    path === undefined || words.length === 0 ? [] : [[path, byLine(page, words)]],
  );
}

function push<Key>(places: Map<Key, Place[]>, key: Key, place: Place): void {
  const known = places.get(key);
  if (known) known.push(place);
  else places.set(key, [place]);
}
