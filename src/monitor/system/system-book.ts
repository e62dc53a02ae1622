// SPDX-License-Identifier: Apache-2.0
import type { SubjectEvidence } from '../alerts/evidence.js';
import type { SystemSample } from '../host.js';
import type { SystemSnapshot } from '../snapshot.js';
import { systemEvidence } from './system-evidence.js';
import { addSample, emptySums, readSums, type SystemSums, summarizeSums } from './system-sums.js';

const MINUTE = 60_000;
const KEPT_MINUTES = 60;
/** Samples of a minute may come so late. */
const LATE_MS = 15_000;
const KEPT_CHANGES = 20;
/** No sample comes so late: the clock has been set back by it. */
const SET_BACK_MS = 86_400_000;
/** A backend's name comes from the app. */
const NAME_LENGTH = 64;

interface BackendChange {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

interface Saved {
  readonly version: 1;
  readonly total: SystemSums;
  readonly minutes: readonly { readonly start: number; readonly sums: SystemSums }[];
  readonly backend: string | null;
  readonly changes: readonly BackendChange[];
  readonly judged?: number;
}

/** What the page saw of the system: the latest 60 minutes that had any news, and all since the history began. */
export class SystemBook {
  readonly #device: string;
  #total = emptySums();
  /** By start, ascending. */
  #minutes: { readonly start: number; readonly sums: SystemSums }[] = [];
  #backend: string | null = null;
  #changes: BackendChange[] = [];
  #memory: SystemSnapshot['memory'] = { heap: null, tensors: null, tensorBytes: null };
  /** Start of the latest minute that was judged, and end of the latest sample. */
  #judged = Number.NEGATIVE_INFINITY;
  #latest = Number.NEGATIVE_INFINITY;
  #changed = false;

  /** `device`: "8 cores, 8 GB, mobile"; `saved`: what `save` gave, left alone where it is not understood. */
  constructor(device: string, saved?: unknown) {
    this.#device = device;
    this.#restore(saved);
  }

  /** Counts in the minute of its start, as far as that is no older than those kept; and in all. */
  add(sample: SystemSample): void {
    this.#changed = true;
    addSample(this.#total, sample);
    if (sample.end < this.#latest - SET_BACK_MS) this.#setBack(sample);
    if (sample.end > this.#latest) this.#latest = sample.end;
    const minute = this.#minuteOf(sample.start);
    if (minute !== null) addSample(minute, sample);
    if (sample.backend !== null) this.#setBackend(sample.backend.slice(0, NAME_LENGTH), sample.end);
    const { heap, tensors, tensorBytes } = sample;
    this.#memory = {
      heap: heap ?? this.#memory.heap,
      tensors: tensors ?? this.#memory.tensors,
      tensorBytes: tensorBytes ?? this.#memory.tensorBytes,
    };
  }

  /** What the minutes say that are over since the last call, each held against those before that are kept. */
  judge(): readonly SubjectEvidence[] {
    const found: SubjectEvidence[] = [];
    const before: SystemSums[] = [];
    for (const { start, sums } of this.#minutes) {
      if (start + MINUTE + LATE_MS > this.#latest) break;
      if (start > this.#judged) {
        found.push(...systemEvidence(start, sums, before));
        this.#judged = start;
        this.#changed = true;
      }
      before.push(sums);
    }
    return found;
  }

  snapshot(): SystemSnapshot {
    return {
      total: summarizeSums(this.#total),
      latency: [...this.#total.latency],
      minutes: this.#minutes.map(({ start, sums }) => ({ start, ...summarizeSums(sums) })),
      backend: this.#backend,
      backendChanges: this.#changes.slice(),
      memory: this.#memory,
      device: this.#device,
    };
  }

  /** Counts since the history began; not to be changed. */
  get total(): SystemSums {
    return this.#total;
  }

  /** Whether anything was added since `save`. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Structured-cloneable; nothing is shared. Some 90 kB with all 60 minutes. */
  save(): unknown {
    this.#changed = false;
    const saved: Saved = {
      version: 1,
      total: this.#total,
      minutes: this.#minutes,
      backend: this.#backend,
      changes: this.#changes,
      judged: this.#judged,
    };
    return structuredClone(saved);
  }

  #minuteOf(time: number): SystemSums | null {
    const start = Math.floor(time / MINUTE) * MINUTE;
    if (!Number.isSafeInteger(start)) return null;
    let at = this.#minutes.length;
    while (at > 0 && this.#minutes[at - 1]!.start > start) at--;
    if (at > 0 && this.#minutes[at - 1]!.start === start) return this.#minutes[at - 1]!.sums;
    if (at === 0 && this.#minutes.length === KEPT_MINUTES) return null;
    const sums = emptySums();
    this.#minutes.splice(at, 0, { start, sums });
    if (this.#minutes.length > KEPT_MINUTES) this.#minutes.shift();
    return sums;
  }

  /** What lies ahead of the clock was never so: it would keep all that comes from being judged. */
  #setBack({ start, end }: SystemSample): void {
    this.#latest = end;
    this.#judged = Math.min(this.#judged, start - MINUTE);
    this.#minutes = this.#minutes.filter((minute) => minute.start <= end);
  }

  #setBackend(backend: string, at: number): void {
    if (this.#backend !== null && this.#backend !== backend) {
      this.#changes.push({ at, from: this.#backend, to: backend });
      if (this.#changes.length > KEPT_CHANGES) this.#changes.shift();
    }
    this.#backend = backend;
  }

  #restore(saved: unknown): void {
    if (typeof saved !== 'object' || saved === null || !('version' in saved) || saved.version !== 1) return;
    const { total, minutes, backend, changes, judged } = saved as Partial<Saved>;
    const sums = readSums(total);
    if (sums === null || !Array.isArray(minutes) || !Array.isArray(changes)) return;
    const kept = minutes.slice(-KEPT_MINUTES).map(({ start, sums }) => ({ start, sums: readSums(sums) }));
    if (!kept.every((minute): minute is { start: number; sums: SystemSums } => minute.sums !== null)) return;
    this.#total = sums;
    this.#minutes = kept;
    this.#backend = typeof backend === 'string' ? backend : null;
    this.#changes = changes.slice(-KEPT_CHANGES);
    if (typeof judged === 'number') this.#judged = judged;
  }
}
