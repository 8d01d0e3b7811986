import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import type { FormatNumber } from "./number-format.ts";
import type { Book } from "./open-book.ts";
import { cellBudget, type Sheet } from "./sheet.ts";
import { readDrawing, readExtras } from "./xlsx-extras.ts";
import { type BookContext, type FormulaFindings, readSheetPart } from "./xlsx-sheet.ts";
import { readSharedStrings } from "./xlsx-strings.ts";
import { readStyleCodes } from "./xlsx-styles.ts";

/** What one sheet of a workbook is, before its part is read. */
interface SheetEntry {
  readonly name: string;
  readonly visibility: Sheet["visibility"];
  readonly type: string;
  readonly target: string;
}

/**
 * Reads a workbook of SpreadsheetML, sheet by sheet.
 * @throws AppError file_damaged, archive_too_large, unsafe_content, text_too_long
 */
export function readXlsx(parts: Package, main: string, format: FormatNumber, limits: ParseLimits): Book {
  const root = parts.xml(main);
  const links = relationshipsOf(parts, main);
  const part = (type: string): Iterable<Uint8Array> | null => {
    const target = links.find((link) => link.type === type)?.target;
    return target === undefined ? null : parts.pieces(target);
  };
  const strings = part("sharedStrings");
  const styles = part("styles");
  const book: BookContext = {
    strings: strings ? readSharedStrings(strings, limits) : [],
    codes: styles ? readStyleCodes(styles, limits) : [],
    date1904: ["1", "true"].includes(attributeOf(childOf(root, "workbookPr"), "date1904") ?? ""),
    format,
    budget: { cells: cellBudget(limits) },
  };
  const entries = entriesOf(root, links);
  const warnings: Warning[] = [];
  const formulas: FormulaFindings = { uncalculated: 0, dde: 0, fetching: 0 };
  const sheets = entries.flatMap((entry) => {
    const sheet = readEntry(parts, entry, book, formulas, limits, warnings);
    return sheet ? [sheet] : [];
  });
  if (sheets.length === 0 && warnings.length === 0) throw noSheets();
  warnings.push(...formulaWarnings(formulas, hasDdeLink(parts)));
  return { sheets, found: entries.length, warnings };
}

function entriesOf(root: XmlElement | null, links: ReturnType<typeof relationshipsOf>): SheetEntry[] {
  return childrenOf(childOf(root, "sheets"), "sheet").map((sheet, index) => {
    const id = sheet.attributes["r:id"] ?? attributeOf(sheet, "id");
    const link = links.find((candidate) => candidate.id === id);
    const state = attributeOf(sheet, "state");
    return {
      name: attributeOf(sheet, "name") ?? `Sheet${index + 1}`,
      visibility: state === "hidden" ? "hidden" : state === "veryHidden" ? "very_hidden" : "visible",
      type: link?.type ?? "worksheet",
      target: link?.target ?? `xl/worksheets/sheet${index + 1}.xml`,
    };
  });
}

/** One sheet; null, with a warning, for one that cannot be read. What is wrong with all of them is thrown. */
function readEntry(
  parts: Package,
  { name, visibility, type, target }: SheetEntry,
  book: BookContext,
  formulas: FormulaFindings,
  limits: ParseLimits,
  warnings: Warning[],
): Sheet | null {
  try {
    const pieces = parts.pieces(target);
    if (!pieces) throw new AppError("file_damaged", "its part is missing from the file");
    const links = relationshipsOf(parts, target);
    if (type === "chartsheet") {
      const drawing = links.find((link) => link.type === "drawing")?.target ?? "";
      const { drawn, pictures, charts } = readDrawing(parts, drawing);
      return { name, visibility, cells: [], merges: [], notes: [], drawn, unread: { pictures, charts } };
    }
    const part = readSheetPart(pieces, book, limits);
    const { notes, named, drawn, pictures, charts } = readExtras(parts, links);
    formulas.dde += part.formulas.dde;
    formulas.fetching += part.formulas.fetching;
    const { cells, merges, hiddenRows, hiddenColumns, cut } = part;
    const uncalculated = part.formulas.uncalculated;
    const unread = { pictures, charts };
    return {
      name,
      visibility,
      cells,
      merges,
      named,
      notes,
      drawn,
      unread,
      hiddenRows,
      hiddenColumns,
      uncalculated,
      cut,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "file_damaged") throw error;
    warnings.push({ code: "content_not_read", message: `The sheet ${name} was not read: ${error.message}` });
    return null;
  }
}

function formulaWarnings(formulas: FormulaFindings, ddeLink: boolean): Warning[] {
  const warnings: Warning[] = [];
  if (formulas.dde > 0 || ddeLink) {
    warnings.push({
      code: "scripts_present",
      message: "The workbook has formulas that start other programs (DDE). They were not run.",
    });
  }
  if (formulas.fetching > 0) {
    warnings.push({
      code: "external_reference",
      message: `The workbook has formulas that fetch from outside (${formulas.fetching}). They were not run.`,
    });
  }
  return warnings;
}

function hasDdeLink(parts: Package): boolean {
  return parts.names.some(
    (name) => /\/externalLinks\/[^/]+\.xml$/.test(name) && (parts.text(name) ?? "").includes("ddeLink"),
  );
}

function noSheets(): AppError {
  return new AppError(
    "file_damaged",
    "The file is damaged: the workbook lists no sheets. Send the original.",
  );
}
