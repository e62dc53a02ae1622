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
  courier.detach();
  host.release();
  expect(courier.rows(null)).toMatchObject({ observed: 4, measured: 0, skipped: 3, waiting: 1 });

  const next = new RecordingHost();
  courier.attach(next, NONE);
  await courier.flush();
  expect(next.heard).toContain('chunk of 1');
  expect(courier.rows(null)).toMatchObject({ observed: 4, measured: 1, skipped: 3, waiting: 0 });
  expect(errors).toEqual([]);
  courier.drop();
});
