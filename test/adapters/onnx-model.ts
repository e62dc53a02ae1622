// SPDX-License-Identifier: Apache-2.0
/** Models in ONNX's format, written by hand: a protobuf of fields, each a tag and its bytes. */

/** ONNX's numbers for element types. */
const FLOAT = 1;
const INT64 = 7;

export interface OnnxValue {
  readonly name: string;
  /** Strings are dimensions that vary. */
  readonly shape: readonly (number | string)[];
  readonly type?: 'float' | 'int64';
}

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers and lists of them. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface OnnxWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly weights: readonly OnnxWeight[];
  readonly nodes: readonly OnnxNode[];
}

/** The bytes of a model of operator set 17. */
export function onnxModel(graph: OnnxGraph): Uint8Array {
  return message([
    number(1, 8),
    bytes(7, graphBytes(graph)),
    bytes(8, message([text(1, ''), number(2, 17)])),
  ]);
}

function graphBytes({ inputs, outputs, weights, nodes }: OnnxGraph): Uint8Array {
  return message([
    ...nodes.map((node) => bytes(1, nodeBytes(node))),
    text(2, 'graph'),
    ...weights.map((weight) => bytes(5, weightBytes(weight))),
    ...inputs.map((value) => bytes(11, valueBytes(value))),
    ...outputs.map((value) => bytes(12, valueBytes(value))),
  ]);
}

function nodeBytes({ op, inputs, outputs, attributes = {} }: OnnxNode): Uint8Array {
  return message([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) =>
      bytes(
        5,
        typeof value === 'number'
          ? message([text(1, name), number(3, value), number(20, 2)])
          : message([text(1, name), ...value.map((item) => number(8, item)), number(20, 7)]),
      ),
    ),
  ]);
}

function weightBytes({ name, shape, values }: OnnxWeight): Uint8Array {
  return message([
    ...shape.map((size) => number(1, size)),
    number(2, values instanceof Float32Array ? FLOAT : INT64),
    text(8, name),
    bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  ]);
}

function valueBytes({ name, shape, type = 'float' }: OnnxValue): Uint8Array {
  const dimensions = shape.map((size) =>
    bytes(1, message([typeof size === 'number' ? number(1, size) : text(2, size)])),
  );
  const tensor = message([number(1, type === 'float' ? FLOAT : INT64), bytes(2, message(dimensions))]);
  return message([text(1, name), bytes(2, message([bytes(1, tensor)]))]);
}

function number(field: number, value: number): Uint8Array {
  return message([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return message([varint((field << 3) | 2), varint(value.length), value]);
}

function varint(value: number): Uint8Array {
  const out: number[] = [];
  // Negative numbers as 64 bits, which only axes need.
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const more = rest >> 7n;
    out.push(Number(rest & 0x7fn) | (more > 0n ? 0x80 : 0));
    rest = more;
  } while (rest > 0n);
  return Uint8Array.from(out);
}

function message(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
