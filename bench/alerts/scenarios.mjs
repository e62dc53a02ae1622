// SPDX-License-Identifier: Apache-2.0
// Streams in which nothing changes. `m` reference rows, `rows` a window, one window every `step` rows; `part` of the wanted
// windows where they are large; `calendar` rows are a window of the reference, where its rows have times.
import { between, featuresOf } from './world.mjs';

const few = between(10, 50);
/** One visitor in a hundred stays for up to three windows of 1,000 rows. */
const sometimesLong = (random) => (random() < 0.01 ? between(500, 3_000)(random) : few(random));
const long = between(1_000, 5_000);
const small = { numbers: 10, categories: 3 };

/** Every fifth feature is the visitor's own (a country, an age), the others are a little alike. */
const own = (place) => (place % 5 === 0 ? 1 : 0.1);

const list = [
  ['independent rows', { m: 20_000, rows: 1_000 }],
  ['independent rows, small reference', { m: 2_000, rows: 1_000 }],
  ['independent rows, small reference, large windows', { m: 2_000, rows: 5_000, features: small, part: 0.2 }],
  ['independent rows, small windows', { m: 20_000, rows: 200 }],
  ['independent rows, large reference', { m: 100_000, rows: 1_000, part: 0.2 }],
  ['overlapping', { m: 20_000, rows: 1_000, step: 200 }],
  ['overlapping, small reference and windows', { m: 2_000, rows: 200, step: 40 }],
  ['visitors, correlation .1', { m: 20_000, rows: 1_000, icc: 0.1, visit: few }],
  ['visitors, correlation .3', { m: 20_000, rows: 1_000, icc: 0.3, visit: few }],
  ['visitors, correlation .5', { m: 20_000, rows: 1_000, icc: 0.5, visit: few }],
  ['visitors, correlation .5, small windows', { m: 20_000, rows: 200, icc: 0.5, visit: few }],
  ['visitors, correlation .5, small reference and windows', { m: 2_000, rows: 200, icc: 0.5, visit: few }],
  ['visitors, correlation .5, small reference', { m: 2_000, rows: 1_000, icc: 0.5, visit: few }],
  [
    'visitors, correlation .3, small reference, large windows',
    { m: 2_000, rows: 5_000, icc: 0.3, visit: few, features: small, part: 0.2 },
  ],
  [
    'visitors, correlation 1 in every fifth feature, .1 in others',
    { m: 20_000, rows: 1_000, icc: own, visit: few },
  ],
  ['visitors, correlation .3, large reference', { m: 100_000, rows: 1_000, icc: 0.3, visit: few, part: 0.2 }],
  ['visitors, correlation .5, overlapping', { m: 20_000, rows: 1_000, step: 200, icc: 0.5, visit: few }],
  [
    'visitors, correlation .5, overlapping, small reference and windows',
    { m: 2_000, rows: 200, step: 40, icc: 0.5, visit: few },
  ],
  [
    'one visitor in a hundred stays for up to 3 windows, correlation .3',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: sometimesLong },
  ],
  [
    'every visitor stays for 1 to 5 windows, correlation .1',
    { m: 20_000, rows: 1_000, icc: 0.1, visit: long },
  ],
  [
    'every visitor stays for 1 to 5 windows, correlation .3',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: long },
  ],
  [
    'every visitor stays for 1 to 5 windows, correlation 1 in every fifth feature, .1 in others',
    { m: 20_000, rows: 1_000, icc: own, visit: long },
  ],
  [
    'every visitor stays for 1 to 5 windows, correlation .3, 6 features',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: long, features: { numbers: 4, categories: 2 } },
  ],
];

/** One embedding and nothing beside it. */
const vectors = { vectors: true, m: 10_000, rows: 1_000, part: 0.2 };
list.push(
  ['an embedding alone, independent rows', vectors],
  ['an embedding alone, visitors, correlation .1', { ...vectors, icc: 0.1, visit: few }],
  ['an embedding alone, visitors, correlation .3', { ...vectors, icc: 0.3, visit: few }],
  [
    'an embedding alone, every visitor stays for 1 to 5 windows, correlation .3',
    { ...vectors, icc: 0.3, visit: long },
  ],
);

/** Small tables, which have few other features to tell a visitor by. */
const three = { numbers: 2, categories: 1 };
const six = { numbers: 4, categories: 2 };
const twelve = { numbers: 9, categories: 3 };
list.push(
  [
    'every visitor stays for 1 to 5 windows, correlation .3, 3 features',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: long, features: three },
  ],
  [
    'one visitor in a hundred stays for up to 3 windows, correlation .3, 3 features',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: sometimesLong, features: three },
  ],
  [
    'one visitor in a hundred stays for up to 3 windows, correlation .3, 6 features',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: sometimesLong, features: six },
  ],
  [
    'one visitor in a hundred stays for up to 3 windows, correlation .3, 12 features',
    { m: 20_000, rows: 1_000, icc: 0.3, visit: sometimesLong, features: twelve },
  ],
);

/** The same where the reference has windows of its own: as large as those that are judged, and larger. */
for (const [name, options] of list.filter(([name, { vectors }]) => name.includes('stays') && !vectors))
  list.push([`${name}; reference with windows`, { ...options, calendar: 1_000 }]);
list.push([
  'one visitor in a hundred stays for up to 3 windows, correlation .3; reference with windows four times as long',
  { m: 100_000, rows: 1_000, icc: 0.3, visit: sometimesLong, calendar: 4_000, part: 0.2 },
]);

/** `place` tells seeds. Those where visitors stay come first in every turn: there the bound is most in doubt. */
const doubtful = ({ name }) => (name.includes('stays') ? 0 : 1);
export const scenarios = list
  .map(([name, options], place) => ({ name, place, ...options }))
  .sort((a, b) => doubtful(a) - doubtful(b));

/** With the rating of all features and checks, as a monitor has it: slower, the same alerts or fewer. */
export const ratedScenarios = [
  { name: 'rated: independent rows', m: 20_000, rows: 1_000 },
  { name: 'rated: visitors, correlation .3', m: 20_000, rows: 1_000, icc: 0.3, visit: few },
  {
    name: 'rated: visitors, correlation .5, overlapping, small windows',
    m: 2_000,
    rows: 200,
    step: 40,
    icc: 0.5,
    visit: few,
  },
].map((scenario) => ({ ...scenario, rated: true, part: 0.02 }));

/** Seeds of two scenarios never meet. */
export const SEEDS_EACH = 10_000;
/** All of them together: no rule was chosen by what these streams told. */
export const FIRST_SEED = 1_900_000_001;

/** What changes, each in a feature of its own; two groups, so that most features stay as they are. From window 0 of the change on. */
const mean = (name, by) => [`${name}`, by];
export const shifts = {
  levels: {
    x0: mean('mean + .1 sd', () => ({ by: 0.1 })),
    x5: mean('mean + .2 sd', () => ({ by: 0.2 })),
    x10: mean('mean + .3 sd', () => ({ by: 0.3 })),
    x15: mean('mean + .5 sd', () => ({ by: 0.5 })),
    x20: mean('mean + 1 sd', () => ({ by: 1 })),
    c1: mean('total variation .1', (_, random) => (random() < 0.22 ? { category: 0 } : undefined)),
  },
  shapes: {
    x1: mean('missing + 5 %', (_, random) => (random() < 0.05 ? { missing: true } : undefined)),
    c3: mean('unseen category, 3 %', (_, random) => (random() < 0.03 ? { unseen: true } : undefined)),
    x0: mean('gradual, to + .5 sd in 20 windows', (window) => ({ by: Math.min(0.5, window / 40) })),
    x5: mean('temporary, + 1 sd for 2 windows', (window) => (window < 2 ? { by: 1 } : undefined)),
    x10: mean('temporary, + .5 sd for 10 windows', (window) => (window < 10 ? { by: 0.5 } : undefined)),
    x15: mean('periodic, ± .5 sd every 20 windows', (window) => ({
      by: 0.5 * Math.sin((2 * Math.PI * window) / 20),
    })),
  },
};

export const delayScenarios = [
  { name: 'independent rows', m: 20_000, rows: 1_000 },
  { name: 'independent rows, large reference and windows', m: 100_000, rows: 5_000, features: small20() },
  { name: 'independent rows, small windows', m: 20_000, rows: 200 },
  { name: 'overlapping', m: 20_000, rows: 1_000, step: 200 },
  { name: 'visitors, correlation .1', m: 20_000, rows: 1_000, icc: 0.1, visit: few },
  { name: 'visitors, correlation .3', m: 20_000, rows: 1_000, icc: 0.3, visit: few },
  { name: 'from the first window on', m: 20_000, rows: 1_000, warm: 0 },
].map((scenario) => ({ warm: 30, after: 40, ...scenario }));

/** Each by itself: there is one feature. In units of the spread along the axis; the last has the least. */
const vector = (what, change) => ({ vector: [what, () => change] });
export const vectorShifts = {
  first: vector('mean + .5 sd along the first axis', { by: 0.5 }),
  last: vector('mean + .5 sd along the last axis', { faint: 0.5 }),
  further: vector('mean + 1 sd along the last axis', { faint: 1 }),
  spread: vector('a tenth more spread', { scale: 1.1 }),
  cluster: vector('a new cluster, 5 % of rows', { fresh: 0.05 }),
  larger: vector('a new cluster, 10 % of rows', { fresh: 0.1 }),
};

/** Every window is taken for drifting. */
export const vectorDelays = [
  { name: 'an embedding alone, independent rows' },
  { name: 'an embedding alone, visitors, correlation .1', icc: 0.1, visit: few },
].map((scenario) => ({
  vectors: true,
  m: 10_000,
  rows: 1_000,
  warm: 50,
  after: 30,
  rated: false,
  ...scenario,
}));

/** All numbers at once, as one visitor who stays would move them. */
const everywhere = (what, by) =>
  Object.fromEntries(featuresOf(twelve).map(({ name }) => [name, [what, () => ({ by })]]));
export const togetherDelays = [
  { name: 'all features: from the first window on', warm: 0 },
  { name: 'all features: after 14 windows', warm: 14 },
  { name: 'all features: after 14 windows, reference with windows', warm: 14, calendar: 1_000 },
  { name: 'all features: after 30 windows', warm: 30 },
].map((scenario) => ({
  m: 20_000,
  rows: 1_000,
  after: 40,
  features: twelve,
  groups: {
    half: everywhere('every feature + .5 sd', 0.5),
    one: everywhere('every feature + 1 sd', 1),
  },
  ...scenario,
}));

function small20() {
  return { numbers: 21, categories: 4 };
}
