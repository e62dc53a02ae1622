// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingMap, EmbeddingProjection, EmbeddingView } from '../../src/report/embedding-view.js';

/** A seeded stream of standard normal numbers. */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const CLUSTERS = [
  { x: -2.2, y: 0.4, sd: 0.55, name: 'shoes' },
  { x: 0.6, y: 1.5, sd: 0.7, name: 'shirts' },
  { x: 1.4, y: -1.3, sd: 0.6, name: 'bags' },
] as const;

/** Three clusters, of which the current side holds a fourth that the reference never had (an eighth of its rows). */
export function clusterMap(reference: number, current: number, seed = 7): EmbeddingMap {
  const normal = normals(seed);
  const fill = (rows: number, shifted: boolean) => {
    const x = new Float32Array(rows);
    const y = new Float32Array(rows);
    const codes = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) {
      const newcomer = shifted && i % 8 === 0;
      const which = i % CLUSTERS.length;
      const cluster = CLUSTERS[which] as (typeof CLUSTERS)[number];
      x[i] = (newcomer ? 3.6 : cluster.x) + normal() * (newcomer ? 0.35 : cluster.sd);
      y[i] = (newcomer ? 1.9 : cluster.y) + normal() * (newcomer ? 0.4 : cluster.sd);
      codes[i] = newcomer ? 3 : which;
    }
    return { x, y, codes };
  };
  const a = fill(reference, false);
  const b = fill(current, true);
  return {
    axes: [
      { name: 'component 1', share: 0.31 },
      { name: 'component 2', share: 0.17 },
    ],
    reference: { x: a.x, y: a.y },
    current: { x: b.x, y: b.y, row: Uint32Array.from({ length: current }, (_, i) => i) },
    colours: [
      { name: 'class', categories: [...CLUSTERS.map(({ name }) => name), 'hats'], codes: b.codes },
      { name: 'confidence', values: b.x.map((x, i) => (i % 50 === 0 ? Number.NaN : 1 / (1 + Math.exp(x)))) },
    ],
  };
}

/** Both sides in `bins` equal bins, largest gap of the two cumulated sides as KS. */
export function projectionOf(
  name: string,
  { reference, current }: { reference: Float32Array; current: Float32Array },
  bins = 32,
): EmbeddingProjection {
  const low = Math.min(...sample(reference), ...sample(current));
  const high = Math.max(...sample(reference), ...sample(current));
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  const shares = (values: Float32Array): number[] => {
    const counts = new Array<number>(bins + 2).fill(0);
    for (const value of values) {
      const bin = Math.floor(((value - low) / (high - low)) * bins);
      const at = Math.max(-1, Math.min(bins, bin)) + 1;
      counts[at] = (counts[at] ?? 0) + 1 / values.length;
    }
    return counts;
  };
  const a = shares(reference);
  const b = shares(current);
  let [gap, ks] = [0, 0];
  a.forEach((share, i) => {
    gap += share - (b[i] ?? 0);
    ks = Math.max(ks, Math.abs(gap));
  });
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    name,
    edges,
    reference: a,
    current: b,
    means: [mean(reference), mean(current)],
    ks,
    pValue: 0.0004,
  };
}

function sample(values: Float32Array): number[] {
  return [...values.subarray(0, 5000)];
}

/** One white pixel. */
export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==';

export function clusterView(reference = 1500, current = 1200): EmbeddingView {
  const map = clusterMap(reference, current);
  return {
    map,
    projections: (['x', 'y'] as const).map((axis, i) =>
      projectionOf(`component ${i + 1}`, { reference: map.reference[axis], current: map.current[axis] }),
    ),
    shift: {
      mean: [{ label: 'distance of the means', value: 0.71, text: '0.71 sd' }],
      spread: [{ label: 'total spread', value: 1.22, text: '22 % wider' }],
      clusters: [{ label: 'rows far from every cluster', value: 0.12, text: '12 %, 0.3 % before' }],
    },
    missed: [3, 9].map((row, i) => ({ row, score: 0.04 - i / 100, text: `sandal ${i}` })),
    typical: [0, 8, 16, 24].map((row, i) => ({
      row,
      score: 0.99 - i / 100,
      text: i === 1 ? '<b onclick="globalThis.stolen=1">hat</b>' : `hat ${i}`,
      ...(i === 0 ? { image: PIXEL } : {}),
    })),
  };
}
