import { pointerToken } from "../../model/json-pointer.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { JsonNode } from "./read-json.ts";

/** A table with more columns is no table that anybody reads. */
const MAX_COLUMNS = 30;

/**
 * JSON as blocks: values with their JSON Pointer (RFC 6901), lists of flat objects as tables, what holds others as
 * headings. `null` is not a value that anybody looks for, and stands there as one all the same.
 */
export function jsonBlocks(root: JsonNode): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  addNode(root, "", "", 1, blocks);
  return blocks;
}

function addNode(node: JsonNode, key: string, path: string, level: number, blocks: FlowBlock[]): void {
  if (node.kind !== "object" && node.kind !== "array") {
    blocks.push({ kind: "key_value", key: key === "" ? "value" : key, value: node.text, path });
    return;
  }
  if (key !== "") blocks.push({ kind: "heading", level: Math.min(level, 6), text: key });
  if (node.kind === "object") {
    for (const [name, value] of node.entries)
      addNode(value, name, `${path}/${pointerToken(name)}`, level + 1, blocks);
    return;
  }
  const table = tableOf(node.items);
  if (table) {
    blocks.push(table);
    return;
  }
  for (const [index, item] of node.items.entries()) {
    const name = key === "" ? String(index + 1) : `${key} ${index + 1}`;
    addNode(item, name, `${path}/${index}`, level + 1, blocks);
  }
}

/** A row for each object, where each is flat and has no key twice; null where they are no table. */
function tableOf(items: readonly JsonNode[]): FlowBlock | null {
  if (items.length < 2) return null;
  const columns = new Set<string>();
  const rows: ReadonlyMap<string, string>[] = [];
  for (const item of items) {
    const row = rowOf(item);
    if (row === null) return null;
    for (const name of row.keys()) columns.add(name);
    rows.push(row);
  }
  if (columns.size < 2 || columns.size > MAX_COLUMNS) return null;
  const names = [...columns];
  return {
    kind: "table",
    headerRows: 1,
    rows: [
      names.map((text) => ({ text })),
      ...rows.map((row) => names.map((name) => ({ text: row.get(name) ?? "" }))),
    ],
  };
}

function rowOf(item: JsonNode): ReadonlyMap<string, string> | null {
  if (item.kind !== "object") return null;
  const cells = new Map<string, string>();
  for (const [name, value] of item.entries) {
    if (value.kind === "object" || value.kind === "array" || cells.has(name)) return null;
    cells.set(name, value.text);
  }
  return cells;
}
