// SPDX-License-Identifier: Apache-2.0
// One monitor: a reference, then windows, judged and handed to a book.
import { AlertBook, judged, mergeAll, referenceOf } from './engine.mjs';

const MINUTE = 60_000;

/**
 * @returns alerts told, in order, and how many windows some feature was rated drift in
 * @param step rows after which a window ends; less than `rows` for windows that overlap
 * @param calendar rows of the reference's own windows; without it its rows have no times
 * @param rated false leaves the rating out and takes every feature for drifting in every window: quicker, and at least as
 * many alerts about features come of it, since what a rating finds stable never speaks for one; checks are left out
 * @param shift (feature) => what changes in it, (window, random) => change; windows are counted in rows, from 0; undefined for nothing
 */
export async function run({ world, m, rows, step = rows, windows, calendar = m, shift, rated = true }) {
  const batches = Array.from({ length: world.reference ? 0 : m / calendar }, () => world.rows(calendar));
  const reference =
    (await world.reference?.(m)) ?? referenceOf({ schema: world.schema, batches, lean: !rated });
  const referenceWindows = windowsOf(calendar < m ? reference.parts : [], calendar / rows);
  const { frame } = reference;
  const book = new AlertBook({});
  const ring = [];
  const told = [];
  let drifting = 0;
  const size = rows / step;
  let judgedRows = 0;
  for (let i = 0; i < windows + size - 1; i++) {
    const before = judgedRows;
    const change = (feature) => {
      const one = shift?.(feature);
      return one && ((row, random) => one((before + row) / rows, random));
    };
    const block = await reference.measure(world.rows(step, change));
    judgedRows += step;
    ring.push(block);
    if (ring.length > size) ring.shift();
    if (ring.length < size) continue;
    const current = ring.length === 1 ? block : mergeAll(ring);
    const end = (i + 1) * MINUTE * (step / rows);
    const window = {
      id: String(i),
      spec: `${rows} rows`,
      start: end - MINUTE,
      end,
      rows,
      skipped: 0,
      late: 0,
      version: '',
    };
    const verdict = rated ? judged(reference, current, window) : unrated(frame, window);
    if (rated && verdict.features.some(({ rating }) => rating === 'drift')) drifting++;
    const alerts = book.judge({
      verdict,
      frame,
      reference: reference.profile,
      referenceWindows,
      current,
      blocks: [...ring],
      overlap: i === size - 1 ? 0 : 1 - step / rows,
    });
    for (const alert of alerts) told.push({ window: i - size + 1, at: judgedRows / rows, alert });
  }
  return { told, drifting };
}

/** One after another, rows coming as fast as in the windows that are judged. */
function windowsOf(parts, length) {
  return parts.map((profile, i) => ({
    start: (i - parts.length) * length * MINUTE,
    end: (i + 1 - parts.length) * length * MINUTE,
    profile,
  }));
}

function unrated({ features }, window) {
  return {
    window,
    rating: 'drift',
    sentence: '',
    features: features.map(({ name, role }) => ({
      name,
      role,
      rating: 'drift',
      metric: 'none',
      sentence: '',
    })),
    checks: [],
    reference: { label: 'reference', rows: 0 },
  };
}
