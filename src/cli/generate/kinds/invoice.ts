import type { Block, Pair, PartyBlock } from "../content.ts";
import { addDays } from "../locale.ts";
import { LANGUAGES } from "../locale.ts";
import { disguise, dress } from "../guise.ts";
import type { Scene } from "../scene.ts";
import { addUp, drawColumns, drawLines, lineTable, sumPairs } from "../trade.ts";
import { LABELS as W } from "../words/business.ts";
import { ROLES } from "../words/roles.ts";
import { finish, issue, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";
import { arrangeSale, type SaleFacts } from "./sale-facts.ts";

const NUMBERS = [
  "INV-####",
  "Y-####",
  "######",
  "RE#####",
  "@@-Y-###",
  "F######",
  "Y/####",
  "#####/yy",
  "SI-######",
];

export const invoice: KindSpec = {
  type: "invoice",
  languages: LANGUAGES,
  form: "page",
  draw: (scene) => drawSale(scene, false),
};

export const creditNote: KindSpec = {
  type: "credit_note",
  languages: LANGUAGES,
  form: "page",
  draw: (scene) => drawSale(scene, true),
};

function drawSale(scene: Scene, credited: boolean): ReturnType<KindSpec["draw"]> {
  const { house, random } = scene;
  const vendor = scene.company(house);
  const letterhead = issue(scene, "/vendor", vendor, { tax: true });
  const customer = random.chance(0.75) ? scene.company(random) : scene.person(random);
  const date = scene.day();
  const columns = drawColumns(scene);
  const sign = credited && house.chance(0.4) ? -1 : 1;
  const sums = addUp(scene, drawLines(scene, columns), house.chance(0.08));
  const settled = credited ? { ...sums, prepaid: 0, rounding: 0 } : sums;
  const { facts, behindTitle, sentences, footer } = drawFacts(scene, date, credited);
  const parties: PartyBlock[] = [
    dress(
      scene,
      scene.party("/customer", customer, house.chance(0.65) ? W.bill_to : undefined),
      customer,
      random,
    ),
    ...(house.chance(0.2) && !credited ? [scene.party("/ship_to", scene.company(random), W.ship_to)] : []),
  ];
  const table = lineTable(scene, sums.lines, columns, sign);
  const totals = sumPairs(scene, settled, sign);
  scene.noteCurrency();
  const payment = credited ? [] : drawPayment(scene);
  const blocks: Block[] = [
    table,
    totals,
    ...(payment.length > 0 ? [{ kind: "pairs", pairs: payment } as const] : []),
    ...(sentences.length > 0 ? [{ kind: "prose", paragraphs: sentences } as const] : []),
  ];
  const title = scene.word(credited ? W.credit_title : W.invoice_title) + behindTitle;
  return finish(
    scene,
    vendor.name,
    disguise(scene, vendor, { title, letterhead, facts, parties, blocks, footer }, ROLES.seller),
  );
}

function drawFacts(scene: Scene, date: string, credited: boolean): SaleFacts {
  const { house, random } = scene;
  const year = Number(date.slice(0, 4));
  const pattern = house.pick(NUMBERS);
  const days = house.pick([7, 10, 14, 30, 45, 60]);
  const terms = scene.word(W.term_values).replace("{n}", String(days));
  const number = scene.pair(
    "/invoice_number",
    credited ? W.credit_number : W.invoice_number,
    random.pattern(pattern, year),
  );
  const issued = scene.datePair("/invoice_date", W.invoice_date, date);
  const [due = null] = credited
    ? []
    : optional(scene, 0.7, () => scene.datePair("/due_date", W.due_date, addDays(date, days)));
  const others: Pair[] = [
    ...(credited
      ? [scene.pair("/referenced_invoice_number", W.original_invoice, random.pattern(pattern, year))]
      : []),
    ...optional(scene, 0.45, () =>
      scene.pair(
        "/purchase_order_number",
        W.order_number,
        random.pattern(house.pick(["PO-#####", "45########", "B#####", "####-##"])),
      ),
    ),
    ...optional(scene, 0.4, () =>
      scene.pair(
        "/customer/customer_id",
        W.customer_id,
        random.pattern(house.pick(["#####", "K-####", "C######"])),
      ),
    ),
  ];
  const agreed = credited ? [] : optional(scene, 0.3, () => scene.pair("/payment_terms", W.terms, terms));
  // What the terms alone say is due is due.
  if (!scene.unseen && agreed.length > 0 && !due) scene.truth.set("/due_date", addDays(date, days), terms);
  const facts = [number, issued, ...(due ? [due] : []), ...others, ...agreed];
  if (!scene.unseen && house.chance(0.6))
    return arrangeSale(scene, {
      number,
      date: issued,
      due,
      others: [...others, ...agreed],
      issued: date,
      days,
      dueDate: addDays(date, days),
      credited,
    });
  return {
    facts: house.chance(0.3) ? house.shuffle(facts) : facts,
    behindTitle: "",
    sentences: [],
    footer: [],
  };
}

/** Where to pay to. */
export function drawPayment(scene: Scene): Pair[] {
  const { house, country } = scene;
  if (country.iban === "") return [];
  return optional(scene, 0.6, () => {
    const number = scene.iban(house);
    return [
      scene.pair("/bank_accounts/0/iban", W.iban, number, number.replaceAll(" ", "")),
      ...optional(scene, 0.5, () =>
        scene.pair("/bank_accounts/0/bic", W.bic, house.pattern(`@@@@${country.code}@#`)),
      ),
    ];
  });
}
