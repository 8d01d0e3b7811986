import type { Pair } from "../content.ts";
import type { Flow, TextLook } from "../flow.ts";

/** Where labels and their values stand. */
export type PairStyle =
  | "left" // label, value beside it
  | "spread" // label at the left edge, value at the right one
  | "dots" // the same with leaders between
  | "above" // label over its value, in a row of columns
  | "below" // the value, its caption under it
  | "grid" // boxed cells with tiny captions
  | "two" // two columns of label and value
  | "three"
  | "header" // labels as a table's header, values in the row under it
  | "run" // one after another in a line
  | "ruled" // rows of a two-column table with rules
  | "prose"; // sentences

/** Draws labels with their values. */
export function drawPairs(flow: Flow, pairs: readonly Pair[], style: PairStyle, boldLabels: boolean): void {
  if (pairs.length === 0) return;
  const label: TextLook = boldLabels ? { weight: "bold" } : { grey: 0.25 };
  const value: TextLook = boldLabels ? {} : { weight: "bold" };
  switch (style) {
    case "left":
      return drawRows(flow, pairs, { label, value: {}, rules: false });
    case "ruled":
      return drawRows(flow, pairs, { label, value: {}, rules: true });
    case "spread":
    case "dots":
      return drawSpread(flow, pairs, label, style === "dots");
    case "two":
    case "three":
      return drawColumns(flow, pairs, style === "two" ? 2 : 3, label);
    case "above":
      return drawCells(flow, pairs, { label, value, boxed: false, below: false });
    case "below":
      return drawCells(flow, pairs, { label, value, boxed: false, below: true });
    case "grid":
      return drawCells(flow, pairs, { label, value, boxed: true, below: false });
    case "header":
      return drawHeaderRows(flow, pairs);
    case "run":
      return drawRun(flow, pairs, label);
    case "prose":
      return flow.write(
        pairs
          .map(
            ({ label, value, sentence }) =>
              sentence ?? (label === "" ? `${value}.` : `${plain(label)}: ${value}.`),
          )
          .join(" "),
      );
  }
}

function plain(label: string): string {
  return label.replace(/ ?[:.]$/u, "");
}

interface RowLook {
  readonly label: TextLook;
  readonly value: TextLook;
  readonly rules: boolean;
}

function drawRows(flow: Flow, pairs: readonly Pair[], { label, value, rules }: RowLook): void {
  const widest = Math.max(...pairs.map((pair) => flow.measure(pair.label, label)));
  const word = Math.max(...pairs.map((pair) => widestWord(flow, pair.label, label)));
  const left = Math.max(Math.min(widest + 12, flow.width * 0.52), word + 12);
  const pad = rules ? 3 : 0.5;
  for (const pair of pairs) {
    const stacked = widestWord(flow, pair.value, value) > flow.width - left - 6;
    flow.keep(() => {
      const top = flow.y + pad;
      const inset = rules ? 3 : 0;
      const behind = flow.column(pair.label, flow.x + inset, top, stacked ? flow.width : left - 8, label);
      const end = stacked
        ? flow.column(pair.value, flow.x + 8, behind, flow.width - 8, value)
        : flow.column(pair.value, flow.x + left, top, flow.width - left - inset, value);
      flow.y = Math.max(behind, end) + pad;
      if (rules) flow.rule(flow.x, flow.y, flow.width, 0.4);
    });
  }
}

function widestWord(flow: Flow, text: string, look: TextLook): number {
  return Math.max(...text.split(" ").map((word) => flow.measure(word, look)));
}

function drawSpread(flow: Flow, pairs: readonly Pair[], label: TextLook, dots: boolean): void {
  for (const pair of pairs) {
    const wide = flow.measure(pair.label, label) + flow.measure(pair.value) + 14 > flow.width;
    flow.keep(() => {
      const top = flow.y + 1;
      const right = { align: "right" } as const;
      if (wide) {
        const middle = flow.column(pair.label, flow.x, top, flow.width, label);
        flow.y = flow.column(pair.value, flow.x + flow.width * 0.3, middle, flow.width * 0.7, right);
        return;
      }
      const base = top + flow.paper.size * 0.95;
      flow.put(pair.label, flow.x, base, label);
      flow.put(pair.value, flow.x + flow.width, base, right);
      const [from, to] = [flow.measure(pair.label, label) + 4, flow.width - flow.measure(pair.value) - 4];
      const count = Math.floor((to - from) / flow.measure("."));
      if (dots && count > 2) flow.put(".".repeat(count), flow.x + to, base, { align: "right", grey: 0.4 });
      flow.y = top + flow.lineHeight();
    });
  }
}

function drawColumns(flow: Flow, pairs: readonly Pair[], most: number, label: TextLook): void {
  const needed = Math.max(
    ...pairs.map((pair) => widestWord(flow, pair.label, label) + widestWord(flow, pair.value, {}) + 40),
  );
  const count = Math.max(1, Math.min(most, Math.floor(flow.width / needed)));
  const deep = Math.ceil(pairs.length / count);
  const groups = Array.from({ length: count }, (_, index) => pairs.slice(index * deep, (index + 1) * deep));
  flow.beside(
    groups.map(() => 1),
    groups.map((group) => () => {
      if (group.length > 0) drawRows(flow, group, { label, value: {}, rules: false });
    }),
  );
}

interface CellLook {
  readonly label: TextLook;
  readonly value: TextLook;
  readonly boxed: boolean;
  readonly below: boolean;
}

/** Cells of label and value, as many beside one another as fit; each row is as deep as its deepest cell. */
function drawCells(flow: Flow, pairs: readonly Pair[], look: CellLook): void {
  const small = flow.paper.size * (look.boxed || look.below ? 0.72 : 0.82);
  const label = { ...look.label, size: small };
  for (const row of breakRows(flow, pairs, label)) {
    flow.keep(() => {
      const own = flow.width / row.length;
      const inner = own - 10;
      const top = flow.y + 3;
      const bottoms = row.map((pair, index) => {
        const x = flow.x + index * own + (look.boxed ? 4 : 0);
        const [first, second] = look.below ? [pair.value, pair.label] : [pair.label, pair.value];
        const [above, under] = look.below ? [look.value, label] : [label, look.value];
        const middle = flow.column(first, x, top, inner, above);
        if (look.below) flow.rule(x, middle + 0.5, inner, 0.4);
        return flow.column(second, x, middle + (look.below ? 1.5 : 0), inner, under);
      });
      const end = Math.max(...bottoms) + 3;
      if (look.boxed) row.forEach((_, index) => flow.box(flow.x + index * own, flow.y, own, end - flow.y));
      flow.y = end + (look.boxed ? 0 : 2);
    });
  }
}

function breakRows(flow: Flow, pairs: readonly Pair[], label: TextLook): Pair[][] {
  const rows: Pair[][] = [];
  const most = Math.max(1, Math.floor(flow.width / 105));
  for (const pair of pairs) {
    const row = rows.at(-1);
    const members = [...(row ?? []), pair];
    const own = flow.width / members.length - 10;
    const fits = members.every(
      (one) => Math.max(flow.measure(one.value, { weight: "bold" }), flow.measure(one.label, label)) <= own,
    );
    if (row && fits && members.length <= most) row.push(pair);
    else rows.push([pair]);
  }
  return rows;
}

/** A table of one row: labels in its header, values under them. */
function drawHeaderRows(flow: Flow, pairs: readonly Pair[]): void {
  const size = flow.paper.size * 0.88;
  for (const row of breakRows(flow, pairs, { weight: "bold", size })) {
    flow.keep(() => {
      const own = flow.width / row.length;
      const deep = flow.lineHeight() + 4;
      flow.box(flow.x, flow.y, flow.width, deep, 0.88);
      row.forEach((pair, index) =>
        flow.put(plain(pair.label), flow.x + index * own + 4, flow.y + deep - 5, { weight: "bold", size }),
      );
      const bottoms = row.map((pair, index) =>
        flow.column(pair.value, flow.x + index * own + 4, flow.y + deep + 2, own - 8),
      );
      const end = Math.max(...bottoms) + 3;
      flow.box(flow.x, flow.y, flow.width, end - flow.y);
      flow.y = end + 4;
    });
  }
}

function drawRun(flow: Flow, pairs: readonly Pair[], label: TextLook): void {
  const space = flow.measure("  ") + 8;
  let left = 0;
  flow.room(flow.lineHeight() * 2);
  for (const pair of pairs) {
    const text = pair.label === "" ? "" : `${plain(pair.label)}: `;
    const width = flow.measure(text, label) + flow.measure(pair.value);
    if (left > 0 && left + width > flow.width) {
      left = 0;
      flow.y += flow.lineHeight();
    }
    if (width > flow.width) {
      flow.write(`${text}${pair.value}`);
      continue;
    }
    const base = flow.y + flow.paper.size * 0.95;
    flow.put(text, flow.x + left, base, label);
    flow.put(pair.value, flow.x + left + flow.measure(text, label), base);
    left += width + space;
  }
  if (left > 0) flow.y += flow.lineHeight();
}
