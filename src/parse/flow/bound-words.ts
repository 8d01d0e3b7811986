import type { Flow, FlowBlock, FlowSection, FlowTable } from "./flow.ts";

/** A flow with no more words than are understood at once, and whether something was cut off. */
export interface BoundFlow {
  readonly sections: readonly FlowSection[];
  /** Label or number of the section that was cut, and how many behind it were left out; null when nothing was. */
  readonly cut: { readonly section: string; readonly sectionsLeft: number } | null;
}

/** Keeps the first `maxWords` words of a flow, before any room is made for the rest. */
export function boundWords(flow: Flow, maxWords: number): BoundFlow {
  const sections: FlowSection[] = [];
  let left = maxWords;
  for (const [index, section] of flow.sections.entries()) {
    const blocks: FlowBlock[] = [];
    for (const block of section.blocks) {
      const words = countBlock(block, left);
      if (words <= left) {
        left -= words;
        blocks.push(block);
        continue;
      }
      const part = partOf(block, left);
      if (part) blocks.push(part);
      sections.push({ ...section, blocks });
      const sectionsLeft = flow.sections.length - index - 1;
      return { sections, cut: { section: section.label ?? `part ${index + 1}`, sectionsLeft } };
    }
    sections.push({ ...section, blocks });
  }
  return { sections, cut: null };
}

/** Characters that take as much room as a word, so that a text without spaces is bounded too. */
const CHARACTERS_A_WORD = 16;

/** Words of a block; counting stops above `limit`. */
function countBlock(block: FlowBlock, limit: number): number {
  switch (block.kind) {
    case "page_break":
      return 0;
    case "key_value":
      return countWords(block.key, limit) + countWords(block.value, limit);
    case "table": {
      let words = 0;
      for (const row of block.rows) {
        if (words > limit) break;
        words += countRow(row, limit);
      }
      return words;
    }
    case "list_item":
    case "heading":
    case "paragraph":
    case "code":
    case "caption":
    case "note":
      return countWords(block.text, limit);
  }
}

/** Every cell counts as a word at least: an empty one takes room too. */
function countRow(row: FlowTable["rows"][number], limit: number): number {
  return row.reduce((sum, cell) => sum + Math.max(1, countWords(cell.text, limit)), 0);
}

function countWords(text: string, limit: number): number {
  let words = 0;
  const pattern = /\S+/g;
  while (words <= limit && pattern.test(text)) words += 1;
  return Math.max(words, Math.floor(text.length / CHARACTERS_A_WORD));
}

/** The beginning of a text that counts as no more than `limit` words. */
function firstWords(text: string, limit: number): string {
  const start = text.slice(0, limit * CHARACTERS_A_WORD);
  const pattern = /\S+/g;
  let end = 0;
  for (let words = 0; words < limit && pattern.test(start); words += 1) end = pattern.lastIndex;
  return start.slice(0, end);
}

function partOf(block: FlowBlock, limit: number): FlowBlock | null {
  if (limit === 0 || block.kind === "page_break") return null;
  if (block.kind === "key_value") {
    const left = limit - countWords(block.key, limit);
    return left <= 0 ? null : { ...block, value: firstWords(block.value, left) };
  }
  if (block.kind === "table") {
    let left = limit;
    const end = block.rows.findIndex((row) => (left -= countRow(row, left)) < 0);
    return end <= 0 ? null : { ...block, rows: block.rows.slice(0, end) };
  }
  return { ...block, text: firstWords(block.text, limit) };
}
