import { AppError } from "../../errors.ts";
import { safePath } from "../../model/safe-path.ts";
import type { OpenedMember } from "../parser.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";

/** Elements that carry a file: of UBL, of UN/CEFACT, of FatturaPA. */
const CARRIERS: ReadonlySet<string> = new Set([
  "EmbeddedDocumentBinaryObject",
  "AttachmentBinaryObject",
  "BinaryObject",
  "IncludedBinaryObject",
  "Attachment",
]);

/** Base64 characters that are decoded at a time: a multiple of four. */
const SLICE = 65_536;

/** The files inside an invoice's XML (BT-125), each to be a document of its own. Decoded when they are opened. */
export function attachmentsOf(root: XmlElement): OpenedMember[] {
  const members: OpenedMember[] = [];
  const taken = new Set<string>();
  for (const element of carriersIn(root)) {
    const base64 = textOf(element);
    if (base64.trim() === "") continue;
    const path = uniqueName(nameOf(element), members.length + 1, taken);
    members.push({
      path,
      mediaType: attributeOf(element, "mimeCode")?.trim() || null,
      sizeBytes: null,
      fate: null,
      open: async () => decodeBase64(base64, path),
    });
  }
  return members;
}

function* carriersIn(element: XmlElement): Generator<XmlElement> {
  for (const child of childrenOf(element)) {
    const inner = childrenOf(child);
    if (inner.length > 0) yield* carriersIn(child);
    else if (CARRIERS.has(child.local)) yield child;
  }
}

/** What the file says the attachment is called; FatturaPA keeps the name beside it, and packs it where it says so. */
function nameOf(element: XmlElement): string {
  const own = attributeOf(element, "filename")?.trim();
  if (own) return own;
  const beside = textOf(childOf(element.parent, "NomeAttachment")).trim();
  const packed = textOf(childOf(element.parent, "AlgoritmoCompressione")).trim().toLowerCase();
  const ending = packed || textOf(childOf(element.parent, "FormatoAttachment")).trim().toLowerCase();
  if (beside === "" || ending === "" || beside.toLowerCase().endsWith(`.${ending}`)) return beside;
  return `${beside}.${ending}`;
}

/** A name that is safe to show and stands once. */
function uniqueName(name: string, number: number, taken: Set<string>): string {
  const base = name === "" ? `attachment-${number}` : safePath(name);
  const unique = taken.has(base) ? `${number}-${base}` : base;
  taken.add(unique);
  return unique;
}

/** @throws AppError file_damaged, through the stream, where it is no base64 */
function decodeBase64(base64: string, path: string): ReadableStream<Uint8Array> {
  let at = 0;
  let rest = "";
  return new ReadableStream({
    pull(controller) {
      const piece = rest + base64.slice(at, at + SLICE).replace(/\s+/g, "");
      at += SLICE;
      const last = at >= base64.length;
      const whole = last ? piece.length : piece.length - (piece.length % 4);
      rest = piece.slice(whole);
      try {
        const decoded = atob(piece.slice(0, whole));
        controller.enqueue(Uint8Array.from(decoded, (character) => character.charCodeAt(0)));
      } catch (cause) {
        controller.error(
          new AppError("file_damaged", `${path} inside the XML is no base64. Send the file itself.`, {
            cause,
          }),
        );
        return;
      }
      if (last) controller.close();
    },
  });
}
