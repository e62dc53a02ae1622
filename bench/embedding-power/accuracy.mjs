// SPDX-License-Identifier: Apache-2.0
// How far MMD² from random frequencies is from that of all pairs, over seeds: as the sums give it, and with the error that
// principal components tell taken off.
//   npm run build && node bench/embedding-power/accuracy.mjs [seeds]
import {
  compareEmbedding,
  exactMmd,
  fashion,
  fitEmbedding,
  linear,
  partOf,
  randomStream,
  sentences,
} from '../embedding-nulls/engine.mjs';

const seeds = Number(process.argv[2] ?? 20);
const draw = sentences(128, 1);
const made = draw(randomStream(5), 1_000);
const pairs = [
  ['clusters, shifted', 128, made, draw(randomStream(6), 1_000, { shift: 1.5 })],
  ['clusters, a third new', 128, made, draw(randomStream(7), 1_000, { fresh: 0.33 })],
];
const real = fashion('fashion_a');
if (real) {
  pairs.push(['fashion against digits', 1280, real, fashion('mnist_a')]);
  pairs.push(['fashion against noisy fashion', 1280, real, fashion('fashion_noise20')]);
}
const rms = (values) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
const percent = (x) => `${(100 * x).toFixed(1)} %`;
console.log(
  `| pair, D = 512, ${seeds} seeds | MMD² of all pairs | error as summed (rms) | corrected (rms) | largest |\n|${' --- |'.repeat(5)}`,
);
for (const [name, dimension, a, b] of pairs) {
  const [raw, corrected] = [[], []];
  let value;
  for (let seed = 1; seed <= seeds; seed++) {
    const frame = await fitEmbedding(a, { dimension, seed, linear, keepRows: 0 });
    const sides = { reference: await partOf(frame, a), current: await partOf(frame, b) };
    const { fourierMmd } = (await compareEmbedding({ frame, ...sides, level: 0.01, seed, linear })).distances;
    value ??= (
      await exactMmd({
        rows: { reference: a, current: b },
        dimension,
        bandwidth: frame.bandwidth,
        linear,
        seed,
        draws: 19,
      })
    ).value;
    raw.push(fourierMmd.details.uncorrected / value - 1);
    corrected.push(fourierMmd.value / value - 1);
  }
  console.log(
    `| ${name} | ${value.toFixed(4)} | ${percent(rms(raw))} | ${percent(rms(corrected))} | ${percent(Math.max(...corrected.map(Math.abs)))} |`,
  );
}
