import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { readOdt } from "../odt/read-odt.ts";
import { openPackage, type Package } from "../package/open-package.ts";
import type { OpenedDocument, ParseLimits, ParseOptions, ParsePorts, Parser } from "../parser.ts";

/** Reads OpenDocument texts from their own XML. */
export const odt: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    return openOdt(openPackage(await source.bytes(), limits), limits);
  },
};

/** Opens a text by its parts. @throws AppError as readOdt */
export function openOdt(parts: Package, limits: ParseLimits): OpenedDocument {
  return openFlow(readOdt(parts, limits), limits);
}
