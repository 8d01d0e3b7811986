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
function addTable(title: string, groups: readonly Group[], columns: Columns, blocks: FlowBlock[]): void {
  if (groups.length === 0) return;
  const used = columns.filter(([, id]) => groups.some((group) => termsOf(group, id).length > 0));
  blocks.push({ kind: "heading", level: 2, text: title });
  if (used.length > 0) {
    blocks.push({
      kind: "table",
      headerRows: 1,
      rows: [
        used.map(([text]) => ({ text })),
        ...groups.map((group) => used.map(([, id]) => ({ text: termsOf(group, id)[0]?.value ?? "" }))),
      ],
    });
  }
  const shown = new Set<string>(columns.map(([, id]) => id));
  for (const [index, group] of groups.entries()) {
    const rest = withoutTerms(group, shown);
    if (rest.terms.length === 0 && rest.groups.length === 0) continue;
    const name = termsOf(group, "BT-126")[0]?.value ?? String(index + 1);
    blocks.push({ kind: "heading", level: 3, text: `${title === "Lines" ? "Line" : title} ${name}` });
    addTerms(rest.terms, blocks);
    for (const inner of rest.groups) addGroup(inner, 4, blocks);
  }
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
