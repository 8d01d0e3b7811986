import type { DocumentSource } from "../../ports.ts";
import { readDoc } from "../doc/read-doc.ts";
import { openFlow } from "../flow/open-flow.ts";
import { openCompound } from "../package/open-compound.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads Word 97-2003 documents. */
export const doc: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openFlow(readDoc(openCompound(await source.bytes()), limits), limits);
  },
};
