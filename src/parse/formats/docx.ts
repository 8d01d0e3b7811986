import type { DocumentSource } from "../../ports.ts";
import { readDocx } from "../docx/read-docx.ts";
import { openFlow } from "../flow/open-flow.ts";
import { openPackage } from "../package/open-package.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads Word documents (ECMA-376) from their own XML. */
export const docx: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openFlow(readDocx(openPackage(await source.bytes(), limits), limits), limits);
  },
};
