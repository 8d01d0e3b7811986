import type { DocumentSource } from "../../ports.ts";
import { odfPictures } from "../odf/pictures.ts";
import { odfProperties, odfWarnings } from "../odf/properties.ts";
import { openPackage, type Package } from "../package/open-package.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { openSlides } from "../slides/open-slides.ts";
import { readOdp } from "../slides/read-odp.ts";

/** Reads OpenDocument presentations: slides in order, their shapes as they are read, tables, charts, notes. */
export const odp: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openOdp(openPackage(await source.bytes(), limits), limits);
  },
};

/** Opens a presentation by its parts. @throws AppError as readOdp */
export function openOdp(parts: Package, limits: ParseLimits): OpenedDocument {
  const deck = readOdp(parts, limits);
  const pictures = odfPictures(parts, limits, { stylesDecorate: true });
  const warnings = [...deck.warnings, ...pictures.warnings, ...odfWarnings(parts)];
  const found = { members: pictures.members, pictureDocuments: pictures.documents };
  return openSlides({ ...deck, ...found, warnings, metadata: odfProperties(parts) }, limits);
}
