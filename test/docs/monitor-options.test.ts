// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../source-files.js';

test('the table of options names all that createMonitor takes', () => {
  const source = readFileSync(`${root}src/monitor/monitor.ts`, 'utf8');
  const [, body = ''] = /export interface MonitorOptions \{(.*?)\n\}/s.exec(source) ?? [];
  const options = [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name);
  const page = readFileSync(`${root}docs/monitor.md`, 'utf8');
  const [, table = ''] = /\n## Options\n(.*?)\n## /s.exec(page) ?? [];
  const documented = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(options.length).toBeGreaterThan(10);
  expect(documented.sort()).toEqual(options.sort());
});
