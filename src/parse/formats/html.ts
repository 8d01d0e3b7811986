import type { DocumentSource } from "../../ports.ts";
import { openFlow } from "../flow/open-flow.ts";
import { dataPictures } from "../html/data-pictures.ts";
import { readHtml } from "../html/read-html.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { encodingWarnings } from "../text/decode-text.ts";
import { readText } from "../text/read-text.ts";

/** Reads a page of the web as it is shown without scripts; nothing it points to is fetched. */
export const html: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const decoded = await readText(source, limits.maxPartBytes, { declares: true });
    const { blocks, metadata, formFields, pictures, warnings } = readHtml(decoded.text, limits);
    const listed = listPictures(dataPictures(pictures), limits.maxMembers);
    const own = listed.documents > 0 ? warnings.filter(({ code }) => code !== "content_not_read") : warnings;
    const sections = [{ label: null, blocks }];
    return openFlow(
      {
        source: "text_layer",
        sections,
        metadata,
        formFields,
        members: listed.members,
        warnings: [...encodingWarnings(decoded), ...own, ...listed.warnings],
      },
      limits,
    );
  },
};
