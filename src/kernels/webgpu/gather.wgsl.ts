// SPDX-License-Identifier: Apache-2.0
/** Copies rows that lie anywhere in a buffer (offset and stride in values) to rows of whole vec4, filled with zeros. */
export const gatherShader = /* wgsl */ `
override GROUP: u32 = 64u;

struct Shape { rows: u32, stride4: u32, dimension: u32, offset: u32, stride: u32, first: u32 }

@group(0) @binding(0) var<uniform> shape: Shape;
// As bits: a copy through f32 may lose NaNs and denormals.
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> rows: array<vec4u>;

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let all = shape.rows * shape.stride4;
  for (var i = id.x; i < all; i += groups.x * GROUP) {
    let k = 4u * (i % shape.stride4);
    let begin = shape.offset + (i / shape.stride4) * shape.stride + k;
    var values = vec4u();
    for (var j = 0u; j < 4u && k + j < shape.dimension; j++) {
      values[j] = source[begin + j];
    }
    rows[i] = values;
  }
}
`;
