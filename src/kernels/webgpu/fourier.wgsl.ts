// SPDX-License-Identifier: Apache-2.0
/**
 * Sums of cos and sin of phases over the rows of a tile; the phases live in registers and are never written.
 *
 * `matrix` holds frequencies in quarter turns, so that what is left after the nearest whole number is at most an eighth of
 * a turn. Cosine and sine there are polynomials (own least-maximum fits, error below 1e-7 in f32), because WGSL promises
 * only 2⁻¹¹ for its own and a baseline must mean the same on every device.
 */
export const fourierShader = /* wgsl */ `
struct Batch { rows: u32, stride4: u32, dimension: u32, slot: u32, norm_cuts: u32, norms_at: u32 }
struct Panel { columns4: u32, columns: u32, first_at: u32, second_at: u32, first: u32, drawn: u32, drawn_at: u32 }

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<uniform> panel: Panel;
@group(0) @binding(2) var<storage, read> rows: array<vec4f>;
@group(0) @binding(3) var<storage, read> matrix: array<vec4f>;
@group(0) @binding(4) var<storage, read> marks: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec4f>;

fn left_at(row: u32, k4: u32) -> vec4f {
  return rows[row * batch.stride4 + k4];
}

struct Wave { cosine: vec4f, sine: vec4f }

fn wave(quarters: vec4f) -> Wave {
  // Beyond 2²² quarters f32 holds no fraction worth the name; what overflowed ends here too.
  let turned = clamp(quarters, vec4f(-4194304.0), vec4f(4194304.0));
  let nearest = round(turned);
  let s = turned - nearest;
  let z = s * s;
  let sine = s * (1.5707963705062866 + z * (-0.6459634900093079 + z * (0.07968022674322128 + z * -0.004602177068591118)));
  let cosine = 1.0 + z * (-1.2337005138397217 + z * (0.253669410943985 + z * (-0.02086152881383896 + z * 0.0009067418286576867)));
  let quarter = vec4i(nearest) & vec4i(3);
  let odd = (quarter & vec4i(1)) == vec4i(1);
  let c = select(cosine, sine, odd);
  let d = select(sine, cosine, odd);
  return Wave(
    select(c, -c, (quarter == vec4i(1)) | (quarter == vec4i(2))),
    select(d, -d, quarter >= vec4i(2)),
  );
}

@compute @workgroup_size(SIDE, SIDE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let thread = local.xy;
  let first_row = group.y * 8u * SIDE;
  let wide = 2u * SIDE;
  let t = multiply(thread, first_row, group.x * wide, panel.columns4, batch.stride4);

  var cosines_a = vec4f();
  var cosines_b = vec4f();
  var sines_a = vec4f();
  var sines_b = vec4f();
  let a = array<vec4f, 8>(t.a0, t.a1, t.a2, t.a3, t.a4, t.a5, t.a6, t.a7);
  let b = array<vec4f, 8>(t.b0, t.b1, t.b2, t.b3, t.b4, t.b5, t.b6, t.b7);
  for (var i = 0u; i < 8u; i++) {
    if (is_counted(first_row + 8u * thread.y + i)) {
      let left_wave = wave(a[i]);
      let right_wave = wave(b[i]);
      cosines_a += left_wave.cosine;
      cosines_b += right_wave.cosine;
      sines_a += left_wave.sine;
      sines_b += right_wave.sine;
    }
  }
  leave(thread, group.xy, cosines_a, cosines_b, sines_a, sines_b);
}
`;
