import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { OpenedDocument, ParseLimits } from "../parser.ts";
import { boundWords, type BoundFlow } from "./bound-words.ts";
import { composeSheet } from "./compose-sheet.ts";
import type { Flow } from "./flow.ts";
import { placeSection } from "./place-blocks.ts";
import { RowMemo } from "./row-memo.ts";
import type { Sheet } from "./sheet-writer.ts";

/** What a document of one isolate may have (config.ts, MAX_WORDS): more is cut before it takes room. */
const MAX_WORDS = 150_000;

/** The limits that a flow is held to. */
export interface FlowLimits extends Pick<ParseLimits, "maxPages"> {
  readonly maxWords?: number;
}

/**
 * Lays a flow out on pages of a fixed grid, so that every word has a place and tables keep their cells: sections
 * begin on pages of their own, long tables and paragraphs go on over page breaks, wide tables make wider pages.
 * What is beyond the limits is cut off, and a warning says so. A flow without words has one blank page.
 */
export function openFlow(flow: Flow, { maxPages, maxWords = MAX_WORDS }: FlowLimits): OpenedDocument {
  const bound = boundWords(flow, maxWords);
  const memo = new RowMemo();
  const sheets: Sheet[] = [];
  for (const section of bound.sections.length > 0 ? bound.sections : [{ label: null, blocks: [] }]) {
    for (const sheet of placeSection(section, memo)) sheets.push(sheet);
    if (sheets.length > maxPages) break;
  }
  const warnings = [...(flow.warnings ?? []), ...cutWarnings(bound, maxWords)];
  if (sheets.length > maxPages) {
    sheets.length = maxPages;
    const message = `Only the first ${maxPages} pages were read, and the document has more. Split it and send its parts.`;
    warnings.push({ code: "pages_over_limit", message });
  }
  return {
    pageCount: sheets.length,
    metadata: flow.metadata ?? {},
    warnings,
    ...(flow.members ? { members: flow.members } : {}),
    ...(flow.inventory ? { inventory: flow.inventory } : {}),
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

function cutWarnings({ cut }: BoundFlow, maxWords: number): Warning[] {
  if (!cut) return [];
  const behind = cut.sectionsLeft > 0 ? ` and all of the ${cut.sectionsLeft} behind it` : "";
  const message = `Only the first ${maxWords} words were read: the rest of ${cut.section}${behind} was left out. Split the document and send its parts.`;
  return [{ code: "text_truncated", message }];
}
