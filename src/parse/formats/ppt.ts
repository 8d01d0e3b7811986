import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { passwordRequired } from "../office-crypto/primitives.ts";
import { isEncryptedPpt } from "../office-crypto/unlock-ppt.ts";
import { openCompound } from "../package/open-compound.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { blipPictures } from "../pictures/blips.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { openSlides } from "../slides/open-slides.ts";
import { readPpt } from "../slides/read-ppt.ts";

/** Reads the text of PowerPoint 97-2003 presentations. */
export const ppt: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const file = openCompound(await source.bytes());
    if (!file.has("PowerPoint Document")) {
      throw new AppError(
        "unsupported_format",
        "The presentation is of PowerPoint 95 or older, which is not read. Save it as PPTX and send that.",
      );
    }
    if (isEncryptedPpt(file)) throw passwordRequired();
    const deck = readPpt(file, limits);
    const pictures = listPictures(blipPictures([file.pieces("Pictures") ?? []]), limits.maxMembers);
    return openSlides(
      {
        ...deck,
        members: pictures.members,
        pictureDocuments: pictures.documents,
        warnings: [...deck.warnings, ...pictures.warnings],
      },
      limits,
    );
  },
};
