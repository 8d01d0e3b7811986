import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { StructuredDocument } from "../../model/structured.ts";
import type { DocumentSource } from "../../ports.ts";
import { attachmentsOf } from "../einvoice/attachments.ts";
import { envelopeOf, payloadOf } from "../einvoice/envelope.ts";
import { furtherInvoices } from "../einvoice/fatturapa/further-invoices.ts";
import { furtherElements } from "../einvoice/further-elements.ts";
import { structuredFrom } from "../einvoice/read-structured.ts";
import { readableSection } from "../einvoice/readable.ts";
import type { Flow } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import { flatKind, flatPackage } from "../odf/flat-package.ts";
import type { Package } from "../package/open-package.ts";
import { isSheetXml, readSheetXml } from "../sheets/read-sheet-xml.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { decodeXml } from "../xml/decode-xml.ts";
import { genericBlocks, isBase64 } from "../xml/generic-flow.ts";
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from "../xml/parse-xml.ts";

/** Reads XML: documents of a known syntax into their terms, any other as labels with values. */
export const xml: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxPartBytes) throw tooLong(source.size, limits.maxPartBytes);
    const bytes = await source.bytes();
    const text = textOfXml(bytes);
    const root = parseXml(text, limits);
    const kind = flatKind(root);
    if (kind !== null) return openFlat(kind, flatPackage(root, bytes, text), limits);
    if (isSheetXml(root)) {
      const [{ loadFormat }, { openBook }] = await Promise.all([
        import("../sheets/load-format.ts"),
        import("../sheets/open-book.ts"),
      ]);
      return openBook(readSheetXml(root, await loadFormat(), limits), limits);
    }
    return openRoot(root, source.filename, limits);
  },
};

/** An OpenDocument that is a single XML is read as its packed kind is. */
async function openFlat(
  kind: "odt" | "ods" | "odp",
  parts: Package,
  limits: ParseLimits,
): Promise<OpenedDocument> {
  if (kind === "odt") return (await import("./odt.ts")).openOdt(parts, limits);
  if (kind === "ods") return (await import("./ods.ts")).openOds(parts, limits);
  return (await import("./odp.ts")).openOdp(parts, limits);
}

/** Opens XML that stands in memory. @throws AppError as parseXml; empty_file, text_too_long */
export function openXml(bytes: Uint8Array, filename: string, limits: ParseLimits): OpenedDocument {
  if (bytes.length > limits.maxPartBytes) throw tooLong(bytes.length, limits.maxPartBytes);
  return openRoot(parseXml(textOfXml(bytes), limits), filename, limits);
}

function textOfXml(bytes: Uint8Array): string {
  const text = decodeXml(bytes);
  if (text.trim() === "") throw new AppError("empty_file", "The XML is empty. Send a file with content.");
  return text;
}

function openRoot(root: XmlElement, filename: string, limits: ParseLimits): OpenedDocument {
  const structured = structuredFrom(payloadOf(root), null);
  if (structured === null) return openFlow(genericFlow(root), limits);
  return { ...openFlow(structuredFlow(root, structured, filename), limits), structured };
}

function structuredFlow(file: XmlElement, structured: readonly StructuredDocument[], filename: string): Flow {
  const root = payloadOf(file);
  const envelope = envelopeOf(file);
  const further = furtherInvoices(root, filename);
  const own = further.length === 0 ? root : (childOf(root, "FatturaElettronicaBody") ?? root);
  const members = [...attachmentsOf(own), ...further];
  const [first] = structured;
  const beyond = [...furtherElements(root, structured), ...(envelope ? genericBlocks(envelope) : [])];
  return {
    source: "xml",
    sections: [
      ...structured.map(readableSection),
      ...(beyond.length > 0 ? [{ label: null, blocks: beyond }] : []),
    ],
    metadata: first?.profile ? { profile: first.profile.name, specification: first.profile.id } : {},
    ...(members.length > 0 ? { members } : {}),
  };
}

function genericFlow(root: XmlElement): Flow {
  const warnings: Warning[] = hasFile(root)
    ? [{ code: "content_not_read", message: "The XML holds files in base64, which were not read." }]
    : [];
  return { source: "xml", sections: [{ label: null, blocks: genericBlocks(root) }], warnings };
}

function hasFile(element: XmlElement): boolean {
  const children = childrenOf(element);
  return children.length === 0 ? isBase64(textOf(element)) : children.some(hasFile);
}

const tooLong = (size: number, limit: number): AppError =>
  new AppError(
    "text_too_long",
    `The XML has ${size} bytes, more than the ${limit} that are read. Send the part that matters.`,
  );
