// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Session } from '../../web/page/session.js';
import { FakeAnalysis } from '../look/fake-analysis.js';

const file = (name: string): File => new File(['x'], name);

function sessionOf(): { session: Session; analysis: FakeAnalysis } {
  const analysis = new FakeAnalysis();
  return { analysis, session: new Session(() => analysis) };
}

test('two files: the first is the reference, and the comparison starts by itself', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('a.parquet'), file('b.parquet')]);
  expect(analysis.calls).toEqual(['open reference a.parquet', 'open current b.parquet', 'compare']);
  expect(session.report).not.toBeNull();
  expect(session.busy).toBeNull();
});

test('one file waits for a split or a second file', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('a.parquet')]);
  expect(session.alone?.name).toBe('a.parquet');
  expect(session.report).toBeNull();
  await session.splitAt({ column: 'date', at: '2001-04-01' });
  expect(analysis.calls.at(-1)).toBe('compare split {"column":"date","at":"2001-04-01"}');

  const second = sessionOf();
  await second.session.add([file('a.parquet')]);
  await second.session.add([file('b.parquet')]);
  expect(second.analysis.calls.slice(1)).toEqual([
    'open reference a.parquet',
    'open current b.parquet',
    'compare',
  ]);
});

test('a file alone is looked at for places to split it; two files are not', async () => {
  const { session } = sessionOf();
  await session.add([file('a.parquet')]);
  await Promise.resolve();
  expect(session.offers.map(({ column }) => column)).toEqual(['date', 'origin']);
  session.draftSplit({ column: 'origin', byTime: false, place: 'ORD' });
  await session.splitAt({ column: 'origin', value: 'ORD' });
  expect(session.draft).toBeNull();
  await session.add([file('b.parquet')]);
  expect(session.split).toEqual({ column: 'origin', value: 'ORD' });

  const two = sessionOf();
  await two.session.add([file('a.parquet'), file('b.parquet')]);
  await Promise.resolve();
  expect(two.session.offers).toEqual([]);
});

test('a bad file beside a good one: what was loaded stays, and a new file takes the place of the bad one', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('bad.csv'), file('b.parquet')]);
  expect(session.reference?.error).toContain('bad.csv: not a table');
  expect(session.current?.info?.name).toBe('b.parquet');
  expect(session.report).toBeNull();
  await session.add([file('a.parquet')]);
  expect(analysis.calls.slice(2)).toEqual(['open reference a.parquet', 'compare']);
  expect(session.report).not.toBeNull();
});

test('a bad file after a report leaves the report and the reference in place', async () => {
  const { session } = sessionOf();
  await session.add([file('a.parquet'), file('b.parquet')]);
  const { report } = session;
  await session.add([file('bad.csv')]);
  expect(session.report).toBe(report);
  expect(session.reference?.info?.name).toBe('a.parquet');
  expect(session.current?.error).toContain('bad.csv');
});

test('more than two files ask for their sides first, and are joined', async () => {
  const { session, analysis } = sessionOf();
  await session.add(['w1', 'w2', 'w3'].map(file));
  expect(session.pending.map(({ side }) => side)).toEqual(['reference', 'reference', 'current']);
  session.assign(1, 'current');
  await session.confirmAssignment();
  expect(analysis.calls).toEqual(['open reference w1', 'open current w2, w3', 'compare']);
});

const baseline = (name: string): File =>
  new File([Uint8Array.of(0x89, 0x64, 0x72, 0x69, 0x66, 0x74, 0x0d, 0x0a, 0, 0)], name);

test('a saved baseline is the reference, alone, beside data, and after data', async () => {
  const alone = sessionOf();
  await alone.session.add([baseline('march')]);
  expect(alone.analysis.calls).toEqual(['open reference march']);
  expect(alone.session.report).toBeNull();
  await alone.session.add([file('april.csv')]);
  expect(alone.analysis.calls.slice(1)).toEqual(['open current april.csv', 'compare']);

  const beside = sessionOf();
  await beside.session.add([file('april.csv'), baseline('march')]);
  expect(beside.analysis.calls).toEqual(['open reference march', 'open current april.csv', 'compare']);

  const after = sessionOf();
  await after.session.add([file('april.csv')]);
  await after.session.add([baseline('march')]);
  expect(after.analysis.calls).toEqual(['open current april.csv', 'open reference march', 'compare']);
});

test('cancel ends the comparison, and what comes later is dropped', async () => {
  const { session, analysis } = sessionOf();
  let release = (): void => {};
  analysis.hold = new Promise((resolve) => (release = resolve));
  const added = session.add([file('a.parquet'), file('b.parquet')]);
  while (session.progress === null) await new Promise((resolve) => setTimeout(resolve));
  session.cancel();
  expect(session.busy).toBeNull();
  release();
  await added;
  expect(session.report).toBeNull();
  expect(session.error).toBe('');
  expect(session.reference?.info).toMatchObject({ name: 'a.parquet', rows: 3_000_000 });
});

test('a comparison that follows a cancelled one waits until that has ended', async () => {
  const { session, analysis } = sessionOf();
  let release = (): void => {};
  analysis.hold = new Promise((resolve) => {
    release = resolve;
  });
  void session.add([file('a.parquet'), file('b.parquet')]);
  while (session.progress === null) await new Promise((resolve) => setTimeout(resolve));
  session.cancel();
  const again = session.compare();
  expect(session.busy).toBe('comparing');
  release();
  await again;
  expect(session.error).toBe('');
  expect(session.report).not.toBeNull();
});

test('settings rate again without reading; of many wishes in a row the last one counts', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('a.parquet'), file('b.parquet')]);
  analysis.calls.length = 0;
  const of = (value: number) =>
    session.apply({ ...session.settings, tolerances: { kolmogorovSmirnov: value } });
  await Promise.all([of(0.1), of(0.2), of(0.3)]);
  expect(analysis.calls).toEqual(['rerate {"kolmogorovSmirnov":0.1}', 'rerate {"kolmogorovSmirnov":0.3}']);
  expect(session.report?.settings.tolerances).toEqual({ kolmogorovSmirnov: 0.3 });
  expect(session.busy).toBeNull();
});

test('a corrected dialect opens that side again and compares', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('a.csv'), file('b.csv')]);
  analysis.calls.length = 0;
  await session.redo('reference', { dialect: { delimiter: ',' } });
  expect(analysis.calls).toEqual(['open reference a.csv {"dialect":{"delimiter":","}}', 'compare']);
});

test('swap, export, reset', async () => {
  const { session, analysis } = sessionOf();
  await session.add([file('a.parquet'), file('b.parquet')]);
  analysis.calls.length = 0;
  await session.swap();
  expect(analysis.calls).toEqual(['open reference b.parquet', 'open current a.parquet', 'compare']);
  expect(await (await session.exportAs('csv'))?.text()).toBe('csv');
  session.reset();
  expect(analysis.calls.at(-1)).toBe('dispose');
  expect(session.report).toBeNull();
});
