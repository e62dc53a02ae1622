// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { featureOf, verdictOf } from '../../../test/look/fixture-report.js';
import {
  arrangeFeatures,
  countRatings,
  type FeatureView,
  nextOrder,
  type SortDirection,
  type SortKey,
} from './feature-order.js';

const features = [
  featureOf('x2', { verdict: verdictOf('drift', { value: 0.2, adjustedPValue: 1e-9 }) }),
  featureOf('X10', {
    verdict: verdictOf('watch', { value: 0.04, adjustedPValue: 1e-4 }),
    missingness: { delta: -0.2, low: -0.3, high: -0.1, pValue: 0 },
  }),
  featureOf('a', { verdict: verdictOf('notRated', { value: Number.NaN, adjustedPValue: Number.NaN }) }),
  featureOf('b', { verdict: verdictOf('notRated', { value: Number.NaN, adjustedPValue: Number.NaN }) }),
];
const names = (view: Partial<FeatureView>): string[] =>
  arrangeFeatures(features, {
    sort: 'report',
    direction: 'ascending',
    query: '',
    ratings: new Set(),
    ...view,
  }).map(({ name }) => name);

test('sorts by number inside names, by value over threshold, by size of the change of missing', () => {
  expect(names({ sort: 'name' })).toEqual(['a', 'b', 'x2', 'X10']);
  expect(names({ sort: 'distance', direction: 'descending' })).toEqual(['x2', 'X10', 'a', 'b']);
  expect(names({ sort: 'missing', direction: 'descending' })[0]).toBe('X10');
  expect(names({ sort: 'p' })).toEqual(['x2', 'X10', 'a', 'b']);
  expect(names({ direction: 'descending' })).toEqual(['b', 'a', 'X10', 'x2']);
});

test('filters by part of a name and by ratings, and leaves its input alone', () => {
  const before = features.map(({ name }) => name);
  expect(names({ query: ' X' })).toEqual(['x2', 'X10']);
  expect(names({ ratings: new Set(['notRated', 'drift']) })).toEqual(['x2', 'a', 'b']);
  expect(features.map(({ name }) => name)).toEqual(before);
});

test('counts every rating, absent ones as 0', () => {
  expect([...countRatings(features)]).toEqual([
    ['drift', 1],
    ['watch', 1],
    ['unknown', 0],
    ['stable', 0],
    ['notRated', 2],
  ]);
});

test('a head clicked again and again: its first order, the other way round, that of the report', () => {
  let order: { sort: SortKey; direction: SortDirection } = { sort: 'name', direction: 'descending' };
  const seen = Array.from({ length: 3 }, () => {
    order = nextOrder(order, 'distance');
    return `${order.sort} ${order.direction}`;
  });
  expect(seen).toEqual(['distance descending', 'distance ascending', 'report ascending']);
  expect(nextOrder({ sort: 'report', direction: 'ascending' }, 'report')).toEqual({
    sort: 'report',
    direction: 'ascending',
  });
});
