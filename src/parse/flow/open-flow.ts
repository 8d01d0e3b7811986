import { AppError } from "../../errors.ts";
import type { ReadWord } from "../../ports.ts";
import { composePage } from "../layout/compose-page.ts";
import type { OpenedDocument, ParseLimits } from "../parser.ts";
import type { Flow, FlowBlock } from "./flow.ts";

const COLUMNS = 120;
const ROWS = 66;

/** Lays a flow out on pages, so that every word has a place and tables keep their cells. */
export function openFlow(flow: Flow, limits: Pick<ParseLimits, "maxPages">): OpenedDocument {
  const pages = flow.sections.flatMap(({ label, blocks }) => {
    const rows = blocks.flatMap(rowsOf);
    const sheets: { label: string | null; rows: string[] }[] = [];
    for (let at = 0; at === 0 || at < rows.length; at += ROWS) {
      sheets.push({ label, rows: rows.slice(at, at + ROWS) });
    }
    return sheets;
  });
  if (pages.length > limits.maxPages) throw new AppError("too_many_pages", "The document is too long.");
  return {
    pageCount: pages.length,
    metadata: flow.metadata ?? {},
    warnings: flow.warnings ?? [],
    ...(flow.members ? { members: flow.members } : {}),
    ...(flow.inventory ? { inventory: flow.inventory } : {}),
    readPage: async (number) => {
      const page = pages[number - 1];
      if (!page) throw new AppError("page_not_found", `There is no page ${number}.`);
      const words = page.rows.flatMap((row, line) =>
        Array.from(row.matchAll(/\S+/g), ({ 0: text, index }): ReadWord => ({
          text,
          bbox: [index / COLUMNS, line / ROWS, (index + text.length) / COLUMNS, (line + 1) / ROWS],
          confidence: 1,
          line,
        })),
      );
      return {
        page: composePage({
          number,
          label: page.label,
          width: COLUMNS * 7.2,
          height: ROWS * 12,
          rotation: 0,
          source: words.length > 0 ? flow.source : "none",
          language: null,
          words,
          rulings: [],
        }),
        warnings: [],
      };
    },
    close: () => undefined,
  };
}

function rowsOf(block: FlowBlock): string[] {
  switch (block.kind) {
    case "table":
      return block.rows.map((row) => row.map((cell) => cell.text.padEnd(16)).join("   "));
    case "key_value":
      return [`${block.key}: ${block.value}`];
    case "page_break":
      return [];
    case "list_item":
      return [`${block.marker} ${block.text}`];
    case "heading":
    case "paragraph":
    case "code":
    case "caption":
    case "note":
      return block.text.split("\n");
  }
}
