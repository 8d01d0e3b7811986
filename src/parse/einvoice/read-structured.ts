import { valueOf } from "../../model/en16931.ts";
import type { StructuredDocument, StructuredKind } from "../../model/structured.ts";
import type { ParseLimits } from "../parser.ts";
import { decodeXml } from "../xml/decode-xml.ts";
import { namespaceOf, parseXml, type XmlElement } from "../xml/parse-xml.ts";
import { ciiDocument } from "./cii/documents.ts";
import { payloadOf } from "./envelope.ts";
import { fatturaDocuments } from "./fatturapa/documents.ts";
import { groupAt, type Rule } from "./mapping.ts";
import { profileOf } from "./profile.ts";
import { UBL_DOCUMENTS } from "./ubl/documents.ts";

/** Roots of the syntaxes that are known, to be looked for before a large file is read into a tree. */
const ROOTS =
  /<(?:[\w.-]+:)?(?:Invoice|CreditNote|SelfBilledInvoice|SelfBilledCreditNote|Order|OrderChange|OrderCancellation|OrderResponse|OrderResponseSimple|DespatchAdvice|ApplicationResponse|Catalogue|CrossIndustryInvoice|CrossIndustryDocument|CrossIndustryOrder|SCRDMCCBDACIOMessageStructure|FatturaElettronica|FatturaElettronicaSemplificata)[\s>]/;

/**
 * Reads a file of a known XML syntax (UBL 2, UN/CEFACT Cross Industry, FatturaPA), one document for each that it
 * holds, under the file's name. Null for anything else, also for XML that cannot be read.
 * @throws AppError unsafe_content, file_damaged, archive_too_large where it is of a known syntax but not readable
 */
export function readStructured(
  bytes: Uint8Array,
  name: string,
  limits: Pick<ParseLimits, "maxDepth" | "maxNodes">,
): StructuredDocument[] | null {
  const text = decodeXml(bytes);
  if (!isKnownSyntax(text)) return null;
  return structuredFrom(payloadOf(parseXml(text, limits)), name);
}

/** True for XML whose root may be of a known syntax, by its beginning: long comments may stand before it. */
export function isKnownSyntax(text: string): boolean {
  return text.trimStart().startsWith("<") && ROOTS.test(text.slice(0, 65_536));
}

/** What a root element says, where its syntax is known; null for any other. `attachment` names its file. */
export function structuredFrom(root: XmlElement, attachment: string | null): StructuredDocument[] | null {
  const fatture = fatturaDocuments(root, attachment);
  if (fatture !== null) return fatture.length === 0 ? null : fatture;
  const cii = ciiDocument(root);
  if (cii !== null) return [documentOf("cii", cii, root, attachment)];
  if (!/urn:oasis:names:specification:ubl:schema:xsd:/i.test(namespaceOf(root) ?? "")) return null;
  const ubl = UBL_DOCUMENTS.get(root.local);
  return ubl === undefined ? null : [documentOf("ubl", ubl, root, attachment)];
}

function documentOf(
  syntax: StructuredDocument["syntax"],
  { kind, rules }: { kind: StructuredKind; rules: readonly Rule[] },
  element: XmlElement,
  attachment: string | null,
): StructuredDocument {
  const root = groupAt("BG-0", element, rules);
  const credits = kind === "invoice" && CREDIT_NOTES.has(valueOf(root, "BT-3") ?? "");
  return { syntax, kind: credits ? "credit_note" : kind, profile: profileOf(root), attachment, root };
}

/** Codes of UNTDID 1001 that EN 16931 counts as credit notes. */
const CREDIT_NOTES: ReadonlySet<string> = new Set([
  "81",
  "83",
  "261",
  "262",
  "296",
  "308",
  "381",
  "396",
  "420",
  "458",
  "502",
  "503",
  "532",
]);
