import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { readHtml } from "../html/read-html.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { encodingWarnings } from "../text/decode-text.ts";
import { readText } from "../text/read-text.ts";

/** Reads a page of the web as it is shown without scripts; nothing it points to is fetched. */
export const html: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const decoded = await readText(source, limits.maxPartBytes, { declares: true });
    const { blocks, metadata, formFields, warnings } = readHtml(decoded.text, limits);
    const sections = [{ label: null, blocks }];
    return openFlow(
      {
        source: "text_layer",
        sections,
        metadata,
        formFields,
        warnings: [...encodingWarnings(decoded), ...warnings],
      },
      limits,
    );
  },
};
