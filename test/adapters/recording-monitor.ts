// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingPlan } from '../../src/monitor/embedding-sums.js';
import type { ModelCall, Monitor, Observed, ObserveOptions } from '../../src/monitor/monitor.js';

/** What an adapter told its monitor, in order. */
export interface Recording {
  readonly monitor: Monitor;
  readonly observed: { readonly observed: Observed; readonly options: ObserveOptions }[];
  readonly calls: ModelCall[];
  readonly problems: Error[];
  /** Rows of observed values by column; an embedding's rows as arrays. */
  column(name: string): unknown[];
}

/** A monitor that only writes down. `plan` is what it answers when asked for one. */
export function recordingMonitor(plan: EmbeddingPlan | null = null): Recording {
  const observed: Recording['observed'] = [];
  const calls: ModelCall[] = [];
  const problems: Error[] = [];
  const refused = () => {
    throw new Error('an adapter has no business here');
  };
  const monitor: Monitor = {
    name: 'recording',
    ready: new Promise(() => {}),
    observe: (rows, options = {}) => void observed.push({ observed: rows, options }),
    call: (call) => void calls.push(call),
    problem: (error) => void problems.push(error),
    embeddingPlan: async () => plan,
    label: refused,
    metric: refused,
    annotate: refused,
    onVerdict: refused,
    onAlert: refused,
    onOutlier: refused,
    onError: refused,
    onUpdate: refused,
    snapshot: refused,
    report: refused,
    setReference: refused,
    flush: refused,
    pause: refused,
    resume: refused,
    dispose: refused,
  };
  const column = (name: string): unknown[] =>
    observed.flatMap((entry) => partsOf(entry.observed).flatMap((part) => valuesOf(part, name)));
  return { monitor, observed, calls, problems, column };
}

/** Calls and rows in all, those that were not looked at included. */
export function total(calls: readonly ModelCall[]): { readonly calls: number; readonly rows: number } {
  return {
    calls: calls.reduce((sum, call) => sum + (call.calls ?? 1), 0),
    rows: calls.reduce((sum, call) => sum + call.rows, 0),
  };
}

/** Rows that were observed or told as left out; each that was observed brought `each` rows. */
export function countOf(observed: Recording['observed'], each = 1): number {
  return observed.reduce(
    (sum, { observed: rows, options }) => sum + (isEmpty(rows) ? 0 : each) + (options.skipped ?? 0),
    0,
  );
}

function isEmpty(observed: Observed): boolean {
  return Object.keys(Object((observed as { columns?: object }).columns ?? observed) as object).length === 0;
}

type Part = Record<string, unknown>;

function partsOf(observed: Observed): Part[] {
  const { parts } = observed as { parts?: Part[] };
  return parts ?? [observed as Part];
}

function valuesOf(part: Part, name: string): unknown[] {
  if (part['columns'] !== undefined) {
    const values = (part['columns'] as Record<string, ArrayLike<unknown>>)[name];
    return values === undefined ? [] : Array.from(values);
  }
  const matrix = Array.from(part['matrix'] as ArrayLike<number>);
  if (part['embedding'] === name) {
    const d = part['dimension'] as number;
    return Array.from({ length: matrix.length / d }, (_, i) => matrix.slice(i * d, (i + 1) * d));
  }
  const names = (part['names'] as string[] | undefined) ?? [];
  const at = names.indexOf(name);
  return at < 0 ? [] : matrix.filter((_, i) => i % names.length === at);
}
