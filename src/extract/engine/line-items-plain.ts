import type { LineItemCell, LineItemField, LineItemHints } from "./line-item.ts";
import { readEnding } from "./line-items-endings.ts";
import { columnNameAt, foldTokens, isHeaderFiller } from "./line-items-lexicon.ts";
import { multiplies } from "./line-items-numbers.ts";
import { first, type PlainRow, type Price, readPlainRow } from "./line-items-plain-row.ts";
import { provenSums } from "./line-items-proof.ts";
import { medianOf } from "../../model/median.ts";
import type { ItemRow, ItemWord } from "./line-items-rows.ts";
import { cite, type ReadItem } from "./line-items-values.ts";

const MAX_ITEMS = 400;
const PROVEN = 0.85;
const LIKELY = 0.55;

interface Draft {
  name: readonly ItemWord[][];
  code: ItemWord | null;
  amount: Price;
  quantity: Price | null;
  price: Price | null;
  unit: ItemWord | null;
  rows: ItemRow[];
  proven: boolean;
  /** A discount or a charge, no item of its own. */
  extra: boolean;
}

/**
 * Items without a header row: a name and an amount on one row, or a name above its `2 x 3.50`. Given only
 * when they add up to a printed sum, or on a receipt where rows tell them clearly.
 */
export function readPlainItems(pages: readonly (readonly ItemRow[])[], hints: LineItemHints): ReadItem[] {
  const rows = pages.flat();
  if (rows.length > 3_000) return [];
  const drafts = collectDrafts(rows, hints, namesBelow(rows, hints));
  const clean = drafts.filter((draft) => !draft.extra);
  for (const choice of clean.length < drafts.length ? [clean, drafts] : [drafts]) {
    const items = choice.map((draft) => toItem(draft, PROVEN));
    if (provenSums(items, pages)) return items;
  }
  return hints.receipt ? clearDrafts(clean).map((draft) => toItem(draft, LIKELY)) : [];
}

/** Without a sum's proof: drafts with a clean name whose amounts end where the others' do, or that prove themselves. */
function clearDrafts(drafts: readonly Draft[]): readonly Draft[] {
  const right = medianOf(drafts.map((draft) => draft.amount.word.x1));
  const clear = drafts.filter((draft) => {
    if (draft.proven) return true;
    const name = draft.name
      .flat()
      .map((word) => word.text)
      .join(" ");
    const aligned =
      Math.abs(draft.amount.word.x1 - right) < 2 * (draft.amount.word.y1 - draft.amount.word.y0);
    return aligned && /\p{L}{3}/u.test(name) && !/[=%]/u.test(name);
  });
  return clear.length >= 2 || clear.some((draft) => draft.proven) ? clear : [];
}

/** Whether names stand beneath their prices: the last price has words beneath it, the first none above. */
function namesBelow(rows: readonly ItemRow[], hints: LineItemHints): boolean {
  const drafts = collectDrafts(rows, hints, false);
  const [top, bottom] = [drafts[0]?.rows[0], drafts.at(-1)?.rows.at(-1)];
  if (!top || !bottom || !drafts[0]?.quantity) return false;
  const above = rows[rows.indexOf(top) - 1];
  const beneath = rows[rows.indexOf(bottom) + 1];
  if (!beneath || !isNear(bottom, beneath)) return false;
  const plain = readPlainRow(beneath, hints);
  const text = plain.name.map((word) => word.text).join(" ");
  const named = /\p{L}{2}/u.test(text) && !plain.amount && !plain.quantity && !readEnding(text).sum;
  return named && (!above || !isNear(above, top) || isColumnNames(readPlainRow(above, hints)));
}

/** What was read since the last item and waits for its amount. */
interface Waiting {
  readonly names: PlainRow[];
  times: PlainRow | null;
}

function collectDrafts(rows: readonly ItemRow[], hints: LineItemHints, below: boolean): Draft[] {
  const drafts: Draft[] = [];
  let waiting: Waiting = { names: [], times: null };
  for (const row of rows) {
    if (drafts.length >= MAX_ITEMS) break;
    const plain = readPlainRow(row, hints);
    const text = plain.name.map((word) => word.text).join(" ");
    const ending = readEnding(text);
    const open = drafts.at(-1);
    if (ending.sum && (plain.amount || open) && (ending.pure || !plain.quantity)) {
      if (open) break;
      waiting = { names: [], times: null };
    } else if (plain.amount) {
      const draft = closeItem(plain, text, waiting, open !== undefined);
      if (draft) {
        if (ending.discount || ending.charge || first(plain.amount) < 0) draft.extra = true;
        drafts.push(draft);
      }
      waiting = { names: [], times: null };
    } else if (plain.quantity && plain.price) {
      if (open && explains(open, plain)) complete(open, plain);
      else waiting.times = plain;
    } else if (/\p{L}{2}/u.test(text)) {
      if (open && (below || !isNamed(open)) && isNear(open.rows.at(-1) ?? row, row)) {
        open.name = [...open.name, [...plain.name]];
        open.rows.push(row);
      } else {
        waiting.names.push(plain);
      }
    }
  }
  return drafts;
}

/** The item that a row with an amount ends: named by itself, or by the rows that wait right above it. */
function closeItem(plain: PlainRow, text: string, waiting: Waiting, follows: boolean): Draft | null {
  if (/\p{L}{2}/u.test(text)) return draftOf(plain, [], null);
  const above: PlainRow[] = [];
  let below = waiting.times && isNear(waiting.times.row, plain.row) ? waiting.times.row : plain.row;
  const times = below === plain.row ? null : waiting.times;
  for (const row of waiting.names.toReversed()) {
    if (!isNear(row.row, below) || isColumnNames(row) || above.length >= (follows ? 3 : 1)) break;
    above.unshift(row);
    below = row.row;
  }
  return above.length > 0 || times || (plain.quantity && plain.price) ? draftOf(plain, above, times) : null;
}

/** Whether a draft has words of its own besides an article number. */
function isNamed(draft: Draft): boolean {
  return draft.name.some((words) => words.some((word) => /\p{L}{2}/u.test(word.text)));
}

/** Whether a row names columns (`ITEM  QTY  U/P`), and no item. */
function isColumnNames(plain: PlainRow): boolean {
  const tokens = plain.name.flatMap((word) => foldTokens(word.text));
  const known = tokens.filter((token, at) => columnNameAt(tokens, at) !== null || isHeaderFiller(token));
  return tokens.length > 0 && known.length >= 0.6 * tokens.length;
}

function isNear(above: ItemRow, row: ItemRow): boolean {
  return above.page === row.page && row.y0 - above.y1 < 1.6 * (row.y1 - row.y0);
}

/** Whether quantity and price of a row are those of the item above, which already has its amount. */
function explains(last: Draft | undefined, plain: PlainRow): boolean {
  if (!last || last.quantity || !plain.quantity || !plain.price) return false;
  return multiplies(first(plain.quantity), first(plain.price), first(last.amount));
}

function complete(last: Draft, plain: PlainRow): void {
  last.quantity = plain.quantity;
  last.price = plain.price;
  last.unit = plain.unit;
  last.rows.push(plain.row);
  last.proven = true;
}

function draftOf(plain: PlainRow, above: readonly PlainRow[], times: PlainRow | null): Draft {
  const { amount, row } = plain;
  if (!amount) throw new RangeError("a draft needs an amount");
  const { quantity, price, unit } = plain.quantity || !times ? plain : times;
  const members = times ? [...above, times, plain] : [...above, plain];
  const lines = members.map((member) => member.name.slice());
  const code = takeCode(lines);
  const proven =
    quantity !== null && price !== null && multiplies(first(quantity), first(price), first(amount));
  const rows = [...members.slice(0, -1).map((member) => member.row), row];
  const name = lines.filter((words) => words.some((word) => /\p{L}{2}/u.test(word.text)));
  return { name, code, amount, quantity, price: proven ? price : null, unit, rows, proven, extra: false };
}

/** Takes a long number off the beginning of a line: an article number. */
function takeCode(lines: ItemWord[][]): ItemWord | null {
  for (const words of lines) {
    const [head] = words;
    if (head && /^\d{4,14}$/u.test(head.text)) {
      words.shift();
      return head;
    }
  }
  return null;
}

function toItem(draft: Draft, confidence: number): ReadItem {
  const cells: Partial<Record<LineItemField, LineItemCell>> = {};
  const put = (field: LineItemField, price: Price | null): void => {
    const value = price?.number.readings[0];
    if (!price || value === undefined) return;
    const sure = draft.proven ? Math.max(confidence, 0.75) : confidence;
    cells[field] = { value, cited: [cite([price.word], price.number.content)], confidence: sure };
  };
  const lines = draft.name.filter((words) => words.length > 0);
  if (lines.length > 0) {
    const texts = lines.map((words) => words.map((word) => word.text).join(" "));
    cells.description = {
      value: texts.join(" "),
      cited: lines.map((words, i) => cite(words, texts[i] ?? "")),
      confidence,
    };
  }
  if (draft.code) {
    cells.product_code = { value: draft.code.text, cited: [cite([draft.code], draft.code.text)], confidence };
  }
  put("quantity", draft.quantity);
  put("unit_price", draft.price);
  put("amount", draft.amount);
  if (draft.unit)
    cells.unit = { value: draft.unit.text, cited: [cite([draft.unit], draft.unit.text)], confidence };
  const ending = { sum: false, pure: false, carry: false, discount: draft.extra, charge: false };
  return {
    draft: { cells },
    raw: { cells: new Map(), columns: [], rows: draft.rows, ending, wrapAt: Infinity },
    proven: draft.proven,
    amount: first(draft.amount),
  };
}
