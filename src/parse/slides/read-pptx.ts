import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import { paragraphsOf } from "../ooxml/drawing-text.ts";
import { type Relationship, relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import type { Deck } from "./open-slides.ts";
import { Layouts, placeholderOf } from "./pptx-layout.ts";
import { readShapes } from "./pptx-shapes.ts";
import type { Slide } from "./shape.ts";

/** Slides' parts that are read, in multiples of the largest part: more are there to keep a reader busy. */
const MAX_PARTS_OF_LARGEST = 4;

/**
 * Reads the slides of a presentation in the order that it lists them.
 * @throws AppError file_damaged, archive_too_large, unsafe_content
 */
export function readPptx(parts: Package, main: string, limits: ParseLimits): Deck {
  const root = parts.xml(main);
  const links = relationshipsOf(parts, main);
  const names = childrenOf(childOf(root, "sldIdLst"), "sldId").map((slide) => {
    const id =
      slide.attributes["r:id"] ??
      Object.entries(slide.attributes).find(([name]) => name.endsWith(":id"))?.[1];
    return links.find((link) => link.id === id)?.target ?? "";
  });
  const warnings: Warning[] = [];
  const layouts = new Layouts(parts);
  const slides: (Slide | null)[] = [];
  let bytes = 0;
  for (const [index, name] of names.entries()) {
    bytes += parts.size(name);
    if (index >= limits.maxPages || bytes > limits.maxPartBytes * MAX_PARTS_OF_LARGEST) {
      const message = `Only the first ${index} of ${names.length} slides were read. Split the file and send its parts.`;
      warnings.push({ code: "pages_over_limit", message });
      break;
    }
    slides.push(readSlide(parts, name, index + 1, layouts, warnings));
  }
  return { slides, found: names.length, warnings };
}

/** One slide; null, with a warning, for one that is damaged. */
function readSlide(
  parts: Package,
  name: string,
  number: number,
  layouts: Layouts,
  warnings: Warning[],
): Slide | null {
  try {
    const root = parts.xml(name);
    if (!root) throw new AppError("file_damaged", "its part is missing from the file");
    const links = relationshipsOf(parts, name);
    const layoutName = links.find(({ type }) => type === "slideLayout")?.target;
    const layout = layoutName === undefined || !parts.has(layoutName) ? [] : layouts.read(layoutName);
    const { shapes, pictures, unread } = readShapes(childOf(root, "cSld", "spTree"), {
      parts,
      links,
      layout,
    });
    const heading = shapes.find(({ role }) => role === "title")?.blocks[0];
    return {
      title: heading?.kind === "heading" ? heading.text : null,
      hidden: ["0", "false"].includes(attributeOf(root, "show") ?? ""),
      shapes,
      notes: [...notesOf(parts, links), ...commentsOf(parts, links)],
      pictures,
      unread,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "file_damaged") throw error;
    warnings.push({ code: "content_not_read", message: `Slide ${number} was not read: ${error.message}` });
    return null;
  }
}

/** What the speaker notes, without what the notes' page repeats (number, date, header). */
function notesOf(parts: Package, links: readonly Relationship[]): string[] {
  const name = links.find(({ type }) => type === "notesSlide")?.target;
  if (name === undefined || !parts.has(name)) return [];
  return childrenOf(childOf(parts.xml(name), "cSld", "spTree"), "sp").flatMap((shape) => {
    const type = placeholderOf(shape)?.type;
    if (type !== undefined && type !== "body") return [];
    return paragraphsOf(childOf(shape, "txBody")).map(({ text }) => text);
  });
}

/** Comments as PowerPoint 2007 writes them (`p:text`), and as later versions do (a text body, with replies). */
function commentsOf(parts: Package, links: readonly Relationship[]): string[] {
  return links
    .filter(({ type, target }) => type.toLowerCase() === "comments" && parts.has(target))
    .flatMap(({ target }) => childrenOf(parts.xml(target), "cm").flatMap(commentTexts));
}

function commentTexts(comment: XmlElement): string[] {
  const plain = textOf(childOf(comment, "text")).trim();
  const rich = paragraphsOf(childOf(comment, "txBody")).map(({ text }) => text);
  const replies = childrenOf(childOf(comment, "replyLst"), "reply").flatMap((reply) =>
    paragraphsOf(childOf(reply, "txBody")).map(({ text }) => text),
  );
  return [...(plain === "" ? [] : [plain]), ...rich, ...replies];
}
