// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/verdict/settings.js';
import { linkHash, readHash, settingsFrom } from '../../web/page/link.js';

const settings: Settings = {
  level: 0.05,
  metrics: { number: 'wassersteinNormalized', category: 'jensenShannon' },
  tolerances: { kolmogorovSmirnov: 0.1, missing: 0.02 },
  columns: { 'größe & co #1': { role: 'label', metric: 'kuiper', tolerances: { kuiper: 0.2 } } },
  time: null,
  seed: 7,
};

test('a link brings settings and sample back', () => {
  expect(readHash(linkHash({ settings, sample: 'flights' }))).toEqual({ settings, sample: 'flights' });
});

test('defaults need no link', () => {
  expect(linkHash({ settings: DEFAULT_SETTINGS, sample: '' })).toBe('');
  expect(readHash('')).toEqual({ settings: DEFAULT_SETTINGS, sample: '' });
});

test('what makes no sense in a link is left out', () => {
  const read = settingsFrom({
    level: 3,
    metrics: { number: 'horoscope' },
    tolerances: { kolmogorovSmirnov: -1, missing: '0.1', moon: 1, unseen: 0.2 },
    columns: { a: { role: 'king', kind: 'time' }, b: 4 },
    time: 5,
    seed: 1.5,
  });
  expect(read).toEqual({
    ...DEFAULT_SETTINGS,
    tolerances: { unseen: 0.2 },
    columns: { a: { kind: 'time' } },
  });
  expect(readHash('#settings=%7Bbroken').settings).toEqual(DEFAULT_SETTINGS);
});

test('a column called __proto__ is a column', () => {
  const read = settingsFrom(JSON.parse('{"columns":{"__proto__":{"role":"key"}}}'));
  expect(Object.keys(read.columns)).toEqual(['__proto__']);
  expect(({} as { role?: string }).role).toBeUndefined();
});

test('never throws, whatever the address holds', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => settingsFrom(value).level > 0));
  fc.assert(fc.property(fc.string(), (text) => readHash(`#${text}`).settings.level > 0));
});
