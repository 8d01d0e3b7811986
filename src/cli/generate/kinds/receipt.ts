import type { Block, Column, Pair } from "../content.ts";
import { decimal, LANGUAGES } from "../locale.ts";
import type { Scene } from "../scene.ts";
import { printRate } from "../trade.ts";
import { LABELS as B } from "../words/business.ts";
import { coin } from "../words/names.ts";
import { CARDS, SHOPS, TILL as W, WARES } from "../words/till.ts";
import { finish, issue, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

export const receipt: KindSpec = {
  type: "receipt",
  languages: LANGUAGES,
  form: "roll",
  draw: (scene) => {
    const { house, language } = scene;
    const shop = {
      ...scene.company(house),
      name: house.pick((SHOPS[language] ?? "").split("|")).replace("*", coin(house)),
    };
    const letterhead = issue(scene, "/merchant", shop, { tax: true });
    const facts = drawFacts(scene);
    const { table, sum } = drawItems(scene);
    const { pairs, strong, paid } = drawSums(scene, sum);
    const payment = drawPayment(scene, paid);
    scene.noteCurrency();
    const blocks: Block[] = [
      table,
      { kind: "totals", pairs, strong },
      { kind: "pairs", pairs: payment },
      { kind: "small", text: scene.word(W.thanks) },
    ];
    return finish(scene, shop.name, {
      title: house.chance(0.5) ? scene.word(W.title) : "",
      letterhead,
      facts,
      parties: [],
      blocks,
    });
  },
};

function drawFacts(scene: Scene): Pair[] {
  const { house, random, truth } = scene;
  const date = scene.day();
  const time = `${String(random.int(7, 22)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}`;
  const shown = house.pick(["joined", "apart", "date"] as const);
  truth.set("/transaction_date", date, scene.date(date));
  if (shown !== "date") truth.set("/transaction_time", time);
  const dated: Pair[] =
    shown === "joined"
      ? [{ label: house.chance(0.5) ? scene.label(W.date) : "", value: `${scene.date(date)} ${time}` }]
      : [
          { label: scene.label(W.date), value: scene.date(date) },
          ...(shown === "apart" ? [{ label: scene.label(W.time), value: time }] : []),
        ];
  const number = optional(scene, 0.7, () =>
    scene.pair(
      "/receipt_number",
      W.number,
      random.pattern(house.pick(["######", "####-####", "00####", "@-#####"])),
    ),
  );
  const cashier = optional(scene, 0.3, () => scene.extra(W.cashier, random.pattern("##")));
  return house.chance(0.5) ? [...number, ...dated, ...cashier] : [...dated, ...cashier, ...number];
}

/** The bought goods, and what they cost together. */
function drawItems(scene: Scene): { table: Block; sum: number } {
  const { house, random, language } = scene;
  const counted = house.chance(0.75);
  const priced = counted && house.chance(0.6);
  const wares = random.some((WARES[language] ?? "").split("|"), random.chance(0.1) ? 14 : random.int(1, 7));
  const upper = house.chance(0.35);
  let sum = 0;
  const rows: string[][] = [];
  for (const ware of wares) {
    const name = upper ? ware.toLocaleUpperCase(language) : ware;
    const quantity = counted && random.chance(0.35) ? random.int(2, 6) : 1;
    const price = random.int(45, 3_900);
    sum += quantity * price;
    noteItem(scene, `/line_items/${rows.length}`, { name, quantity, price, counted, priced });
    const cells = [name, ...(priced ? [scene.amount(price)] : []), scene.amount(quantity * price)];
    rows.push(counted ? [String(quantity), ...cells] : cells);
  }
  const column = (title: string, align: "left" | "right"): Column => ({ title, align, weight: 1 });
  const columns = [
    ...(counted ? [column(scene.word(B.quantity), "right")] : []),
    column(scene.word(B.description), "left"),
    ...(priced ? [column(scene.word(B.price), "right")] : []),
    column(scene.word(B.amount), "right"),
  ];
  return { table: { kind: "table", columns, rows }, sum };
}

function noteItem(
  scene: Scene,
  at: string,
  item: { name: string; quantity: number; price: number; counted: boolean; priced: boolean },
): void {
  const { truth } = scene;
  const { name, quantity, price } = item;
  truth.set(`${at}/description`, name);
  if (item.counted) truth.set(`${at}/quantity`, String(quantity));
  if (item.priced) truth.set(`${at}/unit_price`, decimal(price), scene.amount(price));
  truth.set(`${at}/amount`, decimal(quantity * price), scene.amount(quantity * price));
}

function drawSums(scene: Scene, lines: number): { pairs: Pair[]; strong: number; paid: number } {
  const { house, random, truth, country } = scene;
  const rate = house.pick(country.rates);
  const onTop = ["US", "CA"].includes(country.code);
  const discount = house.chance(0.12) ? Math.round(lines / 10) : 0;
  const basis = lines - discount;
  const tax = onTop ? Math.round((basis * rate) / 100) : Math.round((basis * rate) / (100 + rate));
  const tip = onTop && house.chance(0.25) ? Math.round((basis * random.pick([15, 18, 20])) / 100) : 0;
  const total = basis + (onTop ? tax : 0) + tip;
  const name = scene.word(onTop || country.code === "AU" ? B.sales_tax : B.tax);
  const printed = printRate(scene, rate);
  const taxed = house.chance(0.85);
  if (taxed) {
    truth.set("/taxes/0/rate", String(rate), printed);
    truth.set("/taxes/0/amount", decimal(tax), scene.money(tax));
    truth.set("/tax_total", decimal(tax), scene.money(tax));
  }
  const taxPair: Pair[] = taxed ? [{ label: `${name} ${printed}%`, value: scene.money(tax) }] : [];
  const lowered =
    discount > 0 ? [{ label: scene.label(B.discount), value: `-${scene.money(discount)}` }] : [];
  if (discount > 0) truth.set("/discount_total", decimal(discount), scene.money(discount));
  const showsNet = onTop ? house.chance(0.9) : taxed && house.chance(0.4);
  const net = showsNet ? [scene.moneyPair("/subtotal", W.subtotal, onTop ? basis : basis - tax)] : [];
  const whole = scene.moneyPair("/total", W.total, total);
  const tipped = tip > 0 ? [scene.moneyPair("/tip", W.tip, tip)] : [];
  if (onTop) {
    const pairs = [...lowered, ...net, ...taxPair, ...tipped, whole];
    return { pairs, strong: pairs.length - 1, paid: total };
  }
  const pairs = [...lowered, whole, ...net, ...taxPair];
  return { pairs, strong: lowered.length, paid: total };
}

function drawPayment(scene: Scene, paid: number): Pair[] {
  const { house, random, truth } = scene;
  if (house.chance(0.3)) {
    const cash = scene.word(W.cash);
    truth.set("/payment_method", cash);
    const given = Math.ceil(paid / 500) * 500;
    return [
      { label: cash, value: scene.amount(given) },
      { label: scene.word(W.change), value: scene.amount(given - paid) },
    ];
  }
  const card = random.pick(CARDS);
  const last = random.digits(4);
  truth.set("/payment_method", card);
  truth.set("/card_last4", last);
  const hidden = house.pick(["**** **** **** ", "************", "XXXX-", "**** "]);
  return [{ label: card, value: `${hidden}${last}` }];
}
