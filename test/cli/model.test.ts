import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { cutModel } from "../../src/cli/model/cut-model.ts";
import { MADE, makeModel } from "../../src/cli/model/make.ts";
import { readModel, type OnnxModel } from "../../src/cli/model/onnx.ts";

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
});
