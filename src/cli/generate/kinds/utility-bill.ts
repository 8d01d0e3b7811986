import type { Block, Column, Pair } from "../content.ts";
import { addDays, decimal, LANGUAGES } from "../locale.ts";
import type { Scene } from "../scene.ts";
import { addUp, sumPairs } from "../trade.ts";
import type { Line } from "../trade.ts";
import type { Wording } from "../wording.ts";
import { LABELS as B } from "../words/business.ts";
import { UTILITY as W } from "../words/utility.ts";
import { coin } from "../words/names.ts";
import { drawAddress } from "../words/places.ts";
import { drawPayment } from "./invoice.ts";
import { finish, issue, optional, period } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

const UNITS = {
  electricity: "kWh",
  gas: "kWh",
  water: "m³",
  heating: "kWh",
  telephone: "",
  internet: "",
  waste: "",
} as const;
type Utility = keyof typeof UNITS;

export const utilityBill: KindSpec = {
  type: "utility_bill",
  languages: LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random, truth } = scene;
    const utility = house.pick(Object.keys(UNITS) as Utility[]);
    const named = scene.word(W[utility]);
    const vendor = {
      ...scene.company(house),
      name: house.pick([
        `${coin(house)} ${named}`,
        `${coin(house)} ${scene.word(W.works)}`,
        `${named} ${coin(house)} ${house.pick(scene.country.forms)}`,
      ]),
    };
    const letterhead = issue(scene, "/vendor", vendor, { tax: true });
    truth.set("/utility", utility, named);
    const start = scene.day();
    const end = addDays(start, house.pick([29, 30, 60, 89, 364]));
    const meter = UNITS[utility] === "" ? null : drawMeter(scene, UNITS[utility], start, end);
    const sums = addUp(scene, drawCharges(scene, meter?.used ?? 0), false);
    const parties = [
      scene.party("/customer", scene.person(random), house.chance(0.4) ? B.bill_to : undefined),
    ];
    const charges = chargeTable(scene, sums.lines);
    const totals = sumPairs(scene, sums);
    scene.noteCurrency();
    const payment = drawPayment(scene);
    const kind: Pair = { label: scene.label(W.service), value: named };
    const blocks: Block[] = [
      ...(meter ? [meter.block] : []),
      charges,
      totals,
      ...(payment.length > 0 ? [{ kind: "pairs", pairs: payment } as const] : []),
    ];
    const facts = [...drawFacts(scene, [start, end]), kind];
    return finish(scene, vendor.name, { title: scene.word(W.title), letterhead, facts, parties, blocks });
  },
};

function drawFacts(scene: Scene, [start, end]: readonly [string, string]): Pair[] {
  const { house, random, country } = scene;
  const date = addDays(end, random.int(1, 12));
  return [
    scene.pair(
      "/account_number",
      W.account,
      random.pattern(house.pick(["##########", "#### #### ##", "@-######", "##-######-#"])),
    ),
    ...optional(scene, 0.65, () =>
      scene.pair(
        "/invoice_number",
        B.invoice_number,
        random.pattern(house.pick(["########", "Y-######", "@@######"]), Number(date.slice(0, 4))),
      ),
    ),
    scene.datePair("/invoice_date", B.invoice_date, date),
    ...optional(scene, 0.8, () =>
      scene.datePair("/due_date", B.due_date, addDays(date, house.pick([10, 14, 21, 30]))),
    ),
    ...period(
      scene,
      ["/service_start_date", "/service_end_date"],
      { range: W.range, from: W.from, to: W.to },
      [start, end],
    ),
    ...optional(scene, 0.4, () =>
      scene.pair("/service_address", W.place, drawAddress(country, random, false).lines.join(", ")),
    ),
  ];
}

interface Meter {
  readonly used: number;
  readonly block: Block;
}

function drawMeter(scene: Scene, unit: string, start: string, end: string): Meter {
  const { house, random } = scene;
  const before = random.int(1_000, 80_000);
  const used = unit === "m³" ? random.int(8, 160) : random.int(120, 4_200);
  const number = random.pattern(house.pick(["########", "@@#######", "#@@## ####"]));
  const at = "/meters/0";
  const cells: [Wording, string, string, string][] = [
    [W.meter, `${at}/meter_number`, number, number],
    ...(house.chance(0.5)
      ? ([
          [W.previous_date, `${at}/previous_date`, scene.date(start), start],
          [W.current_date, `${at}/current_date`, scene.date(end), end],
        ] as [Wording, string, string, string][])
      : []),
    [W.previous, `${at}/previous_reading`, String(before), String(before)],
    [W.current, `${at}/current_reading`, String(before + used), String(before + used)],
    [W.used, `${at}/consumption`, String(used), String(used)],
    [W.unit, `${at}/unit`, unit, unit],
  ];
  const heading = scene.word(W.readings);
  if (house.chance(0.6)) {
    for (const [, pointer, printed, value] of cells) scene.truth.set(pointer, value, printed);
    const columns = cells.map(([wording], index): Column => ({
      title: scene.word(wording),
      align: index > 0 && index < cells.length - 1 ? "right" : "left",
      weight: 1,
    }));
    return {
      used,
      block: { kind: "table", heading, columns, rows: [cells.map(([, , printed]) => printed)] },
    };
  }
  return {
    used,
    block: {
      kind: "pairs",
      heading,
      pairs: cells.map(([wording, pointer, printed, value]) => scene.pair(pointer, wording, printed, value)),
    },
  };
}

function drawCharges(scene: Scene, used: number): Line[] {
  const { house, random, country } = scene;
  const rate = house.pick(country.rates);
  const line = (name: string, quantity: number, price: number): Line => ({
    name,
    code: "",
    quantity,
    places: 0,
    unit: "",
    price,
    discount: 0,
    rate,
    amount: quantity * price,
  });
  const standing = line(scene.word(W.standing), 1, random.int(600, 4_000));
  const other = line(scene.word(W.levy), 1, random.int(100, 2_000));
  if (used === 0)
    return [
      line(scene.word(W.subscription), 1, random.int(1_500, 9_000)),
      ...(house.chance(0.5) ? [other] : []),
    ];
  return [
    line(scene.word(W.usage), used, random.int(8, 60)),
    standing,
    ...(house.chance(0.5) ? [other] : []),
  ];
}

function chargeTable(scene: Scene, lines: readonly Line[]): Block {
  const detailed = scene.house.chance(0.6);
  const right = (wording: Wording): Column => ({ title: scene.word(wording), align: "right", weight: 1 });
  lines.forEach((line, index) => {
    const at = `/line_items/${index}`;
    scene.truth.set(`${at}/description`, line.name);
    if (detailed) {
      scene.truth.set(`${at}/quantity`, String(line.quantity));
      scene.truth.set(`${at}/unit_price`, decimal(line.price), scene.amount(line.price));
    }
    scene.truth.set(`${at}/amount`, decimal(line.amount), scene.amount(line.amount));
  });
  return {
    kind: "table",
    columns: [
      { title: scene.word(B.description), align: "left", weight: 3 },
      ...(detailed ? [right(B.quantity), right(B.price)] : []),
      right(B.amount),
    ],
    rows: lines.map((line) => [
      line.name,
      ...(detailed ? [String(line.quantity), scene.amount(line.price)] : []),
      scene.amount(line.amount),
    ]),
  };
}
