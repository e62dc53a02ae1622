// SPDX-License-Identifier: Apache-2.0
/**
 * Decides which verdicts reach a person. At most one alert is open for a subject, whatever kinds of windows see it: the
 * kind that raised it keeps it, and alone says when it is over. docs/alerts.md tells the rule and what was measured.
 */
import type { Frame } from '../../baseline/frame.js';
import { DEFAULT_SETTINGS, type Settings } from '../../verdict/settings.js';
import { resolveTolerance } from '../../verdict/tolerance.js';
import type { Check } from '../../verdict/verdict.js';
import type { Alert, AlertOptions, AlertSubject } from '../alert.js';
import { milliseconds } from '../durations.js';
import type { SubjectEvidence, WindowEvidence } from './evidence.js';
import {
  type FeatureMemory,
  type FeatureUnits,
  type Finding,
  findDrift,
  type GateOptions,
  isClear,
  NOTHING_REMEMBERED,
} from './feature-gate.js';
import type { Question } from './questions.js';
import { keyOf, Register, type SavedRegister, type Told } from './register.js';
import { addSaying, agreed, type Sayings } from './subject-gate.js';
import { type SavedSeries, UnitSeries } from './unit-series.js';
import { checkWords, featureWords, recoveredWords } from './words.js';

/** One false alert in so many windows, over all features. */
const FALSE_ALERTS = 1e-4;
/** Kinds of windows, and subjects beside features, that are remembered. */
const MOST_SPECS = 16;
const MOST_SUBJECTS = 512;
/** What is simply so (a column is missing) is told after two windows. */
const FACT = { k: 2, of: 2 } as const;
const FACTS: ReadonlySet<string> = new Set(['columnMissing', 'type', 'rows']);
/** Checks that a feature's own question answers, and those of all columns together, whose rows hang together unmeasured. */
const ASKED_ELSEWHERE: ReadonlySet<string> = new Set(['jointMeans', 'jointCorrelations', 'gap']);

interface Kind {
  readonly series: UnitSeries;
  readonly memories: Map<string, FeatureMemory>;
}

interface Saved {
  readonly format: 1;
  readonly kinds: readonly {
    readonly spec: string;
    readonly series: SavedSeries;
    readonly memories: ReadonlyMap<string, FeatureMemory>;
  }[];
  readonly sayings: ReadonlyMap<string, Sayings>;
  readonly register: SavedRegister;
}

export class AlertBook {
  readonly #k: number;
  readonly #of: number;
  readonly #recovery: number;
  readonly #kinds = new Map<string, Kind>();
  /** By kind of window and subject, of checks and other subjects. */
  readonly #sayings = new Map<string, Sayings>();
  readonly #register: Register;

  /** `saved`: what `save` gave; anything else is passed over, and the book begins empty. */
  constructor(options: AlertOptions, saved?: unknown) {
    const { k, of } = options.persistence ?? { k: 3, of: 5 };
    this.#of = Math.min(50, Math.max(1, Math.round(of)));
    this.#k = Math.min(this.#of, Math.max(1, Math.round(k)));
    this.#recovery = Math.max(1, options.recovery ?? 3);
    const state = isSaved(saved) ? saved : undefined;
    this.#register = new Register(milliseconds(options.remindEvery ?? '1d'), state?.register);
    if (state === undefined) return;
    for (const { spec, series, memories } of state.kinds)
      this.#kinds.set(spec, { series: new UnitSeries(series), memories: new Map(memories) });
    for (const [key, sayings] of state.sayings) this.#sayings.set(key, sayings);
  }

  /** Takes a judged window, in the order in which windows end, and returns the alerts to tell now. */
  judge(evidence: WindowEvidence): readonly Alert[] {
    const { verdict, frame, reference, settings = DEFAULT_SETTINGS } = evidence;
    const told = this.#judgeChecks(evidence);
    const kind = this.#kindOf(verdict.window.spec);
    if (kind === undefined || !kind.series.add(evidence)) return told;
    const { plan, units } = kind.series;
    if (plan === null) return told;
    const slots = kind.series.referenceSlots(frame, reference);
    const usual = kind.series.usualNoise();
    const questions = plan.features.reduce((sum, feature) => sum + feature.questions.length, 0);
    plan.features.forEach((feature, index) => {
      const memory = kind.memories.get(feature.name) ?? NOTHING_REMEMBERED;
      const known: FeatureUnits = { feature, index, units, reference: slots, memory, usual };
      const options = {
        k: this.#k,
        of: this.#of,
        level: FALSE_ALERTS / questions,
        tolerance: toleranceOf(settings, feature.name),
      };
      const alert = this.#judgeFeature(known, options, { evidence, frame });
      if (alert !== undefined) told.push(alert);
    });
    return told;
  }

  /** The same for realized performance, business metrics and the system. */
  judgeSubject(evidence: SubjectEvidence): readonly Alert[] {
    const { subject, spec, start, end, value, low, threshold, overlap = 0, sentence } = evidence;
    const alert = this.#say(
      subject,
      { spec, start, at: end, weight: 1 - overlap, value, threshold, sentence },
      {
        speaks: low > threshold,
        clear: value <= threshold - 0.3 * Math.abs(threshold),
        k: this.#k,
        of: this.#of,
      },
    );
    return alert === undefined ? [] : [alert];
  }

  /** The reference has changed: what earlier windows said no longer counts. Open alerts stay open. */
  restart(): void {
    for (const { series, memories } of this.#kinds.values()) {
      series.restart();
      memories.clear();
    }
    this.#sayings.clear();
  }

  /** Latest state of each, newest first, at most 100. */
  list(): readonly Alert[] {
    return this.#register.list();
  }

  /** Plain data for the store (structured clone). Nothing in it is changed later. */
  save(): unknown {
    const saved: Saved = {
      format: 1,
      kinds: [...this.#kinds].map(([spec, { series, memories }]) => ({
        spec,
        series: series.save(),
        memories: new Map(memories),
      })),
      sayings: new Map(this.#sayings),
      register: this.#register.save(),
    };
    return saved;
  }

  #kindOf(spec: string): Kind | undefined {
    let kind = this.#kinds.get(spec);
    if (kind === undefined && this.#kinds.size < MOST_SPECS) {
      kind = { series: new UnitSeries(), memories: new Map() };
      this.#kinds.set(spec, kind);
    }
    return kind;
  }

  #judgeFeature(
    known: FeatureUnits,
    options: GateOptions,
    { evidence, frame }: { evidence: WindowEvidence; frame: Frame },
  ): Alert | undefined {
    const { feature, units } = known;
    const { verdict } = evidence;
    const { spec, end } = verdict.window;
    const subject: AlertSubject = { kind: 'feature', name: feature.name };
    const open = this.#register.openOf(subject);
    if (open !== undefined && open.alert.spec !== spec) return undefined;
    const finding = findDrift(known, options, open?.finding?.windows);
    if (finding !== undefined) {
      const question = feature.questions[finding.question]!;
      const { value, threshold, drifting, of, since } = finding;
      const sentence = featureWords({ name: feature.name, question, finding }, { verdict, frame });
      const told: Told = { spec, since, at: end, windows: { drifting, of }, value, threshold, sentence };
      return open === undefined
        ? this.#register.raise(subject, told, finding)
        : this.#register.last(subject, told, finding);
    }
    if (open === undefined) return undefined;
    const unit = units.at(-1)!;
    const isBetter = this.#isBetter(known, open.finding, options);
    const clear = this.#register.wait(subject, isBetter ? unit.weight : 0);
    if (clear < this.#recovery - 1e-6) return undefined;
    this.#forget(subject, open.finding);
    return this.#register.recover(subject, {
      at: end,
      sentence: recoveredWords(feature.name, Math.round(clear)),
    });
  }

  #isBetter(known: FeatureUnits, finding: Finding | null, { tolerance }: GateOptions): boolean {
    const question = finding && known.feature.questions[finding.question];
    return !finding || !question || isClear(known, finding, tolerance(question));
  }

  /** Evidence of a closed alert raises no other; what was known of its noise is kept. */
  #forget({ name }: AlertSubject, finding: Finding | null): void {
    for (const { series, memories } of this.#kinds.values()) {
      const presumed = [...(memories.get(name)?.presumed ?? [])];
      if (finding) {
        for (let i = presumed.length; i <= finding.question; i++) presumed.push(null);
        presumed[finding.question] = finding.noise;
      }
      memories.set(name, { from: series.next, presumed });
    }
  }

  #judgeChecks({ verdict, overlap }: WindowEvidence): Alert[] {
    const { spec, start, end } = verdict.window;
    const failed = new Map<string, Check>();
    for (const check of verdict.checks) if (isTold(check)) failed.set(keyOf(subjectOf(check)), check);
    const subjects = new Map([...failed].map(([key, check]) => [key, subjectOf(check)]));
    // checks that failed before and now do not say so by their absence
    for (const subject of this.#register.subjects())
      if (subject.kind === 'check') subjects.set(keyOf(subject), subject);
    for (const key of this.#sayings.keys()) {
      const [of, kind, ...name] = key.split('\n');
      if (of === spec && kind === 'check') subjects.set(`check/${name[0]}`, { kind, name: name[0]! });
    }
    const told: Alert[] = [];
    for (const [key, subject] of subjects) {
      const check = failed.get(key);
      const fact = FACTS.has(subject.name.split(' ')[0]!);
      const alert = this.#say(
        subject,
        {
          spec,
          start,
          at: end,
          weight: fact ? 1 : 1 - overlap,
          value: check?.rows ?? 0,
          threshold: 0,
          sentence: check ? checkWords(check) : recoveredWords(subject.name, this.#recovery),
        },
        {
          speaks: check !== undefined,
          clear: check === undefined,
          ...(fact ? FACT : { k: this.#k, of: this.#of }),
        },
      );
      if (alert !== undefined) told.push(alert);
    }
    return told;
  }

  /** One window's word on a subject with one number. */
  #say(
    subject: AlertSubject,
    said: {
      spec: string;
      start: number;
      at: number;
      weight: number;
      value: number;
      threshold: number;
      sentence: string;
    },
    { speaks, clear, k, of }: { speaks: boolean; clear: boolean; k: number; of: number },
  ): Alert | undefined {
    const { spec, start, at, weight, value, threshold, sentence } = said;
    const key = `${spec}\n${subject.kind}\n${subject.name}`;
    const known = this.#sayings.get(key);
    if (known === undefined && this.#sayings.size >= MOST_SUBJECTS) return undefined;
    const sayings = addSaying(known ?? [], { weight, speaks, start }, of);
    if (sayings.some((saying) => saying.speaks)) this.#sayings.set(key, sayings);
    else this.#sayings.delete(key);
    const open = this.#register.openOf(subject);
    if (open !== undefined && open.alert.spec !== spec) return undefined;
    const found = agreed(sayings, { k });
    if (found !== undefined) {
      const { drifting, of: looked, since } = found;
      const told: Told = { spec, since, at, windows: { drifting, of: looked }, value, threshold, sentence };
      return open === undefined ? this.#register.raise(subject, told) : this.#register.last(subject, told);
    }
    if (open === undefined) return undefined;
    if (this.#register.wait(subject, clear ? weight : 0) < this.#recovery - 1e-6) return undefined;
    for (const other of this.#sayings.keys())
      if (other.endsWith(`\n${subject.kind}\n${subject.name}`)) this.#sayings.delete(other);
    return this.#register.recover(subject, { at, value, sentence });
  }
}

function toleranceOf(settings: Settings, feature: string): (question: Question) => number {
  return ({ tolerance }) => resolveTolerance(settings, feature, tolerance);
}

/** Failed checks that are alerts of their own: facts, and rules across columns. The others are asked of their feature. */
function isTold({ severity, passed, feature, check }: Check): boolean {
  if (passed || severity !== 'drift' || ASKED_ELSEWHERE.has(check)) return false;
  return FACTS.has(check) || feature === null || check === 'duplicateKeys';
}

function subjectOf({ check, feature, expected }: Check): AlertSubject {
  const of = feature ?? (check === 'order' ? expected : null);
  return { kind: 'check', name: of === null ? check : `${check} ${of}` };
}

function isSaved(saved: unknown): saved is Saved {
  if (typeof saved !== 'object' || saved === null) return false;
  const { format, kinds, sayings, register } = saved as Partial<Saved>;
  return format === 1 && Array.isArray(kinds) && sayings instanceof Map && typeof register === 'object';
}
