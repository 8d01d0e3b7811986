import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { type Chapter, readBook, resolvePart } from "../epub/book.ts";
import type { FlowSection } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import { dataPictures } from "../html/data-pictures.ts";
import { readHtml } from "../html/read-html.ts";
import { openPackage, type Package } from "../package/open-package.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { listPictures, partPicture } from "../pictures/list-pictures.ts";
import { AppError } from "../../errors.ts";

/** Reads books chapter by chapter in the order of their spine; each begins on a page of its own. */
export const epub: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The book has ${source.size} bytes, more than the ${limits.maxBytes} that are read.`,
      );
    }
    const pack = openPackage(await source.bytes(), limits);
    const { metadata, chapters } = readBook(pack);
    const { sections, warnings, shown, sources } = readChapters(pack, chapters, limits);
    const parts = [...shown].filter((name) => pack.has(name)).map((name) => partPicture(pack, name));
    const pictures = listPictures([...parts, ...dataPictures([...sources])], limits.maxMembers);
    if (pictures.documents > 0) warnings.delete(PICTURES_ALONE);
    const inventory = [{ kind: "chapter", found: chapters.length, read: sections.length } as const];
    return openFlow(
      {
        source: "text_layer",
        sections,
        metadata,
        inventory,
        members: pictures.members,
        warnings: [...warnings.values(), ...pictures.warnings],
      },
      limits,
    );
  },
};

/** What a chapter that holds nothing else says of its pictures. */
const PICTURES_ALONE = "content_not_read";

interface ReadChapters {
  readonly sections: readonly FlowSection[];
  /** By code, or by what they are about. */
  readonly warnings: Map<string, Warning>;
  /** Parts that are shown as pictures, and pictures that stand in the chapters' own text. */
  readonly shown: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

function readChapters(pack: Package, chapters: readonly Chapter[], limits: ParseLimits): ReadChapters {
  const sections: FlowSection[] = [];
  const said = new Map<string, Warning>();
  const shown = new Set<string>();
  const sources = new Set<string>();
  let left = limits.maxPartBytes;
  let missing = 0;
  for (const { part, mediaType, label } of chapters) {
    if (/^image\/(?!svg)/.test(mediaType) && pack.has(part)) {
      shown.add(part);
      sections.push({ label, blocks: [] });
      continue;
    }
    const text = /xml|html|svg/.test(mediaType) || mediaType === "" ? pack.text(part) : null;
    if (text === null) {
      missing += 1;
      continue;
    }
    left -= text.length;
    if (left < 0) {
      const message = `Only the first ${sections.length} of ${chapters.length} chapters were read: the book has more text than is read at once.`;
      said.set("text_truncated", { code: "text_truncated", message });
      break;
    }
    const { blocks, pictures, warnings } = readHtml(text, limits);
    const folder = part.slice(0, part.lastIndexOf("/") + 1);
    for (const source of pictures) {
      if (source.startsWith("data:")) sources.add(source);
      else if (!/^\s*(?:\/\/|[a-z][a-z\d+.-]*:)/i.test(source)) shown.add(resolvePart(folder, source));
    }
    for (const warning of warnings) if (!said.has(warning.code)) said.set(warning.code, warning);
    sections.push({ label, blocks });
  }
  if (missing > 0) {
    const message = `${missing} of ${chapters.length} chapters were not read: they are missing, or they are no text.`;
    said.set("missing", { code: "content_not_read", message });
  }
  return { sections, warnings: said, shown, sources };
}
