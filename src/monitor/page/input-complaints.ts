// SPDX-License-Identifier: Apache-2.0
/** Why a label, a metric or a mark cannot be taken; empty where it can. */

/** Characters of a mark that are kept. */
export const MOST_MARK = 1_000;

export function labelComplaint(id: unknown, value: unknown): string {
  if (typeof id !== 'string' && typeof id !== 'number') return 'label: the id is no string or number';
  return ['number', 'string', 'boolean'].includes(typeof value)
    ? ''
    : 'label: the value is no number, string or boolean';
}

export function metricComplaint(name: unknown, value: unknown, time: unknown): string {
  if (typeof name !== 'string') return 'metric: the name is no text';
  return Number.isFinite(value) && Number.isFinite(time)
    ? ''
    : `metric "${name}": its value or time is no finite number`;
}

export function markComplaint(text: unknown, time: unknown): string {
  if (typeof text !== 'string') return 'annotate: the text is no text';
  return Number.isFinite(time) ? '' : 'annotate: the time is no finite number';
}
