import type { Package } from "../package/open-package.ts";
import { attributeOf, namespaceOf, type XmlElement } from "../xml/parse-xml.ts";

const OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const PARTS = ["content.xml", "styles.xml", "meta.xml"];
const KINDS = { text: "odt", spreadsheet: "ods", presentation: "odp" } as const;

/** What kind of OpenDocument a root is that holds all of one in one XML (ODF 1.3 part 3, 3.1.2); null for any other. */
export function flatKind(root: XmlElement): "odt" | "ods" | "odp" | null {
  if (root.local !== "document" || namespaceOf(root) !== OFFICE) return null;
  const type = /opendocument\.(text|spreadsheet|presentation)\b/.exec(
    attributeOf(root, "mimetype") ?? "",
  )?.[1];
  return type === "text" || type === "spreadsheet" || type === "presentation" ? KINDS[type] : null;
}

/** A flat OpenDocument as a package: what others keep in several parts stands in the one root of all. */
export function flatPackage(root: XmlElement, bytes: Uint8Array, text: string): Package {
  const has = (name: string): boolean => PARTS.includes(name);
  return {
    names: PARTS,
    has,
    size: (name) => (has(name) ? bytes.length : 0),
    bytes: (name) => (has(name) ? bytes : null),
    pieces: (name) => (has(name) ? [bytes] : null),
    stream: (name) => (has(name) ? new Response(bytes.slice()).body : null),
    text: (name) => (has(name) ? text : null),
    xml: (name) => (has(name) ? root : null),
  };
}
