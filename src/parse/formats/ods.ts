import type { DocumentSource } from "../../ports.ts";
import { odfPictures } from "../odf/pictures.ts";
import { odfProperties, odfWarnings } from "../odf/properties.ts";
import { openPackage, type Package } from "../package/open-package.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { openBook } from "../sheets/open-book.ts";
import { readOds } from "../sheets/read-ods.ts";

/** Reads OpenDocument spreadsheets: every sheet, with each cell's address and value. */
export const ods: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openOds(openPackage(await source.bytes(), limits), limits);
  },
};

/** Opens a spreadsheet by its parts. @throws AppError as readOds */
export function openOds(parts: Package, limits: ParseLimits): OpenedDocument {
  const book = readOds(parts, limits);
  const pictures = odfPictures(parts, limits, { stylesDecorate: false });
  const warnings = [...book.warnings, ...pictures.warnings, ...odfWarnings(parts)];
  const found = { members: pictures.members, pictureDocuments: pictures.documents };
  return openBook({ ...book, ...found, warnings, metadata: odfProperties(parts) }, limits);
}
