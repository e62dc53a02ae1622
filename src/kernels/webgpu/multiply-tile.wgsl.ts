// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernels that multiply share, put before them: one workgroup multiplies 8·SIDE rows with 8·SIDE columns, each
 * of its SIDE × SIDE threads 8 × 8 of the products, in registers.
 *
 * The kernel declares `matrix`, its columns packed so that four of one depth lie together, and
 * `fn left_at(row, depth4) -> vec4f`, four values of a row. Thread (x, y) gets rows 8y … 8y+7, columns 4x … 4x+3 (`a`)
 * and 4(x + SIDE) … + 3 (`b`): neighbours read neighbouring words, so no two threads wait for one memory bank.
 * `left` holds rows in pairs of vec4, pair p of depth k at p ^ (k / 4): the threads that turn 4 × 4 values on their way
 * in then write to different banks as well.
 */
export const multiplyTile = /* wgsl */ `
override SIDE: u32 = 16u;

struct Block {
  a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f, a4: vec4f, a5: vec4f, a6: vec4f, a7: vec4f,
  b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f, b4: vec4f, b5: vec4f, b6: vec4f, b7: vec4f,
}

// 16 deep: 16 × 8·SIDE values each.
var<workgroup> left: array<vec4f, SIDE * 32u>;
var<workgroup> right: array<vec4f, SIDE * 32u>;

// columns4: vec4 in one depth of the matrix. depth4: vec4 in one row; the matrix is filled with zeros to whole 16.
fn multiply(thread: vec2u, first_row: u32, first_column4: u32, columns4: u32, depth4: u32) -> Block {
  var t: Block;
  let wide = 2u * SIDE;
  let me = thread.y * SIDE + thread.x;
  for (var begin = 0u; begin < depth4; begin += 4u) {
    for (var i = me; i < 8u * SIDE; i += SIDE * SIDE) {
      let k4 = i % 4u;
      let group = i / 4u;
      let row = first_row + 4u * group;
      var r0 = vec4f();
      var r1 = vec4f();
      var r2 = vec4f();
      var r3 = vec4f();
      if (begin + k4 < depth4) {
        r0 = left_at(row, begin + k4);
        r1 = left_at(row + 1u, begin + k4);
        r2 = left_at(row + 2u, begin + k4);
        r3 = left_at(row + 3u, begin + k4);
      }
      let to = 4u * k4 * wide + 2u * ((group / 2u) ^ k4) + group % 2u;
      left[to] = vec4f(r0.x, r1.x, r2.x, r3.x);
      left[to + wide] = vec4f(r0.y, r1.y, r2.y, r3.y);
      left[to + 2u * wide] = vec4f(r0.z, r1.z, r2.z, r3.z);
      left[to + 3u * wide] = vec4f(r0.w, r1.w, r2.w, r3.w);
    }
    for (var i = me; i < 16u * wide; i += SIDE * SIDE) {
      right[i] = matrix[(4u * begin + i / wide) * columns4 + first_column4 + i % wide];
    }
    workgroupBarrier();
    for (var k = 0u; k < 16u; k++) {
      let at = k * wide;
      let pair = at + 2u * (thread.y ^ (k / 4u));
      let l0 = left[pair];
      let l1 = left[pair + 1u];
      let a = right[at + thread.x];
      let b = right[at + SIDE + thread.x];
      t.a0 = fma(vec4f(l0.x), a, t.a0);
      t.b0 = fma(vec4f(l0.x), b, t.b0);
      t.a1 = fma(vec4f(l0.y), a, t.a1);
      t.b1 = fma(vec4f(l0.y), b, t.b1);
      t.a2 = fma(vec4f(l0.z), a, t.a2);
      t.b2 = fma(vec4f(l0.z), b, t.b2);
      t.a3 = fma(vec4f(l0.w), a, t.a3);
      t.b3 = fma(vec4f(l0.w), b, t.b3);
      t.a4 = fma(vec4f(l1.x), a, t.a4);
      t.b4 = fma(vec4f(l1.x), b, t.b4);
      t.a5 = fma(vec4f(l1.y), a, t.a5);
      t.b5 = fma(vec4f(l1.y), b, t.b5);
      t.a6 = fma(vec4f(l1.z), a, t.a6);
      t.b6 = fma(vec4f(l1.z), b, t.b6);
      t.a7 = fma(vec4f(l1.w), a, t.a7);
      t.b7 = fma(vec4f(l1.w), b, t.b7);
    }
    workgroupBarrier();
  }
  return t;
}
`;
