// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const page = read('docs/elements.md');

/** Text of an element's own section. */
function sectionOf(name: string): string {
  const [, after = ''] = page.split(`\n## \`<${name}>\`\n`);
  return after.split('\n## ')[0] ?? '';
}

const names = readdirSync(new URL('src/components/', root)).filter((name) => name.startsWith('drift-'));

test.each(names)('%s: documented with every property, part, event and slot', (name) => {
  const source = read(`src/components/${name}/${name}.ts`);
  const section = sectionOf(name);
  expect(section).not.toBe('');
  const wanted = [
    ...source.matchAll(/@property\([^)]*\)\s+(?:get )?(\w+)/g),
    ...source.matchAll(/@csspart (\w+)/g),
    ...source.matchAll(/@event \{\w+\} ([\w-]+)/g),
    ...source.matchAll(/@slot (\w+) -/g),
  ].map(([, word]) => word);
  for (const word of wanted) expect(section).toContain(`\`${word}\``);
});

test('every custom property that the elements read is documented', () => {
  const tokens = read('src/components/internal/tokens.styles.ts');
  const documented = page.replace(
    '`--drift-heat-0` … `--drift-heat-4`',
    [0, 1, 2, 3, 4].map((i) => `\`--drift-heat-${i}\``).join(),
  );
  const used = [...tokens.matchAll(/var\((--drift-[\w-]+)/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(15);
  for (const name of used) expect(documented).toContain(`\`${name}\``);
});
