import { byteStream } from "../../../model/byte-source.ts";
import type { OpenedMember } from "../../parser.ts";
import { childrenOf, type XmlElement } from "../../xml/parse-xml.ts";

/**
 * A FatturaPA may hold many invoices under one header. The first is the document itself; each further one becomes a
 * document of its own, as the file that it would be alone.
 */
export function furtherInvoices(root: XmlElement, filename: string): OpenedMember[] {
  if (!root.local.startsWith("FatturaElettronica")) return [];
  const bodies = childrenOf(root, "FatturaElettronicaBody");
  const shared = childrenOf(root).filter((child) => child.local === "FatturaElettronicaHeader");
  const name = filename.replace(/(?:\.xml)?(?:\.p7m)?$/i, "").replace(/^.*[/\\]/, "") || "invoice";
  return bodies.slice(1).map((body, index) => ({
    path: `${name}_${index + 2}.xml`,
    mediaType: "application/xml",
    sizeBytes: null,
    fate: null,
    open: async () => {
      const text = `<?xml version="1.0" encoding="UTF-8"?>\n${write({ ...root, children: [...shared, body] })}`;
      return byteStream(new TextEncoder().encode(text));
    },
  }));
}

function write(element: XmlElement): string {
  const attributes = Object.entries(element.attributes)
    .map(([name, value]) => ` ${name}="${escape(value).replaceAll('"', "&quot;")}"`)
    .join("");
  const content = element.children
    .map((child) => (typeof child === "string" ? escape(child) : write(child)))
    .join("");
  return `<${element.name}${attributes}>${content}</${element.name}>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
