// SPDX-License-Identifier: Apache-2.0
/** Why a label or a metric cannot be taken; empty where it can. */

export function labelComplaint(id: unknown, value: unknown): string {
  if (typeof id !== 'string' && typeof id !== 'number') return 'label: the id is no string or number';
  return ['number', 'string', 'boolean'].includes(typeof value)
    ? ''
    : 'label: the value is no number, string or boolean';
}

export function metricComplaint(name: unknown, value: unknown, time: unknown): string {
  return Number.isFinite(value) && Number.isFinite(time)
    ? ''
    : `metric "${String(name)}": its value or time is no finite number`;
}
