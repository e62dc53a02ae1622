// SPDX-License-Identifier: Apache-2.0
/** Adds up what the tiles of one panel left, two sums a column, into the batch's own words. One thread for four columns. */
export const reduceShader = /* wgsl */ `
override GROUP: u32 = 64u;

struct Batch { rows: u32, stride4: u32, dimension: u32, slot: u32, norm_cuts: u32, norms_at: u32 }
struct Panel { columns4: u32, columns: u32, first_at: u32, second_at: u32, first: u32, drawn: u32, drawn_at: u32, tile: u32 }

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<uniform> panel: Panel;
@group(0) @binding(2) var<storage, read> partials: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> results: array<u32>;

fn put(at: u32, column: u32, sum: vec4f) {
  let bits = bitcast<vec4u>(sum);
  for (var i = 0u; i < 4u && column + i < panel.columns; i++) {
    results[batch.slot + at + column + i] = bits[i];
  }
}

@compute @workgroup_size(GROUP)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column4 = id.x;
  if (column4 >= panel.columns4) {
    return;
  }
  let tiles = (batch.rows + panel.tile - 1u) / panel.tile;
  var first = vec4f();
  var second = vec4f();
  // Sums of sixteen tiles first, so that rounding does not grow with the number of tiles.
  for (var begin = 0u; begin < tiles; begin += 16u) {
    var a = vec4f();
    var b = vec4f();
    for (var tile = begin; tile < min(begin + 16u, tiles); tile++) {
      let at = 2u * tile * panel.columns4 + column4;
      a += partials[at];
      b += partials[at + panel.columns4];
    }
    first += a;
    second += b;
  }
  put(panel.first_at, 4u * column4, first);
  put(panel.second_at, 4u * column4, second);
}
`;
