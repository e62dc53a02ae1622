// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Collector } from './collector.js';
import { Courier } from './courier.js';
import { RecordingHost } from './testing/recording-host.js';

const NONE = { observed: 0, measured: 0, skipped: 0, waiting: 0, late: 0, refused: 0 };

test('rows that a host takes along when it dies count as left out, and what it says then is not told', async () => {
  const collector = new Collector({ rows: 1_000, bytes: 1e8 });
  const errors: Error[] = [];
  const courier = new Courier({
    collector,
    mostLabels: 10,
    tell: (error) => errors.push(error),
    onWork: () => {},
  });
  const host = new RecordingHost();
  courier.attach(host, NONE);
  host.hold();
  host.chunkFailure = new Error('dead');
  host.metrics = () => Promise.reject(new Error('dead'));
  collector.observe([{ a: 1 }, { a: 2 }, { a: 3 }]);
  courier.metric('orders', 1, 0);
  courier.send();
  expect(courier.rows(null)).toMatchObject({ observed: 3, waiting: 3 });
  collector.observe({ a: 4 });
  courier.detach(undefined);
  host.release();
  expect(courier.rows(null)).toMatchObject({ observed: 4, measured: 0, skipped: 3, waiting: 1 });

  const next = new RecordingHost();
  courier.attach(next, NONE);
  await courier.flush();
  expect(next.heard).toContain('chunk of 1');
  expect(courier.rows(null)).toMatchObject({ observed: 4, measured: 1, skipped: 3, waiting: 0 });
  expect(errors).toEqual([]);
  courier.drop(undefined);
});

test('what other tabs had brought to a host that is no more stays in the counts, and is there once when the next one tells of it', async () => {
  const collector = new Collector({ rows: 1_000, bytes: 1e8 });
  const courier = new Courier({ collector, mostLabels: 10, tell: () => {}, onWork: () => {} });
  const host = new RecordingHost();
  courier.attach(host, { ...NONE, observed: 50, measured: 50 });
  collector.observe([{ a: 1 }, { a: 2 }, { a: 3 }]);
  await courier.flush();
  host.hold();
  collector.observe([{ a: 4 }, { a: 5 }]);
  courier.send();
  // Three are of this tab and twenty-five of others. Two are under way: it cannot be known whether they are among those.
  const told = { ...NONE, observed: 78, measured: 73, skipped: 5 };
  expect(courier.rows(told)).toMatchObject({ observed: 78, measured: 73, skipped: 5, waiting: 0 });
  courier.detach(told);
  expect(courier.rows(told)).toMatchObject({ observed: 78, measured: 73, skipped: 5, waiting: 0 });
  // All was committed but ten.
  courier.attach(new RecordingHost(), { ...NONE, observed: 68, measured: 63, skipped: 5 });
  expect(courier.rows(null)).toMatchObject({ observed: 80, measured: 73, skipped: 7 });
  courier.drop(undefined);
});
