// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { clusterView } from '../../../test/look/fixture-embedding.js';
import { featureOf, flightsReport, mixedReport, reportOf } from '../../../test/look/fixture-report.js';
import type { FeatureReport } from '../../report/report.js';
import './drift-feature.js';

async function show(feature: FeatureReport, width = 1200, scheme: 'light' | 'dark' = 'light') {
  const element = document.createElement('drift-feature');
  element.feature = feature;
  return mount(element, { width, scheme });
}

const everything = [...flightsReport().features, ...mixedReport().features];

for (const feature of everything) {
  test(`axe clean, wide and narrow: ${feature.verdict.rating} ${feature.kind} ${feature.name}`, async () => {
    await expectAccessible(await show(feature));
    await expectAccessible(await show(feature, 380, 'dark'));
  });
}

test('an opened number shows every distance with convention and intervals, quantiles, tests and the threshold', async () => {
  const feature = flightsReport().features[0] as FeatureReport;
  const text = textOf(await show(feature));
  for (const distance of Object.values(feature.distances)) expect(text).toContain(distance.convention);
  expect(text).toContain('0.0401 to 0.0533');
  expect(text).toContain('0.0431 to 0.0463');
  expect(text.replace(/\s/g, '')).toContain('reference−30−20−15−801236');
  expect(text).toContain(feature.verdict.thresholdFrom);
  expect(text).toContain('exact binomial');
  expect(text).toContain('worth a look');
});

test('says why: drift, too few rows, not rated', async () => {
  const of = async (rating: string): Promise<string> =>
    textOf(
      await show(mixedReport().features.find(({ verdict }) => verdict.rating === rating) as FeatureReport),
    );
  expect(await of('drift')).toContain('even the low end of its interval, 0.36, is');
  expect(await of('unknown')).toContain('About 3,000 rows a side would tell');
  expect(await of('notRated')).toContain('a key: every value is different');
});

test('no feature, nothing drawn', async () => {
  const element = document.createElement('drift-feature');
  await mount(element);
  expect(element.shadowRoot?.querySelector('.panel')).toBeNull();
  expect(reportOf([]).features).toHaveLength(0);
});

test('on a phone every table fits: nothing is cut off or scrolls sideways', async () => {
  for (const feature of everything) {
    const element = await show(feature, 330);
    for (const box of element.shadowRoot?.querySelectorAll('.scroll') ?? [])
      expect(box.scrollWidth, `${feature.name}: ${box.getAttribute('aria-label')}`).toBe(box.clientWidth);
  }
});

test('an embedding: from the report its directions and what moved, with places of rows the map too', async () => {
  const { projections, shift, ...rows } = clusterView(300, 200);
  const feature = featureOf('features', { embedding: { projections, shift } });
  const element = await show(feature);
  const inside = element.shadowRoot?.querySelector('drift-embedding');
  expect(textOf(element)).toContain('distance of the means');
  expect(inside?.map).toBeNull();
  element.embedding = { projections, shift, ...rows, picked: [{ row: 8, score: 0, text: 'a straw hat' }] };
  await element.updateComplete;
  expect(inside?.map).toBe(rows.map);
  expect(inside?.name).toBe('features');
  expect(inside?.picked[0]?.text).toBe('a straw hat');
  expect(inside?.missed).toBe(rows.missed);
  await expectAccessible(element);
});

test('rows of length 1 are said to be, other lengths told', async () => {
  const { projections, shift } = clusterView(30, 20);
  const plain = featureOf('features', { embedding: { projections, shift } });
  const side = { ...plain.reference, dimension: 64, meanNorm: 1.00002, sdNorm: 0.0004 };
  const unit = await show({ ...plain, reference: side, current: side });
  expect(textOf(unit)).toMatch(/numbers a row\s*64\s*64/);
  expect(textOf(unit)).toMatch(/length of a row\s*1 \(unit norm\)\s*1 \(unit norm\)/);
  const longer = await show({ ...plain, reference: side, current: { ...side, meanNorm: 1.2 } });
  expect(textOf(longer)).not.toContain('unit norm');
  expect(textOf(longer)).toMatch(/mean length\s*1\s*1\.2/);
});
