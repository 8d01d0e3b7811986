import type { Group, StructuredDocument } from "../../model/structured.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { isBase64 } from "../xml/generic-flow.ts";
import { childrenOf, textOf, type XmlElement, xpathOf } from "../xml/parse-xml.ts";

/** Signatures, whose words say nothing to a reader. */
const SILENT: ReadonlySet<string> = new Set(["Signature", "SignatureInformation", "UBLDocumentSignatures"]);
/** What only says how its neighbours are to be read: kinds of tax, and whether an amount is a charge. */
const STRUCTURAL: ReadonlySet<string> = new Set(["TaxScheme", "ChargeIndicator", "TestIndicator"]);

/** What a file of a known syntax says that no term of the model is: nothing of it is lost to text and search. */
export function furtherElements(root: XmlElement, documents: readonly StructuredDocument[]): FlowBlock[] {
  const known = new Set<string>();
  for (const { root: group } of documents) collectPaths(group, known);
  const blocks: FlowBlock[] = [];
  addLeaves(root, xpathOf(root), known, blocks);
  return blocks.length === 0 ? [] : [{ kind: "heading", level: 2, text: "Further elements" }, ...blocks];
}

function collectPaths(group: Group, known: Set<string>): void {
  for (const { xpath } of group.terms) known.add(xpath.replace(/\/@[^/]*$/, ""));
  for (const inner of group.groups) collectPaths(inner, known);
}

function addLeaves(element: XmlElement, path: string, known: ReadonlySet<string>, blocks: FlowBlock[]): void {
  if (known.has(path) || SILENT.has(element.local) || STRUCTURAL.has(element.local)) return;
  const children = childrenOf(element);
  for (const child of children) addLeaves(child, xpathOf(child), known, blocks);
  if (children.length > 0) return;
  const value = textOf(element).trim();
  if (value === "" || isBase64(value) || (element.local === "TypeCode" && value === "VAT")) return;
  const holder = element.parent === null ? "" : `${element.parent.local} `;
  blocks.push({ kind: "key_value", key: `${holder}${element.local}`, value, path });
}
