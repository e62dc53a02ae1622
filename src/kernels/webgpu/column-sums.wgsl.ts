// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernels that sum over rows put after the tile's product: sums of a tile's columns, over the rows that count.
 * The kernel declares `panel`, `marks` and `partials`.
 */
export const columnSums = /* wgsl */ `
fn is_counted(row: u32) -> bool {
  return marks[row].x == 1u;
}

// Leaves two sums of each column of a tile: each thread gives what its own rows come to, of its columns a and b.
fn leave(
  thread: vec2u, tile: vec2u, first_a: vec4f, first_b: vec4f, second_a: vec4f, second_b: vec4f,
) {
  let wide = 2u * SIDE;
  left[thread.y * wide + thread.x] = first_a;
  left[thread.y * wide + SIDE + thread.x] = first_b;
  right[thread.y * wide + thread.x] = second_a;
  right[thread.y * wide + SIDE + thread.x] = second_b;
  workgroupBarrier();
  let me = thread.y * SIDE + thread.x;
  for (var column4 = me; column4 < wide; column4 += SIDE * SIDE) {
    var first = vec4f();
    var second = vec4f();
    for (var y = 0u; y < SIDE; y++) {
      first += left[y * wide + column4];
      second += right[y * wide + column4];
    }
    let to = 2u * tile.y * panel.columns4 + tile.x * wide + column4;
    partials[to] = first;
    partials[to + panel.columns4] = second;
  }
}
`;
