import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { Flow, FlowBlock } from "../flow/flow.ts";
import { cellText } from "../flow/rich-table.ts";
import { attachmentsOf, safeName } from "../ooxml/attachments.ts";
import { propertiesOf } from "../ooxml/properties.ts";
import { mainPart, type Relationship, relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import type { OpenedMember, ParseLimits } from "../parser.ts";
import { attributeOf, childOf, childrenOf, parseXml, type XmlElement } from "../xml/parse-xml.ts";
import { readBlocks } from "./body.ts";
import { type DocxContext, fieldsAreClosed } from "./context.ts";
import { readNumbering } from "./numbering.ts";
import { isSet, readStyles } from "./styles.ts";
import { append } from "../flow/append.ts";

type DocxLimits = Pick<ParseLimits, "maxDepth" | "maxNodes" | "maxMembers">;

/** Elements that say how something looks or how it was edited: most of a document's, and none of its content. */
const LOOKS =
  /<w:(?:rPr|pPr|proofErr|bookmarkStart|bookmarkEnd|rFonts|szCs|sz|lang|color|kern|noProof|lastRenderedPageBreak|bCs|iCs|b|i|u|shd|w|position|spacing|ind|jc|rsid|tcW|tcBorders|vAlign|gridCol|tab|top|left|bottom|right|insideH|insideV|keepNext|keepLines|widowControl|contextualSpacing|cnfStyle|autoSpaceDE|autoSpaceDN|adjustRightInd|snapToGrid|commentRangeStart|commentRangeEnd)(?:\s[^<>]*)?\/>/g;

const EMPTY_RUN = /<w:rPr>\s*<\/w:rPr>/g;
const EMPTY_PARAGRAPH = /<w:pPr>\s*<\/w:pPr>/g;

/**
 * Reads a Word document: what stands in headers once at its beginning, the body, notes and comments, footers at its
 * end. Inserted text is in, deleted and hidden text is out, and warnings say so.
 * @throws AppError file_damaged, unsafe_content, archive_too_large
 */
export function readDocx(pack: Package, limits: DocxLimits): Flow {
  const main = mainPart(pack) ?? "word/document.xml";
  const links = relationshipsOf(pack, main);
  const document = readPart(pack, main, limits);
  const body = childOf(document, "body");
  if (!body) {
    throw new AppError(
      "file_damaged",
      "The document has no body. Open it in Word, save it again and send that file.",
    );
  }
  const linked = (type: string): string | null =>
    links.find((link) => link.type === type && !link.external)?.target ?? null;
  const rootOf = (part: string | null): XmlElement | null =>
    part === null ? null : readPart(pack, part, limits);
  const context: DocxContext = {
    readBlocks,
    styles: readStyles(rootOf(linked("styles"))),
    numbering: readNumbering(rootOf(linked("numbering"))),
    fields: [],
    readsFields: fieldsAreClosed(document),
    formFields: [],
    notes: [],
    seen: { pictures: 0, drawings: 0, deleted: false, hidden: false },
  };
  const content = readBlocks(body, context);
  const settings = rootOf(linked("settings"));
  const margins = readMargins(body, links, settings, rootOf, context);
  const notes = readNotes(rootOf, linked, context);
  const blocks = [...margins.headers, ...content, ...notes, ...margins.footers];
  const extras = attachmentsOf(pack, limits);
  return {
    source: "text_layer",
    sections: [{ label: null, blocks }],
    metadata: propertiesOf(pack),
    formFields: context.formFields,
    members: [...extras.members, ...chunksOf(pack, links)],
    warnings: [...warningsOf(context, blocks, pack, extras.pictureDocuments), ...extras.warnings],
  };
}

function readPart(pack: Package, part: string, limits: DocxLimits): XmlElement | null {
  const text = pack.text(part);
  if (text === null) return null;
  const plain = text.replaceAll(LOOKS, (tag) => (isTabOfText(tag) ? tag : ""));
  return parseXml(plain.replaceAll(EMPTY_RUN, "").replaceAll(EMPTY_PARAGRAPH, ""), limits);
}

/** Tab stops have a place; a tab in the text has none. */
function isTabOfText(tag: string): boolean {
  return /^<w:tab\s*\/>$/.test(tag);
}

/** Headers and footers that the sections show, each text once. */
function readMargins(
  body: XmlElement,
  links: readonly Relationship[],
  settings: XmlElement | null,
  rootOf: (part: string | null) => XmlElement | null,
  context: DocxContext,
): { headers: FlowBlock[]; footers: FlowBlock[] } {
  const margins = { headers: [] as FlowBlock[], footers: [] as FlowBlock[] };
  const seen = new Set<string>();
  const usesEven = isSet(settings, "evenAndOddHeaders");
  for (const section of sectionsOf(body)) {
    for (const reference of childrenOf(section)) {
      const kind = reference.local === "headerReference" ? "headers" : "footers";
      if (reference.local !== "headerReference" && reference.local !== "footerReference") continue;
      const type = attributeOf(reference, "type");
      if ((type === "first" && !isSet(section, "titlePg")) || (type === "even" && !usesEven)) continue;
      const id = attributeOf(reference, "id");
      const target = links.find((link) => link.id === id && !link.external)?.target ?? null;
      const root = rootOf(target);
      if (!root) continue;
      const blocks = readBlocks(root, { ...context, fields: [], readsFields: fieldsAreClosed(root) });
      const text = `${kind} ${cellText(blocks)}`;
      if (seen.has(text)) continue;
      seen.add(text);
      append(
        margins[kind],
        blocks.filter((block) => block.kind !== "page_break"),
      );
    }
  }
  return margins;
}

/** The properties of all sections: of the inner ones in their last paragraph, of the last one in the body. */
function sectionsOf(body: XmlElement): XmlElement[] {
  const sections = childrenOf(body, "p").map((paragraph) => childOf(paragraph, "pPr", "sectPr"));
  return [...sections, childOf(body, "sectPr")].filter((section) => section !== null);
}

/** Notes that the text refers to, by the numbers it gives them, then comments with who made them. */
function readNotes(
  rootOf: (part: string | null) => XmlElement | null,
  linked: (type: string) => string | null,
  context: DocxContext,
): FlowBlock[] {
  const roots = {
    footnote: rootOf(linked("footnotes")),
    endnote: rootOf(linked("endnotes")),
    comment: rootOf(linked("comments")),
  };
  const blocks: FlowBlock[] = [];
  let number = 0;
  for (const { kind, id } of context.notes) {
    if (kind !== "comment") number += 1;
    const element = childrenOf(roots[kind], kind).find((note) => attributeOf(note, "id") === id);
    const text = element ? cellText(readBlocks(element, { ...context, notes: [], fields: [] })).trim() : "";
    if (text === "") continue;
    const author = attributeOf(element, "author");
    const mark = kind === "comment" ? `Comment${author ? ` (${author})` : ""}:` : `[${number}]`;
    blocks.push({ kind: "note", text: `${mark} ${text}` });
  }
  return blocks;
}

/** Whole documents that are to stand in this one (17.17.2): they are members, as embedded files are. */
function chunksOf(pack: Package, links: readonly Relationship[]): OpenedMember[] {
  return links
    .filter(({ type, target, external }) => type === "aFChunk" && !external && pack.has(target))
    .map(({ target }) => ({
      path: safeName(target),
      mediaType: null,
      sizeBytes: pack.size(target),
      fate: null,
      open: async () => pack.stream(target) ?? new Blob([]).stream(),
    }));
}

function warningsOf(
  { seen, readsFields }: DocxContext,
  blocks: readonly FlowBlock[],
  pack: Package,
  pictureDocuments: number,
): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
  if (seen.hidden)
    warn("hidden_content", "The document holds text that is formatted as hidden; it was left out.");
  if (seen.deleted) {
    warn(
      "hidden_content",
      "The document has tracked changes: deleted text was left out, inserted text was read.",
    );
  }
  if (pack.names.some((name) => name.startsWith("_xmlsignatures/"))) {
    warn("signature_not_checked", "The file is signed; the signature was not checked.");
  }
  if (!readsFields)
    warn("structure_invalid", "A field of the document never ends; its code may stand in the text.");
  if (seen.drawings > 0) {
    warn("content_not_read", `${seen.drawings} charts or diagrams of the document were not read.`);
  }
  if (seen.pictures > 0 && pictureDocuments === 0 && !blocks.some((block) => block.kind !== "page_break")) {
    warn(
      "content_not_read",
      `The document consists of ${seen.pictures} pictures, whose text was not read. Send them as pictures or as a PDF.`,
    );
  }
  return warnings;
}
