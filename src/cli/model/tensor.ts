import type { OnnxTensor } from "./onnx.ts";

/** A tensor's values, where they are floats. */
export function floatsOf({ raw_data }: OnnxTensor): Float32Array {
  return new Float32Array(Uint8Array.from(raw_data).buffer);
}

/** The tensor with other values. */
export function withFloats(tensor: OnnxTensor, values: Float32Array): OnnxTensor {
  return { ...tensor, raw_data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}
