import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { type Chapter, readBook } from "../epub/book.ts";
import type { FlowSection } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import { readHtml } from "../html/read-html.ts";
import { openPackage, type Package } from "../package/open-package.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";
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
    const { sections, warnings } = readChapters(pack, chapters, limits);
    const inventory = [{ kind: "chapter", found: chapters.length, read: sections.length } as const];
    return openFlow({ source: "text_layer", sections, metadata, inventory, warnings }, limits);
  },
};

function readChapters(
  pack: Package,
  chapters: readonly Chapter[],
  limits: ParseLimits,
): { sections: FlowSection[]; warnings: Warning[] } {
  const sections: FlowSection[] = [];
  const said = new Map<string, Warning>();
  let left = limits.maxPartBytes;
  let missing = 0;
  for (const { part, mediaType, label } of chapters) {
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
    const { blocks, warnings } = readHtml(text, limits);
    for (const warning of warnings) if (!said.has(warning.code)) said.set(warning.code, warning);
    sections.push({ label, blocks });
  }
  if (missing > 0) {
    const message = `${missing} of ${chapters.length} chapters were not read: they are missing, or they are no text.`;
    said.set("content_not_read", { code: "content_not_read", message });
  }
  return { sections, warnings: [...said.values()] };
}
