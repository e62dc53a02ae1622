// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { chunkOf, openHost, rowsOf, START } from './testing/rows.js';

test('rows whose shapes contradict each other are refused while a frame is learned too, and spoil none', async () => {
  const { host, errors } = await openHost({ reference: { first: 1_000 }, windows: [{ rows: 500 }] });
  await host.chunk(chunkOf(rowsOf({ rows: 400, seed: 1 })));
  const broken = rowsOf({ rows: 100, seed: 2 });
  const speed = broken.columns.get('speed')! as { values: Float64Array };
  const columns = new Map(broken.columns).set('speed', {
    type: 'number',
    values: speed.values.subarray(0, 7),
    status: null,
  });
  await host.chunk(chunkOf({ rows: 100, columns }, { start: START + 4e5 }));
  await host.chunk(chunkOf(rowsOf({ rows: 1_200, seed: 3 }), { start: START + 5e5 }));
  await host.flush();
  expect(errors.map(({ message }) => message)).toEqual([
    'rows were refused: 7 values in column "speed" for 100 rows',
  ]);
  const { rows, state, reference } = await host.snapshot();
  expect(state).toBe('running');
  expect(rows).toMatchObject({ measured: 1_600, refused: 100 });
  expect(reference.rows).toBe(1_000);
});

test('what was left out or refused is counted once, also where no row came with it', async () => {
  const { host } = await openHost({ reference: { first: 1_000 }, windows: [{ rows: 500 }] });
  const none = chunkOf({ rows: 0, columns: new Map() });
  await host.chunk({ ...none, skipped: 7, refused: 32 });
  await host.chunk({ ...chunkOf(rowsOf({ rows: 400, seed: 1 })), skipped: 5 });
  const { rows } = await host.snapshot();
  expect(rows).toMatchObject({ observed: 444, measured: 400, skipped: 12, refused: 32 });
});
