// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Feature } from '../../baseline/frame.js';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import { randomFrom } from '../../distances/special/random.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import type { EmbeddingPart, Profile } from '../../profile/parts.js';
import { emptyProfile, mergeProfiles, Profiler } from '../../profile/profile.js';
import { smallEmbeddingFrame } from '../../profile/testing/small-embedding.js';
import { batchOf, normals, type Table } from '../../verdict/testing/compare-tables.js';
import { countAll } from './counts.js';
import { planQuestions } from './questions.js';

const WORDS = ['rain', 'sun', 'wind', 'snow', 'fog', 'storm', 'cloud', 'hail'];

function table(rows: number, seed: number): Table {
  const normal = normals(seed);
  const random = randomFrom(seed + 100);
  const column = <T>(draw: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => draw(i));
  return {
    size: column(() => (random() < 0.1 ? null : normal())),
    zeros: column(() => (random() < 0.8 ? 0 : Math.exp(normal()))),
    flag: column(() => (random() < 0.3 ? 'true' : 'false')),
    colour: column(() =>
      random() < 0.5 ? 'red' : random() < 0.9 ? 'green' : `c${Math.floor(30 * random())}`,
    ),
    note: column(
      (i) =>
        Array.from({ length: 5 + Math.floor(20 * random()) }, () => WORDS[Math.floor(8 * random())]).join(
          ' ',
        ) + i,
    ),
    when: column((i) => 1e12 + i * 60_000),
  };
}

const times = ['when'];
const before = batchOf(table(3_000, 1), times);
const builder = new FrameBuilder(before.schema, { time: null, columns: {} }, cpuKernels);
builder.add(before.batch);
const frame = builder.finish();
const profileOf = (of: Table): Profile => {
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batchOf(of, times).batch);
  return profiler.profile;
};
const reference = profileOf(table(3_000, 1));
const plan = planQuestions(frame, reference);
const kindOf = (name: string): string | undefined =>
  frame.features.find((feature) => feature.name === name)?.kind;

describe('questions', () => {
  test('are asked by kind', () => {
    const asked = Object.fromEntries(
      plan.features.map(({ name, questions }) => [name, questions.map(({ metric }) => metric).join(' ')]),
    );
    expect(kindOf('note')).toBe('text');
    expect(asked).toEqual({
      size: 'kolmogorovSmirnov tail tail outOfRange nan infinite missing unparsable',
      zeros: 'kolmogorovSmirnov tail outOfRange nan infinite missing unparsable',
      flag:
        kindOf('flag') === 'boolean'
          ? 'totalVariation missing unparsable'
          : 'totalVariation unseen missing unparsable',
      colour: 'totalVariation unseen missing unparsable',
      note: 'textLength textWords empty missing unparsable',
      when: 'missing unparsable',
    });
  });

  test('take slots that do not meet, in the order of features', () => {
    let at = 0;
    for (const feature of plan.features) {
      expect(feature.at).toBe(at);
      for (const question of feature.questions) {
        expect(question.at).toBe(at);
        at += question.size;
      }
      expect(feature.at + feature.size).toBe(at);
    }
    expect(plan.slots).toBe(at);
  });

  test('have cells of about equal mass in the reference', () => {
    const slots = countAll(plan, frame, { profile: reference, reference });
    const { at, size } = plan.features.find(({ name }) => name === 'size')!.questions[0]!;
    const cells = slots.subarray(at, at + size);
    expect(size).toBe(16);
    const rows = cells.reduce((sum, count) => sum + count);
    for (const count of cells) expect(Math.abs(count / rows - 1 / 16)).toBeLessThan(0.02);
  });
});

describe('counts', () => {
  test('of two windows add up to those of both', () => {
    const [a, b] = [profileOf(table(400, 2)), profileOf(table(250, 3))];
    const [x, y, both] = [a, b, mergeProfiles(a, b)].map((profile) =>
      countAll(plan, frame, { profile, reference }),
    );
    x!.forEach((count, i) => {
      expect(count + y![i]!).toBe(both![i]!);
    });
  });

  test('are shares of the rows that could', () => {
    const profile = profileOf(table(400, 2));
    const slots = countAll(plan, frame, { profile, reference });
    for (const { name, questions } of plan.features)
      for (const { kind, metric, at } of questions) {
        if (kind !== 'share') continue;
        expect(slots[at]!, `${name} ${metric}`).toBeLessThanOrEqual(slots[at + 1]!);
        expect(slots[at + 1]!, `${name} ${metric}`).toBeGreaterThan(0);
      }
  });

  test('beyond the range only where some row lies far beyond', () => {
    const { at } = plan.features[0]!.questions.find(({ metric }) => metric === 'outOfRange')!;
    const part = reference.parts.get('size')!;
    const most = part.kind === 'number' ? part.max : Number.NaN;
    const beyond = (value: number): number =>
      countAll(plan, frame, {
        profile: profileOf({
          ...table(50, 4),
          size: Array.from({ length: 50 }, (_, i) => (i < 5 ? value : 0)),
        }),
        reference,
      })[at]!;
    expect(beyond(most + 0.01)).toBe(0);
    expect(beyond(most + 100)).toBe(5);
  });

  test('of embeddings are those of their first components and norms', () => {
    const profile = emptyProfile(smallEmbeddingFrame);
    const part = profile.parts.get('embedding') as EmbeddingPart;
    part.rows = 10;
    part.nonFinite = 1;
    part.drawn[0]!.set([4, 3, 2, 0]);
    part.drawn[1]!.set([5, 4, 0]);
    part.norms.set([0, 0, 9, 0]);
    const questions = planQuestions(smallEmbeddingFrame, profile);
    const slots = countAll(questions, smallEmbeddingFrame, { profile, reference: profile });
    const own = questions.features.find(({ name }) => name === 'embedding')!;
    expect(own.questions.map(({ of, metric }) => `${metric} ${of}`).slice(0, 3)).toEqual([
      'combined 0',
      'combined 1',
      'combined norms',
    ]);
    const cells = own.questions.slice(0, 3).map(({ at, size }) => [...slots.subarray(at, at + size)]);
    expect(cells).toEqual([
      [4, 3, 2, 0],
      [5, 4, 0],
      [0, 0, 9, 0],
    ]);
    const nan = own.questions.find(({ metric }) => metric === 'nan')!;
    expect([...slots.subarray(nan.at, nan.at + 2)]).toEqual([1, 10]);
  });

  test('components of a reference are counted without the rows that were fitted on, where it holds them', () => {
    const [rows, fitted] = [100, 40];
    const law = { mean: 1, variance: 1, skew: 1, square: 1, cube: 1, coupling: 1, cross: 1, third: 1 };
    const features = smallEmbeddingFrame.features.map(
      (feature): Feature =>
        feature.frame.kind === 'embedding'
          ? {
              ...feature,
              frame: {
                ...feature.frame,
                nulls: { rows: fitted, plain: law, whitened: [], moments: law },
                fitted: {
                  rows: fitted,
                  sums: feature.frame.fitted.sums.map(() => 4),
                  squares: feature.frame.fitted.squares.map(() => fitted),
                },
              },
            }
          : feature,
    );
    const frame = { ...smallEmbeddingFrame, features };
    const profile = emptyProfile(frame);
    const part = profile.parts.get('embedding') as EmbeddingPart;
    part.rows = part.measured = rows;
    part.sums.fill(10);
    part.squares.fill(rows);
    const plan = planQuestions(frame, profile);
    const moments = plan.features.flatMap(({ questions }) => questions).find(({ of }) => of === 'moments')!;
    const counted = (holdsFitted: boolean) =>
      countAll(plan, frame, { profile, reference: profile, holdsFitted }).subarray(
        moments.at,
        moments.at + 2,
      );
    expect([...counted(true)]).toEqual([rows - fitted, 6]);
    expect([...counted(false)]).toEqual([rows, 10]);
  });
});
