import { Parser } from "htmlparser2";
import { AppError } from "../../errors.ts";
import { xmlDecoder } from "../package/decode-xml.ts";
import type { ParseLimits } from "../parser.ts";

/** What is told of a document as it goes by; names are without their prefix. Returning false ends the reading. */
export interface XmlVisitor {
  readonly open?: (local: string, attributes: Readonly<Record<string, string>>) => boolean | void;
  readonly text?: (data: string) => void;
  readonly close?: (local: string) => boolean | void;
}

/**
 * Reads XML as it goes by, for parts that are too large for a tree. Entities and DTDs as in parseXml: none.
 * @returns false where the visitor ended the reading, or `maxBytes` did
 * @throws AppError unsafe_content for a DOCTYPE, archive_too_large for elements nested deeper than are read,
 *   file_damaged where an element is not closed
 */
export function scanXml(
  pieces: Iterable<Uint8Array>,
  visitor: XmlVisitor,
  limits: Pick<ParseLimits, "maxDepth"> & { readonly maxBytes?: number },
): boolean {
  const { maxBytes = Infinity } = limits;
  let bytes = 0;
  let depth = 0;
  let elements = 0;
  let openedAt = -1;
  let ended = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (ended) return;
        elements += 1;
        openedAt = parser.endIndex;
        if (++depth > limits.maxDepth) {
          throw new AppError(
            "archive_too_large",
            `The XML has elements nested deeper than ${limits.maxDepth}. Split it and send its parts.`,
          );
        }
        if (visitor.open?.(localName(name), attributes) === false) ended = true;
      },
      ontext(data) {
        if (!ended) visitor.text?.(data);
      },
      onclosetag(name, implied) {
        if (ended) return;
        // An element that closes itself ends where it opens; any other that nothing closes is damage.
        if (implied && parser.endIndex !== openedAt) throw damaged();
        depth -= 1;
        if (visitor.close?.(localName(name)) === false) ended = true;
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase().startsWith("!doctype")) {
          throw new AppError(
            "unsafe_content",
            "The XML declares a document type (DOCTYPE), which can reach outside the file. Send it without one.",
          );
        }
      },
    },
    { xmlMode: true, decodeEntities: true, recognizeSelfClosing: true },
  );
  let decoder: TextDecoder | null = null;
  for (const piece of pieces) {
    decoder ??= xmlDecoder(piece);
    parser.write(decoder.decode(piece, { stream: true }));
    bytes += piece.length;
    if (bytes > maxBytes) ended = true;
    if (ended) break;
  }
  if (ended) return false;
  if (depth > 0 || elements === 0) throw damaged();
  parser.end();
  return true;
}

function damaged(): AppError {
  return new AppError("file_damaged", "The XML is cut off or not well-formed. Send the original file.");
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
