// SPDX-License-Identifier: Apache-2.0
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { monitorOf } from './testing/monitor-of.js';

test('what came of labels and metrics is not held: a day of them takes no more than an hour', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const { monitor, host } = monitorOf();
  await monitor.ready;
  const answers: WeakRef<object>[] = [];
  const answered = async (): Promise<void> => {
    const answer = {};
    answers.push(new WeakRef(answer));
    return answer as unknown as undefined;
  };
  host.labels = answered;
  host.metrics = answered;
  for (let i = 0; i < 20; i++) {
    monitor.label(i, 1);
    monitor.metric('orders', i);
    await monitor.flush();
  }
  collect();
  expect(answers).toHaveLength(40);
  await expect
    .poll(() => {
      collect();
      return answers.filter((answer) => answer.deref() !== undefined).length;
    })
    .toBeLessThan(5);
  await monitor.dispose();
});
