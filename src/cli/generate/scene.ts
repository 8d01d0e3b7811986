import { foldText } from "../../model/fold.ts";
import type { Pair, PartyBlock } from "./content.ts";
import { decimal, drawCountry, printAmount, printDate } from "./locale.ts";
import type { Country, Language } from "./locale.ts";
import { Random } from "./random.ts";
import { Truth } from "./truth.ts";
import { drawAddress } from "./words/places.ts";
import { coin, drawCompany, drawPerson } from "./words/names.ts";
import { wordingsOf } from "./wording.ts";
import type { Wording } from "./wording.ts";

/** Somebody with what may be printed of them. */
export interface Actor {
  readonly name: string;
  readonly address: readonly string[];
  readonly city: string;
  readonly taxId: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
}

/**
 * One document's setting: its language and country, its house style (labels, formats), and its chance.
 * `house` decides what an issuer's documents share, `random` what differs from one to the next.
 */
export class Scene {
  readonly language: Language;
  readonly country: Country;
  readonly unseen: boolean;
  readonly house: Random;
  readonly random: Random;
  readonly truth = new Truth();
  readonly currency: string;
  readonly #date: string;
  readonly #numbers: string;
  readonly #money: "none" | "before" | "after" | "code-before" | "code-after";
  readonly #symbol: string;
  #priced = false;
  readonly #colon: string;
  readonly #case: "as-is" | "upper" | "lower-rest";
  readonly #series: string | null;
  /** Whether values stand in sentences. */
  readonly prose: boolean;

  constructor(options: {
    language: Language;
    unseen: boolean;
    prose: boolean;
    house: Random;
    random: Random;
    /** Seed of the wordings that the documents of a series share, whatever else each of them draws. */
    series: string | null;
  }) {
    const { house } = options;
    this.language = options.language;
    this.unseen = options.unseen;
    this.prose = options.prose;
    this.house = house;
    this.#series = options.series;
    this.random = options.random;
    this.country = drawCountry(options.language, house);
    this.currency = this.country.currency;
    this.#date = house.pick(this.country.dates);
    this.#numbers = house.pick(this.country.numbers);
    this.#money = house.pick(["none", "none", "before", "after", "code-before", "code-after"] as const);
    this.#symbol = house.pick(this.country.symbols);
    this.#colon = house.pick(["", "", ":", ":", ":", options.language === "fr" ? " :" : "."]);
    this.#case = house.pick(["as-is", "as-is", "as-is", "as-is", "upper"] as const);
  }

  /** One of a label's wordings, always the same one within an issuer's documents. */
  word(wording: Wording): string {
    const house =
      this.#series === null ? this.house : new Random(`${this.#series}/${JSON.stringify(wording)}`);
    return house.pick(wordingsOf(wording, this.language, this.unseen));
  }

  /** A label with this house's case and punctuation. */
  label(wording: Wording): string {
    const text = this.word(wording);
    const cased = this.#case === "upper" && text.length < 26 ? text.toLocaleUpperCase(this.language) : text;
    return /[#.:?]$/u.test(cased) ? cased : cased + this.#colon;
  }

  date(iso: string): string {
    return printDate(iso, this.#date, this.language);
  }

  /** An amount without its currency. */
  amount(minor: number): string {
    return printAmount(minor, this.#numbers);
  }

  /** An amount as this house prints it in totals. */
  money(minor: number): string {
    this.#priced = true;
    const text = this.amount(Math.abs(minor));
    const sign = minor < 0 ? "-" : "";
    switch (this.#money) {
      case "none":
        return sign + text;
      case "before":
        return `${sign}${this.#symbol}${/\w/u.test(this.#symbol) ? " " : ""}${text}`;
      case "after":
        return `${sign}${text} ${this.#symbol}`;
      case "code-before":
        return `${this.currency} ${sign}${text}`;
      case "code-after":
        return `${sign}${text} ${this.currency}`;
    }
  }

  /** Notes the currency when an amount was printed with something that tells it beyond doubt. */
  noteCurrency(): void {
    const code = this.#money.startsWith("code");
    const clear = code || !/^(\$|kr\.?)$/u.test(this.#symbol);
    if (!this.#priced || this.#money === "none" || !clear) return;
    this.truth.set("/currency", this.currency, code ? this.currency : this.#symbol);
  }

  /** A number with up to `places` decimals in this country's way. */
  number(value: number, places = 0): string {
    const fixed = value.toFixed(places);
    return this.#numbers.endsWith(",") ? fixed.replace(".", ",") : fixed;
  }

  /** A value with its label; it is noted as truth at `pointer`. */
  pair(pointer: string, wording: Wording, printed: string, value = printed): Pair {
    this.truth.set(pointer, value, printed);
    return { label: this.label(wording), value: printed };
  }

  datePair(pointer: string, wording: Wording, iso: string): Pair {
    return this.pair(pointer, wording, this.date(iso), iso);
  }

  moneyPair(pointer: string, wording: Wording, minor: number): Pair {
    return this.pair(pointer, wording, this.money(minor), decimal(minor));
  }

  /** A label and a value that no field is for. */
  extra(wording: Wording, value: string): Pair {
    return { label: this.label(wording), value };
  }

  company(random: Random): Actor {
    return this.#actor(drawCompany(this.language, this.country.forms, random), random);
  }

  person(random: Random): Actor {
    return this.#actor(drawPerson(this.language, random).name, random);
  }

  #actor(name: string, random: Random): Actor {
    const address = drawAddress(this.country, random);
    const host = `${this.unseen || random.chance(0.4) ? coin(random).toLowerCase() : hostOf(name)}.example`;
    return {
      name,
      address: address.lines,
      city: address.city,
      taxId: random.pattern(this.country.vat),
      phone: random.pattern(this.country.phone),
      email: `${random.pick(["info", "office", "contact", "mail", "hello", "accounts"])}@${host}`,
      website: `www.${host}`,
    };
  }

  /** An account number with right check digits; a plain number where the country has no IBAN. */
  iban(random: Random): string {
    if (this.country.iban === "") return random.digits(random.int(9, 12));
    return ibanOf(this.country.iban, random);
  }

  /** Notes a party and gives the block it is printed in. */
  party(pointer: string, actor: Actor, wording?: Wording): PartyBlock {
    this.truth.set(`${pointer}/name`, actor.name);
    this.truth.set(`${pointer}/address`, actor.address.join(", "));
    return { ...(wording ? { label: this.label(wording) } : {}), lines: [actor.name, ...actor.address] };
  }

  /** A day of the last few years. */
  day(): string {
    const start = Date.UTC(2021, 0, 4) + this.random.int(0, 2_050) * 86_400_000;
    return new Date(start).toISOString().slice(0, 10);
  }
}

/** A name's first words as they stand in the address of a site. */
function hostOf(name: string): string {
  const words = foldText(name).match(/[a-z]+/gu) ?? ["mail"];
  return words.slice(0, words[0] === undefined || words[0].length > 4 ? 1 : 2).join("");
}

function ibanOf(pattern: string, random: Random): string {
  const country = pattern.slice(0, 2);
  const body = random.pattern(pattern.slice(4));
  const digits = Array.from(`${body}${country}00`)
    .map((character) => Number.parseInt(character, 36))
    .join("");
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  const whole = country + String(98 - rest).padStart(2, "0") + body;
  return random.chance(0.7) ? (whole.match(/.{1,4}/gu) ?? []).join(" ") : whole;
}
