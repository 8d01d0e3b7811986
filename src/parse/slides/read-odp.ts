import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { odfBlocks, odfTable, odfText } from "../odf/text-blocks.ts";
import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import type { Deck } from "./open-slides.ts";
import type { Shape, ShapeBox, Slide } from "./shape.ts";

/** Groups inside groups: deeper ones are made to be. */
const MAX_GROUPS = 32;

/**
 * Reads the slides of an OpenDocument presentation.
 * @throws AppError file_damaged, archive_too_large, unsafe_content
 */
export function readOdp(parts: Package, limits: ParseLimits): Deck {
  const root = parts.xml("content.xml");
  const body = childOf(root, "body", "presentation");
  if (!body)
    throw new AppError("file_damaged", "The file is damaged: it holds no slides. Send the original.");
  const hiddenStyles = new Set(
    childrenOf(childOf(root, "automatic-styles"), "style")
      .filter((style) => attributeOf(childOf(style, "drawing-page-properties"), "visibility") === "hidden")
      .map((style) => attributeOf(style, "name")),
  );
  const pages = childrenOf(body, "page");
  const warnings: Warning[] = [];
  const declared = declaredTexts(body);
  const slides = pages
    .slice(0, limits.maxPages)
    .map((page, index): Slide => readPage(page, parts, hiddenStyles, index === 0 ? declared : []));
  if (pages.length > slides.length) {
    const message = `Only the first ${slides.length} of ${pages.length} slides were read. Split the file and send its parts.`;
    warnings.push({ code: "pages_over_limit", message });
  }
  return { slides, found: pages.length, warnings };
}

/** Footers and dates that the file keeps once for all slides. */
function declaredTexts(body: XmlElement): Shape[] {
  return childrenOf(body).flatMap((element): Shape[] => {
    if (!element.local.endsWith("-decl")) return [];
    const text = element.children
      .filter((child) => typeof child === "string")
      .join("")
      .trim();
    return text === "" ? [] : [{ role: "footer", box: null, blocks: [{ kind: "paragraph", text }] }];
  });
}

interface PageContent {
  readonly shapes: Shape[];
  readonly notes: string[];
  pictures: number;
  unread: number;
}

function readPage(
  page: XmlElement,
  parts: Package,
  hiddenStyles: ReadonlySet<string | null>,
  declared: readonly Shape[],
): Slide {
  const content: PageContent = { shapes: [], notes: [], pictures: 0, unread: 0 };
  visit(page, parts, content, 0);
  content.shapes.push(...declared);
  const heading = content.shapes.find(({ role }) => role === "title")?.blocks[0];
  const title = heading?.kind === "heading" ? heading.text : null;
  return { ...content, title, hidden: hiddenStyles.has(attributeOf(page, "style-name")) };
}

function visit(holder: XmlElement, parts: Package, content: PageContent, depth: number): void {
  for (const element of childrenOf(holder)) {
    switch (element.local) {
      case "g":
        if (depth < MAX_GROUPS) visit(element, parts, content, depth + 1);
        else content.unread += 1;
        break;
      case "notes":
        content.notes.push(...notesOf(element));
        break;
      case "annotation":
        content.notes.push(
          ...childrenOf(element)
            .filter(isText)
            .map(odfText)
            .filter((text) => text !== ""),
        );
        break;
      case "frame":
        readFrame(element, parts, content);
        break;
      default:
        // Drawn shapes hold their text themselves.
        addShape(element, odfBlocks(element), content);
    }
  }
}

function readFrame(frame: XmlElement, parts: Package, content: PageContent): void {
  const table = childOf(frame, "table");
  const object = childOf(frame, "object");
  const text = childOf(frame, "text-box");
  if (table) return addShape(frame, [odfTable(table)], content);
  if (text) return addShape(frame, odfBlocks(text), content);
  if (object) {
    const blocks = objectBlocks(attributeOf(object, "href") ?? "", parts);
    if (blocks.length === 0) content.unread += 1;
    return addShape(frame, blocks, content);
  }
  if (childOf(frame, "image")) content.pictures += 1;
  else if (childOf(frame, "object-ole")) content.unread += 1;
}

/** A chart keeps its numbers as a table; another embedded document is not looked into. */
function objectBlocks(href: string, parts: Package): FlowBlock[] {
  const name = `${href.replace(/^\.\//, "")}/content.xml`;
  if (!parts.has(name)) return [];
  const chart = childOf(parts.xml(name), "body", "chart", "chart");
  const title = childrenOf(childOf(chart, "title")).map(odfText).join(" ").trim();
  const table = childOf(chart, "table");
  return [
    ...(title === "" ? [] : [{ kind: "caption", text: title } as const]),
    ...(table ? [odfTable(table)] : []),
  ];
}

function addShape(element: XmlElement, blocks: readonly FlowBlock[], content: PageContent): void {
  if (blocks.length === 0) return;
  const kind = attributeOf(element, "class");
  const box = boxOf(element);
  if (kind === "page-number") return;
  if (kind === "title") {
    const text = blocks.map((block) => ("text" in block ? block.text : "")).join("\n");
    content.shapes.push({ role: "title", box, blocks: [{ kind: "heading", level: 1, text }] });
    return;
  }
  const footer = kind === "footer" || kind === "header" || kind === "date-time";
  content.shapes.push({ role: footer ? "footer" : "content", box, blocks });
}

function notesOf(notes: XmlElement): string[] {
  return childrenOf(notes, "frame")
    .filter((frame) => (attributeOf(frame, "class") ?? "notes") === "notes")
    .flatMap((frame) => odfBlocks(childOf(frame, "text-box") ?? frame))
    .flatMap((block) => ("text" in block ? [block.text] : []));
}

function isText({ local }: XmlElement): boolean {
  return local === "p" || local === "list";
}

const POINTS: Readonly<Record<string, number>> = { cm: 28.35, mm: 2.835, in: 72, pt: 1, pc: 12, px: 0.75 };

function boxOf(element: XmlElement): ShapeBox | null {
  const [x0, y0, width, height] = ["x", "y", "width", "height"].map((name) =>
    lengthOf(attributeOf(element, name)),
  );
  if (x0 === undefined || y0 === undefined || x0 === null || y0 === null) return null;
  return { x0, y0, x1: x0 + (width ?? 0), y1: y0 + (height ?? 0) };
}

function lengthOf(written: string | null): number | null {
  const match = /^(-?[\d.]+)(cm|mm|in|pt|pc|px)$/.exec(written ?? "");
  return match ? Number(match[1]) * (POINTS[match[2] ?? ""] ?? 1) : null;
}
