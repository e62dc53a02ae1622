// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './settings.js';
import { parseSettings, parseTolerance } from './settings-file.js';
import { resolveTolerance } from './tolerance.js';

describe('a settings file', () => {
  test('of nothing is the defaults', () => {
    expect(parseSettings('{}')).toEqual(DEFAULT_SETTINGS);
    expect(parseSettings('\uFEFF{}')).toEqual(DEFAULT_SETTINGS);
  });

  test('sets tolerances for all columns and for one', () => {
    const settings = parseSettings(
      '{"tolerances":{"kolmogorovSmirnov":0.1},"columns":{"delay":{"role":"label","tolerances":{"kolmogorovSmirnov":0.02}}}}',
    );
    expect(resolveTolerance(settings, 'delay', 'kolmogorovSmirnov')).toBe(0.02);
    expect(resolveTolerance(settings, 'other', 'kolmogorovSmirnov')).toBe(0.1);
    expect(resolveTolerance(settings, 'other', 'missing')).toBe(0.01);
    expect(resolveTolerance(settings, null, 'outOfRange')).toBe(0.001);
  });

  test('says nothing of columns named like what every object has', () => {
    expect(resolveTolerance(DEFAULT_SETTINGS, 'constructor', 'missing')).toBe(0.01);
    const settings = parseSettings('{"columns":{"__proto__":{"role":"key"}}}');
    expect(Object.keys(settings.columns)).toEqual(['__proto__']);
  });

  test.each([
    ['{', 'mine.json: not JSON'],
    ['[]', 'mine.json must be an object, not []'],
    ['{"levle":0.1}', 'mine.json: levle is not a setting; there are level, seed, time'],
    ['{"level":1.5}', 'mine.json: level must be a number between 0 and 1, not 1.5'],
    ['{"level":"0.1"}', 'mine.json: level must be a number between 0 and 1, not "0.1"'],
    ['{"seed":0.5}', 'mine.json: seed must be a whole number, not 0.5'],
    ['{"time":3}', 'mine.json: time must be the name of a column'],
    ['{"metrics":{"number":"ks"}}', 'mine.json: metrics.number "ks" is none of kolmogorovSmirnov'],
    [
      '{"metrics":{"category":"wasserstein"}}',
      'mine.json: metrics.category "wasserstein" is none of totalVariation',
    ],
    ['{"tolerances":{"missing":-1}}', 'mine.json: tolerances.missing must be a number of at least 0, not -1'],
    ['{"tolerances":{"mising":1}}', 'mine.json: tolerances "mising" is none of'],
    [
      '{"columns":{"a":{"role":"target"}}}',
      'mine.json: columns.a.role "target" is none of input, prediction',
    ],
    ['{"columns":{"a":null}}', 'mine.json: columns.a must be an object, not null'],
  ])('%s is refused with its place and reason', (text, message) => {
    expect(() => parseSettings(text, 'mine.json')).toThrow(
      expect.objectContaining({ name: 'SettingsError', message: expect.stringContaining(message) }),
    );
  });
});

describe('a tolerance on the command line', () => {
  test('is METRIC=VALUE', () => {
    expect(parseTolerance('kolmogorovSmirnov=.1')).toEqual({ kolmogorovSmirnov: 0.1 });
  });
  test.each(['kolmogorovSmirnov', 'ks=.1', 'missing=', 'missing=x', 'missing=-1', 'missing=Infinity'])(
    '%s is refused',
    (text) => {
      expect(() => parseTolerance(text)).toThrow(`tolerance "${text}"`);
    },
  );
});
