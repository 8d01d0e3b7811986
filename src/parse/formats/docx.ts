import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { readDocx } from "../docx/read-docx.ts";
import { openPackage } from "../package/open-package.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads Word documents (ECMA-376) from their own XML. */
export const docx: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxBytes) throw tooLarge(source.size, limits.maxBytes);
    const bytes = await source.bytes();
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
      throw new AppError("password_required", "The document is encrypted. Send it with its password.");
    }
    return openFlow(readDocx(openPackage(bytes, limits), limits), limits);
  },
};

function tooLarge(size: number, limit: number): AppError {
  return new AppError(
    "payload_too_large",
    `The document has ${size} bytes, more than the ${limit} that are read. Split it and send its parts.`,
  );
}
