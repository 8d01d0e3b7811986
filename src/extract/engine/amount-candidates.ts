import type { BBox } from "../../model/geometry.ts";
import type { AmountKey } from "../labels/label-key.ts";
import type { LabelHit } from "./labels.ts";
import { type Money, UNITS } from "./money.ts";
import { placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { type Piece, readConfidence, textOf } from "./view.ts";
import { foldKey } from "../../model/fold.ts";

/** An amount that could play a role. `score` is 0..1 before any sum is looked at. */
export interface AmountCandidate {
  readonly units: number;
  readonly decimals: number;
  readonly score: number;
  readonly piece: Piece;
  readonly currency: string | null;
  /** Read otherwise than the reader did: needs a proof. */
  readonly repaired: boolean;
  /** How many different labels or places announce the same amount. */
  readonly support: number;
  /** Where the same amount stands once more. */
  readonly twin?: Piece;
  /** The further amounts of a sum that is not printed itself: needs a proof too. */
  readonly others?: readonly Piece[];
}

export type AmountRole = Exclude<AmountKey, "tax_base" | "saving" | "quantity_total">;

export const AMOUNT_ROLES: readonly AmountRole[] = [
  "subtotal",
  "discount",
  "charge",
  "tax",
  "total",
  "prepaid",
  "amount_due",
  "rounding",
  "previous_balance",
  "tip",
  "cash",
  "change",
];

export type AmountCandidates = ReadonlyMap<AmountRole, readonly AmountCandidate[]>;

/** Words that announce any amount at all. */
const VAGUE = new Set(
  "amount betrag montant importe importo kwota belopp belob valor bedrag monto montante suma summe base net netto amaun castka nett charges value wert brutto sum sale".split(
    " ",
  ),
);
const KEPT = 10;

export interface Region {
  readonly page: number;
  readonly bbox: BBox;
}

/** What each label says the amounts are. `regions` are the line items' bodies: amounts inside are no totals. */
export function collectAmounts(reading: Reading, regions: readonly Region[]): AmountCandidates {
  const found = new Map<AmountRole, AmountCandidate[]>();
  const taxTables = taxTableRows(reading);
  for (const [segment, hits] of reading.labels) {
    if (reading.headerRows.has(segment.row)) continue;
    for (const hit of hits) {
      const roles = AMOUNT_ROLES.filter((role) => hit.keys.has(role));
      if (roles.length === 0) continue;
      const damp =
        (isInside(segment.page.number, hit.piece.segment.bbox, regions) ? 0.35 : 1) *
        (taxTables.has(segment.row) ? 0.55 : 1);
      const qualifier = hits.some(
        (other) =>
          other.piece.end <= hit.piece.start &&
          other.quality >= 0.85 &&
          AMOUNT_ROLES.some((role) => other.keys.has(role)) &&
          !/\d[.,]\d{2}/.test(segment.text.slice(other.piece.end, hit.piece.start)),
      )
        ? 0.5
        : 1;
      for (const candidate of amountsAt(reading, hit)) {
        const { segment } = candidate.piece;
        const among = damp === 1 && isInside(segment.page.number, segment.bbox, regions) ? 0.35 : 1;
        for (const role of roles)
          push(found, role, { ...candidate, score: candidate.score * damp * among * qualifier });
      }
    }
  }
  for (const [role, candidate] of sumsInRows(reading, found.get("total") ?? [])) push(found, role, candidate);
  return new Map([...found].map(([role, candidates]) => [role, merge(candidates)]));
}

/** A row `41,31 8,68 49,99` under a total of 49,99: net and tax, whatever names its columns. */
function sumsInRows(reading: Reading, totals: readonly AmountCandidate[]): [AmountRole, AmountCandidate][] {
  const known = new Set(
    totals.filter((total) => total.score > 0.45 && !total.repaired).map((total) => total.units),
  );
  const found: [AmountRole, AmountCandidate][] = [];
  for (const row of reading.view.rows) {
    const money = row.segments
      .flatMap((segment) => reading.money.get(segment) ?? [])
      .filter((one) => one.decimals === 2);
    for (let at = 0; at + 2 < money.length; at += 1) {
      const [net, tax, gross] = money.slice(at, at + 3);
      if (!net || !tax || !gross || !known.has(gross.units) || net.units + tax.units !== gross.units)
        continue;
      if (Math.abs(tax.units) >= Math.abs(net.units) || tax.units === 0) continue;
      const common = { repaired: false, support: 1, score: 0.62 };
      found.push(
        ["subtotal", { ...net, ...common }],
        ["tax", { ...tax, ...common }],
        ["total", { ...gross, ...common }],
      );
    }
  }
  return found;
}

function push(found: Map<AmountRole, AmountCandidate[]>, role: AmountRole, candidate: AmountCandidate): void {
  const list = found.get(role);
  if (list) list.push(candidate);
  else found.set(role, [candidate]);
}

/** Rows under a heading such as `GST SUMMARY`, where the same words mean bases and taxes by rate. */
function taxTableRows(reading: Reading): Set<number> {
  const rows = new Set<number>();
  for (const [segment, hits] of reading.labels) {
    const heads = hits.some(
      (hit) => hit.keys.has("tax_base") && /summary|analysis|details|breakdown/i.test(textOf(hit.piece)),
    );
    if (!heads) continue;
    for (let row = segment.row; row < Math.min(segment.row + 7, reading.view.rows.length); row += 1)
      rows.add(row);
  }
  return rows;
}

function isInside(page: number, box: BBox, regions: readonly Region[]): boolean {
  const middle = (box[1] + box[3]) / 2;
  return regions.some((region) => region.page === page && middle > region.bbox[1] && middle < region.bbox[3]);
}

function amountsAt(reading: Reading, hit: LabelHit): AmountCandidate[] {
  const found: AmountCandidate[] = [];
  const specific = specificity(hit);
  const depth = (hit.piece.segment.row + 1) / Math.max(1, reading.view.rows.length);
  let sawBeside = false;
  for (const place of placesOf(reading, hit)) {
    if (place.relation === "above") continue;
    const amounts = moneyIn(reading, place.piece).filter((money) => !isRate(reading, money));
    if (amounts.length === 0) continue;
    const below = place.relation === "below";
    if (below && sawBeside) continue;
    if (!below) sawBeside = true;
    for (const [index, money] of amounts.entries()) {
      const last = index === amounts.length - 1 ? 1 : 0.6;
      const weight = place.relation === "right" ? 1 : place.weight;
      const base = hit.quality * specific * weight * last * (0.85 + 0.15 * depth);
      found.push(...candidatesOf(reading, money, base));
    }
  }
  return preferLast(found);
}

/** Of several amounts in one row the last is the row's result; earlier ones are bases and rates. */
function preferLast(found: readonly AmountCandidate[]): AmountCandidate[] {
  const rightmost = Math.max(...found.filter((one) => !one.repaired).map((one) => one.piece.segment.order));
  return found.map((candidate) =>
    candidate.piece.segment.order < rightmost ? { ...candidate, score: candidate.score * 0.65 } : candidate,
  );
}

function candidatesOf(reading: Reading, money: Money, base: number): AmountCandidate[] {
  const { piece, currency, decimals } = money;
  const sure = 0.6 + 0.4 * readConfidence(piece);
  const common = { piece, currency, support: 1 };
  const own = Number.isNaN(money.units)
    ? []
    : [
        {
          ...common,
          units: money.units,
          decimals,
          score: base * typeFit(reading, money) * sure,
          repaired: false,
        },
      ];
  const repairs = money.repairs.map((units) => ({
    ...common,
    units,
    decimals: 2,
    score: base * 0.35 * sure,
    repaired: true,
  }));
  return [...own, ...repairs];
}

function typeFit(reading: Reading, money: Money): number {
  if (money.decimals === 2) return 1;
  if (money.decimals > 2) return 0.5;
  if (money.decimals === 1) return money.currency ? 0.7 : 0.4;
  if (money.currency) return 0.9;
  if (Math.abs(money.units) > 10_000_000 * UNITS) return 0.1;
  return reading.decimal === null ? 0.7 : 0.3;
}

function specificity(hit: LabelHit): number {
  const text = foldKey(textOf(hit.piece));
  if (VAGUE.has(text)) return 0.55;
  return text.length >= 10 ? 1 : text.length >= 6 ? 0.93 : 0.87;
}

export function moneyIn(reading: Reading, piece: Piece): Money[] {
  return (reading.money.get(piece.segment) ?? []).filter(
    (money) =>
      money.piece.start >= piece.start - (money.currency === null ? 2 : 5) &&
      money.piece.end <= piece.end + 1,
  );
}

function isRate(reading: Reading, money: Money): boolean {
  return (reading.rates.get(money.piece.segment) ?? []).some(
    (rate) => rate.piece.start <= money.piece.start && rate.piece.end >= money.piece.end,
  );
}

/** One candidate an amount: the best score, raised a little by every further place that says the same. */
function merge(candidates: readonly AmountCandidate[]): AmountCandidate[] {
  const byUnits = new Map<string, AmountCandidate>();
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const key = `${candidate.units}${candidate.repaired ? "r" : ""}`;
    const known = byUnits.get(key);
    if (!known) byUnits.set(key, candidate);
    else if (known.piece.segment !== candidate.piece.segment) {
      const score = known.score + (1 - known.score) * 0.25 * candidate.score;
      byUnits.set(key, { ...known, score, support: known.support + 1, twin: known.twin ?? candidate.piece });
    }
  }
  return [...byUnits.values()].sort((a, b) => b.score - a.score).slice(0, KEPT);
}
