// SPDX-License-Identifier: Apache-2.0
/**
 * Marks each row: counted or not, and its norm; counts what is odd about rows, and norms per bin. Sixteen threads a row.
 *
 * Values are read as bits: WGSL lets a compiler assume that there are neither NaNs nor infinities. Rows with a value of
 * 2⁴⁸ or more, or with nothing above 2⁻⁴⁰, are left to the host: f32 cannot sum their squares. Where the host has no rows,
 * small ones are counted here.
 */
export const inspectShader = /* wgsl */ `
override GROUP: u32 = 64u;

struct Batch { rows: u32, stride4: u32, dimension: u32, slot: u32, norm_cuts: u32, norms_at: u32, keeps_tiny: u32 }

@group(0) @binding(0) var<uniform> batch: Batch;
@group(0) @binding(1) var<storage, read> rows: array<vec4u>;
@group(0) @binding(2) var<storage, read> norm_cuts: array<f32>;
// Per row: 1 when it is in the sums, else 0; its norm as bits.
@group(0) @binding(3) var<storage, read_write> marks: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> results: array<atomic<u32>>;

const LANES = 16u;
const INFINITY = 0x7f800000u;
// 2^48 and 2^-40
const HUGE = 175u << 23u;
const TINY = 87u << 23u;
var<workgroup> peaks: array<u32, GROUP>;
var<workgroup> others: array<u32, GROUP>;
var<workgroup> squares: array<f32, GROUP>;

fn highest(bits: vec4u) -> u32 {
  let size = bits & vec4u(0x7fffffffu);
  return max(max(size.x, size.y), max(size.z, size.w));
}

@compute @workgroup_size(GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) me: u32) {
  let lane = me % LANES;
  let row = group.x * (GROUP / LANES) + me / LANES;
  let held = row < batch.rows;
  let start = row * batch.stride4;
  var peak = 0u;
  var differs = 0u;
  if (held) {
    let first = rows[start].x;
    for (var k4 = lane; k4 < batch.stride4; k4 += LANES) {
      let bits = rows[start + k4];
      peak = max(peak, highest(bits));
      // A row is filled up with zeros to whole vec4.
      let inside = vec4u(4u * k4) + vec4u(0u, 1u, 2u, 3u) < vec4u(batch.dimension);
      differs |= u32(any((bits != vec4u(first)) & inside));
    }
  }
  peaks[me] = peak;
  others[me] = differs;
  workgroupBarrier();
  for (var step = LANES / 2u; step > 0u; step /= 2u) {
    if (lane < step) {
      peaks[me] = max(peaks[me], peaks[me + step]);
      others[me] |= others[me + step];
    }
    workgroupBarrier();
  }
  peak = peaks[me - lane];
  differs = others[me - lane];

  let finite = peak < INFINITY;
  let counted = held && peak < HUGE && (peak >= TINY || peak == 0u || batch.keeps_tiny == 1u);
  var square = 0.0;
  if (counted) {
    for (var k4 = lane; k4 < batch.stride4; k4 += LANES) {
      let values = bitcast<vec4f>(rows[start + k4]);
      square += dot(values, values);
    }
  }
  squares[me] = square;
  workgroupBarrier();
  for (var step = LANES / 2u; step > 0u; step /= 2u) {
    if (lane < step) {
      squares[me] += squares[me + step];
    }
    workgroupBarrier();
  }
  if (lane != 0u) {
    return;
  }
  let norm = sqrt(squares[me]);
  marks[row] = vec2u(u32(counted), bitcast<u32>(norm));
  if (!held) {
    return;
  }
  if (!finite) {
    atomicAdd(&results[batch.slot + 1u], 1u);
    return;
  }
  if (!counted) {
    atomicAdd(&results[batch.slot + 6u], 1u);
    return;
  }
  atomicAdd(&results[batch.slot], 1u);
  if (peak == 0u) {
    atomicAdd(&results[batch.slot + 2u], 1u);
  } else if (differs == 0u && batch.dimension > 1u) {
    atomicAdd(&results[batch.slot + 3u], 1u);
  }
  var low = 0u;
  var high = batch.norm_cuts;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (norm_cuts[middle] <= norm) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  atomicAdd(&results[batch.slot + batch.norms_at + low], 1u);
}
`;
