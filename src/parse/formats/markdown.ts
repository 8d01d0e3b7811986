import createMarkdown, { type MarkdownIt } from "markdown-it";
import type { DocumentSource } from "../../ports.ts";
import type { FlowBlock } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import { dataPictures } from "../html/data-pictures.ts";
import { isKnownTag } from "../html/html-tags.ts";
import { readHtml } from "../html/read-html.ts";
import type { OpenedDocument, ParseOptions, ParsePorts, Parser } from "../parser.ts";
import { listPictures } from "../pictures/list-pictures.ts";
import { encodingWarnings } from "../text/decode-text.ts";
import { readText } from "../text/read-text.ts";

/** Reads Markdown (CommonMark with tables) by way of the HTML that it stands for; front matter gives pairs. */
export const markdown: Parser = {
  async open(source: DocumentSource, _ports: ParsePorts, { limits }: ParseOptions): Promise<OpenedDocument> {
    const decoded = await readText(source, limits.maxTextBytes);
    const { pairs, body } = splitFrontMatter(decoded.text);
    const { blocks, formFields, pictures, warnings } = readHtml(renderer().render(body), limits);
    const listed = listPictures(dataPictures(pictures), limits.maxMembers);
    const own = listed.documents > 0 ? warnings.filter(({ code }) => code !== "content_not_read") : warnings;
    const title = [...blocks].find((block) => block.kind === "heading");
    return openFlow(
      {
        source: "text_layer",
        sections: [{ label: null, blocks: [...pairs, ...blocks] }],
        metadata: title ? { title: title.text } : {},
        formFields,
        members: listed.members,
        warnings: [...encodingWarnings(decoded), ...own, ...listed.warnings],
      },
      limits,
    );
  },
};

/** Writes HTML in which what only looks like a tag (`<name>`) stays text. */
function renderer(): MarkdownIt {
  const written = createMarkdown({ html: true });
  const keep = (content: string): string =>
    content.replaceAll(/<(\/?)([\w:-]+)/g, (tag, slash: string, name: string) =>
      isKnownTag(name) ? tag : `&lt;${slash}${name}`,
    );
  written.renderer.rules["html_inline"] = (tokens, index) => keep(tokens[index]?.content ?? "");
  written.renderer.rules["html_block"] = (tokens, index) => keep(tokens[index]?.content ?? "");
  return written;
}

/** The pairs of plain front matter (`---` above and below); lines that are no pair stay text. */
function splitFrontMatter(text: string): { pairs: FlowBlock[]; body: string } {
  const front = /^---[ \t]*\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text);
  if (!front) return { pairs: [], body: text };
  const pairs = (front[1] ?? "").split(/\r?\n/).flatMap((line): FlowBlock[] => {
    const pair = /^([\p{L}_][\p{L}\p{N}_ .-]{0,60}):[ \t]+(\S.*)$/u.exec(line);
    if (line.trim() === "") return [];
    if (!pair) return [{ kind: "paragraph", text: line }];
    const value = (pair[2] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2");
    return [{ kind: "key_value", key: pair[1] ?? "", value }];
  });
  return { pairs, body: text.slice(front[0].length) };
}
