import type { Tree } from "../../extract/scorer/forest.ts";
import type { Random } from "./random.ts";

/** Candidates of documents as a table: one row a candidate, `groups` the first row of each document and the end. */
export interface Table {
  readonly features: number;
  /** Row by row. */
  readonly values: Float32Array;
  readonly groups: readonly number[];
  /** Rows that are right. */
  readonly right: Uint8Array;
  /** How much each document counts. */
  readonly weights: readonly number[];
}

export interface BoostOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly rate: number;
  /** Share of the features that a tree may look at. */
  readonly share: number;
  /** Least sum of curvatures in a leaf. */
  readonly least: number;
  readonly ridge: number;
  /** Features with which the score may only rise. */
  readonly rising?: readonly number[];
}

const BINS = 64;
const MISSING = BINS - 1;

interface Binned {
  readonly rows: number;
  readonly bins: readonly Uint8Array[];
  readonly edges: readonly Float64Array[];
}

interface Leaf {
  readonly rows: Int32Array;
  readonly sumG: number;
  readonly sumH: number;
  split: Split | null;
  /** Where it stands in the tree that is made. */
  node: TreeNode;
  /** What its value may be, so that rising features rise. */
  readonly bounds: readonly [number, number];
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

interface TreeNode {
  feature: number;
  threshold: number;
  value: number;
  left: TreeNode | null;
  right: TreeNode | null;
}

/**
 * Gradient-boosted trees for choosing one of a document's candidates or none: the loss is the cross-entropy of the
 * right ones under a softmax over the candidates and a "none" whose score is zero.
 */
export function boost(table: Table, options: BoostOptions, random: Random): Tree[] {
  const binned = binTable(table);
  const scores = new Float64Array(binned.rows);
  const gradients = new Float64Array(binned.rows);
  const curvatures = new Float64Array(binned.rows);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round += 1) {
    setGradients(table, scores, gradients, curvatures);
    const features = random.sample(table.features, Math.ceil(table.features * options.share));
    const leaves = growLeaves({ binned, gradients, curvatures, features, options });
    for (const leaf of leaves.all) {
      leaf.node.value = round4(options.rate * valueOf(leaf, leaf.bounds, options.ridge));
      for (const row of leaf.rows) scores[row] = (scores[row] ?? 0) + leaf.node.value;
    }
    trees.push(writeTree(leaves.root));
  }
  return trees;
}

const ANY = [-Infinity, Infinity] as const;

function valueOf(
  { sumG, sumH }: { readonly sumG: number; readonly sumH: number },
  [low, high]: readonly [number, number],
  ridge: number,
): number {
  return Math.min(high, Math.max(low, -sumG / (sumH + ridge)));
}

function setGradients(
  table: Table,
  scores: Float64Array,
  gradients: Float64Array,
  curvatures: Float64Array,
): void {
  for (const [group, weight] of table.weights.entries()) {
    const from = table.groups[group] ?? 0;
    const to = table.groups[group + 1] ?? from;
    let top = 0;
    for (let row = from; row < to; row += 1) top = Math.max(top, scores[row] ?? 0);
    let sum = Math.exp(-top);
    let rights = 0;
    for (let row = from; row < to; row += 1) {
      const power = Math.exp((scores[row] ?? 0) - top);
      sum += power;
      if (table.right[row] === 1) rights += power;
    }
    for (let row = from; row < to; row += 1) {
      const power = Math.exp((scores[row] ?? 0) - top);
      const share = power / sum;
      const wanted = table.right[row] === 1 ? power / Math.max(1e-300, rights) : 0;
      gradients[row] = weight * (share - wanted);
      curvatures[row] = weight * Math.max(share * (1 - share), 1e-4);
    }
  }
}

function binTable({ features, values }: Table): Binned {
  const rows = values.length / Math.max(1, features);
  const bins: Uint8Array[] = [];
  const edges: Float64Array[] = [];
  for (let feature = 0; feature < features; feature += 1) {
    const column = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) column[row] = values[row * features + feature] ?? Number.NaN;
    const cuts = cutsOf(column);
    edges.push(cuts);
    bins.push(Uint8Array.from(column, (value) => (Number.isNaN(value) ? MISSING : binOf(cuts, value))));
  }
  return { rows, bins, edges };
}

/** Thresholds between a column's values: all of them where they are few, quantiles where they are many. */
function cutsOf(column: Float64Array): Float64Array {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  const distinct = known.filter((value, index) => index === 0 || value !== known[index - 1]);
  const most = BINS - 2;
  const picked =
    distinct.length <= most + 1
      ? [...distinct]
      : [
          ...new Set(
            Array.from(
              { length: most + 1 },
              (_, at) => known[Math.floor((at * (known.length - 1)) / most)] ?? 0,
            ),
          ),
        ];
  const cuts = picked.slice(1).map((value, index) => between(picked[index] ?? value, value));
  return Float64Array.from(new Set(cuts));
}

/** A threshold between two values, with few digits where that is possible: they make a small file. */
function between(lower: number, upper: number): number {
  const middle = (lower + upper) / 2;
  const short = round4(middle);
  return short > lower && short <= upper ? short : middle;
}

function round4(value: number): number {
  return Number(value.toPrecision(4));
}

function binOf(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < (cuts[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Growth {
  readonly binned: Binned;
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  readonly features: readonly number[];
  readonly options: BoostOptions;
}

function growLeaves(growth: Growth): { root: TreeNode; all: Leaf[] } {
  const root = makeNode();
  const all = [
    makeLeaf(
      growth,
      Int32Array.from({ length: growth.binned.rows }, (_, row) => row),
      root,
    ),
  ];
  while (all.length < growth.options.leaves) {
    let best: Leaf | null = null;
    for (const leaf of all)
      if (leaf.split && (!best?.split || leaf.split.gain > best.split.gain)) best = leaf;
    if (!best?.split) break;
    all.splice(all.indexOf(best), 1, ...divide(growth, best, best.split));
  }
  return { root, all };
}

function makeNode(): TreeNode {
  return { feature: -1, threshold: 0, value: 0, left: null, right: null };
}

function makeLeaf(
  growth: Growth,
  rows: Int32Array,
  node: TreeNode,
  bounds: readonly [number, number] = ANY,
): Leaf {
  let [sumG, sumH] = [0, 0];
  for (const row of rows) {
    sumG += growth.gradients[row] ?? 0;
    sumH += growth.curvatures[row] ?? 0;
  }
  return { rows, sumG, sumH, node, bounds, split: bestSplit(growth, rows, sumG, sumH) };
}

function bestSplit(growth: Growth, rows: Int32Array, sumG: number, sumH: number): Split | null {
  const { binned, gradients, curvatures, features, options } = growth;
  if (sumH < options.least * 2) return null;
  const whole = (sumG * sumG) / (sumH + options.ridge);
  let best: Split | null = null;
  const histG = new Float64Array(BINS);
  const histH = new Float64Array(BINS);
  for (const feature of features) {
    const bins = binned.bins[feature];
    const cuts = binned.edges[feature]?.length ?? 0;
    if (!bins || cuts === 0) continue;
    histG.fill(0);
    histH.fill(0);
    for (const row of rows) {
      const bin = bins[row] ?? MISSING;
      histG[bin] = (histG[bin] ?? 0) + (gradients[row] ?? 0);
      histH[bin] = (histH[bin] ?? 0) + (curvatures[row] ?? 0);
    }
    let [leftG, leftH] = [0, 0];
    for (let bin = 0; bin < cuts; bin += 1) {
      leftG += histG[bin] ?? 0;
      leftH += histH[bin] ?? 0;
      if (leftH < options.least || sumH - leftH < options.least) continue;
      const rightG = sumG - leftG;
      const falls = leftG / (leftH + options.ridge) < rightG / (sumH - leftH + options.ridge);
      if (falls && options.rising?.includes(feature) === true) continue;
      const gain =
        (leftG * leftG) / (leftH + options.ridge) +
        (rightG * rightG) / (sumH - leftH + options.ridge) -
        whole;
      if (gain > 1e-6 && (best === null || gain > best.gain)) best = { gain, feature, bin };
    }
  }
  return best;
}

function divide(growth: Growth, leaf: Leaf, split: Split): Leaf[] {
  const bins = growth.binned.bins[split.feature] ?? new Uint8Array();
  const left = leaf.rows.filter((row) => (bins[row] ?? MISSING) <= split.bin);
  const right = leaf.rows.filter((row) => (bins[row] ?? MISSING) > split.bin);
  const { node } = leaf;
  node.feature = split.feature;
  node.threshold = growth.binned.edges[split.feature]?.[split.bin] ?? 0;
  node.left = makeNode();
  node.right = makeNode();
  const made = [
    makeLeaf(growth, left, node.left, leaf.bounds),
    makeLeaf(growth, right, node.right, leaf.bounds),
  ];
  return growth.options.rising?.includes(split.feature) === true ? bounded(made, growth.options.ridge) : made;
}

/** What is below a rising split stays on its side of the middle. */
function bounded(leaves: readonly Leaf[], ridge: number): Leaf[] {
  const middle = leaves.reduce((sum, leaf) => sum + valueOf(leaf, leaf.bounds, ridge), 0) / leaves.length;
  return leaves.map((leaf, side) => {
    const [low, high] = leaf.bounds;
    const bounds =
      side === 0 ? ([low, Math.min(high, middle)] as const) : ([Math.max(low, middle), high] as const);
    return Object.assign({}, leaf, { bounds });
  });
}

function writeTree(root: TreeNode): number[] {
  const list: number[] = [];
  const write = (node: TreeNode): number => {
    const at = list.length;
    if (!node.left || !node.right) list.push(-1, node.value);
    else {
      list.push(node.feature, node.threshold, 0, 0);
      list[at + 2] = write(node.left);
      list[at + 3] = write(node.right);
    }
    return at;
  };
  write(root);
  return list;
}
