import { AppError } from "../../errors.ts";
import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { readRtf } from "../rtf/read-rtf.ts";

/** Reads Rich Text Format. */
export const rtf: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    if (source.size > limits.maxPartBytes) {
      throw new AppError(
        "payload_too_large",
        `The document has ${source.size} bytes, more than the ${limits.maxPartBytes} that are read. Send it without its pictures.`,
      );
    }
    return openFlow(readRtf(await source.bytes(), limits), limits);
  },
};
