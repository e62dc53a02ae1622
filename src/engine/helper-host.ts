// SPDX-License-Identifier: Apache-2.0
import { transfer } from 'comlink';
import type { Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { DriftglassError } from '../errors.js';
import { type ChosenKernels, chooseKernels } from '../kernels/choose.js';
import type { Bytes } from '../sources/source.js';
import { buffersOf, ownBuffers } from './hand-over.js';
import {
  type Helper,
  LocalHelper,
  type ProfiledRows,
  type ProfileHow,
  type SidedBatches,
  type SidedProfiles,
  type SourceSpec,
} from './helper.js';
import type { FeatureTask } from './measure-feature.js';
import type { FileSpec, Split } from './protocol.js';

/**
 * A helper behind a port: starts its kernels on first use, and hands rows over instead of copying them. A signal cannot
 * cross a port, so a cancel is the call `stop` (see remote-helper.ts).
 */
export class HelperHost implements Helper {
  readonly #openBytes: (file: FileSpec) => Bytes | Promise<Bytes>;
  #chosen: Promise<ChosenKernels> | null = null;
  #helper: Promise<LocalHelper> | null = null;
  #frame: Frame | null = null;
  #work = new AbortController();

  constructor(openBytes: (file: FileSpec) => Bytes | Promise<Bytes>) {
    this.#openBytes = openBytes;
  }

  /** Ends all that was asked before with an AbortError, at its next batch or feature. */
  stop(): void {
    this.#work.abort();
    this.#work = new AbortController();
  }

  async readPart(spec: SourceSpec, part: number, split: Split | null): Promise<SidedBatches> {
    const { signal } = this.#work;
    const sided = await (await this.#local()).readPart(spec, part, split, signal);
    const owned = {
      ...sided,
      reference: sided.reference.map(ownBuffers),
      current: sided.current.map(ownBuffers),
    };
    return transfer(owned, [...owned.reference, ...owned.current].flatMap(buffersOf));
  }

  /** Keeps the frame that the calls to come measure against. */
  hold(frame: Frame): void {
    this.#frame = frame;
  }

  async profileParts(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    how: ProfileHow,
  ): Promise<SidedProfiles> {
    const { signal } = this.#work;
    return (await this.#local()).profileParts(spec, parts, how, signal);
  }

  /** As profileParts, against the frame that is held. */
  async profileHeld(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    { split, frame: id }: { readonly split: Split | null; readonly frame: string },
  ): Promise<SidedProfiles> {
    const frame = this.#frame;
    if (frame?.id !== id)
      throw new DriftglassError('EngineError', `frame ${id} was not given to this thread`);
    return this.profileParts(spec, parts, { split, frame });
  }

  async profileRows(batches: readonly Batch[], frame: Frame): Promise<ProfiledRows> {
    const { signal } = this.#work;
    const profiled = await (await this.#local()).profileRows(batches, frame, signal);
    return transfer(profiled, profiled.batches.flatMap(buffersOf));
  }

  async sample(spec: SourceSpec, part: number, split: Split | null): Promise<Batch | null> {
    const { signal } = this.#work;
    const sampled = await (await this.#local()).sample(spec, part, split, signal);
    if (sampled === null) return null;
    // a view would be sent with all that is behind it, which may be the whole file
    const owned = ownBuffers(sampled);
    return transfer(owned, buffersOf(owned));
  }

  async measure(tasks: readonly FeatureTask[]): Promise<FeatureComparison[]> {
    const { signal } = this.#work;
    return (await this.#local()).measure(tasks, signal);
  }

  protected chosen(): Promise<ChosenKernels> {
    this.#chosen ??= chooseKernels();
    return this.#chosen;
  }

  #local(): Promise<LocalHelper> {
    this.#helper ??= this.chosen().then(({ kernels }) => new LocalHelper(kernels, this.#openBytes));
    return this.#helper;
  }
}
