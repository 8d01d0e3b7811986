import protobuf from "protobufjs";
import { z } from "zod";

/** The parts of ONNX that are read and written: onnx.proto of the ONNX project, its field numbers and names. */
const SCHEMA = `
syntax = "proto2";
message TensorProto {
  repeated int64 dims = 1;
  optional int32 data_type = 2;
  optional string name = 8;
  optional bytes raw_data = 9;
}
message AttributeProto {
  optional string name = 1;
  optional float f = 2;
  optional int64 i = 3;
  optional bytes s = 4;
  optional TensorProto t = 5;
  repeated float floats = 7;
  repeated int64 ints = 8;
  optional int32 type = 20;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  optional string name = 3;
  optional string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message ValueInfoProto { optional string name = 1; optional bytes type = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  optional string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
message ModelProto {
  optional int64 ir_version = 1;
  repeated OperatorSetIdProto opset_import = 8;
  optional GraphProto graph = 7;
}`;

const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A tensor: its shape, the number of its type (1 float, 10 half), and its values, little-endian. */
export const OnnxTensor = z.object({
  dims: z.array(z.number()).default([]),
  data_type: z.number(),
  name: z.string().default(""),
  raw_data: Bytes.default(new Uint8Array()),
});
export type OnnxTensor = z.infer<typeof OnnxTensor>;

const OnnxAttribute = z.object({
  name: z.string(),
  f: z.number().optional(),
  i: z.number().optional(),
  s: Bytes.optional(),
  t: OnnxTensor.optional(),
  floats: z.array(z.number()).optional(),
  ints: z.array(z.number()).optional(),
  type: z.number().optional(),
});

/** An operation of the graph, with the names of what goes in and comes out. */
export const OnnxNode = z.object({
  input: z.array(z.string()).default([]),
  output: z.array(z.string()),
  name: z.string().optional(),
  op_type: z.string(),
  attribute: z.array(OnnxAttribute).default([]),
});
export type OnnxNode = z.infer<typeof OnnxNode>;

const OnnxValue = z.object({ name: z.string(), type: Bytes });

/** A model: one graph of operations, in an order in which they can run. */
export const OnnxModel = z.object({
  ir_version: z.number(),
  opset_import: z.array(z.object({ domain: z.string().default(""), version: z.number() })),
  graph: z.object({
    node: z.array(OnnxNode),
    name: z.string(),
    initializer: z.array(OnnxTensor).default([]),
    input: z.array(OnnxValue),
    output: z.array(OnnxValue),
  }),
});
export type OnnxModel = z.infer<typeof OnnxModel>;

const ModelProto = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType("ModelProto");

/** Reads a model. @throws when the bytes are none */
export function readModel(bytes: Uint8Array): OnnxModel {
  return OnnxModel.parse(ModelProto.toObject(ModelProto.decode(bytes), { longs: Number }));
}

/** Writes a model. The same model always makes the same bytes. */
export function writeModel(model: OnnxModel): Uint8Array {
  return ModelProto.encode(ModelProto.fromObject(model)).finish();
}
