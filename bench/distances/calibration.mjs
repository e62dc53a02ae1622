// SPDX-License-Identifier: Apache-2.0
// How often each p-value falls under .05 and .01 when nothing changed, how often an interval misses the true distance,
// and how far numbers from bins are from those of the rows. Prints the tables of docs/distances.md.
//   npm run build && node bench/distances/calibration.mjs [runs]        (DRIFTGLASS_DIST names another build)
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
const load = (path) => import(new URL(path, dist).href);
const { numberFrame } = await load('baseline/cuts.js');
const { cpuKernels } = await load('kernels/cpu/cpu.js');
const { addNumber, emptyNumber, numberMeter } = await load('profile/number.js');
const { numericDistances } = await load('distances/numeric.js');
const { categoricalDistances } = await load('distances/categorical.js');
const { randomFrom } = await load('distances/special/random.js');

const runs = Number(process.argv[2] ?? 1000);
const random = randomFrom(1);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const shapes = {
  normal,
  'lognormal, s = 2': () => Math.exp(2 * normal()),
  Cauchy: () => Math.tan(Math.PI * (random() - 0.5)),
  '60 % zeros': () => (random() < 0.6 ? 0 : Math.abs(normal()) * 10),
  'Poisson 3': () => {
    let k = 0;
    for (let p = random(); p > Math.exp(-3); p *= random()) k++;
    return k;
  },
};
const sample = (draw, n) => Float64Array.from({ length: n }, draw);

function partOf(frame, values) {
  const part = emptyNumber(frame);
  addNumber(part, { type: 'number', values, status: null }, values.length, numberMeter(frame, cpuKernels));
  return part;
}

function sidesOf(reference, current) {
  const x = cpuKernels.sort(reference).values;
  const y = cpuKernels.sort(current).values;
  const frame = numberFrame(x);
  const exact = { reference: x, current: y, cdf: cpuKernels.cdf(x, y) };
  return { frame, reference: partOf(frame, reference), current: partOf(frame, current), exact };
}

const share = (count, of = runs) => (count / of).toFixed(3).replace(/^0/, '');
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
const head = (cells) => {
  row(cells);
  row(cells.map(() => '---'));
};

const NAMES = ['kolmogorovSmirnov', 'kuiper', 'cramerVonMises', 'andersonDarling', 'totalVariation'];
console.log(`Rejections at .05 / .01 in ${runs} null pairs\n`);
head(['data, rows', ...NAMES.flatMap((name) => (name === 'totalVariation' ? [name] : [name, 'from bins']))]);
for (const [shape, draw] of Object.entries(shapes)) {
  for (const [m, n] of [
    [2000, 2000],
    [5000, 500],
    [60, 40],
    [20_000, 50],
  ]) {
    const counts = new Map();
    const note = (name, p) => {
      const pair = counts.get(name) ?? [0, 0];
      if (p <= 0.05) pair[0]++;
      if (p <= 0.01) pair[1]++;
      counts.set(name, pair);
    };
    for (let run = 0; run < runs; run++) {
      const sides = sidesOf(sample(draw, m), sample(draw, n));
      const exact = numericDistances({ ...sides, level: 0.05 });
      const bins = numericDistances({ ...sides, exact: undefined, level: 0.05 });
      for (const name of NAMES) {
        note(name, exact[name].pValue);
        if (name !== 'totalVariation') note(`${name} bins`, bins[name].pValue);
      }
    }
    row([
      `${shape}, ${m} / ${n}`,
      ...[...counts.values()].map((pair) => pair.map((c) => share(c)).join(' / ')),
    ]);
  }
}

console.log(`\nCategories: rejections at .05 / .01 in null pairs\n`);
head([
  'Zipf categories, rows',
  'pairs',
  'totalVariation',
  'lInfinity',
  'chiSquare',
  'gTest',
  'plug-in TV',
  'debiased TV',
]);
for (const [size, m, n, pairs] of [
  [2, 300, 200, runs],
  [5, 60, 40, runs],
  [50, 1000, 1000, runs],
  [2000, 5000, 5000, runs / 4],
  [2000, 5000, 500, runs / 4],
]) {
  const cumulated = [];
  for (let i = 0; i < size; i++) cumulated.push((cumulated.at(-1) ?? 0) + 1 / (i + 1));
  const draw = () => {
    const u = random() * cumulated[size - 1];
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] > u) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const names = ['totalVariation', 'lInfinity', 'chiSquare', 'gTest'];
  const counts = names.map(() => [0, 0]);
  let [plugIn, debiased] = [0, 0];
  for (let run = 0; run < pairs; run++) {
    const distances = categoricalDistances({
      ...categorySides(sample(draw, m), sample(draw, n)),
      level: 0.05,
      seed: run,
    });
    names.forEach((name, i) => {
      if (distances[name].pValue <= 0.05) counts[i][0]++;
      if (distances[name].pValue <= 0.01) counts[i][1]++;
    });
    plugIn += Number(/as counted ([\d.e-]+)/.exec(distances.totalVariation.convention)[1]) / pairs;
    debiased += distances.totalVariation.value / pairs;
  }
  row([
    `${size}, ${m} / ${n}`,
    pairs,
    ...counts.map((pair) => pair.map((c) => share(c, pairs)).join(' / ')),
    plugIn.toFixed(3),
    debiased.toFixed(3),
  ]);
}

console.log(
  '\nFrom bins against from rows: 5 shapes × 6 changes × 500 and 10,000 current rows, 20,000 reference rows\n',
);
const changes = {
  none: (draw) => draw,
  shift: (draw) => () => draw() + 0.3,
  scale: (draw) => () => draw() * 1.3,
  'out of range': (draw) => () => draw() + 1e4,
  atom: (draw) => () => (random() < 0.05 ? 1.2345 : draw()),
  outliers: (draw) => () => (random() < 0.02 ? 1e9 : draw()),
};
const errors = { kolmogorovSmirnov: [], kuiper: [] };
const relative = { wasserstein: [], energy: [], cramerVonMises: [], andersonDarling: [] };
let [held, cases] = [0, 0];
for (const draw of Object.values(shapes)) {
  for (const change of Object.values(changes)) {
    for (const n of [500, 10_000]) {
      const sides = sidesOf(sample(draw, 20_000), sample(change(draw), n));
      const exact = numericDistances({ ...sides, level: 0.05 });
      const bins = numericDistances({ ...sides, exact: undefined, level: 0.05 });
      cases++;
      const inside = [...Object.keys(errors), ...Object.keys(relative)].every((name) => {
        const slack = 1e-9 * Math.max(1, exact[name].value);
        return bins[name].lower <= exact[name].value + slack && bins[name].upper >= exact[name].value - slack;
      });
      if (inside) held++;
      for (const [name, list] of Object.entries(errors))
        list.push(Math.abs(bins[name].value - exact[name].value));
      for (const [name, list] of Object.entries(relative)) {
        list.push(Math.abs(bins[name].value / exact[name].value - 1));
      }
    }
  }
}
head(['distance', 'error', 'median', '95 %', 'largest']);
for (const [kind, lists] of Object.entries({ absolute: errors, relative })) {
  for (const [name, list] of Object.entries(lists)) {
    list.sort((a, b) => a - b);
    const at = (q) => list[Math.min(list.length - 1, Math.floor(q * list.length))].toPrecision(2);
    row([name, kind, at(0.5), at(0.95), at(1)]);
  }
}
console.log(`\nBounds held in ${held} of ${cases} cases.`);

function categorySides(x, y) {
  const counted = new Map();
  for (const value of x) counted.set(value, (counted.get(value) ?? 0) + 1);
  const categories = [...counted].sort((a, b) => b[1] - a[1]).map(([value]) => String(value));
  const places = new Map(categories.map((name, place) => [name, place]));
  const part = (values) => {
    const counts = new Float64Array(categories.length);
    const unseenNames = new Map();
    let unseen = 0;
    for (const value of values) {
      const name = String(value);
      if (places.has(name)) counts[places.get(name)]++;
      else {
        unseen++;
        unseenNames.set(name, (unseenNames.get(name) ?? 0) + 1);
      }
    }
    return {
      kind: 'category',
      rows: values.length,
      missing: 0,
      unparsable: 0,
      counts,
      other: 0,
      unseen,
      unseenNames,
      distinct: new Uint8Array(0),
    };
  };
  const frame = {
    kind: 'category',
    categories,
    numeric: false,
    otherHashes: new Uint32Array(0),
    overflow: false,
  };
  return { frame, reference: part(x), current: part(y) };
}
