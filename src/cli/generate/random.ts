/** Repeatable chance: the same seed gives the same choices (mulberry32 over a hash of the seed). */
export class Random {
  #state: number;

  constructor(seed: string) {
    let hash = 0x811c9dc5;
    for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    this.#state = hash >>> 0;
    this.next();
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    const state = this.#state;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** A number between the two. */
  real(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** @throws RangeError when there is nothing to pick from */
  pick<T>(list: readonly T[]): T {
    const chosen = list[Math.floor(this.next() * list.length)];
    if (chosen === undefined) throw new RangeError("there is nothing to pick from");
    return chosen;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const keyed = list.map((value) => ({ value, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  }

  /** Some of a list, in a new order, none twice. */
  some<T>(list: readonly T[], count: number): T[] {
    return this.shuffle(list).slice(0, count);
  }

  digits(count: number): string {
    return Array.from({ length: count }, (_, index) => this.int(index === 0 ? 1 : 0, 9)).join("");
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => this.pick(Array.from("ABCDEFGHJKLMNPRSTUVWXYZ"))).join("");
  }

  /** Fills a pattern: `#` a digit, `@` a letter, `Y` a year of four digits, `y` one of two; all else stands. */
  pattern(pattern: string, year = 2025): string {
    return pattern.replaceAll(/[#@Yy]/gu, (mark) => {
      if (mark === "#") return String(this.int(0, 9));
      if (mark === "@") return this.letters(1);
      return mark === "Y" ? String(year) : String(year).slice(2);
    });
  }
}
