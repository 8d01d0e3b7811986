import type { FlowBlock } from "../flow/flow.ts";
import { chartBlocks } from "../ooxml/chart.ts";
import { paragraphsOf } from "../ooxml/drawing-text.ts";
import { type Relationship, relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import { type CellRange, readRange } from "./sheet.ts";

/** What belongs to a sheet and stands in parts of its own. */
export interface SheetExtras {
  readonly notes: { address: string; text: string }[];
  readonly named: (CellRange & { headerRows: number })[];
  readonly drawn: FlowBlock[];
  readonly pictures: number;
  readonly charts: number;
}

/** Comments, named tables and drawings of a sheet. @throws AppError as Package.xml */
export function readExtras(parts: Package, links: readonly Relationship[]): SheetExtras {
  const notes: SheetExtras["notes"] = [];
  const named: SheetExtras["named"] = [];
  const drawn: FlowBlock[] = [];
  let pictures = 0;
  let charts = 0;
  const threaded = links.some(({ type }) => type === "threadedComment");
  for (const { type, target, external } of links) {
    if (external || !parts.has(target)) continue;
    // A conversation is repeated as a comment for programs that do not know conversations.
    if (type === "comments" && !threaded && target.endsWith(".xml"))
      notes.push(...commentsOf(parts.xml(target)));
    else if (type === "threadedComment") notes.push(...conversationsOf(parts.xml(target)));
    else if (type === "table" && target.endsWith(".xml")) named.push(...tableOf(parts.xml(target)));
    else if (type === "drawing") {
      const found = readDrawing(parts, target);
      drawn.push(...found.drawn);
      pictures += found.pictures;
      charts += found.charts;
    }
  }
  return { notes, named, drawn, pictures, charts };
}

function commentsOf(root: XmlElement | null): SheetExtras["notes"] {
  const authors = childrenOf(childOf(root, "authors"), "author").map(textOf);
  return childrenOf(childOf(root, "commentList"), "comment").map((comment) => {
    const body = childOf(comment, "text");
    const runs = [...childrenOf(body, "t"), ...childrenOf(body, "r").flatMap((run) => childrenOf(run, "t"))];
    const text = runs.map(textOf).join("").trim();
    const author = authors[Number(attributeOf(comment, "authorId"))] ?? "";
    // Excel begins a comment with its author's name.
    const named = author === "" || text.startsWith(author) ? text : `${author}: ${text}`;
    return { address: attributeOf(comment, "ref") ?? "", text: named };
  });
}

function conversationsOf(root: XmlElement | null): SheetExtras["notes"] {
  return childrenOf(root, "threadedComment").map((comment) => ({
    address: attributeOf(comment, "ref") ?? "",
    text: textOf(childOf(comment, "text")).trim(),
  }));
}

function tableOf(root: XmlElement | null): SheetExtras["named"] {
  const range = readRange(attributeOf(root, "ref") ?? "");
  return range ? [{ ...range, headerRows: Number(attributeOf(root, "headerRowCount") ?? 1) }] : [];
}

/** A drawing's texts and charts, in its own order. */
export function readDrawing(
  parts: Package,
  name: string,
): Pick<SheetExtras, "drawn" | "pictures" | "charts"> {
  const links = relationshipsOf(parts, name);
  const drawn: FlowBlock[] = [];
  let pictures = 0;
  let charts = 0;
  const visit = (element: XmlElement): void => {
    for (const child of childrenOf(element)) {
      if (child.local === "pic") pictures += 1;
      else if (child.local === "txBody") {
        for (const { text } of paragraphsOf(child)) drawn.push({ kind: "paragraph", text });
      } else if (child.local === "chart") {
        const target = links.find(({ id }) => id === attributeOf(child, "id"))?.target ?? "";
        const blocks = parts.has(target) ? chartBlocks(parts.xml(target)) : [];
        if (blocks.length === 0) charts += 1;
        drawn.push(...blocks);
      } else if (child.local === "AlternateContent") visit(childOf(child, "Choice") ?? child);
      else visit(child);
    }
  };
  const root = parts.xml(name);
  if (root) visit(root);
  return { drawn, pictures, charts };
}
