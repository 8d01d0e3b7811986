import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { readOdt } from "../odt/read-odt.ts";
import { openPackage } from "../package/open-package.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads OpenDocument texts from their own XML. */
export const odt: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openFlow(readOdt(openPackage(await source.bytes(), limits), limits), limits);
  },
};
