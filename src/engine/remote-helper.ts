// SPDX-License-Identifier: Apache-2.0
import { type Endpoint, type Remote, transfer, wrap } from 'comlink';
import type { Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { buffersOf, ownBuffers } from './hand-over.js';
import type { Helper, ProfiledRows, ProfileHow, SidedBatches, SidedProfiles, SourceSpec } from './helper.js';
import type { HelperHost } from './helper-host.js';
import type { FeatureTask } from './measure-feature.js';
import type { Split } from './protocol.js';

/** A helper on another thread as the lead engine sees it. Rows and values that are given to it are handed over. */
export class RemoteHelper implements Helper {
  readonly #host: Remote<HelperHost>;
  /** The frame that the other thread holds: one with embeddings takes megabytes, too many to send with every part. */
  #held: string | null = null;

  constructor(port: Endpoint) {
    this.#host = wrap<HelperHost>(port);
  }

  readPart(spec: SourceSpec, part: number, split: Split | null, signal?: AbortSignal): Promise<SidedBatches> {
    return this.#heard(this.#host.readPart(spec, part, split), signal);
  }

  profileParts(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    how: ProfileHow,
    signal?: AbortSignal,
  ): Promise<SidedProfiles> {
    const { split, frame } = how;
    this.#hold(frame);
    return this.#heard(this.#host.profileHeld(spec, parts, { split, frame: frame.id }), signal);
  }

  profileRows(batches: readonly Batch[], frame: Frame, signal?: AbortSignal): Promise<ProfiledRows> {
    const handed = batches.map(ownBuffers);
    return this.#heard(this.#host.profileRows(transfer(handed, handed.flatMap(buffersOf)), frame), signal);
  }

  sample(spec: SourceSpec, part: number, split: Split | null, signal?: AbortSignal): Promise<Batch | null> {
    return this.#heard(this.#host.sample(spec, part, split), signal);
  }

  measure(tasks: readonly FeatureTask[], signal?: AbortSignal): Promise<FeatureComparison[]> {
    const values = tasks.flatMap((task) =>
      [task.values, task.vectors].flatMap((sides) =>
        sides === undefined ? [] : [sides.reference.buffer, sides.current.buffer],
      ),
    );
    return this.#heard(
      this.#host.measure(transfer([...tasks], [...new Set(values)] as ArrayBuffer[])),
      signal,
    );
  }

  /** Messages arrive in the order they are sent, so nothing is waited for. */
  #hold(frame: Frame): void {
    if (this.#held === frame.id) return;
    this.#held = frame.id;
    // what fails here fails in the call that follows
    this.#host.hold(frame).catch(() => {
      this.#held = null;
    });
  }

  /** Tells the other thread of a cancel: its calls then end with an AbortError, and this one with it. */
  async #heard<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const stop = (): void => void this.#host.stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await call;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}
