import { Parser } from "htmlparser2";
import type { FlowBlock } from "../flow/flow.ts";

/** What an HTML body says, and the content ids of the pictures that stand in it. */
export interface HtmlBody {
  readonly blocks: readonly FlowBlock[];
  readonly contentIds: ReadonlySet<string>;
}

const BLOCK =
  /^(?:p|div|tr|table|ul|ol|li|h[1-6]|blockquote|pre|section|article|header|footer|hr|center|form|dl|dt|dd|address)$/;
const SILENT = new Set(["script", "style", "head", "title", "template", "noscript"]);

/** Reads an HTML body: paragraphs and the cells of a row side by side, nothing hidden by scripts or styles. */
export function readHtml(html: string): HtmlBody {
  const blocks: FlowBlock[] = [];
  const contentIds = new Set<string>();
  let text = "";
  let silent = 0;
  const flush = (): void => {
    const clean = text.replace(/[ \t\u00a0]*\n[ \t\u00a0]*/g, "\n").replace(/^\n+|\s+$/g, "");
    if (clean.trim() !== "") blocks.push({ kind: "paragraph", text: clean.replace(/\n{2,}/g, "\n") });
    text = "";
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        for (const value of [attributes["src"], attributes["background"], attributes["href"]]) {
          const id = /^\s*cid:(.+?)\s*$/i.exec(value ?? "")?.[1];
          if (id !== undefined) contentIds.add(contentIdOf(id));
        }
        for (const [, id = ""] of (attributes["style"] ?? "").matchAll(/url\(['"]?cid:([^'")]+)/gi)) {
          contentIds.add(contentIdOf(id));
        }
        if (SILENT.has(name)) silent += 1;
        if (name === "br") text += "\n";
        else if (BLOCK.test(name)) flush();
        else if (name === "td" || name === "th") text += text === "" ? "" : "   ";
      },
      ontext: (data) => {
        if (silent === 0) text += data.replace(/[ \t\r\n\f\u200b\u200c\u00ad]+/g, " ");
      },
      onclosetag: (name) => {
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        if (BLOCK.test(name)) flush();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  flush();
  return { blocks, contentIds };
}

/** A content id as it is compared: without brackets, unescaped where it stands in a URL. */
export function contentIdOf(value: string): string {
  const bare = value.trim().replace(/^<|>$/g, "");
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase();
  }
}

/** The encoding that an HTML says it has; null where it says none. */
export function htmlCharset(head: string): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w:-]{2,40})/i.exec(head)?.[1] ?? null;
}
