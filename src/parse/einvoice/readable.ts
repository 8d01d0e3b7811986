import { GROUPS, groupsOf, TERMS, termsOf } from "../../model/en16931.ts";
import type { Group, StructuredDocument, StructuredKind, Term } from "../../model/structured.ts";
import type { FlowBlock, FlowSection } from "../flow/flow.ts";

const TITLES = {
  invoice: "Invoice",
  credit_note: "Credit note",
  order: "Order",
  order_change: "Order change",
  order_cancellation: "Order cancellation",
  order_response: "Order response",
  despatch_advice: "Despatch advice",
  application_response: "Application response",
  catalogue: "Catalogue",
} as const satisfies Record<StructuredKind, string>;

/** Columns of the lines and of the VAT breakdown: headings and terms. What they lack follows line by line. */
const LINE_COLUMNS = [
  ["Line", "BT-126"],
  ["Item", "BT-153"],
  ["Quantity", "BT-129"],
  ["Unit", "BT-130"],
  ["Net price", "BT-146"],
  ["VAT rate", "BT-152"],
  ["Net amount", "BT-131"],
] as const;
const TAX_COLUMNS = [
  ["VAT category", "BT-118"],
  ["Rate", "BT-119"],
  ["Taxable amount", "BT-116"],
  ["Tax amount", "BT-117"],
] as const;

/** From so many lines on, what most of them have stands in columns. */
const MANY_ROWS = 10;
const MAX_FURTHER = 8;
const MAX_CELL = 60;

type Columns = readonly (readonly [string, string])[];

/** A structured document as a reader wants to see it: every term with its name and value, its lines as a table. */
export function readableSection(document: StructuredDocument): FlowSection {
  const { root, kind, profile } = document;
  const number = ["BT-1", "order_number", "response_number", "despatch_number", "catalogue_number"]
    .flatMap((id) => termsOf({ ...root, groups: [] }, id))
    .at(0)?.value;
  const title = number === undefined ? TITLES[kind] : `${TITLES[kind]} ${number}`;
  const blocks: FlowBlock[] = [{ kind: "heading", level: 1, text: title }];
  if (profile) blocks.push({ kind: "paragraph", text: profile.name });
  addTerms(root.terms, blocks);
  for (const group of root.groups) {
    if (group.id !== "BG-25" && group.id !== "BG-23") addGroup(group, 2, blocks);
  }
  addTable("VAT breakdown", groupsOf(root, "BG-23"), TAX_COLUMNS, blocks);
  addTable("Lines", groupsOf(root, "BG-25"), LINE_COLUMNS, blocks);
  return { label: title, blocks };
}

function addGroup(group: Group, level: number, blocks: FlowBlock[]): void {
  if (group.terms.length === 0 && group.groups.length === 0) return;
  blocks.push({
    kind: "heading",
    level: Math.min(level, 6),
    text: GROUPS.get(group.id)?.name ?? spoken(group.id),
  });
  addTerms(group.terms, blocks);
  for (const inner of group.groups) addGroup(inner, level + 1, blocks);
}

function addTerms(terms: readonly Term[], blocks: FlowBlock[]): void {
  for (const term of terms) {
    const key = TERMS.get(term.id)?.name ?? spoken(term.id);
    blocks.push({ kind: "key_value", key, value: term.value, path: term.xpath });
  }
}

/** A row for each group, of the columns that any of them fills; then what no column shows. */
function addTable(title: string, groups: readonly Group[], usual: Columns, blocks: FlowBlock[]): void {
  if (groups.length === 0) return;
  const rows = groups.map((group) => flatten(group));
  const columns = [
    ...usual.filter(([, id]) => rows.some((row) => row.has(id))),
    ...furtherColumns(rows, usual),
  ];
  blocks.push({ kind: "heading", level: 2, text: title });
  if (columns.length > 0) {
    const cells = rows.map((row) => columns.map(([, id]) => ({ text: row.get(id)?.[0]?.value ?? "" })));
    blocks.push({ kind: "table", headerRows: 1, rows: [columns.map(([text]) => ({ text })), ...cells] });
  }
  const shown = new Set(columns.map(([, id]) => id));
  for (const [index, group] of groups.entries()) {
    const rest = withoutTerms(group, shown);
    if (rest.terms.length === 0 && rest.groups.length === 0) continue;
    const name = rows[index]?.get("BT-126")?.[0]?.value ?? String(index + 1);
    blocks.push({ kind: "heading", level: 3, text: `${title === "Lines" ? "Line" : title} ${name}` });
    addTerms(rest.terms, blocks);
    for (const inner of rest.groups) addGroup(inner, 4, blocks);
  }
}

/** The terms of a group and of all inside it, by their ids. */
function flatten(group: Group, into = new Map<string, Term[]>()): ReadonlyMap<string, Term[]> {
  for (const term of group.terms) {
    const known = into.get(term.id);
    if (known) known.push(term);
    else into.set(term.id, [term]);
  }
  for (const inner of group.groups) flatten(inner, into);
  return into;
}

/** Terms that most of the lines have, once each and in few words, are columns too: long lists stay short. */
function furtherColumns(
  rows: readonly ReadonlyMap<string, readonly Term[]>[],
  usual: Columns,
): [string, string][] {
  if (rows.length < MANY_ROWS) return [];
  const known = new Set<string>(usual.map(([, id]) => id));
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const [id, terms] of row) {
      const fits = terms.length === 1 && (terms[0]?.value.length ?? 0) <= MAX_CELL && !known.has(id);
      counts.set(id, (counts.get(id) ?? 0) + (fits ? 1 : -rows.length));
    }
  }
  return [...counts]
    .filter(([, count]) => count * 2 > rows.length)
    .slice(0, MAX_FURTHER)
    .map(([id]) => [TERMS.get(id)?.name ?? spoken(id), id]);
}

function withoutTerms(group: Group, ids: ReadonlySet<string>): Group {
  const groups = group.groups
    .map((inner) => withoutTerms(inner, ids))
    .filter((inner) => inner.terms.length > 0 || inner.groups.length > 0);
  return { ...group, groups, terms: group.terms.filter((term) => !ids.has(term.id)) };
}

/** `order_number` as a label: `Order number`. */
function spoken(id: string): string {
  const words = id.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
