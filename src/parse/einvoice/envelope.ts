import { childrenOf, type XmlElement } from "../xml/parse-xml.ts";

const HEADER = "StandardBusinessDocumentHeader";

/**
 * The document that an envelope carries (UN/CEFACT Standard Business Document Header 1.3, as networks of e-invoices
 * put around what they deliver); any other root is its own document. One that carries several is left as it is.
 */
export function payloadOf(root: XmlElement): XmlElement {
  if (root.local !== "StandardBusinessDocument") return root;
  const [document, ...further] = childrenOf(root).filter(({ local }) => local !== HEADER);
  return document && further.length === 0 ? document : root;
}

/** What the envelope itself says; null without one. */
export function envelopeOf(root: XmlElement): XmlElement | null {
  if (payloadOf(root) === root) return null;
  return childrenOf(root, HEADER)[0] ?? null;
}
