import type { Warning } from "../../model/parsed.ts";
import type { Flow, FlowBlock, FlowSection } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../parser.ts";
import type { Sheet } from "./sheet.ts";
import { tablesOf } from "./sheet-tables.ts";

/** The sheets of a workbook and what has to be said of it. */
export interface Book {
  readonly sheets: readonly Sheet[];
  /** Sheets that the workbook lists, read or not. */
  readonly found: number;
  readonly warnings: readonly Warning[];
  readonly members?: readonly OpenedMember[];
  /** Pictures among the members that become documents, and are read so. */
  readonly pictureDocuments?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Makes a workbook a document: a section for each sheet, in the workbook's order, the hidden ones too. */
export function openBook(book: Book, limits: ParseLimits): OpenedDocument {
  const { pictureDocuments = 0 } = book;
  const flow: Flow = {
    sections: book.sheets.map(sectionOf),
    source: "cell",
    metadata: book.metadata ?? {},
    warnings: [...book.warnings, ...book.sheets.flatMap((sheet) => warningsOf(sheet, pictureDocuments > 0))],
    inventory: [{ kind: "sheet", found: book.found, read: book.sheets.length }],
    ...(book.members ? { members: book.members } : {}),
  };
  return openFlow(flow, limits);
}

function sectionOf(sheet: Sheet): FlowSection {
  const notes = sheet.notes
    .filter(({ text }) => text !== "")
    .map(({ address, text }): FlowBlock => ({ kind: "note", text: `${address}: ${text}` }));
  // A sheet's name stands below it, where spreadsheet programs show it, and not over its content as a title would.
  const content = [...tablesOf(sheet), ...(sheet.drawn ?? []), ...notes];
  const name: FlowBlock = { kind: "caption", text: sheet.name };
  return { label: sheet.name, blocks: content.length > 0 ? [...content, name] : [] };
}

function warningsOf(sheet: Sheet, readsPictures: boolean): Warning[] {
  const { name, visibility, hiddenRows = 0, hiddenColumns = 0, uncalculated = 0 } = sheet;
  const warnings: Warning[] = [];
  if (visibility !== "visible") {
    const how = visibility === "hidden" ? "hidden" : "hidden so that Excel does not list it";
    warnings.push({ code: "hidden_content", message: `The sheet ${name} is ${how}. It was read.` });
  } else if (hiddenRows + hiddenColumns > 0) {
    const message = `The sheet ${name} has hidden rows (${hiddenRows}) or columns (${hiddenColumns}). They were read.`;
    warnings.push({ code: "hidden_content", message });
  }
  if (uncalculated > 0) {
    warnings.push({
      code: "content_not_read",
      message: `The sheet ${name} has formulas (${uncalculated}) without a stored result. Open and save it in a spreadsheet program, and send that.`,
    });
  }
  if (sheet.cut === true) {
    warnings.push({
      code: "text_truncated",
      message: `The sheet ${name} has more cells than are read, so that its end is missing. Send it in parts.`,
    });
  }
  const { charts = 0 } = sheet.unread ?? {};
  const pictures = readsPictures ? 0 : (sheet.unread?.pictures ?? 0);
  const empty = sheet.cells.length === 0 && (sheet.drawn?.length ?? 0) === 0;
  if (empty && pictures + charts > 0) {
    const what = readsPictures ? "charts" : `pictures (${pictures}) and charts`;
    const message = `The sheet ${name} holds nothing but ${what} (${charts}), which were not read.`;
    warnings.push({ code: "content_not_read", message });
  }
  return warnings;
}
