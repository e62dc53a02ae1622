// SPDX-License-Identifier: Apache-2.0
/** Σ‖x‖ and Σ‖x‖² of one batch, by one workgroup. */
export const normsShader = /* wgsl */ `
override GROUP: u32 = 64u;

struct Batch { rows: u32, stride4: u32, dimension: u32, slot: u32, norm_cuts: u32, norms_at: u32 }

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<storage, read> marks: array<vec2u>;
@group(0) @binding(2) var<storage, read_write> results: array<u32>;

var<workgroup> sums: array<vec2f, GROUP>;

@compute @workgroup_size(GROUP)
fn main(@builtin(local_invocation_index) me: u32) {
  var total = vec2f();
  for (var begin = 0u; begin < batch.rows; begin += 16u * GROUP) {
    var part = vec2f();
    for (var row = begin + me; row < min(begin + 16u * GROUP, batch.rows); row += GROUP) {
      let mark = marks[row];
      if (mark.x == 1u) {
        let norm = bitcast<f32>(mark.y);
        part += vec2f(norm, norm * norm);
      }
    }
    total += part;
  }
  sums[me] = total;
  workgroupBarrier();
  if (me == 0u) {
    var sum = vec2f();
    for (var i = 0u; i < GROUP; i++) {
      sum += sums[i];
    }
    results[batch.slot + 4u] = bitcast<u32>(sum.x);
    results[batch.slot + 5u] = bitcast<u32>(sum.y);
  }
}
`;
