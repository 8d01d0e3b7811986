import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { cutModel } from "../../src/cli/model/cut-model.ts";
import { foldModel } from "../../src/cli/model/fold-model.ts";
import { MADE, makeModel } from "../../src/cli/model/make.ts";
import { readModel, type OnnxModel } from "../../src/cli/model/onnx.ts";
import { floatsOf } from "../../src/cli/model/tensor.ts";

const floats = (values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

describe("the line reader's model", () => {
  it("is what the script makes of the whole model, byte for byte", async () => {
    const { model, characters } = await makeModel();
    expect(await readFile(MADE.characters, "utf8")).toBe(characters);
    expect(Buffer.compare(await readFile(MADE.model), model)).toBe(0);
    expect(model.length).toBeLessThan(4_000_000);
    expect(readModel(model).graph.node.filter(({ op_type }) => op_type === "Constant")).toEqual([]);
  });

  it("keeps the classes that are asked for, and halves what is large", () => {
    const constant = (name: string, dims: number[], values: readonly number[]) => ({
      output: [name],
      input: [],
      op_type: "Constant",
      attribute: [{ name: "value", t: { dims, data_type: 1, name: "", raw_data: floats(values) } }],
    });
    const large = Array.from({ length: 2_000 }, (_, at) => at / 8);
    const model: OnnxModel = {
      ir_version: 8,
      opset_import: [{ domain: "", version: 9 }],
      graph: {
        name: "g",
        node: [constant("bias", [4], [1, 2, 3, 4]), constant("weights", [40, 50], large)],
        initializer: [],
        input: [],
        output: [],
      },
    };
    const cut = cutModel(model, [0, 2, 3], 4).graph;
    const bias = cut.initializer.find(({ name }) => name === "bias");
    expect(bias?.dims).toEqual([3]);
    expect(bias?.raw_data).toEqual(floats([1, 3, 4]));
    const half = cut.initializer.find(({ name }) => name === "weights_half");
    expect([half?.data_type, half?.raw_data.length]).toEqual([10, 4_000]);
    expect(cut.node.map(({ op_type, input, output }) => [op_type, input, output])).toEqual([
      ["Cast", ["weights_half"], ["weights"]],
    ]);
  });

  it("folds the numbers around a hard swish into the convolutions, but no shift into one that pads", () => {
    const tensor = (name: string, dims: number[], values: readonly number[]) => ({
      name,
      dims,
      data_type: 1,
      raw_data: floats(values),
    });
    const node = (op_type: string, input: string[], output: string, pads: number[] = []) => ({
      op_type,
      input,
      output: [output],
      attribute: pads.length > 0 ? [{ name: "pads", ints: pads }] : [],
    });
    const swished = (from: string, to: string) => [
      node("Mul", ["two", from], `${from}.scaled`),
      node("Add", [`${from}.scaled`, "half"], `${from}.in`),
      node("Add", [`${from}.in`, "three"], `${from}.raised`),
      node("Clip", [`${from}.raised`], `${from}.clipped`),
      node("Mul", [`${from}.in`, `${from}.clipped`], `${from}.gated`),
      node("Div", [`${from}.gated`, "six"], `${from}.swished`),
      node("Mul", ["half", `${from}.swished`], `${from}.halved`),
      node("Add", [`${from}.halved`, "two"], to),
    ];
    const model = (pads: number[]): OnnxModel => ({
      ir_version: 8,
      opset_import: [{ domain: "", version: 9 }],
      graph: {
        name: "g",
        node: [
          node("Conv", ["x", "w1", "b1"], "c1", [0, 0, 0, 0]),
          ...swished("c1", "mid"),
          node("Conv", ["mid", "w2", "b2"], "y", pads),
        ],
        initializer: [
          tensor("w1", [1, 1, 1, 1], [3]),
          tensor("b1", [1], [1]),
          tensor("w2", [1, 1, 1, 2], [5, 7]),
          tensor("b2", [1], [0.25]),
          tensor("two", [1], [2]),
          tensor("half", [1], [0.5]),
          tensor("three", [], [3]),
          tensor("six", [], [6]),
        ],
        input: [],
        output: [],
      },
    });
    const valuesOf = ({ graph }: OnnxModel, name: string) =>
      graph.initializer.filter((each) => each.name === name).flatMap((each) => Array.from(floatsOf(each)));
    const plain = foldModel(model([0, 0, 0, 0]));
    expect(plain.graph.node.map(({ op_type }) => op_type)).toEqual(["Conv", "HardSigmoid", "Mul", "Conv"]);
    // (3 x + 1) * 2 + 0.5, halved; the gate takes it doubled again: 1 / (6 * 0.5).
    expect([valuesOf(plain, "w1"), valuesOf(plain, "b1")]).toEqual([[3], [1.25]]);
    expect(plain.graph.node[1]?.attribute.map(({ f }) => f)).toEqual([1 / 3, 0.5]);
    // The shift of 2 that followed goes through both weights of the next one.
    expect(valuesOf(plain, "b2")).toEqual([0.25 + 2 * (5 + 7)]);
    expect(plain.graph.initializer.map(({ name }) => name).toSorted()).toEqual(["b1", "b2", "w1", "w2"]);
    const padded = foldModel(model([0, 1, 0, 1]));
    expect(padded.graph.node.map(({ op_type }) => op_type)).toEqual([
      "Conv",
      "HardSigmoid",
      "Mul",
      "Add",
      "Conv",
    ]);
    expect(valuesOf(padded, "b2")).toEqual([0.25]);
    expect(padded.graph.node[3]?.output).toEqual(["mid"]);
  });
});
