// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { rolesText } from './roles-text.js';

test('a line for each role that there is, texts and embeddings marked', () => {
  expect(
    rolesText([
      { name: 'score', role: 'prediction', kind: 'number' },
      { name: 'age', role: 'input', kind: 'number' },
      { name: 'note\u001b', role: 'input', kind: 'text' },
      { name: 'arrived', role: 'label', kind: 'category' },
    ]),
  ).toBe('  inputs: age, note· (text)\n  predictions: score\n  labels: arrived\n');
});

test('of many columns the first', () => {
  const many = Array.from(
    { length: 25 },
    (_, i) => ({ name: `c${i}`, role: 'input', kind: 'number' }) as const,
  );
  expect(rolesText(many)).toMatch(/^ {2}inputs: c0, c1, .*, c19 and 5 more\n$/);
});
