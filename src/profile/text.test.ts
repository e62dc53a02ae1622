// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import { countWords } from '../baseline/words.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { MAX_TOKENS } from './misra-gries.js';
import type { TextPart } from './parts.js';
import { Profiler } from './profile.js';
import { countTokens } from './tokens.js';

describe('tokens', () => {
  test.each<[string, string[]]>([
    ['The train, the TRAIN!', ['the', 'train', 'the', 'train']],
    ['Grüße aus ΑΘΗΝΑ', ['grüße', 'aus', 'αθηνα']],
    ['東京 2024年', ['東京', '2024年']],
    ["don't e-mail 😀", ['don', 't', 'e', 'mail']],
    ['— \t', []],
  ])('of %j', (text, expected) => {
    const counts = new Map<string, number>();
    expect(countTokens(text, counts)).toBe(expected.length);
    expect([...counts].flatMap(([token, count]) => Array<string>(count).fill(token)).sort()).toEqual(
      expected.sort(),
    );
  });

  test('are cut to 64 units', () => {
    const counts = new Map<string, number>();
    countTokens('x'.repeat(1_000), counts);
    expect([...counts]).toEqual([['x'.repeat(64), 1]]);
  });
});

test.each([
  ['', 0],
  ['  \t\n', 0],
  ['one', 1],
  [' two  words\n', 2],
  ['no\u00a0break', 2],
  ['a-b, c', 2],
])('%j has %d words', (text, words) => {
  expect(countWords(text)).toBe(words);
});

test('a text part counts lengths, words, empty texts and frequent tokens', () => {
  const dictionary = [
    'the train was late',
    '',
    ' ',
    'The end',
    ...Array.from({ length: 900 }, (_, i) => `word${i} late`),
  ];
  const codes = Int32Array.of(0, 0, 1, 2, 3, -1, ...Array.from({ length: 900 }, (_, i) => 4 + i));
  const batch = {
    rows: codes.length,
    columns: new Map([['note', { type: 'string', codes, dictionary } as const]]),
  };
  const builder = new FrameBuilder([{ name: 'note', type: 'string' }], {
    columns: { note: { kind: 'text' } },
  });
  builder.add(batch);
  const profiler = new Profiler(builder.finish(), cpuKernels);
  profiler.add(batch);
  const part = profiler.profile.parts.get('note') as TextPart;
  expect(part).toMatchObject({ rows: 906, missing: 1, unparsable: 0, empty: 2, tokenCount: 1_810 });
  expect([part.length.rows, part.length.min, part.length.max]).toEqual([905, 0, 18]);
  expect([part.words.min, part.words.max]).toEqual([0, 4]);
  expect(part.tokens.size).toBeLessThanOrEqual(MAX_TOKENS);
  const late = part.tokens.get('late')!;
  expect(late).toBeLessThanOrEqual(902);
  expect(late).toBeGreaterThanOrEqual(902 - part.tokenError);
});
