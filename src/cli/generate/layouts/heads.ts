import type { Content, Letterhead, PartyBlock } from "../content.ts";
import type { Flow, TextLook } from "../flow.ts";

/** Where the issuer introduces itself. */
export type HeadStyle = "left" | "right" | "centre" | "band" | "split" | "footer" | "boxed";

/** Draws the letterhead; `footer` leaves all but the name to the page's end. */
export function drawHead(flow: Flow, letterhead: Letterhead | undefined, style: HeadStyle): void {
  if (!letterhead) return;
  if (letterhead.name === "") drawLogo(flow, style);
  const size = flow.paper.size;
  const name: TextLook = { size: size * 1.6, weight: "bold" };
  const small: TextLook = { size: size * 0.84, grey: 0.2 };
  const details = [...letterhead.address, ...letterhead.contacts];
  const stack = (align: "left" | "right" | "centre"): void => {
    flow.write(letterhead.name, { ...name, align });
    if (letterhead.slogan !== undefined) flow.write(letterhead.slogan, { ...small, align });
    for (const line of details) flow.write(line, { ...small, align });
  };
  if (style === "left" || style === "right" || style === "centre") stack(style);
  else if (style === "band") drawBand(flow, letterhead, name, small);
  else if (style === "split") {
    flow.beside(
      [1.3, 1],
      [
        () => {
          flow.write(letterhead.name, name);
          if (letterhead.slogan !== undefined) flow.write(letterhead.slogan, small);
        },
        () => {
          for (const line of details) flow.write(line, { ...small, align: "right" });
        },
      ],
    );
    flow.gap(0.3);
    flow.rule(flow.x, flow.y, flow.width, 1);
  } else if (style === "boxed") {
    const top = flow.y;
    flow.y += 6;
    stack("centre");
    flow.y += 5;
    flow.box(flow.x, top, flow.width, flow.y - top);
  } else flow.write(letterhead.name, { ...name, size: size * 1.4 });
  if (letterhead.seller !== undefined) flow.write(letterhead.seller);
  flow.gap(1);
}

/** A mark without words, as pictures of logos are. */
function drawLogo(flow: Flow, style: HeadStyle): void {
  const left = style === "right" ? flow.width - 70 : style === "centre" ? flow.width / 2 - 35 : 0;
  flow.box(flow.x + left, flow.y, 70, 26, 0.6);
  flow.y += 28;
}

function drawBand(flow: Flow, letterhead: Letterhead, name: TextLook, small: TextLook): void {
  const top = flow.y;
  const deep = flow.heightOf(() => flow.write(letterhead.name, name)) + 12;
  flow.box(flow.x - 8, top, flow.width + 16, deep, 0.85);
  flow.y = top + 6;
  flow.write(letterhead.name, name);
  flow.y = top + deep + 4;
  flow.write([...letterhead.address, ...letterhead.contacts].join("  ·  "), small);
}

/** Where the title stands. */
export type TitleStyle = "left" | "right" | "centre" | "ruled" | "filled";

export function drawTitle(flow: Flow, title: string, style: TitleStyle): void {
  const look: TextLook = { size: flow.paper.size * 1.5, weight: "bold" };
  flow.keep(() => {
    if (style === "filled") {
      const deep = flow.heightOf(() => flow.write(title, look)) + 6;
      flow.box(flow.x, flow.y, flow.width, deep, 0.87);
      flow.y += 3;
      const { x, width } = flow;
      Object.assign(flow, { x: x + 6, width: width - 12 });
      flow.write(title, look);
      Object.assign(flow, { x, width });
      flow.y += 3;
    } else {
      flow.write(title, { ...look, align: style === "ruled" ? "left" : style });
      if (style === "ruled") flow.rule(flow.x, flow.y + 1, flow.width, 1.2);
    }
    flow.gap(0.6);
  });
}

/** How parties stand to one another. */
export type PartyStyle = "beside" | "stacked" | "boxes" | "inline" | "table";

export function drawParties(flow: Flow, parties: readonly PartyBlock[], style: PartyStyle): void {
  if (parties.length === 0) return;
  if (style === "beside" || style === "boxes") {
    const shares = parties.map(() => 1);
    const deep = Math.max(...parties.map((party) => partyDepth(flow, party, parties.length))) + 10;
    flow.beside(
      shares,
      parties.map((party) => () => {
        const top = flow.y;
        if (style === "boxes") {
          flow.box(flow.x, top, flow.width, deep);
          Object.assign(flow, { x: flow.x + 5, width: flow.width - 10, y: top + 4 });
        }
        drawParty(flow, party);
        if (style === "boxes") flow.y = top + deep;
      }),
    );
  } else if (style === "inline") {
    for (const { label, lines, over } of parties) {
      if (over !== undefined) flow.write(over, { size: flow.paper.size * 0.7, grey: 0.3 });
      flow.keep(() =>
        flow.write(
          `${label === undefined ? "" : `${label.replace(/ ?:$/u, "")}: `}${lines.join(", ").replaceAll("\n", " ")}`,
        ),
      );
    }
  } else if (style === "table") drawPartyTable(flow, parties);
  else {
    for (const party of parties) {
      flow.keep(() => drawParty(flow, party));
      flow.gap(0.6);
    }
  }
  flow.gap(0.8);
}

function partyDepth(flow: Flow, party: PartyBlock, count: number): number {
  const { x, width } = flow;
  const depth = flow.heightOf(() => {
    Object.assign(flow, { width: (width - 18 * (count - 1)) / count - 10 });
    drawParty(flow, party);
  });
  Object.assign(flow, { x, width });
  return depth;
}

function drawParty(flow: Flow, { label, lines, over }: PartyBlock): void {
  if (over !== undefined) {
    flow.write(over, { size: flow.paper.size * 0.7, grey: 0.3 });
    flow.gap(0.3);
  }
  if (label !== undefined) flow.write(label, { weight: "bold", size: flow.paper.size * 0.88 });
  for (const line of lines) flow.write(line);
}

function drawPartyTable(flow: Flow, parties: readonly PartyBlock[]): void {
  for (const { label, lines, over } of parties) {
    if (over !== undefined) flow.write(over, { size: flow.paper.size * 0.7, grey: 0.3 });
    flow.keep(() => {
      const left = flow.width * 0.24;
      const top = flow.y + 3;
      const first = flow.column(label ?? "", flow.x + 4, top, left - 8, { weight: "bold" });
      const second = flow.column(lines.join("\n"), flow.x + left + 4, top, flow.width - left - 8);
      const end = Math.max(first, second) + 3;
      flow.box(flow.x, flow.y, flow.width, end - flow.y);
      flow.upright(flow.x + left, flow.y, end - flow.y);
      flow.y = end;
    });
  }
}

/** Draws what stands at the end of every page, in the margin under the text. */
export function drawFooters(flow: Flow, content: Content, full: boolean): void {
  const { paper } = flow;
  const small = paper.size * 0.72;
  const letterhead = content.letterhead;
  const own =
    full && letterhead
      ? [[letterhead.name, ...letterhead.address].join(" · "), letterhead.contacts.join(" · ")]
      : [];
  const width = paper.width - paper.margin.left - paper.margin.right;
  const imprint = content.imprint ?? [];
  const depth = Math.max(0, ...imprint.map((column) => column.length));
  const linesOf = (texts: readonly string[]): string[] =>
    texts.filter((text) => text !== "").flatMap((text) => flow.lines(text, width, { size: small }));
  const room = Math.floor((paper.margin.bottom - 22) / (small * 1.25)) - depth;
  // Who has issued it stands there in any case; of the rest what fits.
  const issuer = linesOf(own);
  const lines = [...issuer, ...linesOf(content.footer).slice(0, Math.max(0, room - issuer.length))];
  flow.sheets.forEach((sheet, index) => {
    imprint.forEach((column, at) =>
      column.forEach((text, line) => {
        const x = paper.margin.left + (at * width) / imprint.length;
        const y = paper.height - paper.margin.bottom + 14 + line * small * 1.25;
        const fit = Math.min(1, width / imprint.length / (flow.measure(text, { size: small }) + 6));
        sheet.inks.push({ text, x, y, size: small * Math.max(0.7, fit), weight: "regular", grey: 0.3 });
      }),
    );
    const mark = content.pageMark
      ?.replace("{page}", String(index + 1))
      .replace("{pages}", String(flow.sheets.length));
    const all = mark === undefined || lines.length > room ? lines : [...lines, mark];
    all.forEach((text, line) => {
      const x = paper.width / 2 - flow.measure(text, { size: small }) / 2;
      const y = paper.height - paper.margin.bottom + 14 + (line + depth) * small * 1.25;
      sheet.inks.push({ text, x, y, size: small, weight: "regular", grey: 0.3 });
    });
  });
}
