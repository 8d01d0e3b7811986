import { byteStream } from "../../model/byte-source.ts";
import { AppError } from "../../errors.ts";
import { safePath } from "../../model/safe-path.ts";
import type { Warning } from "../../model/parsed.ts";
import type { DocumentSource } from "../../ports.ts";
import { unwrapSigned } from "../cms/unwrap.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { isKnownSyntax } from "../einvoice/read-structured.ts";
import { decodeXml } from "../xml/decode-xml.ts";
import { openXml } from "./xml.ts";

/** A file may be signed by several, one around the other. */
const MAX_SIGNATURES = 5;

const UNCHECKED: Warning = {
  code: "signature_not_checked",
  message: "The file is signed; whether the signature is valid was not checked.",
};

/** Unwraps a signed file. XML inside is read in its place; any other file becomes a document of its own. */
export const p7m: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxBytes) {
      throw new AppError(
        "payload_too_large",
        `The signed file has ${source.size} bytes, more than the ${limits.maxBytes} that are read. Send what is inside it.`,
      );
    }
    let content = await source.bytes();
    let signatures = 0;
    for (; signatures < MAX_SIGNATURES; signatures += 1) {
      const inner = unwrapSigned(content);
      if (inner === null) break;
      content = inner;
    }
    if (signatures === 0) {
      throw new AppError(
        "file_damaged",
        "The file is no signed file (CMS), or a damaged one. Send the original.",
      );
    }
    if (content.length === 0) throw new AppError("empty_file", "The signed file is empty.");
    const filename = source.filename.replace(/(?:\.p7[ms])+$/i, "");
    if (isXml(content)) {
      const opened = openXml(content, filename, limits);
      return { ...opened, warnings: [...opened.warnings, UNCHECKED] };
    }
    return wrapping(content, filename);
  },
};

/** XML that says so, or is of a known syntax: a web page is a document of its own. */
function isXml(content: Uint8Array): boolean {
  const start = decodeXml(content.subarray(0, 4_096)).trimStart();
  return start.startsWith("<?xml") || isKnownSyntax(start);
}

function wrapping(content: Uint8Array, filename: string): OpenedDocument {
  return {
    pageCount: 0,
    container: true,
    members: [
      {
        path: safePath(filename === "" ? "signed" : filename),
        mediaType: null,
        sizeBytes: content.length,
        fate: null,
        open: async () => byteStream(content),
      },
    ],
    metadata: {},
    warnings: [UNCHECKED],
    readPage: async (number) => {
      throw new AppError("page_not_found", `There is no page ${number}: the signed file is read by itself.`);
    },
    close: () => undefined,
  };
}
