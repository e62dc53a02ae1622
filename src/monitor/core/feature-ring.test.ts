// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rating } from '../../verdict/verdict.js';
import { FeatureRing } from './feature-ring.js';

test('holds the latest windows as a list that drops its oldest would', () => {
  const rating = fc.constantFrom<Rating>('drift', 'watch', 'unknown', 'stable', 'notRated');
  const windows = fc.array(fc.array(fc.tuple(fc.double(), rating), { minLength: 3, maxLength: 3 }));
  fc.assert(
    fc.property(windows, fc.integer({ min: 1, max: 7 }), (all, most) => {
      const ring = new FeatureRing(most, 3);
      for (const window of all)
        ring.push(
          window.map(([value]) => value),
          window.map(([, rated]) => rated),
        );
      const latest = all.slice(-most);
      for (let feature = 0; feature < 3; feature++) {
        expect(ring.valuesOf(feature)).toEqual(latest.map((window) => window[feature][0]));
        expect(ring.ratingsOf(feature)).toEqual(latest.map((window) => window[feature][1]));
      }
    }),
  );
});
