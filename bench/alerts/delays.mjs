// SPDX-License-Identifier: Apache-2.0
import { run } from './stream.mjs';

/** Per change: windows until it is told, until it is over again (null when never), and how often it was told. */
export async function delays({ world, changed, warm, after, ...stream }) {
  const shift = ({ name }) => {
    const one = changed[name]?.[1];
    return one && ((window, random) => (window < warm ? undefined : one(window - warm, random)));
  };
  const { told } = await run({
    world,
    ...stream,
    windows: (warm + after) * (stream.rows / (stream.step ?? stream.rows)),
    shift,
  });
  const found = {};
  for (const [name, [what]] of Object.entries(changed)) {
    const own = told.filter(({ alert }) => alert.subject.name === name);
    const raised = own.filter(({ alert }) => alert.state === 'raised');
    const first = raised.find(({ at }) => at > warm);
    const over = own.find(({ at, alert }) => alert.state === 'recovered' && at > warm);
    const one = {
      told: first ? round(first.at - warm) : null,
      over: over ? round(over.at - warm) : null,
      times: raised.length,
    };
    // of features that change alike, the first that is told
    if ((one.told ?? Infinity) <= (found[what]?.told ?? Infinity)) found[what] = one;
  }
  if (world.features.every(({ name }) => name in changed)) return found;
  const others = told.filter(({ alert }) => alert.state === 'raised' && !(alert.subject.name in changed));
  found['no change'] = { told: others.length > 0 ? others[0].at : null, over: null, times: others.length };
  return found;
}

const round = (windows) => Math.round(windows * 10) / 10;
