// SPDX-License-Identifier: Apache-2.0
import type { OutcomeSummary } from '../../performance/outcomes.js';
import type { SubjectEvidence } from '../alerts/evidence.js';

/** A window whose labels may still come. */
export interface AwaitedWindow {
  readonly spec: string;
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  readonly blocks: readonly number[];
  readonly overlap: number;
}

/** Share of a window's rows whose labels must be there: labels that come first may be those of easy cases. */
const ENOUGH_SHARE = 0.9;
/** Fewer labels say nothing. */
const FEWEST = 30;
const MOST_AWAITED = 240;
/** What a person should hear of: accuracy lower by so much, or errors larger by this share. */
const THRESHOLDS = { accuracy: 0.05, meanAbsoluteError: 0.1 } as const;

/** Faults first: a model trained with them learns them. */
const RETRAIN = 'If no input is at fault, retrain with the newest labelled rows.';

/** Tells of realized performance once the labels of a window are there, in the order in which windows ended. */
export class PerformanceWatch {
  #awaited: AwaitedWindow[] = [];
  /** Whether anything has changed since `save` was last called. */
  changed = false;

  ended(window: AwaitedWindow): void {
    this.changed = true;
    this.#awaited.push(window);
    if (this.#awaited.length > MOST_AWAITED) this.#awaited.shift();
  }

  /** What may be said by now. A window is passed over when a later one of its kind has its labels. */
  take(summaryOf: (blocks: readonly number[]) => OutcomeSummary | undefined): SubjectEvidence[] {
    const summaries = new Map(this.#awaited.map((window) => [window, summaryOf(window.blocks)]));
    const reached = new Map<string, number>();
    for (const [{ spec, start, rows }, summary] of summaries)
      if (summary !== undefined && summary.rows >= ENOUGH_SHARE * rows) reached.set(spec, start);
    const evidence: SubjectEvidence[] = [];
    const left: AwaitedWindow[] = [];
    for (const [window, summary] of summaries) {
      const until = reached.get(window.spec);
      if (until === undefined || window.start > until) left.push(window);
      else if (summary !== undefined && summary.rows >= FEWEST) evidence.push(...evidenceOf(window, summary));
    }
    if (left.length < this.#awaited.length) this.changed = true;
    this.#awaited = left;
    return evidence;
  }

  save(): readonly AwaitedWindow[] {
    this.changed = false;
    return this.#awaited;
  }

  restore(awaited: readonly AwaitedWindow[]): void {
    this.#awaited = [...awaited];
  }
}

function evidenceOf(window: AwaitedWindow, summary: OutcomeSummary): SubjectEvidence[] {
  const { metric, value, low, high, reference, rows } = summary;
  if (!(reference > 0)) return [];
  const { spec, start, end, overlap } = window;
  const base = { spec, start, end, overlap, threshold: THRESHOLDS[metric], advice: RETRAIN };
  const counted = `${rows.toLocaleString('en')} labelled rows`;
  if (metric === 'accuracy') {
    const sentence = `Accuracy is ${percent(value)} over ${counted}; it was ${percent(reference)}.`;
    const subject = { kind: 'performance', name: 'accuracy' } as const;
    return [{ ...base, subject, value: reference - value, low: reference - high, sentence }];
  }
  const sentence = `The mean absolute error is ${short(value)} over ${counted}; it was ${short(reference)}.`;
  const subject = { kind: 'performance', name: 'mean absolute error' } as const;
  return [{ ...base, subject, value: value / reference - 1, low: low / reference - 1, sentence }];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
