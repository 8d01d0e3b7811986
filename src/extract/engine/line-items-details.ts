import type { CellPart, RawItem } from "./line-items-gather.ts";
import { type ColumnField, columnFieldOf, foldTokens } from "./line-items-lexicon.ts";
import type { ItemWord } from "./line-items-rows.ts";

/** Fields whose values stand as `Label: 4.00` under a description and are none of its words. */
const FIGURES: ReadonlySet<ColumnField | null> = new Set([
  "unit_price",
  "gross_price",
  "discount",
  "tax_rate",
  "tax_amount",
  "amount",
  "gross_amount",
]);
const OWN: ReadonlySet<ColumnField> = new Set(["unit_price", "gross_price", "product_code"]);
const FIGURE = /^[-+–]?\p{Sc}?\s?\d[\d.,]*\s?(?:%|\p{Sc}|[A-Z]{3}(?!\p{L}))?/u;
const CODE = /^(?=\S*\d)[\p{L}\d][\p{L}\d._/-]{2,29}(?=\s|$)/u;
const DAY = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})$/u;
const SHORT_DAY = /^\d{1,2}\.\d{1,2}\.$/u;
/** An article number in front of a name; `100ML` and `2024` are measures and years. */
const LEADING_CODE = /^(?!\d{1,4}\p{L}{0,4}$)(?=\S*\d\S*\d)[\p{Lu}\d][\p{Lu}\d._/-]{3,17}$/u;

/**
 * The items of a table with what stands in their descriptions but belongs to other fields: lines such as
 * `Gross price: 4.00` or `GTIN: 4012345001235`, and a date or an article number in front of every description.
 */
export function withDetails(items: readonly RawItem[]): readonly RawItem[] {
  const plain = items.map((item) => withoutDetailLines(item));
  const dated = withLeading(plain, "date", (word) => DAY.test(word) || SHORT_DAY.test(word));
  const coded = withLeading(dated, "product_code", (word) => LEADING_CODE.test(word));
  const codes = coded.map((item) => item.cells.get("product_code")?.[0]?.text);
  return new Set(codes).size === codes.length ? coded : dated;
}

/** Takes the first word off every description where all of them, two or more, begin alike. */
function withLeading(
  items: readonly RawItem[],
  field: "date" | "product_code",
  leads: (word: string) => boolean,
): readonly RawItem[] {
  const fits = (item: RawItem): boolean => {
    const [head, next] = item.cells.get("description")?.[0]?.words ?? [];
    return !item.cells.has(field) && !!head && !!next && leads(head.text) && /\p{L}{2}/u.test(next.text);
  };
  if (items.length < 2 || !items.every((item) => fits(item))) return items;
  return items.map((item) => {
    const [first, ...others] = item.cells.get("description") ?? [];
    const [head, ...words] = first?.words ?? [];
    if (!head) return item;
    const cells = new Map<ColumnField, readonly CellPart[]>(item.cells);
    cells.set(field, [partOf([head])]).set("description", [partOf(words), ...others]);
    return { ...item, cells };
  });
}

function partOf(words: readonly ItemWord[]): CellPart {
  return { words, text: words.map((word) => word.text).join(" ") };
}

function withoutDetailLines(item: RawItem): RawItem {
  const lines = item.cells.get("description") ?? [];
  const kept: CellPart[] = [];
  let code: CellPart | null = null;
  for (const [index, line] of lines.entries()) {
    const detail = index === 0 && !item.cells.has("name") ? null : detailOf(line.text);
    if (!detail) kept.push(line);
    else if (detail.code !== null && !code) code = codePart(line, detail.code);
  }
  if (kept.length === lines.length) return item;
  const cells = new Map<ColumnField, readonly CellPart[]>(item.cells);
  cells.set("description", kept);
  if (code && !cells.has("product_code")) cells.set("product_code", [code]);
  return { ...item, cells };
}

/** Whether a line gives the price or the article number of the item above it, and ends no table. */
export function isDetailLine(text: string): boolean {
  const colon = text.search(/\s?[:：]/u);
  const field = colon < 0 ? null : columnFieldOf(foldTokens(text.slice(0, colon)));
  return field !== null && OWN.has(field) && detailOf(text) !== null;
}

/** What a line says when it only names and gives other fields of the item; `code` when it is an article number. */
function detailOf(text: string): { code: string | null } | null {
  const colon = text.search(/\s?[:：]/u);
  if (colon < 2 || colon > 40) return null;
  const field = columnFieldOf(foldTokens(text.slice(0, colon)));
  const value = text.slice(colon).replace(/^\s?[:：]\s*/u, "");
  if (field === "product_code") {
    const code = CODE.exec(value);
    const rest = code ? value.slice(code[0].length).trim() : value;
    return code && (rest === "" || detailOf(rest)) ? { code: code[0] } : null;
  }
  if (!FIGURES.has(field) || !FIGURE.test(value)) return null;
  const rest = value.replace(FIGURE, "").trim();
  return rest === "" || /^[^:]{2,30}:/u.test(rest) ? { code: null } : null;
}

function codePart(line: CellPart, code: string): CellPart | null {
  const word = line.words.find((each) => each.text === code);
  return word ? partOf([word]) : null;
}
