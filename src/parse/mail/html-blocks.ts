import { Parser } from "htmlparser2";
import type { FlowBlock } from "../flow/flow.ts";

const BLOCK =
  /^(?:p|div|tr|table|ul|ol|li|h[1-6]|blockquote|pre|section|article|header|footer|hr|center|form|dl|dt|dd|address)$/;
const SILENT = new Set(["script", "style", "head", "title", "template", "noscript"]);
/** HTML is fed in parts, between which its depth is looked at: a parser's own stack takes time by its depth. */
const PART = 32_768;
const MAX_DEPTH = 2_000;

/** An HTML body as blocks: paragraphs, and the cells of a row side by side; nothing of scripts and styles. */
export function htmlBlocks(html: string): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  let text = "";
  let silent = 0;
  let depth = 0;
  const flush = (): void => {
    if (text.trim() !== "") {
      const lines = text.split("\n").map((line) => line.trim());
      blocks.push({ kind: "paragraph", text: lines.filter((line) => line !== "").join("\n") });
    }
    text = "";
  };
  const parser = new Parser(
    {
      onopentag: (name) => {
        depth += 1;
        if (SILENT.has(name)) silent += 1;
        if (name === "br") text += "\n";
        else if (BLOCK.test(name)) flush();
        else if (name === "td" || name === "th") text += text === "" ? "" : "   ";
      },
      ontext: (data) => {
        if (silent === 0) text += data.replace(/[ \t\r\n\f\u00a0\u200b\u200c\u00ad]+/g, " ");
      },
      onclosetag: (name) => {
        depth -= 1;
        if (SILENT.has(name)) silent = Math.max(0, silent - 1);
        if (BLOCK.test(name)) flush();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < html.length && depth < MAX_DEPTH; at += PART) parser.write(html.slice(at, at + PART));
  parser.end();
  flush();
  return blocks;
}

/** Content ids of the pictures that an HTML shows, as they are compared. */
export function shownContentIds(html: string): Set<string> {
  return new Set(
    Array.from(html.matchAll(/["'(=\s]cid:([^"'\s<>)]{1,300})/gi), ([, id = ""]) => contentIdOf(id)),
  );
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
