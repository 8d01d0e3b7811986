import type { Pair } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Scene } from "../scene.ts";
import { LABELS as W } from "../words/business.ts";
import { SALE_WORDS as S } from "../words/sales.ts";

/** What stands near the top of an invoice, and what else has to be printed because of it. */
export interface SaleFacts {
  readonly facts: readonly Pair[];
  /** Printed behind the title. */
  readonly behindTitle: string;
  /** Sentences under the sums. */
  readonly sentences: readonly string[];
  readonly footer: readonly string[];
}

/** The number and the dates of a sale, as they are labelled where nothing else is done with them. */
export interface Sale {
  readonly number: Pair;
  readonly date: Pair;
  readonly due: Pair | null;
  readonly others: readonly Pair[];
  readonly issued: string;
  readonly days: number;
  /** ISO 8601, `days` after it was issued. */
  readonly dueDate: string;
  readonly credited: boolean;
}

/**
 * Number and dates where papers also have them: behind the title, in the line of the place, in the sentence that asks
 * for payment, as terms alone; and among numbers and dates of other kinds.
 */
export function arrangeSale(scene: Scene, sale: Sale): SaleFacts {
  const { house, random } = scene;
  const dateAt = house.pick(["fact", "fact", "fact", "place", "title"] as const);
  const where = house.pick(["fact", "fact", "fact", "title", "title", "payment"] as const);
  const numberAt = where === "payment" && sale.credited ? "title" : where;
  const dueAt = house.pick(["fact", "fact", "terms", "sentence"] as const);
  const fill = (text: string): string =>
    text
      .replace("{number}", sale.number.value)
      .replace("{date}", sale.date.value)
      .replace("{due}", sale.due?.value ?? "")
      .replace("{days}", String(sale.days));
  const titled = numberAt === "title" || dateAt === "title";
  const sign = house.pick(["", "", "#", `${scene.word(S.number_sign)} `]);
  const behindTitle = [
    ...(numberAt === "title" ? [` ${sign}${sale.number.value}`] : []),
    ...(dateAt === "title" ? [fill(` ${scene.word(S.of_date)} {date}`)] : []),
  ].join("");
  const sentences = [
    ...(numberAt === "payment" ? [fill(scene.word(S.quote_number))] : []),
    ...(dueAt === "sentence" && sale.due ? [fill(scene.word(S.pay_until))] : []),
    ...(dueAt === "terms" && sale.due ? [fill(scene.word(S.pay_within))] : []),
  ];
  const [within] = dueAt === "terms" ? sentences.slice(-1) : [];
  if (sale.due && within !== undefined) scene.truth.set("/due_date", sale.dueDate, within);
  const own: Pair[] = [
    ...(numberAt === "fact" ? [sale.number] : []),
    ...(dateAt === "fact" ? [sale.date] : []),
    ...(dateAt === "place" ? [{ label: "", value: `${scene.company(house).city}, ${sale.date.value}` }] : []),
    ...(dueAt === "fact" && sale.due ? [sale.due] : []),
  ];
  const facts = [...own, ...sale.others, ...drawOthers(scene, sale.issued)];
  return {
    facts: house.chance(0.35) ? house.shuffle(facts) : facts,
    behindTitle: titled ? behindTitle : "",
    sentences,
    footer: house.chance(0.45) ? [drawSmallNumbers(scene, random.int(2015, 2024))] : [],
  };
}

/** Numbers and dates that are not the paper's own. */
function drawOthers(scene: Scene, issued: string): Pair[] {
  const { house, random } = scene;
  const some = (share: number, make: () => Pair): Pair[] => (house.chance(share) ? [make()] : []);
  const year = Number(issued.slice(0, 4));
  const day = (before: number, after: number): string =>
    scene.date(addDays(issued, random.int(-before, after)));
  return [
    ...some(0.25, () => scene.extra(S.ordered, day(40, 0))),
    ...some(0.25, () => scene.extra(W.shipped, day(12, 0))),
    ...some(0.2, () =>
      scene.extra(W.note_number, random.pattern(house.pick(["LS-####", "DN######", "########"]), year)),
    ),
    ...some(0.2, () => scene.extra(S.period, `${day(60, -31)} ${house.pick(["-", "–"])} ${day(30, 0)}`)),
    ...some(0.2, () =>
      scene.extra(S.project, random.pattern(house.pick(["P-#####", "##-###", "Y/##"]), year)),
    ),
    ...some(0.2, () =>
      scene.extra(S.contract, random.pattern(house.pick(["V######", "C-#####", "###.###.#"]))),
    ),
    ...some(0.15, () => scene.extra(S.their_tax_id, random.pattern(scene.country.vat))),
    ...some(0.15, () => scene.extra(S.contact_phone, random.pattern(scene.country.phone))),
  ];
}

/** A register's number, a licence, and the day since when the terms hold. */
function drawSmallNumbers(scene: Scene, year: number): string {
  const { house } = scene;
  const day = `${year}-${String(house.int(1, 12)).padStart(2, "0")}-01`;
  return [
    `${scene.word(S.register)} ${house.pattern(house.pick(["######", "HRB #####", "B ###.###"]))}`,
    ...(house.chance(0.5) ? [`${scene.word(S.terms_since)} ${scene.date(day)}`] : []),
  ].join(house.pick([" · ", " | ", ", "]));
}
