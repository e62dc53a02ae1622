// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { EmbeddingMap } from '../../report/embedding-view.js';
import { projectionMeans, projectionShares } from './projection-plots.js';
import { safePicture } from './row-cards.js';
import { rowsToCsv } from './rows-csv.js';

const edges = [0, 1, 2];

test('shares with and without what lies beyond; what does not fit is not drawn', () => {
  const plain = { name: 'p', edges, reference: [0.5, 0.5], current: [0.2, 0.8] };
  expect(projectionShares(plain)).toEqual({ reference: [0.5, 0.5], current: [0.2, 0.8] });
  const beyond = { name: 'p', edges, reference: [0.1, 0.4, 0.5, 0], current: [0, 0.2, 0.5, 0.3] };
  expect(projectionShares(beyond)).toEqual({ reference: [0.5, 0.5], current: [0.2, 0.8] });
  for (const bad of [
    { ...plain, reference: [1] },
    { ...plain, edges: [0] },
    { ...plain, edges: [2, 2, 2] },
    { ...plain, current: [Number.NaN, 1] },
    { ...plain, reference: [1, 0, 0], current: [1, 0, 0] },
  ]) {
    expect(projectionShares(bad)).toBeUndefined();
  }
});

test('means from bins, or exact where given; the sd is of the reference', () => {
  const plain = { name: 'p', edges, reference: [0.5, 0.5], current: [0, 1] };
  expect(projectionMeans(plain)).toEqual({ reference: 1, current: 1.5, sd: 0.5 });
  expect(projectionMeans({ ...plain, means: [0.9, 1.4] as const })).toMatchObject({
    reference: 0.9,
    current: 1.4,
  });
});

test('pictures are only pixels in a data URL', () => {
  const good = 'data:image/png;base64,iVBORw0KGgo=';
  expect(safePicture(good)).toBe(good);
  for (const bad of [
    undefined,
    '',
    'https://example.com/a.png',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'data:text/html;base64,PGI+',
    'javascript:alert(1)',
    `${good}" onerror="x`,
    'data:image/png,raw',
    ` ${good}`,
    `data:image/png;base64,${'A'.repeat(500_000)}`,
  ]) {
    expect(safePicture(bad)).toBeUndefined();
  }
});

test('rows as CSV: every column of the map, never a formula', () => {
  const map: EmbeddingMap = {
    axes: [{ name: 'a,b' }, { name: 'y' }],
    reference: { x: new Float32Array(0), y: new Float32Array(0) },
    current: { x: Float32Array.of(1, 2), y: Float32Array.of(3, 4.5), row: Uint32Array.of(10, 20) },
    colours: [
      { name: 'class', categories: ['=1+1'], codes: Uint8Array.of(255, 0) },
      { name: 'v', values: Float32Array.of(Number.NaN, 0.5) },
    ],
  };
  expect(rowsToCsv(map, Uint32Array.of(0, 1))).toBe(
    `row,"a,b",y,class,v\r\n10,1,3,,\r\n20,2,4.5,'=1+1,0.5\r\n`,
  );
});
