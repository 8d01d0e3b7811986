import type { Content } from "../content.ts";
import { Flow } from "../flow.ts";
import type { Paper } from "../flow.ts";
import { loadFace } from "../fonts.ts";
import type { Random } from "../random.ts";
import type { Sheet } from "../sheet.ts";
import { drawPairs } from "./pairs.ts";
import type { PairStyle } from "./pairs.ts";

interface Card {
  readonly name: string;
  readonly unseen: boolean;
  readonly pairs: PairStyle;
  /** Where the picture of the holder stands. */
  readonly picture: "left" | "right" | "none";
  /** A card, a passport's page, or a copy on an ordinary sheet. */
  readonly size: "card" | "passport" | "sheet";
  readonly head: "left" | "centre" | "split" | "band";
  readonly bold: boolean;
}

type Row = [
  name: string,
  unseen: boolean,
  pairs: PairStyle,
  picture: Card["picture"],
  size: Card["size"],
  head: Card["head"],
  bold: boolean,
];

const ROWS: readonly Row[] = [
  ["captions-left", false, "above", "left", "card", "centre", false],
  ["captions-right", false, "above", "right", "passport", "split", false],
  ["beside", false, "left", "left", "card", "left", true],
  ["passport-page", false, "above", "left", "passport", "band", true],
  ["lines", false, "left", "right", "passport", "centre", false],
  ["copy", false, "left", "left", "sheet", "left", false],
  ["boxes", false, "grid", "right", "card", "band", false],
  ["columns", false, "two", "none", "sheet", "centre", true],
  ["run-in", true, "run", "left", "card", "split", true],
  ["leaders", true, "dots", "right", "passport", "left", false],
  ["undersigned", true, "below", "left", "passport", "centre", false],
  ["spread", true, "spread", "none", "card", "band", true],
];

/** Layouts of identity documents; the last four are never trained on or tuned to. */
export const CARDS: readonly Card[] = ROWS.map(([name, unseen, pairs, picture, size, head, bold]) => ({
  name,
  unseen,
  pairs,
  picture,
  size,
  head,
  bold,
}));

const SIZES = { card: [330, 230], passport: [430, 320], sheet: [595, 842] } as const;

/** Draws an identity document: who has issued it, a place for the picture, the values, the machine-readable zone. */
export async function drawCard(
  content: Content,
  layout: string,
  paper: Paper,
  house: Random,
): Promise<readonly Sheet[]> {
  const card = CARDS.find(({ name }) => name === layout);
  if (!card) return [];
  const [width, least] = SIZES[card.size];
  const size =
    card.size === "card" ? house.real(6.6, 7.6) : card.size === "passport" ? house.real(7.4, 8.8) : 9.5;
  const margin = card.size === "sheet" ? 90 : 16;
  const faces =
    paper.faces.family === "courier-prime"
      ? {
          family: "arimo" as const,
          regular: await loadFace("arimo", "regular"),
          bold: await loadFace("arimo", "bold"),
        }
      : paper.faces;
  const base: Paper = {
    width,
    height: 2_000,
    margin: { left: margin, right: margin, top: margin, bottom: 10 },
    size,
    leading: paper.leading,
    faces,
  };
  const flow = new Flow(base);
  drawFace(flow, content, card);
  const height = Math.max(least, flow.y + margin);
  return flow.cropped(height);
}

function drawFace(flow: Flow, content: Content, card: Card): void {
  const size = flow.paper.size;
  const state = content.letterhead?.name ?? "";
  if (card.head === "band") flow.box(0, 0, flow.paper.width, flow.y + size * 2.6, 0.86);
  if (card.head === "split") {
    flow.beside(
      [1, 1],
      [() => flow.write(state, { weight: "bold" }), () => flow.write(content.title, { align: "right" })],
    );
  } else {
    const align = card.head === "centre" ? "centre" : "left";
    flow.write(state.toUpperCase() === state ? state : state, { weight: "bold", size: size * 1.1, align });
    flow.write(content.title, { size: size * 1.15, align });
  }
  flow.gap(0.8);
  const picture = (): void => {
    const tall = Math.min(120, flow.width * 1.25);
    flow.box(flow.x, flow.y, flow.width * 0.92, tall, 0.78);
    flow.y += tall + 4;
  };
  const values = (): void => drawPairs(flow, content.facts, card.pairs, card.bold);
  if (card.picture === "none") values();
  else
    flow.beside(
      card.picture === "left" ? [0.42, 1] : [1, 0.42],
      card.picture === "left" ? [picture, values] : [values, picture],
      12,
    );
  for (const block of content.blocks) if (block.kind === "small") drawZone(flow, block.text);
}

/** The zone is set in a typewriter's face, whose letters are 0.6 of their size wide. */
function drawZone(flow: Flow, zone: string): void {
  const lines = zone.split("\n");
  const longest = Math.max(...lines.map((line) => line.length));
  const size = Math.min(11, (flow.width * 0.98) / (longest * 0.6));
  flow.gap(0.9);
  for (const text of lines) {
    const ink = { text, x: flow.x, y: flow.y + size, size, weight: "regular", grey: 0 } as const;
    flow.sheet.inks.push({ ...ink, family: "cousine" });
    flow.y += size * 1.5;
  }
}
