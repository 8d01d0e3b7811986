import type { Block, Content, Pair } from "../content.ts";
import { Flow } from "../flow.ts";
import type { TextLook } from "../flow.ts";
import type { Random } from "../random.ts";
import type { Sheet } from "../sheet.ts";
import { chooseRoll } from "./paper.ts";
import { drawPairs } from "./pairs.ts";
import type { PairStyle } from "./pairs.ts";
import { drawTable } from "./tables.ts";

interface Roll {
  readonly name: string;
  readonly unseen: boolean;
  readonly head: "centre" | "left" | "right";
  readonly facts: PairStyle;
  /** One line an item, two lines with the sum under the name, or a table. */
  readonly items: "one" | "two" | "table" | "behind";
  readonly mark: "-" | "=" | "*" | "line" | "none";
  readonly factsLast: boolean;
}

type Row = [
  name: string,
  unseen: boolean,
  head: Roll["head"],
  facts: PairStyle,
  items: Roll["items"],
  mark: Roll["mark"],
  factsLast: boolean,
];

const ROWS: readonly Row[] = [
  ["till", false, "centre", "left", "one", "-", false],
  ["two-lines", false, "centre", "spread", "two", "=", false],
  ["table", false, "centre", "run", "table", "line", false],
  ["left", false, "left", "left", "one", "line", false],
  ["facts-last", false, "centre", "run", "two", "-", true],
  ["stars", false, "centre", "left", "behind", "*", false],
  ["plain", false, "left", "run", "one", "none", false],
  ["wide", false, "centre", "two", "table", "=", false],
  ["captioned", true, "left", "above", "two", "line", false],
  ["right-hand", true, "right", "spread", "behind", "none", true],
  ["leaders", true, "centre", "dots", "table", "*", true],
  ["headed", true, "left", "header", "one", "=", false],
];

/** Layouts of till receipts; the last four are never trained on or tuned to. */
export const ROLLS: readonly Roll[] = ROWS.map(([name, unseen, head, facts, items, mark, factsLast]) => ({
  name,
  unseen,
  head,
  facts,
  items,
  mark,
  factsLast,
}));

/** Draws a receipt on a strip of paper that ends where the print ends. */
export async function drawRoll(content: Content, layout: string, house: Random): Promise<readonly Sheet[]> {
  const roll = ROLLS.find(({ name }) => name === layout);
  if (!roll) return [];
  const paper = await chooseRoll(house, 4_000, JSON.stringify(content));
  const flow = new Flow(paper);
  drawStrip(flow, content, roll);
  return flow.cropped(flow.y + paper.margin.bottom);
}

function drawStrip(flow: Flow, content: Content, roll: Roll): void {
  const { letterhead } = content;
  const align = roll.head;
  if (letterhead) {
    flow.write(letterhead.name, { weight: "bold", size: flow.paper.size * 1.35, align });
    for (const line of [...letterhead.address, ...letterhead.contacts])
      flow.write(line, { align, size: flow.paper.size * 0.92 });
  }
  if (content.title !== "") {
    flow.gap(0.4);
    flow.write(content.title, { align, weight: "bold" });
  }
  divide(flow, roll);
  const facts = (): void => {
    drawPairs(flow, content.facts, roll.facts, false);
    divide(flow, roll);
  };
  if (!roll.factsLast) facts();
  for (const block of content.blocks) drawPart(flow, block, roll);
  if (roll.factsLast) facts();
  for (const line of content.footer) flow.write(line, { align: "centre", size: flow.paper.size * 0.82 });
}

function divide(flow: Flow, { mark }: Roll): void {
  flow.y += 3;
  if (mark === "line") flow.rule(flow.x, flow.y, flow.width, 0.7);
  else if (mark !== "none") {
    const count = Math.floor(flow.width / flow.measure(mark));
    flow.write(mark.repeat(count));
    return;
  }
  flow.y += 4;
}

function drawPart(flow: Flow, block: Block, roll: Roll): void {
  if (block.kind === "table") {
    drawItems(flow, block, roll);
    divide(flow, roll);
  } else if (block.kind === "totals") {
    block.pairs.forEach((pair, index) => spread(flow, pair, index === block.strong));
    divide(flow, roll);
  } else if (block.kind === "pairs") {
    for (const pair of block.pairs) spread(flow, pair, false);
    flow.gap(0.4);
  } else if (block.kind === "small") flow.write(block.text, { align: "centre" });
}

function spread(flow: Flow, { label, value }: Pair, strong: boolean): void {
  const look: TextLook = strong ? { weight: "bold", size: flow.paper.size * 1.2 } : {};
  const size = look.size ?? flow.paper.size;
  const wide = flow.measure(label, look) + flow.measure(value, look) + 6 > flow.width;
  if (wide) flow.write(label, look);
  else flow.put(label, flow.x, flow.y + size * 0.95, look);
  flow.put(value, flow.x + flow.width, flow.y + size * 0.95, { ...look, align: "right" });
  flow.y += flow.lineHeight(size);
}

function drawItems(flow: Flow, block: Extract<Block, { kind: "table" }>, roll: Roll): void {
  if (roll.items === "table") return drawTable(flow, block, { style: "bare", repeatHead: false });
  const names = block.columns.findIndex(({ align }) => align === "left");
  for (const row of block.rows) {
    const [quantity, name, price, amount] = [
      row[names - 1],
      row[names] ?? "",
      row.length - names > 2 ? row[names + 1] : undefined,
      row.at(-1) ?? "",
    ];
    const measure = price === undefined ? quantity : `${quantity ?? ""} x ${price}`;
    if (roll.items === "two" && measure !== undefined) {
      flow.write(name);
      spread(flow, { label: `  ${price === undefined ? `${measure} x` : measure}`, value: amount }, false);
    } else {
      const ahead = quantity === undefined || roll.items === "behind" ? "" : `${quantity} `;
      const after =
        roll.items === "behind" && measure !== undefined
          ? ` (${measure})`
          : price === undefined
            ? ""
            : ` @${price}`;
      spread(flow, { label: `${ahead}${name}${after}`, value: amount }, false);
    }
  }
}
