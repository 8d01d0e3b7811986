import type { ParseLimits } from "../parser.ts";
import { attributeOf, childOf, childrenOf, namespaceOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import {
  booleanContent,
  type CellContent,
  errorContent,
  type FormatNumber,
  numberContent,
  textContent,
} from "./number-format.ts";
import type { Book } from "./open-book.ts";
import { addressOf, type CellRange, MAX_COLUMNS, MAX_ROWS, type Sheet, type SheetCell } from "./sheet.ts";

/** More merged ranges than these are not looked at: each has to be compared with what it covers. */
const MAX_MERGES = 50_000;
const SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet";

/** Formats that have a name here in place of a code; those that depend on the reader's country have neutral ones. */
const NAMED_FORMATS: Readonly<Record<string, string>> = {
  "General Number": "General",
  Currency: "#,##0.00",
  "Euro Currency": "#,##0.00 €",
  Fixed: "0.00",
  Standard: "#,##0.00",
  Percent: "0.00%",
  Scientific: "0.00E+00",
};

const VISIBILITY: Readonly<Record<string, Sheet["visibility"]>> = {
  SheetHidden: "hidden",
  SheetVeryHidden: "very_hidden",
};

/** Whether a root is a workbook as XML of 2002 and 2003, which exports of many programs still are. */
export function isSheetXml(root: XmlElement): boolean {
  return root.local === "Workbook" && namespaceOf(root) === SPREADSHEET;
}

/** Reads the sheets of a workbook in XML ("XML Spreadsheet Reference", Microsoft 2001), each with its values. */
export function readSheetXml(
  root: XmlElement,
  format: FormatNumber,
  limits: Pick<ParseLimits, "maxPages">,
): Book {
  const codes = new Map(
    childrenOf(childOf(root, "Styles"), "Style").map((style) => {
      const code = attributeOf(childOf(style, "NumberFormat"), "Format") ?? "General";
      return [attributeOf(style, "ID"), NAMED_FORMATS[code] ?? code] as const;
    }),
  );
  const worksheets = childrenOf(root, "Worksheet");
  const sheets = worksheets.slice(0, limits.maxPages).map((sheet) => readSheet(sheet, codes, format));
  return { sheets, found: worksheets.length, warnings: [] };
}

function readSheet(
  worksheet: XmlElement,
  codes: ReadonlyMap<string | null, string>,
  format: FormatNumber,
): Sheet {
  const cells: SheetCell[] = [];
  const merges: CellRange[] = [];
  const notes: { address: string; text: string }[] = [];
  let [row, hiddenRows, uncalculated] = [-1, 0, 0];
  for (const line of childrenOf(childOf(worksheet, "Table"), "Row")) {
    row = placeOf(line, row, MAX_ROWS);
    if (attributeOf(line, "Hidden") === "1") hiddenRows += 1;
    let column = -1;
    for (const cell of childrenOf(line, "Cell")) {
      column = placeOf(cell, column, MAX_COLUMNS);
      const [across, down] = [numberOf(cell, "MergeAcross"), numberOf(cell, "MergeDown")];
      if (across + down > 0 && merges.length < MAX_MERGES)
        merges.push({ top: row, left: column, bottom: row + down, right: column + across });
      const data = childOf(cell, "Data");
      const code = codes.get(attributeOf(cell, "StyleID") ?? attributeOf(line, "StyleID")) ?? "General";
      const content = data && contentOf(data, code, format);
      if (content && content.text !== "") cells.push({ row, column, ...content });
      if (!data && attributeOf(cell, "Formula") !== null) uncalculated += 1;
      const note = textOf(childOf(cell, "Comment", "Data")).trim();
      if (note !== "") notes.push({ address: addressOf(row, column), text: note });
      column += across;
    }
    row += numberOf(line, "Span");
  }
  const visible = textOf(childOf(worksheet, "WorksheetOptions", "Visible")).trim();
  const name = attributeOf(worksheet, "Name") ?? "";
  return {
    name,
    visibility: VISIBILITY[visible] ?? "visible",
    cells,
    merges,
    notes,
    hiddenRows,
    uncalculated,
  };
}

/** The number from 0 of a row or cell: the one that it says, else the next. */
function placeOf(element: XmlElement, before: number, most: number): number {
  const stated = numberOf(element, "Index");
  return Math.min(stated > 0 ? stated - 1 : before + 1, most - 1);
}

function numberOf(element: XmlElement, attribute: string): number {
  const number = Number(attributeOf(element, attribute) ?? 0);
  return Number.isInteger(number) && number > 0 ? Math.min(number, MAX_ROWS) : 0;
}

function contentOf(data: XmlElement, code: string, format: FormatNumber): CellContent {
  const written = textOf(data);
  switch (attributeOf(data, "Type")) {
    case "Number":
      return Number.isNaN(Number(written)) || written.trim() === ""
        ? textContent(written)
        : numberContent(Number(written), code, false, format);
    case "DateTime":
      return momentOf(written.trim());
    case "Boolean":
      return booleanContent(written.trim() === "1");
    case "Error":
      return errorContent(written.trim());
    default:
      return textContent(written.replace(/\r\n?/g, "\n"));
  }
}

/** A moment is written in full; the day before the first one stands for a time alone. */
function momentOf(written: string): CellContent {
  const [, date, time = ""] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(written) ?? [];
  if (date === undefined) return textContent(written);
  if (date === "1899-12-31") return { text: time, value: { type: "time", value: time } };
  if (time === "00:00:00") return { text: date, value: { type: "date", value: date } };
  return { text: `${date} ${time}`, value: { type: "datetime", value: `${date}T${time}` } };
}
