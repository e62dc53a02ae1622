// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { createAnalysis, createMonitor, followMonitor, type Monitor } from 'driftglass';
import { imageColumns } from 'driftglass/derived';
import { watchFunction } from 'driftglass/functions';
import { inProcess } from 'driftglass/in-process';
import { watch } from 'driftglass/tfjs';

/** Uses the public types as a server does, whose types hold no DOM; only compiled. */
export const monitor: Monitor = createMonitor({ host: inProcess, baseline: readFile('orders.baseline') });

interface Order {
  amount: number;
}

const score = watchFunction((order: Order) => order.amount / 2, monitor, {
  inputs: (order) => ({ ...order }),
  outputs: (value) => ({ score: value }),
});

const cities = ['Bern', 'Basel'];
export const model = (tf: Parameters<typeof watch>[2]['tf'], given: object) =>
  watch(given, monitor, {
    tf,
    inputs: {
      photo: imageColumns(),
      city: ({ values }) => ({ columns: { city: Array.from(values, (code) => cities[Number(code)]) } }),
    },
  });

export const all = { analysis: createAnalysis(), follower: followMonitor('orders'), score };
