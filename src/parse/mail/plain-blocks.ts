import type { FlowBlock } from "../flow/flow.ts";

/** How a text part says that its lines may be joined (RFC 3676). */
export interface Flowed {
  readonly flowed: boolean;
  /** Whether the space that marks a soft break is to be taken away. */
  readonly deleteSpace: boolean;
}

const TAB = 8;

/** Plain text as blocks: what stands between empty lines is one, and keeps its lines. Columns keep their places. */
export function plainBlocks(text: string): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  for (const paragraph of text.split(/\n(?:[ \t]*\n)+/)) {
    const lines = paragraph.split("\n").map((line) => expandTabs(line).trimEnd());
    if (lines.every((line) => line === "")) continue;
    const columns = lines.some((line) => /\S {3,}\S/.test(line));
    blocks.push({ kind: columns ? "code" : "paragraph", text: lines.join("\n") });
  }
  return blocks;
}

/** Decoded text with line feeds, its soft breaks joined where it is flowed. Quoted lines stay quoted. */
export function unwrap(raw: string, { flowed, deleteSpace }: Flowed): string {
  const lines = raw
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\0/g, "")
    .split("\n");
  if (!flowed) return lines.join("\n");
  const out: string[] = [];
  let soft = false;
  let depth = 0;
  for (const line of lines) {
    const quotes = /^>*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(quotes).replace(/^ /, "");
    const signature = content === "-- ";
    const goesOn = content.endsWith(" ") && !signature;
    const piece = goesOn && deleteSpace ? content.slice(0, -1) : content;
    if (soft && quotes === depth && !signature) out[out.length - 1] += piece;
    else out.push(quotes > 0 ? `${">".repeat(quotes)} ${piece}` : piece);
    soft = goesOn;
    depth = quotes;
  }
  return out.map((line) => (line.endsWith("-- ") ? line : line.trimEnd())).join("\n");
}

function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let out = "";
  for (const [index, part] of line.split("\t").entries()) {
    if (index > 0) out += " ".repeat(TAB - (out.length % TAB));
    out += part;
  }
  return out;
}
