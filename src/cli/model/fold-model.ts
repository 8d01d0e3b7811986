import type { OnnxModel, OnnxNode, OnnxTensor } from "./onnx.ts";
import { floatsOf, withFloats } from "./tensor.ts";

const FLOAT_ATTRIBUTE = 1;
/** A hard swish is `x * clip(x + 3, 0, 6) / 6` (Howard et al., Searching for MobileNetV3, 2019). */
const HARD_SWISH = { shift: 3, most: 6 } as const;

/** A convolution and what the model does with each of its values, all by numbers that hold for all of them. */
interface Block {
  readonly conv: OnnxNode;
  /** The nodes behind it, in their order. */
  readonly after: readonly OnnxNode[];
  /** `x * scale + shift` before the hard swish and behind it. */
  readonly before: Affine;
  readonly behind: Affine;
}

interface Affine {
  readonly scale: number;
  readonly shift: number;
}

/**
 * Folds what stands around a convolution's hard swish into its weights: eight passes over its values become two, or
 * three where the shift behind cannot go into the next convolution (one that pads would shift the padding too).
 * What the model computes stays the same but for rounding.
 */
export function foldModel(model: OnnxModel): OnnxModel {
  const folding = new Folding(model);
  const nodes = model.graph.node.flatMap((node) => folding.take(node));
  const inputs = (of: readonly OnnxNode[]): Set<string> => new Set(of.flatMap(({ input }) => input));
  const [before, now] = [inputs(model.graph.node), inputs(nodes)];
  const initializer = folding.tensors().filter(({ name }) => now.has(name) || !before.has(name));
  return { ...model, graph: { ...model.graph, node: nodes, initializer } };
}

class Folding {
  readonly #tensors: Map<string, OnnxTensor>;
  readonly #users: Map<string, OnnxNode[]>;
  readonly #folded = new Set<OnnxNode>();

  constructor({ graph }: OnnxModel) {
    this.#tensors = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
    this.#users = new Map();
    for (const node of graph.node)
      for (const input of new Set(node.input)) this.#users.set(input, [...this.#usersOf(input), node]);
  }

  tensors(): OnnxTensor[] {
    return [...this.#tensors.values()];
  }

  /** A node, or what stands for it and those that were folded into it. */
  take(node: OnnxNode): OnnxNode[] {
    if (this.#folded.has(node)) return [];
    const block = this.#blockAt(node);
    return block ? this.#fold(block) : [node];
  }

  #fold({ conv, after, before, behind }: Block): OnnxNode[] {
    for (const node of after) this.#folded.add(node);
    const output = after.at(-1)?.output ?? [];
    const next = this.#usersOf(output[0]);
    const shiftsNext = next.every((node) => node.op_type === "Conv" && !pads(node));
    if (shiftsNext) for (const node of next) this.#shiftInput(node, behind.shift);
    const made = this.#scaleOutput(conv, before, behind.scale);
    const [name = ""] = made.output;
    const [gate, gated] = [`${name}_gate`, shiftsNext ? output : [`${name}_gated`]];
    const attribute = [floatOf("alpha", 1 / (HARD_SWISH.most * behind.scale)), floatOf("beta", 0.5)];
    const nodes: OnnxNode[] = [
      made,
      { input: [name], output: [gate], op_type: "HardSigmoid", attribute },
      { input: [name, gate], output: [...gated], op_type: "Mul", attribute: [] },
    ];
    const lastShift = after.at(-1);
    if (!shiftsNext && lastShift)
      nodes.push({ ...lastShift, input: [...gated, this.#constant(lastShift) ?? ""] });
    return nodes;
  }

  /** The block that begins with this node; null where there is none. */
  #blockAt(conv: OnnxNode): Block | null {
    if (conv.op_type !== "Conv") return null;
    const before = this.#affineAfter(conv);
    const start = before?.nodes.at(-1);
    if (!before || !start) return null;
    const [raised, gated] = [this.#usersOf(start.output[0])[0], this.#usersOf(start.output[0])[1]];
    if (this.#usersOf(start.output[0]).length !== 2 || !raised || !gated) return null;
    const clipped = this.#onlyUser(raised, "Clip");
    if (!clipped || this.#onlyUser(clipped, "Mul") !== gated) return null;
    const divided = this.#onlyUser(gated, "Div");
    if (
      !divided ||
      this.#numberOf(raised) !== HARD_SWISH.shift ||
      this.#numberOf(divided) !== HARD_SWISH.most
    )
      return null;
    const behind = this.#affineAfter(divided);
    if (!behind) return null;
    const after = [...before.nodes, raised, clipped, gated, divided, ...behind.nodes];
    return { conv, after, before: before.affine, behind: behind.affine };
  }

  /** The multiplication and the addition of a number that alone follow a node. */
  #affineAfter(node: OnnxNode): { nodes: OnnxNode[]; affine: Affine } | null {
    const multiplied = this.#onlyUser(node, "Mul");
    const added = multiplied && this.#onlyUser(multiplied, "Add");
    if (!multiplied || !added) return null;
    const [scale, shift] = [this.#numberOf(multiplied), this.#numberOf(added)];
    if (scale === null || shift === null || scale === 0) return null;
    return { nodes: [multiplied, added], affine: { scale, shift } };
  }

  #onlyUser({ output }: OnnxNode, type: string): OnnxNode | null {
    const [user, ...others] = this.#usersOf(output[0]);
    return user && others.length === 0 && user.op_type === type ? user : null;
  }

  #usersOf(name: string | undefined): OnnxNode[] {
    return this.#users.get(name ?? "") ?? [];
  }

  #constant({ input }: OnnxNode): string | undefined {
    return input.find((name) => this.#tensors.has(name));
  }

  /** The number that a node adds, multiplies or divides by. */
  #numberOf(node: OnnxNode): number | null {
    const tensor = this.#tensors.get(this.#constant(node) ?? "");
    const values = tensor ? floatsOf(tensor) : new Float32Array();
    return values.length === 1 ? (values[0] ?? null) : null;
  }

  /** Lets a convolution give `(x * before.scale + before.shift) * scale`. */
  #scaleOutput(conv: OnnxNode, before: Affine, scale: number): OnnxNode {
    const [input = "", weights = "", bias = `${conv.output[0]}_bias`] = conv.input;
    const tensor = this.#tensors.get(weights);
    if (!tensor) throw new Error(`a convolution without weights of its own: ${conv.name}`);
    const sums = this.#biasOf(bias, tensor);
    this.#tensors.set(
      weights,
      withFloats(
        tensor,
        floatsOf(tensor).map((value) => value * before.scale * scale),
      ),
    );
    this.#setBias(
      bias,
      sums.map((value) => (value * before.scale + before.shift) * scale),
    );
    return { ...conv, input: [input, weights, bias] };
  }

  /** Lets a convolution take values that are smaller by `shift`. */
  #shiftInput(conv: OnnxNode, shift: number): void {
    const [, weights = "", bias] = conv.input;
    const tensor = this.#tensors.get(weights);
    if (!tensor || bias === undefined) throw new Error(`a convolution without a bias: ${conv.name}`);
    const values = floatsOf(tensor);
    const each = values.length / (tensor.dims[0] ?? 1);
    const sums = this.#biasOf(bias, tensor);
    for (const [at, value] of values.entries()) {
      const channel = Math.floor(at / each);
      sums[channel] = (sums[channel] ?? 0) + value * shift;
    }
    this.#setBias(bias, sums);
  }

  #biasOf(name: string, weights: OnnxTensor): Float32Array {
    const tensor = this.#tensors.get(name);
    return tensor ? floatsOf(tensor) : new Float32Array(weights.dims[0] ?? 0);
  }

  #setBias(name: string, values: Float32Array): void {
    this.#tensors.set(
      name,
      withFloats({ dims: [values.length], data_type: 1, name, raw_data: new Uint8Array() }, values),
    );
  }
}

function pads({ attribute }: OnnxNode): boolean {
  const ints = attribute.find(({ name }) => name === "pads")?.ints ?? [];
  return ints.some((value) => value !== 0);
}

function floatOf(name: string, value: number): OnnxNode["attribute"][number] {
  return { name, f: value, type: FLOAT_ATTRIBUTE };
}
