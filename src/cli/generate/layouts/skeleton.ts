import type { Block, Content } from "../content.ts";
import { Flow } from "../flow.ts";
import type { Paper } from "../flow.ts";
import type { Random } from "../random.ts";
import { drawFooters, drawHead, drawParties, drawTitle } from "./heads.ts";
import type { HeadStyle, PartyStyle, TitleStyle } from "./heads.ts";
import { drawPairs } from "./pairs.ts";
import type { PairStyle } from "./pairs.ts";
import { drawTable, drawTotals } from "./tables.ts";
import type { TableStyle, TotalsStyle } from "./tables.ts";

/** The structure of a layout; sizes, fonts and wordings are the issuer's. */
export interface Skeleton {
  readonly name: string;
  readonly unseen: boolean;
  readonly head: HeadStyle;
  readonly title: TitleStyle;
  readonly titleFirst: boolean;
  readonly arrange: "parties-facts" | "facts-parties" | "facts-right" | "facts-left";
  readonly parties: PartyStyle;
  /** How the facts are drawn, and how labelled values in sections are. */
  readonly facts: PairStyle;
  readonly pairs: PairStyle;
  readonly table: TableStyle;
  readonly totals: TotalsStyle;
  readonly sections: "plain" | "boxed" | "banded" | "sidebar" | "pairwise";
  readonly boldLabels: boolean;
}

type Short = [
  head: HeadStyle,
  title: TitleStyle,
  arrange: Skeleton["arrange"],
  parties: PartyStyle,
  facts: PairStyle,
  pairs: PairStyle,
  table: TableStyle,
  totals: TotalsStyle,
  sections: Skeleton["sections"],
  boldLabels: boolean,
];

function skeleton(name: string, unseen: boolean, short: Short, titleFirst = false): Skeleton {
  const [head, title, arrange, parties, facts, pairs, table, totals, sections, boldLabels] = short;
  return {
    name,
    unseen,
    titleFirst,
    head,
    title,
    arrange,
    parties,
    facts,
    pairs,
    table,
    totals,
    sections,
    boldLabels,
  };
}

/** Layouts of ordinary pages; the last five are never trained on or tuned to. */
export const SKELETONS: readonly Skeleton[] = [
  skeleton("letter", false, [
    "left",
    "left",
    "facts-right",
    "stacked",
    "left",
    "left",
    "ruled",
    "right",
    "plain",
    false,
  ]),
  skeleton("captions", false, [
    "right",
    "left",
    "parties-facts",
    "beside",
    "above",
    "above",
    "bare",
    "right",
    "plain",
    true,
  ]),
  skeleton("form-grid", false, [
    "boxed",
    "centre",
    "facts-parties",
    "boxes",
    "grid",
    "grid",
    "grid",
    "boxed",
    "boxed",
    false,
  ]),
  skeleton("two-columns", false, [
    "split",
    "left",
    "parties-facts",
    "beside",
    "two",
    "two",
    "band",
    "right",
    "banded",
    true,
  ]),
  skeleton("three-columns", false, [
    "band",
    "ruled",
    "facts-parties",
    "beside",
    "three",
    "three",
    "zebra",
    "full",
    "plain",
    true,
  ]),
  skeleton(
    "head-rows",
    false,
    ["left", "right", "parties-facts", "stacked", "header", "header", "grid", "row", "plain", true],
    true,
  ),
  skeleton("one-line", false, [
    "centre",
    "centre",
    "facts-parties",
    "inline",
    "run",
    "run",
    "bare",
    "right",
    "plain",
    true,
  ]),
  skeleton("prose", false, [
    "right",
    "ruled",
    "parties-facts",
    "stacked",
    "left",
    "prose",
    "ruled",
    "right",
    "plain",
    false,
  ]),
  skeleton("ledger", false, [
    "footer",
    "filled",
    "facts-right",
    "stacked",
    "ruled",
    "ruled",
    "grid",
    "full",
    "banded",
    false,
  ]),
  skeleton("sidebar", false, [
    "split",
    "ruled",
    "facts-left",
    "stacked",
    "above",
    "left",
    "spaced",
    "right",
    "sidebar",
    true,
  ]),
  skeleton("leaders", true, [
    "centre",
    "right",
    "facts-parties",
    "inline",
    "dots",
    "dots",
    "spaced",
    "left",
    "banded",
    false,
  ]),
  skeleton(
    "undersigned",
    true,
    ["band", "centre", "facts-left", "stacked", "below", "below", "zebra", "row", "plain", false],
    true,
  ),
  skeleton("spread", true, [
    "footer",
    "left",
    "facts-right",
    "table",
    "spread",
    "spread",
    "bare",
    "boxed",
    "pairwise",
    true,
  ]),
  skeleton("dense", true, [
    "split",
    "filled",
    "facts-parties",
    "boxes",
    "grid",
    "header",
    "band",
    "full",
    "sidebar",
    true,
  ]),
  skeleton(
    "narrative",
    true,
    ["left", "centre", "parties-facts", "table", "run", "prose", "grid", "left", "boxed", true],
    true,
  ),
];

/** Draws a document's content in a layout. */
export function drawSkeleton(content: Content, look: Skeleton, paper: Paper, house: Random): Flow {
  const flow = new Flow(paper);
  const repeatHead = house.chance(0.6);
  const title = (): void => drawTitle(flow, content.title, look.title);
  if (look.titleFirst) title();
  drawHead(flow, content.letterhead, look.head);
  if (!look.titleFirst) title();
  drawTop(flow, content, look);
  drawBlocks(flow, content.blocks, look, repeatHead);
  drawFooters(flow, content, look.head === "footer");
  return flow;
}

function drawTop(flow: Flow, content: Content, look: Skeleton): void {
  const facts = (): void => drawPairs(flow, content.facts, look.facts, look.boldLabels);
  const parties = (): void => drawParties(flow, content.parties, look.parties);
  const beside = look.arrange === "facts-right" || look.arrange === "facts-left";
  if (beside && content.parties.length > 0 && content.facts.length > 0) {
    const draws = look.arrange === "facts-right" ? [parties, facts] : [facts, parties];
    flow.beside([1, 1], draws, 24);
  } else if (look.arrange === "facts-parties") {
    facts();
    flow.gap(0.8);
    parties();
  } else {
    parties();
    facts();
  }
  flow.gap(0.9);
}

function drawBlocks(flow: Flow, blocks: readonly Block[], look: Skeleton, repeatHead: boolean): void {
  for (let index = 0; index < blocks.length; index += 1) {
    const [block, next] = [blocks[index], blocks[index + 1]];
    if (!block) continue;
    const pairwise = look.sections === "pairwise" && isNarrow(block) && next && isNarrow(next);
    if (pairwise) {
      const draws = [block, next].map((one) => () => drawSection(flow, one, look, repeatHead));
      flow.beside([1, 1], draws, 22);
      index += 1;
    } else drawSection(flow, block, look, repeatHead);
  }
}

function isNarrow(block: Block): boolean {
  return (block.kind === "pairs" && block.pairs.length > 0) || block.kind === "list";
}

function drawSection(flow: Flow, block: Block, look: Skeleton, repeatHead: boolean): void {
  const heading = "heading" in block ? block.heading : undefined;
  const inside = (): void => drawBlock(flow, block, look, repeatHead);
  const framed =
    block.kind === "pairs" || block.kind === "list" || (block.kind === "prose" && heading !== undefined);
  if (!framed || look.sections === "plain" || look.sections === "pairwise") {
    if (heading !== undefined) drawHeading(flow, heading, look);
    inside();
  } else if (look.sections === "boxed") drawBoxed(flow, heading, inside);
  else if (look.sections === "sidebar" && heading !== undefined) drawSided(flow, heading, inside);
  else {
    if (heading !== undefined) drawHeading(flow, heading, look);
    inside();
  }
  flow.gap(0.7);
}

function drawHeading(flow: Flow, heading: string, look: Skeleton): void {
  const step = flow.lineHeight();
  flow.room(step * 4);
  if (look.sections === "banded") {
    flow.box(flow.x, flow.y, flow.width, step + 4, 0.86);
    flow.put(heading, flow.x + 4, flow.y + step - 1, { weight: "bold" });
    flow.y += step + 7;
  } else flow.write(heading, { weight: "bold", size: flow.paper.size * 1.08 });
}

function drawBoxed(flow: Flow, heading: string | undefined, inside: () => void): void {
  const { x, width } = flow;
  const draw = (): void => {
    Object.assign(flow, { x: x + 7, width: width - 14, y: flow.y + 5 });
    if (heading !== undefined) flow.write(heading, { weight: "bold" });
    inside();
    Object.assign(flow, { x, width, y: flow.y + 5 });
  };
  const height = flow.heightOf(draw);
  const { margin } = flow.paper;
  const fits = height < flow.paper.height - margin.top - margin.bottom;
  if (fits) {
    flow.room(height);
    flow.box(x, flow.y, width, height);
  }
  draw();
}

function drawSided(flow: Flow, heading: string, inside: () => void): void {
  const { x, width } = flow;
  const side = width * 0.22;
  const draw = (): void => {
    flow.rule(x, flow.y, width, 0.5);
    flow.y += 4;
    const end = flow.column(heading, x, flow.y, side - 8, { weight: "bold" });
    Object.assign(flow, { x: x + side, width: width - side });
    inside();
    Object.assign(flow, { x, width, y: Math.max(flow.y, end) });
  };
  const height = flow.heightOf(draw);
  const { margin } = flow.paper;
  if (height < (flow.paper.height - margin.top - margin.bottom) * 0.9) flow.room(height);
  else flow.room(flow.lineHeight() * 6);
  const from = flow.sheets.length;
  draw();
  if (flow.sheets.length > from) Object.assign(flow, { x, width });
}

function drawBlock(flow: Flow, block: Block, look: Skeleton, repeatHead: boolean): void {
  switch (block.kind) {
    case "pairs":
      return drawPairs(flow, block.pairs, look.pairs, look.boldLabels);
    case "parties":
      return drawParties(flow, block.parties, look.parties);
    case "table":
      return drawTable(flow, block, { style: look.table, repeatHead });
    case "totals":
      return drawTotals(flow, block.pairs, block.strong ?? block.pairs.length - 1, look.totals);
    case "prose":
      for (const paragraph of block.paragraphs) {
        flow.write(paragraph, { align: block.centred === true ? "centre" : "left" });
        flow.gap(0.35);
      }
      return;
    case "list":
      for (const item of block.items) flow.write(item);
      return;
    case "small":
      flow.write(block.text, { size: flow.paper.size * 0.78, grey: 0.25 });
      return;
    case "signatures":
      return drawSignatures(flow, block.names);
    case "break":
      flow.turn();
  }
}

function drawSignatures(flow: Flow, names: readonly string[]): void {
  flow.gap(1.4);
  flow.beside(
    names.map(() => 1),
    names.map((name) => () => {
      flow.y += 24;
      flow.rule(flow.x, flow.y, flow.width * 0.9, 0.6);
      flow.y += 2;
      flow.write(name, { size: flow.paper.size * 0.9 });
    }),
  );
}
