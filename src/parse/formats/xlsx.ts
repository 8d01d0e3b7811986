import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { attachmentsOf } from "../ooxml/attachments.ts";
import { propertiesOf } from "../ooxml/properties.ts";
import { mainPart } from "../ooxml/relationships.ts";
import { openPackage } from "../package/open-package.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { loadFormat } from "../sheets/load-format.ts";
import { openBook } from "../sheets/open-book.ts";
import { readXlsb } from "../sheets/read-xlsb.ts";
import { readXlsx } from "../sheets/read-xlsx.ts";

/** Reads Excel workbooks (SpreadsheetML, and its binary form): every sheet, with each cell's address and value. */
export const xlsx: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const parts = openPackage(await source.bytes(), limits);
    const main = mainPart(parts);
    if (main === null) {
      throw new AppError("file_damaged", "The file is damaged: it holds no workbook. Send the original.");
    }
    const format = await loadFormat();
    const readBook = main.endsWith(".bin") ? readXlsb : readXlsx;
    const book = readBook(parts, main, format, limits);
    const { members, warnings, pictureDocuments } = attachmentsOf(parts, limits);
    return openBook(
      {
        ...book,
        members,
        pictureDocuments,
        metadata: propertiesOf(parts),
        warnings: [...book.warnings, ...warnings],
      },
      limits,
    );
  },
};
