import type { FlowBlock, FlowCell } from "../flow/flow.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import { paragraphsOf } from "./drawing-text.ts";

/** A chart is a drawing of a table; one with more points than these is of data that stands elsewhere. */
const MAX_POINTS = 1_000;
const MAX_SERIES = 50;

interface Series {
  readonly name: string;
  readonly categories: ReadonlyMap<number, string>;
  readonly values: ReadonlyMap<number, string>;
}

/** A chart by the texts and numbers that it keeps: its title, and a table of its categories and series. */
export function chartBlocks(root: XmlElement | null): FlowBlock[] {
  const chart = childOf(root, "chart");
  const titles = [childOf(chart, "title"), ...axesOf(chart).map((axis) => childOf(axis, "title"))];
  const captions = titles
    .flatMap((title) => paragraphsOf(childOf(title, "tx", "rich")))
    .map(({ text }): FlowBlock => ({ kind: "caption", text }));
  const series = seriesOf(chart);
  if (series.length === 0) return captions;
  return [...captions, tableOf(series)];
}

function axesOf(chart: XmlElement | null): XmlElement[] {
  return childrenOf(childOf(chart, "plotArea")).filter(({ local }) => local.endsWith("Ax"));
}

function seriesOf(chart: XmlElement | null): Series[] {
  const plots = childrenOf(childOf(chart, "plotArea")).filter(({ local }) => local.endsWith("Chart"));
  return plots
    .flatMap((plot) => childrenOf(plot, "ser"))
    .slice(0, MAX_SERIES)
    .map((series) => ({
      name: [...pointsOf(childOf(series, "tx"))].map(([, text]) => text).join(" "),
      categories: pointsOf(childOf(series, "cat") ?? childOf(series, "xVal")),
      values: pointsOf(childOf(series, "val") ?? childOf(series, "yVal")),
    }));
}

/** Cached points by their index, wherever the reference keeps them. */
function pointsOf(holder: XmlElement | null): Map<number, string> {
  const points = new Map<number, string>();
  const visit = (element: XmlElement): void => {
    for (const child of childrenOf(element)) {
      if (points.size >= MAX_POINTS) return;
      if (child.local === "pt") {
        const index = Number(child.attributes.idx ?? points.size);
        const text = textOf(childOf(child, "v"));
        points.set(index, [points.get(index), text].filter((part) => part !== undefined).join(" "));
      } else if (child.local === "v") points.set(points.size, textOf(child));
      else visit(child);
    }
  };
  if (holder) visit(holder);
  return points;
}

function tableOf(series: readonly Series[]): FlowBlock {
  const categories = series.find((one) => one.categories.size > 0)?.categories ?? new Map<number, string>();
  const indices = [
    ...new Set(series.flatMap(({ categories, values }) => [...categories.keys(), ...values.keys()])),
  ]
    .toSorted((a, b) => a - b)
    .slice(0, MAX_POINTS);
  const header = ["", ...series.map(({ name }) => name)].map((text): FlowCell => ({ text }));
  const rows = indices.map((index) =>
    [categories.get(index) ?? "", ...series.map(({ values }) => values.get(index) ?? "")].map(
      (text): FlowCell => ({ text }),
    ),
  );
  return { kind: "table", headerRows: 1, rows: [header, ...rows] };
}
