// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the page's sample of embeddings: handwritten digits as a network for images sees them, those by employees of the
 * census bureau (the reference) against those by high-school students. The shift is real: the makers of MNIST mixed both kinds
 * of writers because a model of one reads the other worse.
 *
 *     npm install && npm run make      (some minutes)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  columnFromArray,
  fixedSizeList,
  float16,
  tableFromColumns,
  tableToIPC,
  utf8,
} from '@uwdata/flechette';
import { principalComponents, project } from './components.mjs';
import { digits, SIDE } from './digits.mjs';
import { featuresOf, openNetwork } from './network.mjs';
import { greyPng } from './png.mjs';

const ROWS = 2000;
const DIMENSIONS = 64;
/** Digits that are in neither file: the directions must not know which sides are compared. */
const FOR_DIRECTIONS = 750;

const folder = new URL('../../web/public/samples/', import.meta.url);
mkdirSync(folder, { recursive: true });
const network = await openNetwork();

const apart = [...digits('employee', FOR_DIRECTIONS, 0.2), ...digits('student', FOR_DIRECTIONS, 0.2)];
const sides = {
  'digits-employees.arrow': digits('employee', ROWS, 0.7),
  'digits-students.arrow': digits('student', ROWS, 0.7),
};
const shown = new Set(Object.values(sides).flatMap((list) => list.map(({ place }) => place)));
const components = principalComponents(
  await featuresOf(
    network,
    apart.filter(({ place }) => !shown.has(place)),
  ),
  DIMENSIONS,
);
console.log(`${DIMENSIONS} directions hold ${(components.kept * 100).toFixed(1)} % of the spread`);

for (const [name, list] of Object.entries(sides)) {
  const embedding = (await featuresOf(network, list)).map((row) => project(row, components));
  const image = list.map(({ ink }) => {
    const png = greyPng(
      ink.map((level) => 255 - level),
      SIDE,
    );
    return `data:image/png;base64,${png.toString('base64')}`;
  });
  const table = tableFromColumns({
    embedding: columnFromArray(embedding, fixedSizeList(float16(), DIMENSIONS)),
    label: columnFromArray(
      list.map(({ label }) => label),
      utf8(),
    ),
    image: columnFromArray(image, utf8()),
  });
  const bytes = tableToIPC(table, { format: 'file' });
  writeFileSync(new URL(name, folder), bytes);
  console.log(`${name}: ${list.length} rows, ${bytes.length} bytes`);
}
