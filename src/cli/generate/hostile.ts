import type { Block, Content, Draft, Pair } from "./content.ts";
import type { Random } from "./random.ts";
import type { Sheet } from "./sheet.ts";
import { Truth } from "./truth.ts";
import { sayAmount } from "./words/numbers.ts";

/** What can be wrong with a document on purpose. */
const TROUBLES = [
  "contradictory total",
  "two currencies",
  "missing pages",
  "blank pages",
  "page of noise",
  "mirrored scan",
  "amount in words",
  "negative total",
  "ambiguous date",
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Chooses a trouble that this document can have. */
export function chooseTrouble(draft: Draft, random: Random): Trouble {
  const priced = moneyPointer(draft) !== undefined;
  const dated = datePointer(draft) !== undefined;
  const possible = TROUBLES.filter((trouble) => {
    if (trouble === "ambiguous date") return dated;
    return priced || ["missing pages", "blank pages", "page of noise", "mirrored scan"].includes(trouble);
  });
  return random.pick(possible);
}

function moneyPointer({ printed }: Draft): string | undefined {
  return ["/total", "/closing_balance", "/net_pay"].find((pointer) => printed.has(pointer));
}

function datePointer({ printed }: Draft): string | undefined {
  return [...printed.keys()].find((pointer) => pointer.endsWith("_date") && pointer.lastIndexOf("/") === 0);
}

/** Spoils what a document says; its truth is what is printed afterwards, without what nobody can know. */
export function spoil(draft: Draft, trouble: Trouble, random: Random): Draft {
  const noted = { ...draft, note: trouble };
  const pointer = trouble === "ambiguous date" ? datePointer(draft) : moneyPointer(draft);
  const old = pointer === undefined ? undefined : draft.printed.get(pointer);
  if (pointer === undefined || old === undefined) return noted;
  const value = String(valueAt(draft, pointer));
  switch (trouble) {
    case "contradictory total":
      return change(noted, pointer, bump(old), bump(value));
    case "negative total":
      return change(noted, pointer, `-${old.replace(/^-/u, "")}`, `-${value.replace(/^-/u, "")}`);
    case "amount in words":
      return change(noted, pointer, sayAmount(value), value);
    case "two currencies":
      return drop(
        change(
          noted,
          pointer,
          `${old} / ${random.pick(["JPY", "HUF", "ISK", "RON"])} ${random.digits(5)}`,
          value,
        ),
        "/currency",
      );
    case "ambiguous date": {
      const [day, month] = [random.int(1, 12), random.int(1, 12)].map((part) =>
        String(part).padStart(2, "0"),
      );
      return drop(change(noted, pointer, `${day ?? ""}/${month ?? ""}/${value.slice(2, 4)}`, value), pointer);
    }
    case "missing pages":
    case "blank pages":
    case "page of noise":
    case "mirrored scan":
      return noted;
  }
}

function bump(text: string): string {
  return text.replace(/\d/u, (digit) => String((Number(digit) % 9) + 1));
}

function valueAt(draft: Draft, pointer: string): unknown {
  return draft.data[pointer.slice(1)];
}

/** Prints another text in place of a value's; the sums and the facts hold it. */
function change(draft: Draft, pointer: string, to: string, value: string): Draft {
  const from = draft.printed.get(pointer) ?? "";
  const swap = (pair: Pair): Pair => (pair.value === from ? { ...pair, value: to } : pair);
  const blocks = draft.content.blocks.map((block): Block =>
    block.kind === "pairs" || block.kind === "totals" ? { ...block, pairs: block.pairs.map(swap) } : block,
  );
  const content: Content = { ...draft.content, facts: draft.content.facts.map(swap), blocks };
  const printed = new Map(draft.printed).set(pointer, to);
  return { ...draft, content, printed, data: { ...draft.data, [pointer.slice(1)]: value } };
}

function drop(draft: Draft, pointer: string): Draft {
  const printed = new Map(draft.printed);
  printed.delete(pointer);
  const { [pointer.slice(1)]: _gone, ...data } = draft.data;
  return { ...draft, printed, data };
}

/** Takes pages out or puts pages in. */
export function disturbPages(sheets: readonly Sheet[], trouble: Trouble, random: Random): readonly Sheet[] {
  const [first] = sheets;
  if (!first) return sheets;
  const blank = { ...first, inks: [], strokes: [] };
  if (trouble === "missing pages") return sheets.length > 1 ? sheets.slice(0, -1) : halve(first);
  if (trouble === "blank pages") return random.chance(0.5) ? [blank, ...sheets] : [...sheets, blank];
  if (trouble === "page of noise") return [...sheets, { ...blank, inks: scatter(first, random) }];
  return sheets;
}

/** The upper part of a page, as of one that was torn. */
function halve(sheet: Sheet): Sheet[] {
  const end = sheet.height * 0.45;
  return [
    {
      ...sheet,
      inks: sheet.inks.filter(({ y }) => y < end),
      strokes: sheet.strokes.filter(({ y, height }) => y + height < end),
    },
  ];
}

function scatter(sheet: Sheet, random: Random): Sheet["inks"] {
  return Array.from({ length: 160 }, () => ({
    text: random.pattern(random.pick(["#", "@@", "-.-", "##", "~", "@#@"])),
    x: random.real(20, sheet.width - 60),
    y: random.real(20, sheet.height - 20),
    size: random.real(5, 16),
    weight: "regular" as const,
    grey: random.real(0, 0.6),
  }));
}

/** The truth of which the pages still show something: what is printed on none of them is left out. */
export function pruneTruth(draft: Draft, sheets: readonly Sheet[]): Draft {
  const text = squeeze(sheets.flatMap(({ inks }) => inks.map((ink) => ink.text)).join(""));
  const truth = new Truth();
  for (const [pointer, printed] of draft.printed) {
    const value = pointer
      .slice(1)
      .split("/")
      .reduce<unknown>(
        (at, step) =>
          at !== null && typeof at === "object" ? (at as Record<string, unknown>)[step] : undefined,
        draft.data,
      );
    if ((typeof value === "string" || typeof value === "boolean") && text.includes(squeeze(printed)))
      truth.set(pointer, value, printed);
  }
  return { ...draft, data: compact(truth.data) as Record<string, unknown>, printed: truth.printed };
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s,·]/gu, "");
}

/** Closes the gaps of lists. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== undefined).map(compact);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, compact(one)]));
}
