import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { attachmentsOf } from "../ooxml/attachments.ts";
import { propertiesOf } from "../ooxml/properties.ts";
import { mainPart } from "../ooxml/relationships.ts";
import { openPackage } from "../package/open-package.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { openSlides } from "../slides/open-slides.ts";
import { readPptx } from "../slides/read-pptx.ts";

/** Reads PowerPoint presentations: slides in order, their shapes as they are read, tables, charts, notes. */
export const pptx: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const parts = openPackage(await source.bytes(), limits);
    const main = mainPart(parts);
    if (main === null) {
      throw new AppError("file_damaged", "The file is damaged: it holds no presentation. Send the original.");
    }
    const deck = readPptx(parts, main, limits);
    const { members, warnings, pictureDocuments } = attachmentsOf(parts, limits);
    return openSlides(
      {
        ...deck,
        members,
        pictureDocuments,
        metadata: propertiesOf(parts),
        warnings: [...deck.warnings, ...warnings],
      },
      limits,
    );
  },
};
