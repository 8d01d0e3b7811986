import type { Block, Column, Pair } from "./content.ts";
import { decimal } from "./locale.ts";
import type { Scene } from "./scene.ts";
import type { Wording } from "./wording.ts";
import { DETAILS, GOODS, LABELS as W, UNITS } from "./words/business.ts";

/** A line of goods; money in minor units. */
export interface Line {
  readonly name: string;
  readonly code: string;
  readonly quantity: number;
  readonly places: number;
  readonly unit: string;
  readonly price: number;
  /** Per cent. */
  readonly discount: number;
  readonly rate: number;
  readonly amount: number;
}

/** Which columns a house prints. */
export interface LineColumns {
  readonly position: boolean;
  readonly code: boolean;
  readonly unit: boolean;
  readonly price: boolean;
  readonly discount: boolean;
  readonly rate: boolean;
  readonly amount: boolean;
}

/** What the sums of a document are made of. */
export interface Sums {
  readonly lines: readonly Line[];
  readonly lineTotal: number;
  readonly discount: number;
  readonly charge: number;
  readonly net: number;
  readonly taxes: readonly { rate: number; base: number; amount: number }[];
  readonly total: number;
  readonly prepaid: number;
  readonly rounding: number;
}

const CODES = ["@@-####", "######", "@##-##", "####.###", "@@@#####"];

/** Lines of goods as a house sells them. `most` bounds their number where no long list is drawn. */
export function drawLines(scene: Scene, columns: LineColumns, most = 9): Line[] {
  const { house, random, language, country } = scene;
  const count = random.chance(0.12) ? random.int(24, 45) : random.int(1, most);
  const rates = house.chance(0.35) ? country.rates : country.rates.slice(0, 1);
  const code = house.pick(CODES);
  const unit = (UNITS[language] ?? "").split("|");
  return Array.from({ length: count }, (): Line => {
    const noun = random.pick((GOODS[language] ?? "").split("|"));
    const name = random.chance(0.7) ? `${noun} ${random.pick(DETAILS)}` : noun;
    const places = random.chance(0.15) ? 1 : 0;
    const quantity =
      places === 1 ? random.int(5, 120) / 10 : random.pick([1, 1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100]);
    const price = random.chance(0.5) ? random.int(50, 9_999) : random.int(10, 900) * 100;
    const discount = columns.discount && random.chance(0.4) ? random.pick([2, 5, 10, 15]) : 0;
    const amount = Math.round((quantity * price * (100 - discount)) / 100);
    return {
      name,
      code: random.pattern(code),
      quantity,
      places,
      unit: random.pick(unit),
      price,
      discount,
      rate: random.pick(rates),
      amount,
    };
  });
}

/** The columns that a house prints; those that are always there are not drawn. */
export function drawColumns(scene: Scene): LineColumns {
  const { house } = scene;
  return {
    position: house.chance(0.4),
    code: house.chance(0.5),
    unit: house.chance(0.45),
    price: house.chance(0.92),
    discount: house.chance(0.15),
    rate: house.chance(0.35),
    amount: true,
  };
}

/** Adds lines up; taxes are on top. A discount on the whole is given only where one rate is charged. */
export function addUp(scene: Scene, lines: readonly Line[], untaxed: boolean): Sums {
  const { house, random, currency } = scene;
  const lineTotal = sum(lines.map(({ amount }) => amount));
  const rates = untaxed ? [] : [...new Set(lines.map(({ rate }) => rate))].sort((a, b) => b - a);
  const single = rates.length <= 1;
  const discount =
    single && house.chance(0.2) ? Math.round((lineTotal * random.pick([2, 3, 5, 10])) / 100) : 0;
  const charge = single && house.chance(0.2) ? random.int(4, 60) * 50 : 0;
  const net = lineTotal - discount + charge;
  const taxes = rates.map((rate) => {
    const base = single ? net : sum(lines.filter((line) => line.rate === rate).map(({ amount }) => amount));
    return { rate, base, amount: Math.round((base * rate) / 100) };
  });
  const total = net + sum(taxes.map(({ amount }) => amount));
  const prepaid = house.chance(0.15) ? Math.round((total * random.pick([10, 20, 50])) / 100) : 0;
  const step = currency === "CHF" ? 5 : ["SEK", "DKK", "NOK", "CZK"].includes(currency) ? 100 : 1;
  const left = total - prepaid;
  const rounding = step > 1 && house.chance(0.5) ? Math.round(left / step) * step - left : 0;
  return { lines, lineTotal, discount, charge, net, taxes, total, prepaid, rounding };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The table of lines; each is noted as truth. `sign` is -1 where amounts are credited. */
export function lineTable(
  scene: Scene,
  lines: readonly Line[],
  columns: LineColumns,
  sign: 1 | -1 = 1,
): Block {
  const { house } = scene;
  const behind = house.chance(0.2);
  const percent = house.pick(["%", " %", ""]);
  const rows = lines.map((line, index) => {
    noteLine(scene, line, index, columns, { sign, behind });
    const rate = `${printRate(scene, line.rate)}${percent}`;
    const amount = columns.amount ? [scene.amount(line.amount * sign)] : [];
    const quantity = scene.number(line.quantity, line.places);
    return [
      ...(columns.position ? [String(index + 1)] : []),
      ...(columns.code ? [line.code] : []),
      ...(behind ? [line.name] : [quantity, ...(columns.unit ? [line.unit] : []), line.name]),
      ...(behind ? [quantity, ...(columns.unit ? [line.unit] : [])] : []),
      ...(columns.price ? [scene.amount(line.price)] : []),
      ...(columns.discount ? [line.discount === 0 ? "" : `${line.discount}${percent}`] : []),
      ...(columns.rate ? [rate] : []),
      ...amount,
    ];
  });
  return { kind: "table", columns: headsOf(scene, columns, behind), rows };
}

function headsOf(scene: Scene, columns: LineColumns, behind: boolean): Column[] {
  const column = (wording: Wording, align: "left" | "right", weight: number): Column => ({
    title: scene.word(wording),
    align,
    weight,
  });
  const quantity = column(W.quantity, "right", 0.6);
  const unit = columns.unit ? [column(W.unit, "left", 0.3)] : [];
  const name = column(W.description, "left", 4);
  return [
    ...(columns.position ? [column(W.position, "left", 0.2)] : []),
    ...(columns.code ? [column(W.code, "left", 0.6)] : []),
    ...(behind ? [name, quantity, ...unit] : [quantity, ...unit, name]),
    ...(columns.price ? [column(W.price, "right", 1)] : []),
    ...(columns.discount ? [column(W.line_discount, "right", 0.4)] : []),
    ...(columns.rate ? [column(W.tax_rate, "right", 0.4)] : []),
    ...(columns.amount ? [column(W.amount, "right", 1)] : []),
  ];
}

/** A rate with as many decimals as it has. */
export function printRate(scene: Scene, rate: number): string {
  return scene.number(rate, Number.isInteger(rate) ? 0 : rate * 10 === Math.round(rate * 10) ? 1 : 2);
}

function noteLine(
  scene: Scene,
  line: Line,
  index: number,
  columns: LineColumns,
  { sign }: { sign: 1 | -1; behind: boolean },
): void {
  const { truth } = scene;
  const at = `/line_items/${index}`;
  if (columns.position) truth.set(`${at}/line_number`, String(index + 1));
  if (columns.code) truth.set(`${at}/product_code`, line.code);
  truth.set(`${at}/description`, line.name);
  truth.set(`${at}/quantity`, line.quantity.toFixed(line.places), scene.number(line.quantity, line.places));
  if (columns.unit) truth.set(`${at}/unit`, line.unit);
  if (columns.price) truth.set(`${at}/unit_price`, decimal(line.price), scene.amount(line.price));
  if (columns.discount && line.discount > 0) truth.set(`${at}/discount`, String(line.discount));
  if (columns.rate) truth.set(`${at}/tax_rate`, String(line.rate), printRate(scene, line.rate));
  if (columns.amount)
    truth.set(`${at}/amount`, decimal(line.amount * sign), scene.amount(line.amount * sign));
}

/** The sums under a table, in their order; what a house leaves out is not noted. */
export function sumPairs(scene: Scene, sums: Sums, sign: 1 | -1 = 1): Block {
  const { house } = scene;
  const money = (pointer: string, wording: Wording, minor: number): Pair =>
    scene.moneyPair(pointer, wording, minor * sign);
  const changed = sums.discount > 0 || sums.charge > 0;
  const minus = house.pick(["-", "", "- "]);
  const lowered = (pointer: string, wording: Wording, minor: number): Pair => {
    const pair = scene.pair(pointer, wording, scene.money(minor), decimal(minor));
    return { ...pair, value: `${minus}${pair.value}` };
  };
  const taxed = sums.taxes.length > 0;
  const total = money("/total", W.total, sums.total);
  const pays = sums.prepaid > 0 || sums.rounding !== 0;
  const pairs: Pair[] = [
    ...(changed ? [money("/line_total", W.line_total, sums.lineTotal)] : []),
    ...(sums.discount > 0 ? [lowered("/discount_total", W.discount, sums.discount)] : []),
    ...(sums.charge > 0 ? [money("/charge_total", W.charge, sums.charge)] : []),
    ...(taxed || changed ? [money("/subtotal", W.subtotal, sums.net)] : []),
    ...taxPairs(scene, sums, sign),
    total,
    ...(sums.prepaid > 0 ? [lowered("/prepaid", W.prepaid, sums.prepaid)] : []),
    ...(sums.rounding === 0 ? [] : [money("/rounding", W.rounding, sums.rounding)]),
    ...(pays ? [money("/amount_due", W.amount_due, sums.total - sums.prepaid + sums.rounding)] : []),
  ];
  return { kind: "totals", pairs, strong: pays ? pairs.length - 1 : pairs.indexOf(total) };
}

function taxPairs(scene: Scene, sums: Sums, sign: 1 | -1): Pair[] {
  const { house, truth, country } = scene;
  const wording = ["US", "CA", "AU"].includes(country.code) ? W.sales_tax : W.tax;
  const name = scene.word(wording);
  const end = house.pick(["%", " %"]);
  const showsBase = house.chance(0.3);
  const rows = sums.taxes.map(({ rate, base, amount }, index): Pair => {
    const printed = printRate(scene, rate);
    const at = `/taxes/${index}`;
    truth.set(`${at}/rate`, String(rate), printed);
    truth.set(`${at}/amount`, decimal(amount * sign), scene.money(amount * sign));
    if (showsBase) truth.set(`${at}/taxable_amount`, decimal(base * sign), scene.amount(base * sign));
    const basis = showsBase ? ` (${scene.amount(base * sign)})` : "";
    return { label: `${name} ${printed}${end}${basis}`, value: scene.money(amount * sign) };
  });
  const whole = sum(sums.taxes.map(({ amount }) => amount));
  const [only] = rows;
  if (rows.length === 1 && only) {
    truth.set("/tax_total", decimal(whole * sign), only.value);
    return rows;
  }
  return rows.length > 1 && house.chance(0.6)
    ? [...rows, scene.moneyPair("/tax_total", W.tax_total, whole * sign)]
    : rows;
}
