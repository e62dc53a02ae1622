// SPDX-License-Identifier: Apache-2.0
/**
 * rows · matrix, written out: one tile of products a workgroup. Second moments are this too: rows turned, times the rows
 * as they lie, on and above the diagonal, added to what earlier blocks left.
 */
export const productShader = /* wgsl */ `
// above: tiles wholly below the diagonal, whose first row and column are the given ones, are left out.
struct Shape { stride4: u32, columns4: u32, rows: u32, adds: u32, above: u32, first_row: u32, first_column: u32 }

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;
@group(0) @binding(2) var<storage, read> matrix: array<vec4f>;
// rows × columns4
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

fn left_at(row: u32, k4: u32) -> vec4f {
  return rows[row * shape.stride4 + k4];
}

@compute @workgroup_size(SIDE, SIDE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let wide = 2u * SIDE;
  let first_row = group.y * 8u * SIDE;
  if (shape.above == 1u && shape.first_column + 4u * (group.x + 1u) * wide <= shape.first_row + first_row) {
    return;
  }
  let t = multiply(local.xy, first_row, group.x * wide, shape.columns4, shape.stride4);
  let a = array<vec4f, 8>(t.a0, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7);
  let b = array<vec4f, 8>(t.b0, t.b1, t.b2, t.b3, t.b4, t.b5, t.b6, t.b7);
  for (var i = 0u; i < 8u; i++) {
    let row = first_row + 8u * local.y + i;
    if (row < shape.rows) {
      let to = row * shape.columns4 + group.x * wide + local.x;
      if (shape.adds == 1u) {
        products[to] += a[i];
        products[to + SIDE] += b[i];
      } else {
        products[to] = a[i];
        products[to + SIDE] = b[i];
      }
    }
  }
}
`;
