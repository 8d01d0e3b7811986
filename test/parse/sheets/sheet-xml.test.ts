import { expect, it } from "vitest";
import { xml } from "../../../src/parse/formats/xml.ts";
import { openWith, pagesOf } from "../../fixtures/open.ts";

const data = (type: string, value: string): string => `<Data ss:Type="${type}">${value}</Data>`;
const workbook = (sheets: string): string =>
  `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="m"><NumberFormat ss:Format="Standard"/></Style></Styles>${sheets}</Workbook>`;

it("reads a workbook that is a single XML by its cells: places, values, spans, hidden sheets", async () => {
  const rows = [
    `<Row><Cell>${data("String", "Text")}<Comment>${data("String", "Why")}</Comment></Cell><Cell ss:Index="3">${data("DateTime", "2025-03-14T00:00:00.000")}</Cell></Row>`,
    `<Row ss:Index="2"><Cell ss:MergeAcross="1">${data("Boolean", "1")}</Cell><Cell ss:StyleID="m">${data("Number", "1234.5")}</Cell></Row>`,
    `<Row><Cell>${data("Error", "#REF!")}</Cell><Cell>${data("String", "b")}</Cell><Cell>${data("DateTime", "1899-12-31T13:45:00.000")}</Cell><Cell ss:Formula="=1"/></Row>`,
  ];
  const opened = await openWith(
    xml,
    workbook(
      `<Worksheet ss:Name="A"><Table>${rows.join("")}</Table></Worksheet><Worksheet ss:Name="B"><Table><Row><Cell>${data("String", "secret")}</Cell></Row></Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>`,
    ),
  );
  const pages = await pagesOf(opened);
  expect(pages.map(({ label, source }) => [label, source])).toEqual([
    ["A", "cell"],
    ["B", "cell"],
  ]);
  const cells = pages[0]?.tables.flatMap((table) => table.cells) ?? [];
  expect(
    cells.map(({ address, text, value, column_span: span }) => [
      address,
      text,
      value?.type,
      value?.value,
      span,
    ]),
  ).toEqual([
    ["A1", "Text", "text", "Text", 1],
    ["C1", "2025-03-14", "date", "2025-03-14", 1],
    ["A2", "TRUE", "boolean", "true", 2],
    ["C2", "1,234.50", "number", "1234.5", 1],
    ["A3", "#REF!", "error", "#REF!", 1],
    ["B3", "b", "text", "b", 1],
    ["C3", "13:45:00", "time", "13:45:00", 1],
  ]);
  expect(pages[0]?.text).toContain("A1: Why");
  expect(opened.warnings.map(({ code }) => code)).toEqual(["content_not_read", "hidden_content"]);
});

it("stays within a sheet's bounds whatever its places say", async () => {
  const row = `<Row ss:Index="99999999" ss:Span="99999999"><Cell ss:Index="99999999" ss:MergeAcross="99999999" ss:MergeDown="99999999">${data("Number", "x")}</Cell></Row>`;
  const opened = await openWith(xml, workbook(`<Worksheet><Table>${row}${row}</Table></Worksheet>`));
  expect((await pagesOf(opened))[0]?.text).toContain("x");
});
