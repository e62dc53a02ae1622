// SPDX-License-Identifier: Apache-2.0
import type { Alert, AlertOptions } from '../alert.js';
import type { SubjectEvidence, WindowEvidence } from './evidence.js';

/** Decides which verdicts reach a person. Being filled: it raises nothing yet. */
export class AlertBook {
  readonly options: AlertOptions;

  /** `saved`: what `save` gave; anything else is passed over, and the book begins empty. */
  constructor(options: AlertOptions, _saved?: unknown) {
    this.options = options;
  }

  /** Takes a judged window, in the order in which windows end, and returns the alerts to tell now. */
  judge(_evidence: WindowEvidence): readonly Alert[] {
    return [];
  }

  /** The same for realized performance, business metrics and the system. */
  judgeSubject(_evidence: SubjectEvidence): readonly Alert[] {
    return [];
  }

  /** The reference or the model's version has changed: what earlier windows said no longer counts. Open alerts stay open. */
  restart(): void {}

  /** Latest state of each, newest first, at most 100. */
  list(): readonly Alert[] {
    return [];
  }

  /** Plain data for the store (structured clone). */
  save(): unknown {
    return null;
  }
}
