import type { FlowBlock } from "../flow/flow.ts";
import { childrenOf, textOf, type XmlElement, xpathOf } from "./parse-xml.ts";

/** A table with more columns is no table that anybody reads. */
const MAX_COLUMNS = 30;
/** Longer runs of base64 are a file, not a value. */
const MIN_BASE64 = 2_000;

/**
 * Any XML as blocks: elements that hold text as labels with values and their XPath, those that hold others as
 * headings, repeated ones of one flat shape as tables, and mixed content as running text.
 */
export function genericBlocks(root: XmlElement): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  addElement(root, 1, blocks);
  return blocks;
}

/** True for a value that is an encoded file. */
export function isBase64(text: string): boolean {
  return text.length >= MIN_BASE64 && /^[A-Za-z0-9+/\s]+=*\s*$/.test(text);
}

function addElement(element: XmlElement, level: number, blocks: FlowBlock[]): void {
  const children = childrenOf(element);
  if (children.length === 0) {
    addLeaf(element, blocks);
    return;
  }
  if (hasOwnText(element)) {
    addAttributes(element, blocks);
    blocks.push({ kind: "paragraph", text: textOf(element).replace(/\s+/g, " ").trim() });
    return;
  }
  blocks.push({ kind: "heading", level: Math.min(level, 6), text: element.local });
  addAttributes(element, blocks);
  for (const run of runsOf(children)) {
    const table = tableOf(run);
    if (table) blocks.push(table);
    else for (const child of run) addElement(child, level + 1, blocks);
  }
}

function addLeaf(element: XmlElement, blocks: FlowBlock[]): void {
  const value = textOf(element).trim();
  if (value !== "") {
    const shown = isBase64(value) ? `[${Math.floor((value.length * 3) / 4)} bytes]` : value;
    blocks.push({ kind: "key_value", key: element.local, value: shown, path: xpathOf(element) });
  }
  addAttributes(element, blocks, element.local);
}

/** Attributes say as much as elements do; those that only declare names and schemas say nothing. */
function addAttributes(element: XmlElement, blocks: FlowBlock[], prefix = ""): void {
  for (const [name, value] of attributesOf(element)) {
    const key = prefix === "" ? name : `${prefix} ${name}`;
    blocks.push({ kind: "key_value", key, value, path: `${xpathOf(element)}/@${name}` });
  }
}

function attributesOf(element: XmlElement): [string, string][] {
  return Object.entries(element.attributes).filter(
    ([name, value]) => !/^xmlns(?::|$)|^xsi:|^xml:/.test(name) && value.trim() !== "",
  );
}

function hasOwnText(element: XmlElement): boolean {
  return element.children.some((child) => typeof child === "string" && child.trim() !== "");
}

/** Children of one name behind one another. */
function runsOf(children: readonly XmlElement[]): XmlElement[][] {
  const runs: XmlElement[][] = [];
  for (const child of children) {
    const last = runs.at(-1);
    if (last?.[0]?.name === child.name) last.push(child);
    else runs.push([child]);
  }
  return runs;
}

/** A row for each element, where each is flat and says nothing twice; null where they are no table. */
function tableOf(run: readonly XmlElement[]): FlowBlock | null {
  if (run.length < 2) return null;
  const rows = run.map(rowOf);
  const columns = new Set<string>();
  for (const row of rows) for (const name of row?.keys() ?? []) columns.add(name);
  if (columns.size < 2 || columns.size > MAX_COLUMNS || rows.includes(null)) return null;
  const names = [...columns];
  return {
    kind: "table",
    headerRows: 1,
    rows: [
      names.map((text) => ({ text })),
      ...rows.map((row) => names.map((name) => ({ text: row?.get(name) ?? "" }))),
    ],
  };
}

function rowOf(element: XmlElement): ReadonlyMap<string, string> | null {
  const cells = new Map(attributesOf(element));
  const children = childrenOf(element);
  if (hasOwnText(element)) {
    if (children.length > 0) return null;
    cells.set(element.local, textOf(element).trim());
  }
  for (const child of children) {
    const value = textOf(child).trim();
    if (cells.has(child.local) || childrenOf(child).length > 0 || attributesOf(child).length > 0) return null;
    if (isBase64(value)) return null;
    cells.set(child.local, value);
  }
  return cells;
}
