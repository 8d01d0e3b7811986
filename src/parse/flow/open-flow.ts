import { AppError } from "../../errors.ts";
import type { Inventory, Warning } from "../../model/parsed.ts";
import type { OpenedDocument, ParseLimits } from "../parser.ts";
import { boundWords, type BoundFlow } from "./bound-words.ts";
import { composeSheet } from "./compose-sheet.ts";
import type { Flow } from "./flow.ts";
import { placeSection } from "./place-blocks.ts";
import { RowMemo } from "./row-memo.ts";
import type { Sheet } from "./sheet-writer.ts";

/** The limits that a flow is held to. */
export type FlowLimits = Pick<ParseLimits, "maxPages" | "maxWords">;

/**
 * Lays a flow out on pages of a fixed grid, so that every word has a place and tables keep their cells: sections
 * begin on pages of their own, long tables and paragraphs go on over page breaks, wide tables make wider pages.
 * What is beyond the limits is cut off, and a warning says so. A flow without words has one blank page.
 */
export function openFlow(flow: Flow, { maxPages, maxWords }: FlowLimits): OpenedDocument {
  const bound = boundWords(flow, maxWords);
  const memo = new RowMemo();
  const sheets: Sheet[] = [];
  let placed = 0;
  for (const section of bound.sections.length > 0 ? bound.sections : [{ label: null, blocks: [] }]) {
    if (sheets.length >= maxPages) break;
    for (const sheet of placeSection(section, memo)) sheets.push(sheet);
    placed += 1;
  }
  // What was not laid out is at least a page each.
  const found = sheets.length + Math.max(0, flow.sections.length - placed);
  const warnings = [...(flow.warnings ?? []), ...cutWarnings(bound, maxWords)];
  if (found > maxPages) {
    sheets.length = Math.min(sheets.length, maxPages);
    const message = `Only the first ${sheets.length} pages were read, and the document has at least ${found}. Split it and send its parts.`;
    warnings.push({ code: "pages_over_limit", message });
  }
  const inventory = stockOf(flow, bound, placed, { found, read: sheets.length });
  return {
    pageCount: sheets.length,
    metadata: flow.metadata ?? {},
    warnings,
    ...(flow.members ? { members: flow.members } : {}),
    ...(inventory.length > 0 ? { inventory } : {}),
    ...(flow.formFields ? { formFields: flow.formFields } : {}),
    readPage: async (number) => {
      const sheet = sheets[number - 1];
      if (!sheet) {
        throw new AppError(
          "page_not_found",
          `There is no page ${number}: the document has ${sheets.length}.`,
        );
      }
      const page = composeSheet(sheet, number, flow.source);
      const blank: Warning = { code: "page_blank", message: `Page ${number} is blank.`, page: number };
      return { page, warnings: page.words.length > 0 ? [] : [blank] };
    },
    close: () => memo.clear(),
  };
}

const PARTS: ReadonlySet<Inventory["kind"]> = new Set(["sheet", "slide", "chapter"]);

/** What the reader counted, without the parts of which no page was kept; and the pages, where some were left out. */
function stockOf(
  flow: Flow,
  { sections, cut }: BoundFlow,
  placed: number,
  pages: Omit<Inventory, "kind">,
): Inventory[] {
  const isLastEmpty = cut !== null && placed === sections.length && sections.at(-1)?.blocks.length === 0;
  const kept = isLastEmpty ? placed - 1 : placed;
  const dropped = flow.sections.slice(kept).filter(({ blocks }) => blocks.length > 0).length;
  const counted = (flow.inventory ?? []).map(({ kind, found, read }) => ({
    kind,
    found,
    read: PARTS.has(kind) ? Math.max(0, read - dropped) : read,
  }));
  return pages.found > pages.read ? [...counted, { kind: "page", ...pages }] : counted;
}

function cutWarnings({ cut }: BoundFlow, maxWords: number): Warning[] {
  if (!cut) return [];
  const behind = cut.sectionsLeft > 0 ? ` and all of the ${cut.sectionsLeft} behind it` : "";
  const message = `Only the first ${maxWords} words were read: the rest of ${cut.section}${behind} was left out. Split the document and send its parts.`;
  return [{ code: "text_truncated", message }];
}
