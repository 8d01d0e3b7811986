import { foldModel } from "./fold-model.ts";
import type { OnnxModel, OnnxNode, OnnxTensor } from "./onnx.ts";
import { floatsOf } from "./tensor.ts";

const FLOAT = 1;
const HALF = 10;
const INT_ATTRIBUTE = 2;
/** A tensor of fewer values is not worth a conversion at each start. */
const WORTH_HALVING = 2_000;

/**
 * Makes a line recogniser smaller: keeps `classes` of its last layer alone, folds what can be folded into its weights,
 * and stores large weights in half precision, turned back when the model is loaded.
 */
export function cutModel(model: OnnxModel, classes: readonly number[], of: number): OnnxModel {
  const nodes = model.graph.node.filter(({ op_type }) => op_type !== "Constant");
  const constants = model.graph.node
    .filter(({ op_type }) => op_type === "Constant")
    .map((node) => sliceTensor(constantOf(node), classes, of));
  const folded = foldModel({
    ...model,
    graph: { ...model.graph, node: nodes, initializer: constants },
  }).graph;
  const halved = folded.initializer.filter(
    (tensor) => tensor.data_type === FLOAT && sizeOf(tensor) >= WORTH_HALVING,
  );
  const kept = folded.initializer.filter((tensor) => !halved.includes(tensor));
  return {
    ...model,
    graph: {
      ...model.graph,
      node: [...halved.map(({ name }) => castOf(name)), ...folded.node],
      initializer: [...kept, ...halved.map(halve)],
      output: model.graph.output.map((value) => ({ ...value, type: withLastDimension(classes.length) })),
    },
  };
}

function constantOf(node: OnnxNode): OnnxTensor {
  const tensor = node.attribute.find(({ name }) => name === "value")?.t;
  const [name] = node.output;
  if (!tensor || name === undefined) throw new Error(`a constant of the model holds nothing: ${node.name}`);
  return { ...tensor, name };
}

function sizeOf({ dims }: OnnxTensor): number {
  return dims.reduce((product, length) => product * length, 1);
}

/** Keeps some of a tensor's last dimension, where that has as many values as there were classes. */
function sliceTensor(tensor: OnnxTensor, classes: readonly number[], of: number): OnnxTensor {
  if (tensor.data_type !== FLOAT || tensor.dims.at(-1) !== of) return tensor;
  const values = floatsOf(tensor);
  const rows = values.length / of;
  const kept = new Float32Array(rows * classes.length);
  for (let row = 0; row < rows; row += 1)
    for (const [index, at] of classes.entries())
      kept[row * classes.length + index] = values[row * of + at] ?? 0;
  return {
    ...tensor,
    dims: [...tensor.dims.slice(0, -1), classes.length],
    raw_data: new Uint8Array(kept.buffer),
  };
}

function halve(tensor: OnnxTensor): OnnxTensor {
  const half = new Float16Array(floatsOf(tensor));
  return { ...tensor, name: halfName(tensor.name), data_type: HALF, raw_data: new Uint8Array(half.buffer) };
}

function halfName(name: string): string {
  return `${name}_half`;
}

function castOf(name: string): OnnxNode {
  const attribute = [{ name: "to", i: FLOAT, type: INT_ATTRIBUTE }];
  return { input: [halfName(name)], output: [name], op_type: "Cast", attribute };
}

/** TypeProto of a float tensor of two free dimensions and a fixed one (onnx.proto, as it stands on the wire). */
function withLastDimension(length: number): Uint8Array {
  const dimension = [0x08, (length & 0x7f) | 0x80, length >> 7];
  const fixed = [0x0a, dimension.length, ...dimension];
  const shape = [0x0a, 0, 0x0a, 0, ...fixed];
  const tensor = [0x08, FLOAT, 0x12, shape.length, ...shape];
  return Uint8Array.from([0x0a, tensor.length, ...tensor]);
}
