// SPDX-License-Identifier: Apache-2.0
/**
 * Σ exp(−γ‖a_i − b_j‖²) over a tile of pairs, one sum a workgroup. ‖a − b‖² = ‖a‖² + ‖b‖² − 2a·b; the host centers the
 * rows, so that little cancels. `squares` holds the squared lengths of the rows, then of the columns.
 */
export const gramShader = /* wgsl */ `
// first_row and first_column: where this dispatch begins among all pairs; above: only pairs i < j.
struct Shape { stride4: u32, columns4: u32, rows: u32, columns: u32, first_row: u32, first_column: u32, above: u32, gamma: f32 }

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;
@group(0) @binding(2) var<storage, read> matrix: array<vec4f>;
@group(0) @binding(3) var<storage, read> row_squares: array<f32>;
@group(0) @binding(4) var<storage, read> column_squares: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> sums: array<f32>;

fn left_at(row: u32, k4: u32) -> vec4f {
  return rows[row * shape.stride4 + k4];
}

fn kernels(products: vec4f, row: u32, column4: u32) -> f32 {
  let column = vec4u(4u * column4) + vec4u(0u, 1u, 2u, 3u);
  let away = max(row_squares[row] + column_squares[column4] - 2.0 * products, vec4f());
  let held = (column < vec4u(shape.columns)) &
    ((vec4u(shape.first_row + row) < vec4u(shape.first_column) + column) | vec4<bool>(shape.above == 0u));
  return dot(select(vec4f(), exp(-shape.gamma * away), held), vec4f(1.0));
}

@compute @workgroup_size(SIDE, SIDE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let wide = 2u * SIDE;
  let first_row = group.y * 8u * SIDE;
  let me = local.y * SIDE + local.x;
  let last_column = shape.first_column + 4u * (group.x + 1u) * wide;
  // A tile below the diagonal holds no pair i < j.
  if (shape.above == 1u && last_column <= shape.first_row + first_row) {
    if (me == 0u) {
      sums[group.y * groups.x + group.x] = 0.0;
    }
    return;
  }
  let t = multiply(local.xy, first_row, group.x * wide, shape.columns4, shape.stride4);
  let a = array<vec4f, 8>(t.a0, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7);
  let b = array<vec4f, 8>(t.b0, t.b1, t.b2, t.b3, t.b4, t.b5, t.b6, t.b7);
  var sum = 0.0;
  for (var i = 0u; i < 8u; i++) {
    let row = first_row + 8u * local.y + i;
    if (row < shape.rows) {
      sum += kernels(a[i], row, group.x * wide + local.x) + kernels(b[i], row, group.x * wide + SIDE + local.x);
    }
  }
  left[me] = vec4f(sum);
  workgroupBarrier();
  for (var step = SIDE * SIDE / 2u; step > 0u; step /= 2u) {
    if (me < step) {
      left[me] += left[me + step];
    }
    workgroupBarrier();
  }
  if (me == 0u) {
    sums[group.y * groups.x + group.x] = left[0].x;
  }
}
`;
