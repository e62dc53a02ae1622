// SPDX-License-Identifier: Apache-2.0
/** Sums and squares of u = directions · (x − center) over the rows of a tile, and counts per bin for the drawn ones. */
export const directionsShader = /* wgsl */ `
struct Batch { rows: u32, stride4: u32, dimension: u32, slot: u32, norm_cuts: u32, norms_at: u32 }
struct Panel { columns4: u32, columns: u32, first_at: u32, second_at: u32, first: u32, drawn: u32, drawn_at: u32 }

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<uniform> panel: Panel;
@group(0) @binding(2) var<storage, read> rows: array<vec4f>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4f>;
@group(0) @binding(4) var<storage, read> marks: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(6) var<storage, read> center: array<vec4f>;
// Where the cuts of each drawn direction start, one more for the end; then all cuts, as bits.
@group(0) @binding(7) var<storage, read> cuts: array<u32>;
@group(0) @binding(8) var<storage, read_write> results: array<atomic<u32>>;

fn left_at(row: u32, k4: u32) -> vec4f {
  return rows[row * batch.stride4 + k4] - center[k4];
}

// One more in the bin of u: bin i holds cuts[i-1] <= u < cuts[i].
fn tally(column: u32, u: f32) {
  let direction = panel.first + column;
  if (direction >= panel.drawn) {
    return;
  }
  let start = cuts[direction];
  var low = start;
  var high = cuts[direction + 1u];
  while (low < high) {
    let middle = (low + high) / 2u;
    if (bitcast<f32>(cuts[middle]) <= u) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  // A direction has one bin more than cuts.
  let bin = low - (panel.drawn + 1u) + direction;
  atomicAdd(&results[batch.slot + panel.drawn_at + bin], 1u);
}

@compute @workgroup_size(SIDE, SIDE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let thread = local.xy;
  let first_row = group.y * 8u * SIDE;
  let wide = 2u * SIDE;
  let t = multiply(thread, first_row, group.x * wide, panel.columns4, batch.stride4);

  let column_a = 4u * (group.x * wide + thread.x);
  let column_b = column_a + 4u * SIDE;
  var sums_a = vec4f();
  var sums_b = vec4f();
  var squares_a = vec4f();
  var squares_b = vec4f();
  let a = array<vec4f, 8>(t.a0, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7);
  let b = array<vec4f, 8>(t.b0, t.b1, t.b2, t.b3, t.b4, t.b5, t.b6, t.b7);
  for (var i = 0u; i < 8u; i++) {
    if (is_counted(first_row + 8u * thread.y + i)) {
      sums_a += a[i];
      sums_b += b[i];
      squares_a += a[i] * a[i];
      squares_b += b[i] * b[i];
      if (panel.first + column_a < panel.drawn) {
        for (var j = 0u; j < 4u; j++) {
          tally(column_a + j, a[i][j]);
          tally(column_b + j, b[i][j]);
        }
      }
    }
  }
  leave(thread, group.xy, sums_a, sums_b, squares_a, squares_b);
}
`;
