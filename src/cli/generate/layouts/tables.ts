import type { Column, Pair } from "../content.ts";
import type { Flow, TextLook } from "../flow.ts";

/** How a table is drawn. */
export type TableStyle = "bare" | "ruled" | "grid" | "zebra" | "band" | "spaced";

interface TableLook {
  readonly style: TableStyle;
  readonly repeatHead: boolean;
}

/** Draws a table; its rows may stand on several pages, its cells wrap. */
export function drawTable(
  flow: Flow,
  table: { columns: readonly Column[]; rows: readonly (readonly string[])[]; strong?: readonly number[] },
  look: TableLook,
): void {
  const size = flow.paper.size * (table.columns.length > 6 ? 0.84 : 0.94);
  const widths = widthsOf(flow, table, size);
  const draw = (cells: readonly string[], row: RowLook): void =>
    drawRow(flow, table.columns, cells, widths, row);
  const head: RowLook = { size, weight: "bold", style: look.style, head: true, odd: false };
  flow.room(flow.lineHeight() * 4);
  draw(
    table.columns.map(({ title }) => title),
    head,
  );
  table.rows.forEach((cells, index) => {
    const before = flow.sheets.length;
    const strong = table.strong?.includes(index) === true;
    const row: RowLook = {
      size,
      weight: strong ? "bold" : "regular",
      style: look.style,
      head: false,
      odd: index % 2 === 1,
    };
    const height = flow.heightOf(() => draw(cells, row));
    flow.room(height);
    if (flow.sheets.length > before && look.repeatHead)
      draw(
        table.columns.map(({ title }) => title),
        head,
      );
    draw(cells, row);
  });
  if (look.style === "ruled" || look.style === "band") flow.rule(flow.x, flow.y, flow.width);
  flow.gap(0.5);
}

interface RowLook {
  readonly size: number;
  readonly weight: "regular" | "bold";
  readonly style: TableStyle;
  readonly head: boolean;
  readonly odd: boolean;
}

function drawRow(
  flow: Flow,
  columns: readonly Column[],
  cells: readonly string[],
  widths: readonly number[],
  row: RowLook,
): void {
  const pad = row.style === "grid" ? 3 : row.style === "spaced" ? 5 : 2;
  const top = flow.y + pad;
  const look: TextLook = { size: row.size, weight: row.weight };
  const depths = cells.map((cell, index) => flow.lines(cell, (widths[index] ?? 40) - 6, look).length);
  const end = top + Math.max(1, ...depths) * flow.lineHeight(row.size) + pad;
  if (row.head && row.style === "band") flow.box(flow.x, flow.y, flow.width, end - flow.y, 0.82);
  if (!row.head && row.odd && row.style === "zebra") flow.box(flow.x, flow.y, flow.width, end - flow.y, 0.93);
  let left = flow.x;
  cells.forEach((cell, index) => {
    const width = widths[index] ?? 40;
    flow.column(cell, left + 3, top, width - 6, { ...look, align: columns[index]?.align ?? "left" });
    if (row.style === "grid") flow.box(left, flow.y, width, end - flow.y);
    left += width;
  });
  flow.y = end;
  if (row.head && row.style !== "grid" && row.style !== "bare") flow.rule(flow.x, end, flow.width, 0.8);
  if (!row.head && row.style === "ruled") flow.rule(flow.x, end, flow.width, 0.3);
}

/** Widths by what the cells need, stretched to the whole width; words are not cut where that can be avoided. */
function widthsOf(
  flow: Flow,
  { columns, rows }: { columns: readonly Column[]; rows: readonly (readonly string[])[] },
  size: number,
): number[] {
  const wanted = columns.map((column, index) => {
    const texts = [column.title, ...rows.map((row) => row[index] ?? "")];
    const look: TextLook = { size, weight: "bold" };
    const whole = Math.max(...texts.map((text) => flow.measure(text, look))) + 9;
    const word =
      Math.max(...texts.flatMap((text) => text.split(" ")).map((word) => flow.measure(word, look))) + 9;
    const solid =
      column.align === "right"
        ? Math.max(word, ...rows.map((row) => flow.measure(row[index] ?? "", look) + 9))
        : word;
    return { whole, least: solid, weight: column.weight };
  });
  const least = wanted.reduce((sum, one) => sum + one.least, 0);
  const whole = wanted.reduce((sum, one) => sum + one.whole, 0);
  if (least >= flow.width) return wanted.map((one) => (one.least * flow.width) / least);
  if (whole > flow.width) {
    const share = (flow.width - least) / Math.max(1, whole - least);
    return wanted.map((one) => one.least + (one.whole - one.least) * share);
  }
  const weights = wanted.reduce((sum, one) => sum + one.weight, 0);
  return wanted.map((one) => one.whole + ((flow.width - whole) * one.weight) / weights);
}

/** Where sums stand under a table. */
export type TotalsStyle = "right" | "boxed" | "full" | "left" | "row";

/** Draws sums; the strong one is set bold. */
export function drawTotals(flow: Flow, pairs: readonly Pair[], strong: number, style: TotalsStyle): void {
  if (style === "row" && pairs.length <= 5) return drawTotalsRow(flow, pairs, strong);
  const needed =
    Math.max(...pairs.map((pair) => flow.measure(`${pair.label}${pair.value}`, { weight: "bold" }))) + 34;
  const width = style === "full" ? flow.width : Math.min(flow.width, Math.max(needed, flow.width * 0.36));
  const left = style === "left" || style === "full" ? flow.x : flow.x + flow.width - width;
  flow.keep(() => {
    const top = flow.y;
    flow.y += style === "boxed" ? 4 : 0;
    pairs.forEach((pair, index) => {
      const look: TextLook = { weight: index === strong ? "bold" : "regular" };
      if (index === strong) flow.rule(left, flow.y + 1, width, 0.8);
      const base = flow.y + flow.paper.size * 1.05 + 1;
      flow.put(pair.label, left + 6, base, look);
      flow.put(pair.value, left + width - 6, base, { ...look, align: "right" });
      flow.y += flow.lineHeight() + 2;
    });
    if (style === "boxed") flow.box(left, top, width, flow.y - top + 3);
    flow.y += 6;
  });
}

function drawTotalsRow(flow: Flow, pairs: readonly Pair[], strong: number): void {
  flow.keep(() => {
    const own = flow.width / pairs.length;
    const size = flow.paper.size * 0.8;
    const tops = pairs.map((pair, index) =>
      flow.column(pair.label.replace(/ ?:$/u, ""), flow.x + index * own + 4, flow.y + 3, own - 8, {
        size,
        align: "right",
      }),
    );
    const middle = Math.max(...tops);
    pairs.forEach((pair, index) => {
      const look: TextLook = { weight: index === strong ? "bold" : "regular", align: "right" };
      flow.column(pair.value, flow.x + index * own + 4, middle + 1, own - 8, look);
    });
    const end = middle + flow.lineHeight() + 5;
    flow.box(flow.x, flow.y, flow.width, end - flow.y);
    flow.y = end + 6;
  });
}
