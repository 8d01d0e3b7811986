import type { MessageHeaders } from "../../model/message.ts";
import type { Inventory, Warning } from "../../model/parsed.ts";
import { listed, printedHeaders } from "../../model/printed-headers.ts";
import { openFlow } from "../flow/open-flow.ts";
import type { FlowBlock } from "../flow/flow.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../parser.ts";

/** A message as either format gives it. */
export interface ReadMessage {
  readonly message: MessageHeaders;
  readonly body: readonly FlowBlock[];
  readonly members: readonly OpenedMember[];
  /** Attachments that the file holds beyond those listed. */
  readonly leftOut: number;
  readonly warnings: readonly Warning[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Lines of a page: what a body of more pages than are read is cut by. */
const LINES_A_PAGE = 40;

/** Lays a message out: its headers as labels with values, then its body; what is attached are its members. */
export function openMessage(read: ReadMessage, limits: ParseLimits): OpenedDocument {
  const headers = printedHeaders(read.message).map(({ header, values }): FlowBlock => ({
    kind: "key_value",
    key: header,
    value: listed(values).join(" "),
  }));
  const warnings = [...read.warnings];
  const inventory: Inventory[] = [];
  const members = read.members.slice(0, limits.maxMembers);
  const leftOut = read.leftOut + read.members.length - members.length;
  if (leftOut > 0) {
    const found = members.length + leftOut;
    inventory.push({ kind: "attachment", found, read: members.length });
    warnings.push({
      code: "attachments_not_read",
      message: `The message has ${found} attachments, more than the ${members.length} that are read: ${leftOut} were left out.`,
    });
  }
  const body = shortened(read.body, limits.maxPages * LINES_A_PAGE, warnings);
  const opened = openFlow(
    {
      sections: [{ label: null, blocks: [...headers, ...body] }],
      source: "text_layer",
      metadata: read.metadata ?? {},
      warnings,
      members,
      inventory,
    },
    limits,
  );
  return { ...opened, message: read.message };
}

function shortened(blocks: readonly FlowBlock[], maxLines: number, warnings: Warning[]): FlowBlock[] {
  const kept: FlowBlock[] = [];
  let left = maxLines;
  for (const block of blocks) {
    const lines = "text" in block ? block.text.split("\n") : [];
    const rows = block.kind === "table" ? block.rows.length : lines.length;
    if (left <= rows) {
      if ("text" in block && left > 1) kept.push({ ...block, text: lines.slice(0, left - 1).join("\n") });
      warnings.push({
        code: "text_truncated",
        message: "The message's text has more lines than are read: its end was left out.",
      });
      return kept;
    }
    kept.push(block);
    left -= rows + 1;
  }
  return kept;
}
