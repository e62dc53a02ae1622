// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBaseline } from '../../src/profile/baseline-file.js';
import { root } from '../source-files.js';

/** The training script, run anew: the live page's model and baseline are what it makes. */
const SCRIPT = `${root}scripts/make-live-model`;
const SHIPPED = `${root}web/public/live`;

/** A minute and a half of one core, on a machine that has other work. */
const PATIENCE = 1_800_000;

let made: string;

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'driftglass-live-model-'));
  if (!existsSync(`${SCRIPT}/node_modules/@tensorflow/tfjs-backend-wasm`))
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  await run(process.execPath, ['make.mjs', made]);
}, PATIENCE);

afterAll(() => rm(made, { recursive: true, force: true }));

async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { cwd: SCRIPT });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${said}`);
}

const both = async <T>(name: string, read: (bytes: Buffer) => T): Promise<[T, T]> => [
  read(await readFile(join(made, name))),
  read(await readFile(join(SHIPPED, name))),
];

test('training gives the weights that are shipped', async () => {
  const [weights, shipped] = await both('weights.bin', (bytes) => {
    const { buffer, byteOffset, length } = Buffer.from(bytes);
    return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
  });
  expect(weights.length).toBe(shipped.length);
  let apart = 0;
  weights.forEach((weight, i) => {
    apart = Math.max(apart, Math.abs(weight - (shipped[i] as number)));
  });
  // To the bit on one machine; another may round its exponentials in another way.
  expect(apart).toBeLessThan(1e-3);
});

test('the model is what is shipped, its figures included', async () => {
  const [model, shipped] = await both('model.json', (bytes) => JSON.parse(String(bytes)));
  expect(model.weightsManifest).toEqual(shipped.weightsManifest);
  expect(model.modelTopology).toEqual(shipped.modelTopology);
  expect(model.userDefinedMetadata.airports).toEqual(shipped.userDefinedMetadata.airports);
  expect(model.userDefinedMetadata.threshold).toBeCloseTo(shipped.userDefinedMetadata.threshold, 3);
  expect(model.userDefinedMetadata.accuracy.value).toBeCloseTo(shipped.userDefinedMetadata.accuracy.value, 3);
  const [card, shippedCard] = await both('README.md', String);
  expect(card.replace(/\d\.\d+/g, '')).toBe(shippedCard.replace(/\d\.\d+/g, ''));
});

test('the baseline is what this version makes of the rows that were held out', async () => {
  const [baseline, shipped] = await both('flights.baseline', (bytes) =>
    decodeBaseline(new Uint8Array(bytes)),
  );
  expect(shipped.profile.rows).toBe(baseline.profile.rows);
  expect(shipped.windows.map(({ start }) => start)).toEqual(baseline.windows.map(({ start }) => start));
  expect(shipped.windows.length).toBe(24);
  expect(shipped.frame.features.map(({ name }) => name)).toEqual(
    baseline.frame.features.map(({ name }) => name),
  );
  shipped.frame.features.forEach(({ name, frame }, i) => {
    const other = baseline.frame.features[i]?.frame;
    expect(frame.kind, name).toBe(other?.kind);
    if (frame.kind === 'embedding' && other?.kind === 'embedding')
      expect(frame.bandwidth / other.bandwidth, name).toBeCloseTo(1, 3);
    if (frame.kind === 'number' && other?.kind === 'number')
      expect(frame.cuts.length, name).toBe(other.cuts.length);
  });
});
