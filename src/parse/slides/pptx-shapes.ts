import type { FlowBlock, FlowCell } from "../flow/flow.ts";
import { chartBlocks } from "../ooxml/chart.ts";
import { type DrawnParagraph, paragraphsOf } from "../ooxml/drawing-text.ts";
import type { Relationship } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import { boxOf, type Layout, type Placeholder, placeholderOf, placeIn } from "./pptx-layout.ts";
import type { Shape, ShapeBox } from "./shape.ts";

/** What is on a slide. */
export interface SlideContent {
  readonly shapes: Shape[];
  pictures: number;
  unread: number;
}

/** What a slide's shapes refer to. */
export interface SlideContext {
  readonly parts: Package;
  readonly links: readonly Relationship[];
  readonly layout: Layout;
}

/** Groups inside groups: deeper ones are made to be. */
const MAX_GROUPS = 32;
const TITLES = new Set(["title", "ctrTitle"]);
const FOOTERS = new Set(["ftr", "dt"]);
const BODIES = new Set(["body", "obj"]);

/** Moves what stands in a group to where the group stands on the slide. */
type Move = (box: ShapeBox | null) => ShapeBox | null;

/** Reads the shapes of a tree, those in groups too. */
export function readShapes(tree: XmlElement | null, context: SlideContext): SlideContent {
  const content: SlideContent = { shapes: [], pictures: 0, unread: 0 };
  visit(tree, context, content, (box) => box, 0);
  return content;
}

function visit(
  tree: XmlElement | null,
  context: SlideContext,
  content: SlideContent,
  move: Move,
  depth: number,
): void {
  for (const shape of childrenOf(tree)) {
    switch (shape.local) {
      case "sp":
      case "cxnSp":
        content.shapes.push(...textShape(shape, context.layout, move));
        break;
      case "pic":
        content.pictures += 1;
        break;
      case "graphicFrame":
        frameShape(shape, context, content, move);
        break;
      case "grpSp":
        if (depth < MAX_GROUPS) visit(shape, context, content, groupMove(shape, move), depth + 1);
        else content.unread += 1;
        break;
      case "AlternateContent":
        visit(childOf(shape, "Choice") ?? childOf(shape, "Fallback"), context, content, move, depth + 1);
        break;
      default:
    }
  }
}

function groupMove(group: XmlElement, outer: Move): Move {
  const transform = childOf(group, "grpSpPr", "xfrm");
  const place = boxOf(transform);
  const offset = childOf(transform, "chOff");
  const extent = childOf(transform, "chExt");
  const [x, y, width, height] = [
    attributeOf(offset, "x"),
    attributeOf(offset, "y"),
    attributeOf(extent, "cx"),
    attributeOf(extent, "cy"),
  ].map((value) => Number(value ?? 0));
  if (!place || x === undefined || y === undefined) return outer;
  const scaleX = width ? (place.x1 - place.x0) / width : 1;
  const scaleY = height ? (place.y1 - place.y0) / height : 1;
  return (box) =>
    outer(
      box && {
        x0: place.x0 + (box.x0 - x) * scaleX,
        y0: place.y0 + (box.y0 - y) * scaleY,
        x1: place.x0 + (box.x1 - x) * scaleX,
        y1: place.y0 + (box.y1 - y) * scaleY,
      },
    );
}

function textShape(shape: XmlElement, layout: Layout, move: Move): Shape[] {
  const placeholder = placeholderOf(shape);
  // A slide's number says nothing that its page does not.
  if (placeholder?.type === "sldNum") return [];
  const paragraphs = paragraphsOf(childOf(shape, "txBody"));
  if (paragraphs.length === 0) return [];
  const own = move(boxOf(childOf(shape, "spPr")));
  const box = own ?? (placeholder ? placeIn(layout, placeholder) : null);
  const role = roleOf(placeholder);
  if (role === "title") {
    const text = paragraphs.map((paragraph) => paragraph.text).join("\n");
    return [{ role, box, blocks: [{ kind: "heading", level: 1, text }] }];
  }
  const listed = placeholder !== null && BODIES.has(placeholder.type);
  return [{ role, box, blocks: paragraphBlocks(paragraphs, listed) }];
}

function roleOf(placeholder: Placeholder | null): Shape["role"] {
  if (!placeholder) return "content";
  if (TITLES.has(placeholder.type)) return "title";
  return FOOTERS.has(placeholder.type) ? "footer" : "content";
}

/** Paragraphs as blocks: a list where they have bullets, or stand where a layout gives them some. */
export function paragraphBlocks(paragraphs: readonly DrawnParagraph[], listed: boolean): FlowBlock[] {
  const counts = new Map<number, number>();
  return paragraphs.map(({ text, level, bullet }): FlowBlock => {
    if (bullet === null || (bullet === undefined && (!listed || paragraphs.length === 1))) {
      counts.clear();
      return { kind: "paragraph", text };
    }
    if (bullet !== "1.") return { kind: "list_item", level: level + 1, marker: "•", text };
    const count = (counts.get(level) ?? 0) + 1;
    counts.set(level, count);
    return { kind: "list_item", level: level + 1, marker: `${count}.`, text };
  });
}

function frameShape(frame: XmlElement, context: SlideContext, content: SlideContent, move: Move): void {
  const box = move(boxOf(childOf(frame, "xfrm")));
  const data = childOf(frame, "graphic", "graphicData");
  const table = childOf(data, "tbl");
  const blocks = table ? [tableOf(table)] : graphicBlocks(data, context);
  if (blocks.length > 0) content.shapes.push({ role: "content", box, blocks });
  else if (isObject(data)) content.pictures += 1;
  else content.unread += 1;
}

/** An embedded file is a member, and a picture of it stands on the slide. */
function isObject(data: XmlElement | null): boolean {
  return childrenOf(data).some(({ local }) => local === "oleObj" || local === "AlternateContent");
}

function graphicBlocks(data: XmlElement | null, { parts, links }: SlideContext): FlowBlock[] {
  const target = (id: string | null): XmlElement | null => {
    const link = links.find((candidate) => candidate.id === id && !candidate.external);
    return link ? parts.xml(link.target) : null;
  };
  const chart = childOf(data, "chart");
  if (chart) return chartBlocks(target(attributeOf(chart, "id")));
  const diagram = childOf(data, "relIds");
  return diagram ? diagramBlocks(target(attributeOf(diagram, "dm"))) : [];
}

/** The texts of a diagram's points (SmartArt), in the order of its data. */
function diagramBlocks(root: XmlElement | null): FlowBlock[] {
  return childrenOf(childOf(root, "ptLst"), "pt").flatMap((point) => {
    const type = attributeOf(point, "type") ?? "node";
    if (type !== "node" && type !== "asst") return [];
    return paragraphsOf(childOf(point, "t")).map(({ text }): FlowBlock => ({
      kind: "list_item",
      level: 1,
      marker: "•",
      text,
    }));
  });
}

function tableOf(table: XmlElement): FlowBlock {
  const rows = childrenOf(table, "tr").map((row) =>
    childrenOf(row, "tc").flatMap((cell): FlowCell[] => {
      if (isTrue(attributeOf(cell, "hMerge")) || isTrue(attributeOf(cell, "vMerge"))) return [];
      const columnSpan = Number(attributeOf(cell, "gridSpan") ?? 1);
      const rowSpan = Number(attributeOf(cell, "rowSpan") ?? 1);
      const text = paragraphsOf(childOf(cell, "txBody"))
        .map((paragraph) => paragraph.text)
        .join("\n");
      return [{ text, ...(columnSpan > 1 ? { columnSpan } : {}), ...(rowSpan > 1 ? { rowSpan } : {}) }];
    }),
  );
  const headed = isTrue(attributeOf(childOf(table, "tblPr"), "firstRow"));
  return { kind: "table", headerRows: headed && rows.length > 1 ? 1 : 0, rows };
}

function isTrue(value: string | null): boolean {
  return value === "1" || value === "true";
}
