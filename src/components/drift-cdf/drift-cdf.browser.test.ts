// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { featureOf, flightsReport, verdictOf } from '../../../test/look/fixture-report.js';
import type { FeatureReport } from '../../report/report.js';
import type { DriftCdf } from './drift-cdf.js';
import './drift-cdf.js';

async function show(feature: FeatureReport): Promise<DriftCdf> {
  const element = document.createElement('drift-cdf');
  element.feature = feature;
  return mount(element, { width: 500 });
}

const drifted = featureOf('price', {
  cdf: { x: [0, 5, 10], reference: [0.1, 0.5, 1], current: [0.1, 0.2, 1] },
  distances: { kolmogorovSmirnov: { value: 0.3, exact: true, convention: 'greatest CDF gap', at: 5 } },
  verdict: verdictOf('drift'),
});

test('the gap is drawn at its place, between both curves', async () => {
  const element = await show(drifted);
  const path = element.shadowRoot?.querySelector('path.gap');
  // x: 5 lies in the middle of 0…10 over 1…499 px; y: shares .5 and .2 on 14…196 px… of the base at height − 24.
  const base = element.height - 24;
  const y = (share: number): string => (base + share * (14 - base)).toFixed(1);
  expect(path?.getAttribute('d')).toBe(`M250.0 ${y(0.5)}V${y(0.2)}`);
  expect(path?.classList.contains('drift')).toBe(true);
  expect(textOf(element)).toContain('KS 0.3 at 5');
  await expectAccessible(element);
});

test('a constant that moved: both steps and the gap are on the axis', async () => {
  const element = await show({
    ...drifted,
    histogram: { edges: [5, 6], reference: [0, 9, 0], current: [0, 0, 9] },
    cdf: { x: [5, 5, 8, 8], reference: [0, 1, 1, 1], current: [0, 0, 0, 1] },
  });
  const base = element.height - 24;
  // 4.7…8.3 over 1…499 px
  const [before, after] = ['42.5', '457.5'];
  const path = (side: string) => element.shadowRoot?.querySelector(`path.both.${side}`)?.getAttribute('d');
  expect(path('reference')).toBe(`M1 ${base}L${before} ${base}L${before} 14L${after} 14L${after} 14L499 14`);
  expect(path('current')).toContain(`L${after} ${base}L${after} 14`);
  expect(element.shadowRoot?.querySelector('path.gap')?.getAttribute('d')).toBe(
    `M${before} 14.0V${base.toFixed(1)}`,
  );
  element.shadowRoot?.querySelector('summary')?.click();
  await expect.poll(() => element.shadowRoot?.querySelectorAll('tbody tr').length).toBe(2);
});

test('axe clean with its table open', async () => {
  const element = await show(flightsReport().features[0] as FeatureReport);
  element.shadowRoot?.querySelector('summary')?.click();
  await element.updateComplete;
  await expectAccessible(element);
});

test('draws nothing without a CDF, and no gap outside of the drawn range', async () => {
  const none = await show(featureOf('a'));
  expect(none.shadowRoot?.querySelector('svg')).toBeNull();
  const outside = await show({
    ...drifted,
    histogram: { edges: [6, 8, 10], reference: [1, 1, 1, 1], current: [1, 1, 1, 1] },
  });
  expect(outside.shadowRoot?.querySelector('path.gap')).toBeNull();
});

test('points at no finite place, and a range of no width, draw without a complaint', async () => {
  const errors: string[] = [];
  const { error } = console;
  console.error = (...parts: unknown[]) => errors.push(parts.join(' '));
  try {
    const endless = await show({
      ...drifted,
      cdf: {
        x: [Number.NEGATIVE_INFINITY, 0, 5, Number.POSITIVE_INFINITY],
        reference: [0, 0.5, 1, 1],
        current: [0, 0, 1, 1],
      },
    });
    expect(endless.shadowRoot?.innerHTML).not.toMatch(/NaN|Infinity/);
    const single = await show({
      ...drifted,
      cdf: { x: [0, 5e-324], reference: [0, 1], current: [0, 0] },
      histogram: { edges: [0, 5e-324], reference: [0, 8, 0], current: [0, 1, 7] },
    });
    expect(single.shadowRoot?.innerHTML).not.toMatch(/NaN|Infinity/);
  } finally {
    console.error = error;
  }
  expect(errors).toEqual([]);
});
