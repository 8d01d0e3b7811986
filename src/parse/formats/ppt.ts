import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { passwordRequired } from "../office-crypto/primitives.ts";
import { isEncryptedPpt } from "../office-crypto/unlock-ppt.ts";
import { openCompound } from "../package/open-compound.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { blipPictures } from "../pictures/blips.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { isLarge } from "../pictures/picture-fate.ts";
import { openSlides } from "../slides/open-slides.ts";
import { readPpt } from "../slides/read-ppt.ts";

/** An encrypted presentation's pictures are encrypted each by itself, which is not undone. */
const PICTURES_UNREADABLE: Warning = {
  code: "content_not_read",
  message:
    "The presentation's pictures were not read: they are encrypted or damaged. Save it without a password, or as PPTX, and send that.",
};

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
    const found = blipPictures([file.pieces("Pictures") ?? []]);
    const pictures = listPictures(found, limits.maxMembers);
    const lost = found.length === 0 && isLarge(file.size("Pictures")) ? [PICTURES_UNREADABLE] : [];
    return openSlides(
      {
        ...deck,
        members: pictures.members,
        pictureDocuments: pictures.documents,
        warnings: [...deck.warnings, ...pictures.warnings, ...lost],
      },
      limits,
    );
  },
};
