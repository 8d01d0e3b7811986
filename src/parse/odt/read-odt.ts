import { byteStream } from "../../model/byte-source.ts";
import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { Flow, FlowBlock } from "../flow/flow.ts";
import { cellText } from "../flow/rich-table.ts";
import { odfProperties, odfWarnings } from "../odf/properties.ts";
import type { Package } from "../package/open-package.ts";
import { odfPictures } from "../odf/pictures.ts";
import type { OpenedMember, ParseLimits } from "../parser.ts";
import { childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import { type OdtContext, readOdtBlocks } from "./read-blocks.ts";
import { readOdtStyles } from "./styles.ts";
import { append } from "../flow/append.ts";

/**
 * Reads an OpenDocument text (ODF 1.3 part 3): headers once at its beginning, the body, notes, footers at its end.
 * Deleted and hidden text is left out, and warnings say so. What was encrypted has been decrypted before.
 * @throws AppError file_damaged, unsafe_content, archive_too_large
 */
export function readOdt(pack: Package, limits: Pick<ParseLimits, "maxMembers">): Flow {
  const content = pack.xml("content.xml");
  const styles = pack.has("styles.xml") ? pack.xml("styles.xml") : null;
  const body = childOf(content, "body", "text") ?? childOf(content, "body");
  if (!body) {
    throw new AppError(
      "file_damaged",
      "The document has no text. Open it, save it again and send that file.",
    );
  }
  const context: OdtContext = {
    styles: readOdtStyles([content, styles]),
    notes: [],
    formFields: [],
    counters: new Map(),
    deletions: { known: new Set(), open: new Set() },
    seen: { pictures: 0, objects: 0, hidden: false, deleted: false },
  };
  const headers = readMargins(styles, /^header(?:-|$)/, context);
  const main = readOdtBlocks(body, context);
  const footers = readMargins(styles, /^footer(?:-|$)/, context);
  const blocks = [...headers, ...main, ...context.notes, ...footers];
  const objects = membersOf(pack);
  const pictures = odfPictures(pack, limits, { stylesDecorate: false, taken: objects.length });
  return {
    source: "text_layer",
    sections: [{ label: null, blocks }],
    metadata: odfProperties(pack),
    formFields: context.formFields,
    members: [...objects, ...pictures.members],
    warnings: [
      ...warningsOf(context, blocks, pictures.documents),
      ...pictures.warnings,
      ...odfWarnings(pack),
    ],
  };
}

/** Headers or footers of the page styles, each text once. */
function readMargins(styles: XmlElement | null, kind: RegExp, context: OdtContext): FlowBlock[] {
  const seen = new Set<string>();
  const blocks: FlowBlock[] = [];
  for (const page of childrenOf(childOf(styles, "master-styles"), "master-page")) {
    for (const margin of childrenOf(page)) {
      if (!kind.test(margin.local)) continue;
      const own = readOdtBlocks(margin, context).filter((block) => block.kind !== "page_break");
      const text = cellText(own);
      if (!seen.has(text)) append(blocks, own);
      seen.add(text);
    }
  }
  return blocks;
}

/** Objects of other programs inside the document (`Object 1`) that are files by themselves. */
function membersOf(pack: Package): OpenedMember[] {
  return pack.names
    .filter((name) => /^(?:Object|OLE)[^/]*$/.test(name))
    .map((name) => ({
      path: name,
      mediaType: null,
      sizeBytes: pack.size(name),
      fate: null,
      open: async () => pack.stream(name) ?? byteStream(new Uint8Array()),
    }));
}

function warningsOf({ seen }: OdtContext, blocks: readonly FlowBlock[], pictureDocuments: number): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: Warning["code"], message: string): void => void warnings.push({ code, message });
  if (seen.hidden)
    warn("hidden_content", "The document holds text that is formatted as hidden; it was left out.");
  if (seen.deleted) {
    warn(
      "hidden_content",
      "The document has tracked changes: deleted text was left out, inserted text was read.",
    );
  }
  if (seen.objects > 0) {
    warn(
      "content_not_read",
      `${seen.objects} charts, formulas or other objects of the document were not read.`,
    );
  }
  const hasText = blocks.some((block) => block.kind !== "page_break" && block.kind !== "caption");
  if (seen.pictures > 0 && pictureDocuments === 0 && !hasText) {
    warn(
      "content_not_read",
      `The document consists of ${seen.pictures} pictures, whose text was not read. Send them as pictures or as a PDF.`,
    );
  }
  return warnings;
}
